// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>
#include <pthread.h>
#include <sched.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <functional>
#include <thread>

#include "player.h"
#include "spin_policy.h"
#include "workbench.h"

using namespace Steinberg;
using namespace patchbay::bridge;
using namespace patchbay::bridge::test;

namespace {

pb_standard_audio_thread published() {
  const RegionView region;
  const pb_section section = region.section(PB_STANDARD_AUDIO_THREAD_NAME, PB_STANDARD_AUDIO_THREAD_HASH);
  pb_standard_audio_thread thread = {};
  REQUIRE(pb_snapshot_read(&section, &thread, 100) != 0);
  return thread;
}

bool schedule(int policy, int priority) {
  const sched_param parameter = {priority};
  return pthread_setschedparam(pthread_self(), policy, &parameter) == 0;
}

/** Works on a thread of its own and gives its number. */
pid_t onThread(const std::function<void()>& work) {
  pid_t number = 0;
  std::thread([&] {
    number = static_cast<pid_t>(syscall(SYS_gettid));
    work();
  }).join();
  return number;
}

/** How many waits sleep at once, if each takes so long, until a look is tried again. */
int sleepsUntilALook(SpinPolicy& policy, std::int64_t nanos) {
  int sleeps = 0;
  while (!policy.looks() && sleeps < 1000) {
    policy.slept(nanos);
    ++sleeps;
  }
  return sleeps;
}

}  // namespace

TEST_SUITE("process") {
  TEST_CASE("RT is told how the thread that processes is scheduled") {
    Player player;
    REQUIRE(player.start());
    CHECK(published().thread == 0);
    const pid_t ordinary = onThread([&] { player.play(16); });
    CHECK(published().thread == ordinary);
    CHECK(published().policy == SCHED_OTHER);
    CHECK(published().priority == 0);
    bool permitted = false;
    const pid_t fifo = onThread([&] {
      permitted = schedule(SCHED_FIFO, 7);
      player.play(16);
    });
    if (!permitted) {
      MESSAGE("skipped: SCHED_FIFO is not permitted here; run as root, or with RLIMIT_RTPRIO");
      return;
    }
    CHECK(published().thread == fifo);
    CHECK(published().policy == SCHED_FIFO);
    CHECK(published().priority == 7);
    const pid_t robin = onThread([&] {
      schedule(SCHED_RR, 3);
      player.play(16);
    });
    CHECK(published().thread == robin);
    CHECK(published().policy == SCHED_RR);
    CHECK(published().priority == 3);
  }

  TEST_CASE("the kernel is asked once for each thread and activation") {
    Player player;
    REQUIRE(player.start());
    bool permitted = false;
    onThread([&] {
      player.play(16);
      permitted = schedule(SCHED_FIFO, 7);
      player.play(16);
      CHECK(published().policy == SCHED_OTHER);
      schedule(SCHED_OTHER, 0);
      player.deactivate();
      schedule(SCHED_FIFO, 7);
      REQUIRE(player.activate());
      player.play(16);
    });
    if (!permitted) {
      MESSAGE("skipped: SCHED_FIFO is not permitted here; run as root, or with RLIMIT_RTPRIO");
      return;
    }
    CHECK(published().policy == SCHED_FIFO);
    CHECK(published().priority == 7);
  }

  TEST_CASE("a wait looks where that paid, and half as often after each look in vain") {
    SpinPolicy policy;
    for (int i = 0; i < 100; ++i) {
      REQUIRE(policy.looks());
      policy.hit();
    }
    for (const int sleeps : {1, 2, 4, 8, 16, 32, 64, 64}) {
      REQUIRE(policy.looks());
      policy.missed();
      CHECK(sleepsUntilALook(policy, SpinPolicy::kShortNanos - 1) == sleeps);
    }
    policy.hit();
    policy.missed();
    CHECK(sleepsUntilALook(policy, SpinPolicy::kShortNanos - 1) == 1);
    policy.missed();
    CHECK(sleepsUntilALook(policy, SpinPolicy::kShortNanos) == 1000);
  }

  TEST_CASE("waits for an RT that takes long sleep at once, and are counted") {
    const Fake fake("heavy=5");
    Player player;
    REQUIRE(player.start());
    const RegionView region;
    for (int i = 0; i < 4; ++i) {
      player.play(16);
    }
    // A busy machine makes some waits short, and then a look is right.
    CHECK(eventually([&] {
      const std::int64_t misses = region.counter(PB_STANDARD_BRIDGE_COUNTERS_SPIN_MISSES);
      const std::int64_t hits = region.counter(PB_STANDARD_BRIDGE_COUNTERS_SPIN_HITS);
      const std::int64_t sleeps = region.counter(PB_STANDARD_BRIDGE_COUNTERS_SLEEPS);
      for (int i = 0; i < 20; ++i) {
        player.play(16);
      }
      return region.counter(PB_STANDARD_BRIDGE_COUNTERS_SPIN_MISSES) == misses &&
             region.counter(PB_STANDARD_BRIDGE_COUNTERS_SPIN_HITS) == hits &&
             region.counter(PB_STANDARD_BRIDGE_COUNTERS_SLEEPS) >= sleeps + 20;
    }));
  }
}
