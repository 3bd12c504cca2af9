// SPDX-License-Identifier: Apache-2.0
#include "audio_output.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace patchbay::bridge {

using namespace Steinberg;

namespace {

constexpr float kQuarterTurn = 1.57079632679f;

/** One bit for each of the channels, of which a mask has room for 64. */
uint64 allChannels(int32 count) noexcept {
  return count >= 64 ? ~uint64{0} : count <= 0 ? 0 : (uint64{1} << count) - 1;
}

template <class Sample>
void silenceBus(Sample** buffers, int32 first, int32 channels, int32 frames) noexcept {
  for (int32 c = first; buffers != nullptr && c < channels; ++c) {
    if (buffers[c] != nullptr) {
      std::fill_n(buffers[c], frames, Sample{0});
    }
  }
}

template <class Sample>
bool allZero(const Sample* buffer, int32 frames) noexcept {
  return std::all_of(buffer, buffer + frames, [](Sample sample) { return sample == 0; });
}

/** Silences the channels of a bus from the first on. */
void silenceFrom(const Vst::ProcessData& data, const Vst::AudioBusBuffers& bus, int32 first) noexcept {
  const int32 frames = std::max(data.numSamples, 0);
  if (data.symbolicSampleSize == Vst::kSample64) {
    silenceBus(bus.channelBuffers64, first, bus.numChannels, frames);
  } else {
    silenceBus(bus.channelBuffers32, first, bus.numChannels, frames);
  }
}

}  // namespace

void silenceOutputs(Vst::ProcessData& data) noexcept {
  for (int32 b = 0; data.outputs != nullptr && b < data.numOutputs; ++b) {
    silenceFrom(data, data.outputs[b], 0);
    data.outputs[b].silenceFlags = allChannels(data.outputs[b].numChannels);
  }
}

void AudioOutput::Buffer::set(std::int32_t at, float sample) const noexcept {
  if (narrow != nullptr) {
    narrow[at] = sample;
  } else if (wide != nullptr) {
    wide[at] = static_cast<double>(sample);
  }
}

void AudioOutput::Buffer::add(std::int32_t at, float sample) const noexcept {
  if (narrow != nullptr) {
    narrow[at] += sample;
  } else if (wide != nullptr) {
    wide[at] += static_cast<double>(sample);
  }
}

bool AudioOutput::Buffer::silent(std::int32_t frames) const noexcept {
  return narrow != nullptr ? allZero(narrow, frames) : wide == nullptr || allZero(wide, frames);
}

AudioOutput::AudioOutput(const Buses& buses) : buses_(buses) {
  std::size_t channels = 0;
  for (std::size_t i = 0; i < buses.audio().size(); ++i) {
    if (buses.audio()[i].output) {
      outputs_.push_back(i);
      channels += buses.audio()[i].channels;
    }
  }
  channels_.resize(channels);
}

void AudioOutput::reset() noexcept { std::fill(channels_.begin(), channels_.end(), Channel{}); }

void AudioOutput::begin(Vst::ProcessData& data) noexcept {
  for (std::size_t b = 0; b < outputs_.size(); ++b) {
    const AudioBus& bus = buses_.audio()[outputs_[b]];
    for (std::uint32_t c = 0; c < bus.channels; ++c) {
      channels_[bus.firstChannel + c].buffer = bufferOf(data, b, c);
    }
  }
}

AudioOutput::Buffer AudioOutput::bufferOf(const Vst::ProcessData& data, std::size_t bus,
                                          std::uint32_t channel) const noexcept {
  Buffer found;
  if (data.outputs == nullptr || static_cast<int64>(bus) >= data.numOutputs || channel >= buses_.inUse(outputs_[bus]) ||
      static_cast<int64>(channel) >= data.outputs[bus].numChannels) {
    return found;
  }
  const Vst::AudioBusBuffers& given = data.outputs[bus];
  if (data.symbolicSampleSize == Vst::kSample64) {
    found.wide = given.channelBuffers64 != nullptr ? given.channelBuffers64[channel] : nullptr;
  } else {
    found.narrow = given.channelBuffers32 != nullptr ? given.channelBuffers32[channel] : nullptr;
  }
  return found;
}

