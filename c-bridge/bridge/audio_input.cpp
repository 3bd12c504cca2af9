// SPDX-License-Identifier: Apache-2.0
#include "audio_input.h"

#include <algorithm>
#include <cstring>

namespace patchbay::bridge {

using namespace Steinberg;

namespace {

/** Where a channel's samples are; null where there are none, or none but zeros. */
template <class Sample>
const Sample* samplesOf(Sample* const* buffers, const Vst::AudioBusBuffers& bus, std::uint32_t channel) noexcept {
  const bool given = buffers != nullptr && static_cast<int64>(channel) < bus.numChannels;
  const bool silent = channel < 64 && (bus.silenceFlags >> channel & 1) != 0;
  return given && !silent ? buffers[channel] : nullptr;
}

}  // namespace

void copyInputs(const Buses& buses, const Vst::ProcessData& data, std::int32_t start, std::int32_t frames,
                const BlockExchange& target) noexcept {
  const bool wide = data.symbolicSampleSize == Vst::kSample64;
  const auto length = static_cast<std::size_t>(frames);
  for (std::size_t b = 0; b < buses.audio().size() && !buses.audio()[b].output; ++b) {
    const AudioBus& declared = buses.audio()[b];
    const bool there = data.inputs != nullptr && static_cast<int64>(b) < data.numInputs;
    const Vst::AudioBusBuffers* const bus = there ? &data.inputs[b] : nullptr;
    const std::uint32_t used = bus != nullptr ? buses.inUse(b) : 0;
    for (std::uint32_t c = 0; c < declared.channels; ++c) {
      float* const to = target.nextInput(declared.firstChannel + c);
      const float* const narrow = c < used && !wide ? samplesOf(bus->channelBuffers32, *bus, c) : nullptr;
      const double* const doubles = c < used && wide ? samplesOf(bus->channelBuffers64, *bus, c) : nullptr;
      if (narrow != nullptr) {
        std::memcpy(to, narrow + start, length * sizeof(float));
      } else if (doubles != nullptr) {
        std::transform(doubles + start, doubles + start + frames, to,
                       [](double sample) { return static_cast<float>(sample); });
      } else {
        std::fill_n(to, length, 0.0f);
      }
    }
  }
}

}  // namespace patchbay::bridge
