// SPDX-License-Identifier: Apache-2.0
#include "block_clock.h"

#include <cerrno>
#include <cmath>
#include <ctime>

namespace patchbay::host {
namespace {

constexpr std::int64_t nanosPerSecond = 1'000'000'000;

}  // namespace

std::int64_t monotonicNanos() noexcept {
  timespec now = {};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return std::int64_t{now.tv_sec} * nanosPerSecond + now.tv_nsec;
}

BlockClock::BlockClock(std::int32_t block, double sampleRate) noexcept
    : blockNanos_(static_cast<double>(block) * 1.0e9 / sampleRate) {}

void BlockClock::waitFor(std::int64_t blockNumber) noexcept {
  const std::int64_t sinceStart = std::llround(static_cast<double>(blockNumber) * blockNanos_);
  const std::int64_t due = start_ + sinceStart;
  const std::int64_t now = monotonicNanos();
  if (now > due) {
    if (static_cast<double>(now - due) > blockNanos_) {
      ++overruns_;
      start_ = now - sinceStart;
    }
    return;
  }
  const timespec until = {static_cast<std::time_t>(due / nanosPerSecond), static_cast<long>(due % nanosPerSecond)};
  // Again after a signal: a stop is noticed before the next block, which is soon enough.
  while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, nullptr) == EINTR) {
  }
}

}  // namespace patchbay::host
