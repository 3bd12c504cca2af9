// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>

namespace patchbay::bridge {

/**
 * Whether a wait begins by looking for a while, or sleeps at once: it looks where that has paid lately. A look in vain is
 * followed by waits that sleep at once, twice as many each time, up to a limit; a look that pays takes the limit back to 1.
 * Waits that were long count for nothing, since no look would have been long enough: whoever is asked rarely sleeps at
 * once, always. The engine's SpinPolicy has the same rules.
 */
class SpinPolicy {
 public:
  /** The longest look, in nanoseconds: RT answers within microseconds or not soon. */
  static constexpr std::int64_t kLookNanos = 20'000;

  /** A sleep that was shorter may have been one of the kernel's wake-up time alone. */
  static constexpr std::int64_t kShortNanos = 250'000;

  static constexpr std::uint32_t kMostSleeps = 64;

  [[nodiscard]] bool looks() const noexcept { return sleepsLeft_ == 0; }

  /** The look ended with what was waited for. */
  void hit() noexcept { sleepsAfterMiss_ = 1; }

  void missed() noexcept {
    sleepsLeft_ = sleepsAfterMiss_;
    sleepsAfterMiss_ = std::min(sleepsAfterMiss_ * 2, kMostSleeps);
  }

  /** A wait without a look has ended after this long. */
  void slept(std::int64_t nanos) noexcept {
    if (sleepsLeft_ > 0 && nanos < kShortNanos) {
      --sleepsLeft_;
    }
  }

 private:
  std::uint32_t sleepsLeft_ = 0;
  std::uint32_t sleepsAfterMiss_ = 1;
};

}  // namespace patchbay::bridge
