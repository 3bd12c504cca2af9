// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <time.h>

#include <cstdint>

namespace patchbay::bridge {

constexpr std::int64_t kNanosPerSecond = 1'000'000'000;
constexpr std::int64_t kNanosPerMilli = 1'000'000;

/** CLOCK_MONOTONIC, without a system call. */
[[nodiscard]] inline std::int64_t nowNanos() noexcept {
  timespec now = {};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * kNanosPerSecond + now.tv_nsec;
}

[[nodiscard]] inline timespec toTimespec(std::int64_t nanos) noexcept {
  timespec result = {};
  result.tv_sec = static_cast<time_t>(nanos / kNanosPerSecond);
  result.tv_nsec = static_cast<long>(nanos % kNanosPerSecond);
  return result;
}

}  // namespace patchbay::bridge
