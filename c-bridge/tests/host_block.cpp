// SPDX-License-Identifier: Apache-2.0
#include "host_block.h"

#include <algorithm>

namespace patchbay::bridge::test {

using namespace Steinberg;

HostBlock::Side::Side(const std::vector<int>& channels, int32 frames, bool isWide, float value) {
  std::size_t total = 0;
  for (const int count : channels) {
    first.push_back(total);
    total += static_cast<std::size_t>(count);
  }
  const auto length = static_cast<std::size_t>(frames);
  narrow.assign(isWide ? 0 : total, std::vector<float>(length, value));
  wide.assign(isWide ? total : 0, std::vector<double>(length, static_cast<double>(value)));
  for (std::size_t c = 0; c < total; ++c) {
    pointers.push_back(isWide ? static_cast<void*>(wide[c].data()) : narrow[c].data());
  }
  buses.resize(channels.size());
  for (std::size_t b = 0; b < channels.size(); ++b) {
    buses[b].numChannels = channels[b];
    // One pointer in a union: which of both is meant, the block says.
    buses[b].channelBuffers64 = reinterpret_cast<double**>(pointers.data() + first[b]);
  }
}

HostBlock::HostBlock(const std::vector<int>& inputs, const std::vector<int>& outputs, int32 frames, bool wide)
    : frames_(frames), wide_(wide), inputs_(inputs, frames, wide, 0.0f), outputs_(outputs, frames, wide, 99.0f) {}

void HostBlock::fill(std::size_t bus, std::size_t channel, double value) {
  const std::size_t at = inputs_.first[bus] + channel;
  if (wide_) {
    std::fill(inputs_.wide[at].begin(), inputs_.wide[at].end(), value);
  } else {
    std::fill(inputs_.narrow[at].begin(), inputs_.narrow[at].end(), static_cast<float>(value));
  }
}

void HostBlock::flagSilent(std::size_t bus) { inputs_.buses[bus].silenceFlags = ~uint64{0}; }

void HostBlock::withoutBuffers(std::size_t bus) { inputs_.buses[bus].channelBuffers64 = nullptr; }

tresult HostBlock::play(Player& player) {
  Vst::ProcessData data;
  data.processMode = mode;
  data.symbolicSampleSize = wide_ ? Vst::kSample64 : Vst::kSample32;
  data.numSamples = frames_;
  data.numInputs = static_cast<int32>(inputs_.buses.size());
  data.inputs = inputs_.buses.data();
  data.numOutputs = static_cast<int32>(outputs_.buses.size());
  data.outputs = outputs_.buses.data();
  data.inputEvents = &events;
  data.outputEvents = &out;
  data.inputParameterChanges = &in;
  data.outputParameterChanges = &changes;
  return player.processor->process(data);
}

std::vector<double> HostBlock::output(std::size_t bus, std::size_t channel) const {
  const std::size_t at = outputs_.first[bus] + channel;
  return wide_ ? outputs_.wide[at] : std::vector<double>(outputs_.narrow[at].begin(), outputs_.narrow[at].end());
}

Vst::Event HostBlock::played(int32 index) {
  Vst::Event event = {};
  event.type = 0xFFFF;
  out.getEvent(index, event);
  return event;
}

}  // namespace patchbay::bridge::test
