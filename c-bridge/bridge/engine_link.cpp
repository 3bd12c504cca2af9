// SPDX-License-Identifier: Apache-2.0
#include "engine_link.h"

#include <patchbay/standard.h>

#include "clock.h"

namespace patchbay::bridge {
namespace {

/** A sleeper looks this often whether it is wanted at all. */
constexpr std::int64_t kLookNanos = 10 * kNanosPerMilli;

}  // namespace

void EngineLink::open() noexcept {
  promised_.store(true, std::memory_order_release);
  // Before the gate: who enters sees that the engine is another one.
  __atomic_fetch_add(&engines_, 1, __ATOMIC_RELEASE);
  gate_.open();
  pb_futex_wake(&engines_);
}

void EngineLink::giveUp() noexcept {
  promised_.store(false, std::memory_order_release);
  pb_futex_wake(&engines_);
}

void EngineLink::forgetAnswers() noexcept {
  answeredAt_.store(0, std::memory_order_relaxed);
  died_.store(false, std::memory_order_relaxed);
}

std::int64_t EngineLink::noteAnswer(std::int64_t now, bool first) noexcept {
  // The audio thread alone stores it while the instance plays.
  const std::int64_t before = answeredAt_.load(std::memory_order_relaxed);
  answeredAt_.store(now, std::memory_order_relaxed);
  if (!first || !died_.exchange(false, std::memory_order_relaxed)) {
    return 0;
  }
  return before == 0 ? 0 : now - before;
}

std::int64_t EngineLink::noteEnd(std::int64_t now) noexcept {
  died_.store(true, std::memory_order_relaxed);
  const std::int64_t last = answeredAt_.load(std::memory_order_relaxed);
  return last == 0 ? 0 : now - last;
}

void EngineLink::awaitChange(std::uint32_t engines) noexcept {
  const timespec until = toTimespec(nowNanos() + kLookNanos);
  pb_futex_wait_until(&engines_, engines, &until);
}

}  // namespace patchbay::bridge
