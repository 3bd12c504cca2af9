// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>

#include "plugin_image.h"
#include "region.h"
#include "spin_policy.h"

namespace patchbay::bridge {

/** What RT is asked for. */
struct BlockRequest {
  std::int32_t kind = 0;
  std::int32_t frames = 0;
  std::int32_t flags = 0;
  double sampleRate = 0;
};

/** How long to wait for an answer. */
struct Patience {
  std::int64_t deadline = 0;                  ///< CLOCK_MONOTONIC; not looked at if endless
  bool endless = false;                       ///< as long as RT lives
  const std::atomic<bool>* wanted = nullptr;  ///< if given, the wait ends when this becomes false
};

enum class Answer { done, missed, gone };

/** What the module says of itself with each answer, in frames. */
struct Answered {
  std::int32_t tail = 0;
  std::int32_t latency = 0;

  static Answered in(const pb_audio_slot& slot) noexcept { return {slot.tail_frames, slot.latency_frames}; }
};

/**
 * The bridge's side of the audio section: numbered requests in two slots, and their answers. At most two requests are
 * open, and a slot is not touched while RT may still read or write it. One thread at a time: the audio thread while it is
 * in the EngineLink, else the one that activates or brings another engine. Waiting and publishing neither lock nor allocate.
 */
class BlockExchange {
 public:
  BlockExchange(std::shared_ptr<Region> region, const AudioGeometry& geometry);

  /** A new RT process has attached, and with that answered all that its predecessor left open. */
  void startWith(std::int32_t pid) noexcept;

  /** Nobody answers any more what is open; who comes next begins behind it. Only while no engine has the region. */
  void clear() noexcept;

  [[nodiscard]] bool gone() const noexcept { return region_->gone(PB_STANDARD_ROLE_RT) == pid_; }

  /** Notes which answers have come late; then whether a slot is free for another request. */
  [[nodiscard]] bool mayRequest() noexcept;

  /** Whether the last request was answered, as mayRequest or await saw it. */
  [[nodiscard]] bool settled() const noexcept { return settled_ == sent_; }

  /** The samples of a channel in the slot of the next request. */
  [[nodiscard]] float* nextInput(std::uint32_t channel) const noexcept;

  /** Fills the slot of the next request and rings for it. Returns its number. */
  std::uint32_t publish(const BlockRequest& request) noexcept;

  /** Asks the instance's module to end, where a slot is free; nobody waits for the answer. */
  void askToQuit() noexcept;

  /** Waits for the answer to the last request. */
  [[nodiscard]] Answer await(const Patience& patience) noexcept;

  /** The slot of the last request, once it was answered. */
  [[nodiscard]] const pb_audio_slot& answer() const noexcept { return *slot(sent_); }
  [[nodiscard]] const float* output(std::uint32_t channel) const noexcept;

  [[nodiscard]] const AudioGeometry& geometry() const noexcept { return geometry_; }
  [[nodiscard]] Region& region() const noexcept { return *region_; }

 private:
  /** Whether the answer came while this looked for it. */
  [[nodiscard]] bool look() noexcept;
  [[nodiscard]] Answer sleep(const Patience& patience) noexcept;
  void count(std::uint32_t counter) noexcept;
  [[nodiscard]] std::uint32_t done() const noexcept;
  [[nodiscard]] pb_audio_slot* slot(std::uint32_t number) const noexcept;
  [[nodiscard]] float* channel(std::uint32_t number, std::uint32_t channel) const noexcept;
  void settle(std::uint32_t done, bool inTime) noexcept;

  const std::shared_ptr<Region> region_;
  const AudioGeometry geometry_;
  pb_audio_head* const head_;
  SpinPolicy policy_;
  std::int32_t pid_ = 0;
  std::uint32_t sent_ = 0;     ///< number of the last request; our own copy, since others can write the region
  std::uint32_t settled_ = 0;  ///< number of the last answer that was counted
};

}  // namespace patchbay::bridge
