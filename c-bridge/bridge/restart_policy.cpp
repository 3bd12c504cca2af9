// SPDX-License-Identifier: Apache-2.0
#include "restart_policy.h"

#include <algorithm>

#include "clock.h"

namespace patchbay::bridge {
namespace {

/** After the second end within the window; it doubles with each further one. */
constexpr std::int64_t kFirstDelayNanos = 500 * kNanosPerMilli;

}  // namespace

RestartPolicy::Decision RestartPolicy::ended(std::int32_t process, std::int64_t now) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const std::int64_t oldest = now - kWindowSeconds * kNanosPerSecond;
  ends_.erase(std::remove_if(ends_.begin(), ends_.end(), [oldest](const End& end) { return end.told < oldest; }),
              ends_.end());
  const auto known = std::find_if(ends_.begin(), ends_.end(),
                                  [process](const End& end) { return process != 0 && end.process == process; });
  if (known != ends_.end()) {
    Decision same = known->decision;
    same.first = false;
    return same;
  }
  const auto count = static_cast<int>(ends_.size()) + 1;
  const std::int64_t delay = count < 2 ? 0 : kFirstDelayNanos << std::min(count - 2, kMostEnds);
  const Decision decision = {count < kMostEnds, now + delay, true};
  ends_.push_back({process, now, decision});
  return decision;
}

void RestartPolicy::forgive() {
  const std::lock_guard<std::mutex> lock(mutex_);
  ends_.clear();
}

}  // namespace patchbay::bridge
