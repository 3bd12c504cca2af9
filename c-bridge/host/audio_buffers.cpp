// SPDX-License-Identifier: Apache-2.0
#include "audio_buffers.h"

#include <algorithm>
#include <numeric>

namespace patchbay::host {

AudioBuffers::AudioBuffers(const std::vector<std::int32_t>& channels, std::int32_t maxBlock) {
  const auto total = static_cast<std::size_t>(std::accumulate(channels.begin(), channels.end(), 0));
  samples_.resize(total * static_cast<std::size_t>(maxBlock));
  for (std::size_t i = 0; i < total; ++i) {
    channels_.push_back(samples_.data() + i * static_cast<std::size_t>(maxBlock));
  }
  std::size_t first = 0;
  for (const std::int32_t count : channels) {
    Steinberg::Vst::AudioBusBuffers bus;
    bus.numChannels = count;
    bus.channelBuffers32 = channels_.data() + first;
    buses_.push_back(bus);
    first += static_cast<std::size_t>(count);
  }
}

void AudioBuffers::silence(bool flagged) noexcept {
  std::fill(samples_.begin(), samples_.end(), 0.0F);
  for (Steinberg::Vst::AudioBusBuffers& bus : buses_) {
    const bool all = bus.numChannels >= 64;
    bus.silenceFlags = !flagged ? 0 : all ? ~Steinberg::uint64{0} : (Steinberg::uint64{1} << bus.numChannels) - 1;
  }
}

}  // namespace patchbay::host
