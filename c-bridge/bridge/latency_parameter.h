// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "midi_map.h"

namespace patchbay::bridge {

/**
 * The way from the audio thread to the host's UI thread: a hidden parameter that only the plug-in changes. What comes out of process as
 * its change, a host passes to the controller on its UI thread, where restartComponent may be called.
 */
struct LatencyParameter {
  /** Beyond those of the MIDI controllers. */
  static constexpr std::uint32_t kId = MidiMap::kFirstId + (UINT32_C(1) << 16);
  static constexpr std::uint32_t kMost = UINT32_C(1) << 20;

  [[nodiscard]] static double normalized(std::uint32_t frames) noexcept {
    return static_cast<double>(std::min(frames, kMost)) / kMost;
  }

  [[nodiscard]] static double frames(double normalized) noexcept { return std::floor(normalized * kMost + 0.5); }
};

}  // namespace patchbay::bridge
