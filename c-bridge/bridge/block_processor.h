// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "audio_output.h"
#include "audio_thread.h"
#include "block_exchange.h"
#include "event_feed.h"
#include "pluginterfaces/vst/ivstaudioprocessor.h"
#include "state_store.h"
#include "transport.h"

namespace patchbay::bridge {

/**
 * One block after the other: events and samples to RT, its samples back, and its changes of parameters to the host.
 * process neither locks nor allocates, and makes no system call but futex, and a few when a thread calls it for the
 * first time. One thread at a time.
 */
class BlockProcessor {
 public:
  BlockProcessor(std::shared_ptr<const PluginImage> image, BlockExchange& exchange, StateStore& state,
                 ParameterValues& view);

  /** RT starts afresh with this rate and blocks of at most this many frames. */
  void start(double sampleRate, std::int32_t maxFrames) noexcept;

  /**
   * @param wanted false once the block is not wanted any more
   * @return whether RT has answered the last request, so that its answer is of this block
   */
  bool process(Steinberg::Vst::ProcessData& data, const std::atomic<bool>& wanted) noexcept;

  /** Whether RT refused a block since this was last asked; not while process runs. */
  [[nodiscard]] bool takeRefusal() noexcept { return std::exchange(refused_, false); }

  /** Takes what RT changed into the values; what differs is told to the host with the next block. */
  void takeChanges(std::uint64_t replacementsBefore) noexcept;

 private:
  /** The bounds of a part of the host's block. */
  struct Part {
    std::int32_t start;
    std::int32_t frames;
  };

  bool processPart(const Steinberg::Vst::ProcessData& data, Part part, const std::atomic<bool>& wanted) noexcept;
  void copyInputs(const Steinberg::Vst::ProcessData& data, Part part) noexcept;
  void miss(Part part, bool skipped) noexcept;
  void count(std::uint32_t counter) noexcept;
  void tellHost(Steinberg::Vst::IParameterChanges* changes) noexcept;

  const std::shared_ptr<const PluginImage> image_;
  BlockExchange& exchange_;
  StateStore& state_;
  ParameterValues& view_;
  EventFeed feed_;
  AudioOutput output_;
  Transport transport_;
  AudioThread thread_;
  double sampleRate_ = 0;
  std::int32_t maxFrames_ = 1;
  bool refused_ = false;
  std::vector<std::uint64_t> untold_;  ///< parameters whose value the host does not know, one bit each
};

}  // namespace patchbay::bridge
