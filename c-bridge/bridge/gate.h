// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <chrono>
#include <thread>

namespace patchbay::bridge {

/**
 * Lets one audio thread at a time into what exists only while the plug-in is active. Entering never waits; closing
 * waits until the thread inside has left. Sequentially consistent on both sides: the thread that enters stores busy and
 * then loads open, the one that closes stores open and then loads busy, and at least one of them sees the other.
 */
class Gate {
 public:
  [[nodiscard]] bool enter() noexcept {
    if (busy_.exchange(true, std::memory_order_seq_cst)) {
      return false;
    }
    if (open_.load(std::memory_order_seq_cst)) {
      return true;
    }
    leave();
    return false;
  }

  /** Release: pairs with the load in close and the exchange in enter. */
  void leave() noexcept { busy_.store(false, std::memory_order_release); }

  void open() noexcept { open_.store(true, std::memory_order_seq_cst); }

  void close() noexcept {
    open_.store(false, std::memory_order_seq_cst);
    while (busy_.load(std::memory_order_seq_cst)) {
      std::this_thread::sleep_for(std::chrono::microseconds(200));
    }
  }

  /** False once somebody wants to close it: a long wait inside must end then. */
  [[nodiscard]] const std::atomic<bool>& wanted() const noexcept { return open_; }

 private:
  std::atomic<bool> open_{false};
  std::atomic<bool> busy_{false};
};

}  // namespace patchbay::bridge
