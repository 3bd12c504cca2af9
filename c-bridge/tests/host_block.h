// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "event_list.h"
#include "parameter_changes.h"
#include "player.h"

namespace patchbay::bridge::test {

/** One block with any number of buses, in 32 or 64 bits. Outputs hold nonsense until the block was played. */
class HostBlock {
 public:
  /** @param inputs the channels of each input bus  @param outputs likewise */
  HostBlock(const std::vector<int>& inputs, const std::vector<int>& outputs, Steinberg::int32 frames, bool wide = false);

  /** Sets all samples of an input channel. */
  void fill(std::size_t bus, std::size_t channel, double value);

  /** Says that all of an input bus is silent, whatever is in its buffers. */
  void flagSilent(std::size_t bus);

  /** A bus that a host does not use has no buffers. */
  void withoutBuffers(std::size_t inputBus);

  Steinberg::tresult play(Player& player);

  /** The samples of an output channel, as numbers of 64 bits whatever their size. */
  [[nodiscard]] std::vector<double> output(std::size_t bus, std::size_t channel) const;
  [[nodiscard]] Steinberg::uint64 silence(std::size_t bus) const { return outputs_.buses[bus].silenceFlags; }

  [[nodiscard]] Steinberg::Vst::Event played(Steinberg::int32 index);

  host::EventList events{64};
  host::EventList out{64};
  host::ParameterChanges in{64, 512};
  host::ParameterChanges changes{64, 16};
  Steinberg::Vst::ProcessModes mode = Steinberg::Vst::kOffline;

 private:
  struct Side {
    Side(const std::vector<int>& channels, Steinberg::int32 frames, bool wide, float value);
    std::vector<std::vector<float>> narrow;
    std::vector<std::vector<double>> wide;
    std::vector<void*> pointers;
    std::vector<std::size_t> first;
    std::vector<Steinberg::Vst::AudioBusBuffers> buses;
  };

  const Steinberg::int32 frames_;
  const bool wide_;
  Side inputs_;
  Side outputs_;
};

}  // namespace patchbay::bridge::test
