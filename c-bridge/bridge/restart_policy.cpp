// SPDX-License-Identifier: Apache-2.0
#include "restart_policy.h"

#include <algorithm>

#include "clock.h"

namespace patchbay::bridge {
namespace {

/** After the second end within the window; it doubles with each further one. */
constexpr std::int64_t kFirstDelayNanos = 500 * kNanosPerMilli;

}  // namespace

RestartPolicy::Decision RestartPolicy::ended(std::int32_t process, std::uint64_t obeyed, std::int64_t now) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const std::int64_t oldest = now - kWindowSeconds * kNanosPerSecond;
  ends_.erase(std::remove_if(ends_.begin(), ends_.end(), [oldest](const End& end) { return end.told < oldest; }),
              ends_.end());
  const bool known = std::any_of(ends_.begin(), ends_.end(), [process, obeyed](const End& end) {
    return end.process == process && (process != 0 || end.obeyed == obeyed);
  });
  if (known) {
    // The newest decision: who is late must not start what others wait with, or have given up.
    newest_.first = false;
    return newest_;
  }
  const auto count = static_cast<int>(ends_.size()) + 1;
  const std::int64_t delay = count < 2 ? 0 : kFirstDelayNanos << std::min(count - 2, kMostEnds);
  newest_ = {count < kMostEnds, now + delay, true, newest_.number + 1};
  ends_.push_back({process, obeyed, now});
  return newest_;
}

void RestartPolicy::forgive() {
  const std::lock_guard<std::mutex> lock(mutex_);
  ends_.clear();
}

}  // namespace patchbay::bridge
