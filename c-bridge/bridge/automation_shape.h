// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>

#include <patchbay/standard.h>

namespace patchbay::bridge {

/** AutomationShape.exp in Java, step by step: the same bits, which the C library's does not promise. */
inline double automationExp(double x) noexcept {
  constexpr int kTerms = 15;
  if (std::isnan(x)) {
    return x;
  }
  const double powers = std::nearbyint(x * 1.4426950408889634);
  const double rest = x - powers * 0.6931471803691238 - powers * 1.9082149292705877e-10;
  double sum = 1;
  for (int i = kTerms; i > 0; --i) {
    sum = 1 + rest * sum / i;
  }
  const std::uint64_t bits = static_cast<std::uint64_t>(static_cast<std::int64_t>(powers) + 1023) << 52;
  double power;
  std::memcpy(&power, &bits, sizeof power);
  return sum * power;
}

/** Which part of the way is done when this part of the time has passed: AutomationShape.part in Java, for lines and curves. */
inline double automationPart(std::int32_t shape, double time, double curve) noexcept {
  constexpr double kMaxCurve = 20;
  constexpr double kStraight = 1e-7;
  if (shape == PB_AUTOMATION_SHAPE_LINEAR || std::fabs(curve) < kStraight) {
    return time;
  }
  if (!(std::fabs(curve) <= kMaxCurve)) {
    return std::numeric_limits<double>::quiet_NaN();
  }
  return (automationExp(curve * time) - 1) / (automationExp(curve) - 1);
}

}  // namespace patchbay::bridge
