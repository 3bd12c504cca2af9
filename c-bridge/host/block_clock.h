// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace patchbay::host {

/** Nanoseconds of CLOCK_MONOTONIC. */
[[nodiscard]] std::int64_t monotonicNanos() noexcept;

/**
 * The schedule of a real-time render: block n is due at start + n x block / rate. Each due time is computed from n, not
 * from the block before, so that the schedule does not drift.
 */
class BlockClock {
 public:
  BlockClock(std::int32_t block, double sampleRate) noexcept;

  /** The first block is due now. */
  void start() noexcept { start_ = monotonicNanos(); }

  /**
   * Sleeps until the block is due. If that was more than a block ago it counts an overrun and moves the schedule so
   * that this block is due now: catching up would only send a burst that no sound card ever asks for.
   */
  void waitFor(std::int64_t blockNumber) noexcept;

  [[nodiscard]] std::uint64_t overruns() const noexcept { return overruns_; }

 private:
  double blockNanos_;
  std::int64_t start_ = 0;
  std::uint64_t overruns_ = 0;
};

}  // namespace patchbay::host
