// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>

#include "gate.h"

namespace patchbay::bridge {

/**
 * Lets the audio thread use the exchange only while an engine is in place. When an engine has died, the thread that brings another
 * closes the link, has the exchange to itself, and opens it again: so the audio thread takes the new engine over at the start of a
 * block. Entering, leaving and asking neither lock nor wait.
 */
class EngineLink {
 public:
  [[nodiscard]] bool enter() noexcept { return gate_.enter(); }
  void leave() noexcept { gate_.leave(); }

  /** Waits until the audio thread has left. Any thread but an audio thread. */
  void close() noexcept { gate_.close(); }

  /** Another engine is in place. */
  void open() noexcept;

  /** The engine that was there before the link was closed is there still. */
  void resume() noexcept { gate_.open(); }

  /** No engine comes any more. */
  void giveUp() noexcept;

  /** Whether there is an engine, or one is to be expected; acquire, pairs with the release in open and giveUp. */
  [[nodiscard]] bool promised() const noexcept { return promised_.load(std::memory_order_acquire); }

  /** How often it was opened; wraps. Acquire, pairs with the release in open. */
  [[nodiscard]] std::uint32_t engines() const noexcept { return __atomic_load_n(&engines_, __ATOMIC_ACQUIRE); }

  /** The instance plays from now on; what was before is no gap in its sound. With the link closed. */
  void forgetAnswers() noexcept;

  /**
   * An engine has answered a block. The audio thread, in the link.
   *
   * @param now CLOCK_MONOTONIC in nanoseconds
   * @return where it is another engine's first since one has died, how long ago the last block before was answered; else 0
   */
  [[nodiscard]] std::int64_t noteAnswer(std::int64_t now, bool first) noexcept;

  /** An engine is known to have died; how long ago it had answered its last block, 0 where it has answered none. */
  [[nodiscard]] std::int64_t noteEnd(std::int64_t now) noexcept;

  /** Sleeps until the link is opened or given up after engines() was this number, or a few milliseconds. */
  void awaitChange(std::uint32_t engines) noexcept;

 private:
  Gate gate_;
  std::atomic<bool> promised_{false};
  std::uint32_t engines_ = 0;  ///< also what an offline render sleeps on
  std::atomic<std::int64_t> answeredAt_{0};  ///< the last block; 0 before the first
  std::atomic<bool> died_{false};            ///< an engine, since then
};

}  // namespace patchbay::bridge