void AudioOutput::copy(std::uint32_t number, const float* samples, std::int32_t start, std::int32_t frames) noexcept {
  Channel& channel = channels_[number];
  channel.last = std::isfinite(samples[frames - 1]) ? samples[frames - 1] : 0;
  channel.faded = 0;
  if (channel.buffer.narrow != nullptr) {
    std::memcpy(channel.buffer.narrow + start, samples, static_cast<std::size_t>(frames) * sizeof(float));
  } else if (channel.buffer.wide != nullptr) {
    std::copy_n(samples, frames, channel.buffer.wide + start);
  }
  fadeUnder(channel, start, frames);
}

void AudioOutput::crossfade(std::uint32_t number, const float* before, const float* after, std::int32_t start,
                            std::int32_t frames) noexcept {
  Channel& channel = channels_[number];
  channel.last = std::isfinite(after[frames - 1]) ? after[frames - 1] : 0;
  channel.faded = 0;
  for (std::int32_t i = 0; i < frames; ++i) {
    // The squares of the two weights add up to 1: two sounds that differ keep their loudness.
    const float angle = kQuarterTurn * static_cast<float>(i + 1) / static_cast<float>(frames);
    channel.buffer.set(start + i, before[i] * std::cos(angle) + after[i] * std::sin(angle));
  }
  fadeUnder(channel, start, frames);
}

void AudioOutput::fadeUnder(Channel& channel, std::int32_t start, std::int32_t frames) noexcept {
  const std::int32_t fading = channel.under == 0 ? 0 : std::min(frames, kFadeFrames - channel.underFaded);
  for (std::int32_t i = 0; i < fading; ++i) {
    ++channel.underFaded;
    channel.buffer.add(start + i, channel.under * static_cast<float>(kFadeFrames - channel.underFaded) /
                                      static_cast<float>(kFadeFrames));
  }
}

void AudioOutput::changeSource() noexcept {
  for (Channel& channel : channels_) {
    channel.under = channel.last;
    channel.underFaded = channel.faded;
    // What was faded to its end is silent already.
    channel.last = 0;
  }
}

void AudioOutput::fade(std::int32_t start, std::int32_t frames) noexcept {
  for (Channel& channel : channels_) {
    const std::int32_t fading = channel.last == 0 ? 0 : std::min(frames, kFadeFrames - channel.faded);
    for (std::int32_t i = 0; i < fading; ++i) {
      ++channel.faded;
      channel.buffer.set(start + i, channel.last * static_cast<float>(kFadeFrames - channel.faded) /
                                        static_cast<float>(kFadeFrames));
    }
    for (std::int32_t i = fading; i < frames; ++i) {
      channel.buffer.set(start + i, 0);
    }
    fadeUnder(channel, start, frames);
  }
}

void AudioOutput::end(Vst::ProcessData& data) noexcept {
  // Only now: these buffers may be the inputs', too.
  for (int32 b = 0; data.outputs != nullptr && b < data.numOutputs; ++b) {
    Vst::AudioBusBuffers& given = data.outputs[b];
    const auto place = static_cast<std::size_t>(b);
    const bool known = place < outputs_.size();
    const std::uint32_t used = known ? buses_.inUse(outputs_[place]) : 0;
    silenceFrom(data, given, static_cast<int32>(used));
    uint64 silent = allChannels(given.numChannels);
    for (std::uint32_t c = 0; c < used && static_cast<int64>(c) < given.numChannels; ++c) {
      if (!channels_[buses_.audio()[outputs_[place]].firstChannel + c].buffer.silent(data.numSamples)) {
        silent &= ~(uint64{1} << c);
      }
    }
    given.silenceFlags = silent;
  }
}

}  // namespace patchbay::bridge
