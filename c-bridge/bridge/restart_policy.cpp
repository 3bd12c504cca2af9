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
  if (process != 0 && process == last_) {
    Decision known = decision_;
    known.first = false;
    return known;
  }
  last_ = process;
  const std::int64_t oldest = now - kWindowSeconds * kNanosPerSecond;
  ends_.erase(std::remove_if(ends_.begin(), ends_.end(), [oldest](std::int64_t end) { return end < oldest; }),
              ends_.end());
  ends_.push_back(now);
  const auto count = static_cast<int>(ends_.size());
  const std::int64_t delay = count < 2 ? 0 : kFirstDelayNanos << std::min(count - 2, kMostEnds);
  decision_ = {count < kMostEnds, now + delay, true};
  return decision_;
}

void RestartPolicy::forgive() {
  const std::lock_guard<std::mutex> lock(mutex_);
  ends_.clear();
}

}  // namespace patchbay::bridge
