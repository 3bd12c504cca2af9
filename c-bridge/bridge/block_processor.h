// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "audio_output.h"
#include "audio_thread.h"
#include "block_exchange.h"
#include "engine_link.h"
#include "event_feed.h"
#include "event_output.h"
#include "handover.h"
#include "host_edits.h"
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
  BlockProcessor(std::shared_ptr<const PluginImage> image, const Buses& buses, BlockExchange& exchange,
                 StateStore& state, ParameterValues& view, HostEdits& edits, EngineLink& link);

  /** RT starts afresh with this rate and blocks of at most this many frames. */
  void start(double sampleRate, std::int32_t maxFrames) noexcept;

  /**
   * Plays a block. Without an engine it is silent after a fade; offline it waits for the next engine, if one is promised.
   *
   * @param wanted false once the block is not wanted any more
   * @return what RT says of its module with its answer to the last request, if it has answered that
   */
  std::optional<Answered> process(Steinberg::Vst::ProcessData& data, const std::atomic<bool>& wanted) noexcept;

  /** Whether RT refused a block since this was last asked; not while process runs. */
  [[nodiscard]] bool takeRefusal() noexcept { return std::exchange(refused_, false); }

  /**
   * Takes what RT changed into the values; what differs is told to the host with the next block, or by a view. While process runs on another
   * thread, only with the link closed.
   */
  void takeChanges(std::uint64_t replacementsBefore) noexcept;

  // The calls of the thread that brings another engine, which may come while process runs where they do not say otherwise.

  /** From the next block on the audio thread plays the handover's part; it lives until its stage is arrived or failed. */
  void begin(Handover& handover) noexcept { handover_.store(&handover, std::memory_order_release); }

  /**
   * Takes the next step of the handover, if there is one, without the audio thread, which plays nothing at present. Only with the
   * link closed.
   */
  void step() noexcept;

  /** Ends a handover in whatever stage it is: from now on the engine in the instance's own region is asked. As step. */
  void dropHandover() noexcept;

 private:
  /** The bounds of a part of the host's block. */
  struct Part {
    std::int32_t start;
    std::int32_t frames;
  };

  [[nodiscard]] bool enterLink(bool patient, const std::atomic<bool>& wanted) noexcept;
  /** @return which exchange had the answer; null where there is none */
  BlockExchange* processPart(const Steinberg::Vst::ProcessData& data, Part part, const std::atomic<bool>& wanted) noexcept;
  [[nodiscard]] Handover* handover() const noexcept { return handover_.load(std::memory_order_acquire); }
  void obey(Handover& handover) noexcept;
  void followReplacements(std::uint64_t replacements) noexcept;
  void tellCurrent() noexcept;
  [[nodiscard]] Handover* askAlong(std::int32_t& flags, std::int32_t frames) noexcept;
  [[nodiscard]] bool changesOver(Handover& along, std::int32_t frames, const Patience& patience) noexcept;
  void countLate(Handover& along, std::int32_t frames) noexcept;
  void abandon(Handover& handover, const char* why) noexcept;
  void miss(Part part, bool skipped) noexcept;
  void count(std::uint32_t counter) noexcept;
  void tellHost(Steinberg::Vst::IParameterChanges* changes) noexcept;

  const std::shared_ptr<const PluginImage> image_;
  const Buses& buses_;
  BlockExchange& exchange_;  ///< of the instance's own region
  BlockExchange* current_ = &exchange_;  ///< of the engine that is heard
  std::atomic<Handover*> handover_{nullptr};
  bool tellsValues_ = false;         ///< the engine that is heard does not know all parameters
  bool tellsSounding_ = false;       ///< nor what sounds
  bool followsReplacements_ = false;  ///< a state that the host loads is told by events, too
  std::uint64_t replacements_ = 0;   ///< as they were when that was last looked at
  StateStore& state_;
  ParameterValues& view_;
  HostEdits& edits_;
  EngineLink& link_;
  std::uint32_t engines_ = 0;  ///< what the link said of them last
  EventFeed feed_;
  AudioOutput output_;
  EventOutput eventOutput_;
  Transport transport_;
  AudioThread thread_;
  double sampleRate_ = 0;
  std::int32_t maxFrames_ = 1;
  bool refused_ = false;
  bool otherEngine_ = false;  ///< than the one that answered the last block
  std::vector<std::uint64_t> untold_;  ///< parameters whose value the host does not know, one bit each
};

}  // namespace patchbay::bridge
