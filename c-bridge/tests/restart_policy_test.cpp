// SPDX-License-Identifier: Apache-2.0
#include "restart_policy.h"

#include <doctest/doctest.h>

#include "clock.h"

using namespace patchbay::bridge;

TEST_SUITE("repair") {
  TEST_CASE("a process is started again at once, then later and later, and after too many ends not at all") {
    RestartPolicy policy;
    const std::int64_t now = 5 * kNanosPerSecond;
    const std::int64_t delays[] = {0, 500, 1000, 2000, 4000};
    int process = 100;
    for (const std::int64_t delay : delays) {
      const auto decision = policy.ended(++process, 0, now);
      CHECK(decision.again);
      CHECK(decision.first);
      CHECK(decision.at == now + delay * kNanosPerMilli);
      // Those who share the process hear the same, later.
      const auto same = policy.ended(process, 0, now + kNanosPerSecond);
      CHECK(same.again);
      CHECK_FALSE(same.first);
      CHECK(same.at == decision.at);
    }
    // One who is late: this end was counted when the others asked about it, and what holds is what they wait for.
    const auto late = policy.ended(101, 0, now + kNanosPerSecond);
    CHECK(late.again);
    CHECK_FALSE(late.first);
    CHECK(late.at == now + 4 * kNanosPerSecond);
    CHECK_FALSE(policy.ended(++process, 0, now).again);
    CHECK_FALSE(policy.ended(process, 0, now).again);
    CHECK_FALSE(policy.ended(101, 0, now).again);
    SUBCASE("an activation begins anew") { policy.forgive(); }
    SUBCASE("and so does time") {}
    const std::int64_t later = now + (RestartPolicy::kWindowSeconds + 1) * kNanosPerSecond;
    CHECK(policy.ended(++process, 0, later).at == later);
  }

  TEST_CASE("a process that cannot be started counts once for all who have tried after the same decision") {
    RestartPolicy policy;
    const std::int64_t now = 5 * kNanosPerSecond;
    auto decision = policy.ended(100, 0, now);
    int told = 0;
    for (int attempt = 2; attempt <= RestartPolicy::kMostEnds; ++attempt) {
      const std::uint64_t obeyed = decision.number;
      for (int instance = 0; instance < 16; ++instance) {
        CHECK(decision.again);
        const auto mine = policy.ended(0, obeyed, now + instance);
        told += mine.first ? 1 : 0;
        if (instance == 15) {
          decision = mine;
        }
      }
      CHECK(decision.again == (attempt < RestartPolicy::kMostEnds));
    }
    CHECK(told == RestartPolicy::kMostEnds - 1);
  }
}
