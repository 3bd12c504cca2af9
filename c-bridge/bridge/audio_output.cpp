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

}  // namespace

void silenceOutputs(Vst::ProcessData& data) noexcept {
  const int32 frames = std::max(data.numSamples, 0);
  for (int32 b = 0; data.outputs != nullptr && b < data.numOutputs; ++b) {
    Vst::AudioBusBuffers& bus = data.outputs[b];
    if (data.symbolicSampleSize == Vst::kSample64) {
      silenceBus(bus.channelBuffers64, 0, bus.numChannels, frames);
    } else {
      silenceBus(bus.channelBuffers32, 0, bus.numChannels, frames);
    }
    bus.silenceFlags = allChannels(bus.numChannels);
  }
}

AudioOutput::AudioOutput(std::uint32_t channels) : channels_(channels) {}

void AudioOutput::reset() noexcept { std::fill(channels_.begin(), channels_.end(), Channel{}); }

void AudioOutput::begin(Vst::ProcessData& data) noexcept {
  bus_ = data.outputs != nullptr && data.numOutputs > 0 ? data.outputs : nullptr;
  const bool usable = bus_ != nullptr && bus_->channelBuffers32 != nullptr;
  const std::size_t given = usable && bus_->numChannels > 0 ? static_cast<std::size_t>(bus_->numChannels) : 0;
  for (std::size_t c = 0; c < channels_.size(); ++c) {
    channels_[c].buffer = c < given ? bus_->channelBuffers32[c] : nullptr;
  }
}

void AudioOutput::copy(std::uint32_t number, const float* samples, std::int32_t start, std::int32_t frames) noexcept {
  Channel& channel = channels_[number];
  channel.last = std::isfinite(samples[frames - 1]) ? samples[frames - 1] : 0;
  channel.faded = 0;
  if (channel.buffer != nullptr) {
    std::memcpy(channel.buffer + start, samples, static_cast<std::size_t>(frames) * sizeof(float));
  }
  fadeUnder(channel, start, frames);
}

void AudioOutput::crossfade(std::uint32_t number, const float* before, const float* after, std::int32_t start,
                            std::int32_t frames) noexcept {
  Channel& channel = channels_[number];
  channel.last = std::isfinite(after[frames - 1]) ? after[frames - 1] : 0;
  channel.faded = 0;
  for (std::int32_t i = 0; channel.buffer != nullptr && i < frames; ++i) {
    // The squares of the two weights add up to 1: two sounds that differ keep their loudness.
    const float angle = kQuarterTurn * static_cast<float>(i + 1) / static_cast<float>(frames);
    channel.buffer[start + i] = before[i] * std::cos(angle) + after[i] * std::sin(angle);
  }
  fadeUnder(channel, start, frames);
}

void AudioOutput::fadeUnder(Channel& channel, std::int32_t start, std::int32_t frames) noexcept {
  const std::int32_t fading = channel.under == 0 ? 0 : std::min(frames, kFadeFrames - channel.underFaded);
  for (std::int32_t i = 0; i < fading; ++i) {
    ++channel.underFaded;
    if (channel.buffer != nullptr) {
      channel.buffer[start + i] += channel.under * static_cast<float>(kFadeFrames - channel.underFaded) /
                                   static_cast<float>(kFadeFrames);
    }
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
      if (channel.buffer != nullptr) {
        channel.buffer[start + i] =
            channel.last * static_cast<float>(kFadeFrames - channel.faded) / static_cast<float>(kFadeFrames);
      }
    }
    if (channel.buffer != nullptr) {
      std::fill_n(channel.buffer + start + fading, frames - fading, 0.0f);
    }
    fadeUnder(channel, start, frames);
  }
}

void AudioOutput::end(Vst::ProcessData& data) noexcept {
  if (bus_ == nullptr) {
    return;
  }
  // Only now: these buffers may be the inputs', too.
  for (int32 b = 1; b < data.numOutputs; ++b) {
    silenceBus(bus_[b].channelBuffers32, 0, bus_[b].numChannels, data.numSamples);
    bus_[b].silenceFlags = allChannels(bus_[b].numChannels);
  }
  silenceBus(bus_->channelBuffers32, static_cast<int32>(channels_.size()), bus_->numChannels, data.numSamples);
  uint64 silent = allChannels(bus_->numChannels);
  for (std::size_t c = 0; c < channels_.size(); ++c) {
    const float* buffer = channels_[c].buffer;
    if (buffer != nullptr && std::any_of(buffer, buffer + data.numSamples, [](float sample) { return sample != 0; })) {
      silent &= ~(uint64{1} << c);
    }
  }
  bus_->silenceFlags = silent;
}

}  // namespace patchbay::bridge
