// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>
#include <signal.h>

#include <algorithm>
#include <cmath>
#include <thread>
#include <vector>

#include "player.h"
#include "workbench.h"

using namespace Steinberg;
using namespace patchbay::bridge::test;

namespace {

/** Blocks that last so long that a busy machine meets the deadline: half a second. */
constexpr int32 kLong = 4096;
constexpr double kRate = 8192;

}  // namespace

TEST_SUITE("faults") {
  TEST_CASE("a stopped RT makes silence that is counted, and is in step again when it goes on") {
    Player player;
    REQUIRE(player.start(kRate, kLong, Vst::kRealtime));
    Block note(kLong);
    note.noteOn(0, 60, 1.0f);
    player.play(note);
    REQUIRE(player.play(kLong).back() == 0.5f);
    const RegionView region;
    const pid_t rt = region.pid(PB_STANDARD_ROLE_RT);
    halt(rt);
    const std::vector<float> faded = player.play(kLong);
    CHECK(roughness(0.5f, faded) < 0.01f);
    CHECK(faded.back() == 0);
    for (int i = 0; i < 8; ++i) {
      CHECK(player.play(kLong) == std::vector<float>(kLong, 0.0f));
    }
    Block off(kLong);
    off.noteOff(200, 60);
    off.noteOn(200, 64, 0.25f);
    player.play(off);
    CHECK(off.left == std::vector<float>(kLong, 0.0f));
    CHECK(region.counter(PB_STANDARD_BRIDGE_COUNTERS_MISSED_DEADLINES) == 10);
    // Two requests were open, so eight blocks had no slot.
    CHECK(region.counter(PB_STANDARD_BRIDGE_COUNTERS_SKIPPED_BLOCKS) == 8);
    kill(rt, SIGCONT);
    REQUIRE(eventually([&] { return region.answered(); }));
    // The note off of the skipped block was not lost, nor was the note.
    const std::vector<float> again = player.play(kLong);
    CHECK(std::count(again.begin(), again.end(), 0.125f) == kLong);
    CHECK(region.counter(PB_STANDARD_BRIDGE_COUNTERS_LATE_RESULTS) == 2);
    CHECK(region.counter(PB_STANDARD_BRIDGE_COUNTERS_MISSED_DEADLINES) == 10);
  }

  TEST_CASE("notes that waited for more than a second are not played any more, and none hangs") {
    Player player;
    REQUIRE(player.start(kRate, kLong, Vst::kRealtime));
    Block note(kLong);
    note.noteOn(0, 60, 1.0f);
    player.play(note);
    const RegionView region;
    halt(region.pid(PB_STANDARD_ROLE_RT));
    player.play(kLong);
    player.play(kLong);
    Block off(kLong);
    off.noteOff(0, 60);
    off.noteOn(0, 64, 1.0f);
    off.set(10, 0, 0.25);
    player.play(off);
    // With these it has waited for a second and a half.
    player.play(kLong);
    player.play(kLong);
    kill(region.pid(PB_STANDARD_ROLE_RT), SIGCONT);
    REQUIRE(eventually([&] { return region.answered(); }));
    Block next(kLong);
    next.noteOn(100, 65, 1.0f);
    player.play(next);
    CHECK(std::count(next.left.begin(), next.left.begin() + 100, 0.0f) == 100);
    // The parameter's change came through all the same.
    CHECK(next.left[100] == 0.25f);
    CHECK(region.counter(PB_STANDARD_BRIDGE_COUNTERS_DROPPED_EVENTS) == 3);
  }

  TEST_CASE("a late answer is never taken for a later one") {
    const Fake fake("hold=2");
    Player player;
    REQUIRE(player.start(kRate, kLong, Vst::kRealtime));
    Block note(kLong);
    note.noteOn(0, 60, 1.0f);
    player.play(note);
    player.play(kLong);
    Block late(kLong);
    late.set(10, 0, 1.0);
    player.play(late);
    CHECK(late.left.back() == 0);
    const RegionView region;
    goOn(region.pid(PB_STANDARD_ROLE_RT));
    REQUIRE(eventually([&] { return region.answered(); }));
    CHECK(region.counter(PB_STANDARD_BRIDGE_COUNTERS_LATE_RESULTS) == 0);
    Block next(kLong);
    next.set(10, 128, 0.25);
    player.play(next);
    CHECK(next.left.front() == 1.0f);
    CHECK(next.left.back() == 0.25f);
    CHECK(region.counter(PB_STANDARD_BRIDGE_COUNTERS_LATE_RESULTS) == 1);
    CHECK(region.counter(PB_STANDARD_BRIDGE_COUNTERS_MISSED_DEADLINES) == 1);
  }

  TEST_CASE("RT that never answers costs no more than the deadline, and activation ends all the same") {
    const Fake fake("mute=0");
    Player player;
    REQUIRE(player.start(48000, 64, Vst::kRealtime));
    player.play(64);
    player.play(64);
    {
      const RegionView region;
      const auto waits = [&region] {
        return region.counter(PB_STANDARD_BRIDGE_COUNTERS_SLEEPS) +
               region.counter(PB_STANDARD_BRIDGE_COUNTERS_SPIN_MISSES);
      };
      const std::int64_t before = waits();
      for (int i = 0; i < 1000; ++i) {
        player.play(64);
      }
      // Nothing is waited for where no slot is free.
      CHECK(waits() == before);
      CHECK(region.counter(PB_STANDARD_BRIDGE_COUNTERS_MISSED_DEADLINES) == 1002);
    }
    const std::int64_t start = nowMillis();
    player.deactivate();
    player.component->terminate();
    CHECK(nowMillis() - start < kMillis);
    CHECK(children().empty());
    CHECK(RegionView::count() == 0);
  }

  TEST_CASE("an offline wait for a hung RT ends when the host deactivates") {
    const Fake fake("mute=0");
    Player player;
    REQUIRE(player.start());
    const RegionView region;
    REQUIRE(region.answered());
    std::thread audio([&] { player.play(64); });
    CHECK(eventually([&] { return !region.answered(); }));
    player.deactivate();
    audio.join();
  }

  TEST_CASE("a block that RT refuses is silent, and the reason is told") {
    const Fake fake("throw=1");
    Player player;
    REQUIRE(player.start());
    Block note(256);
    note.noteOn(0, 60, 1.0f);
    player.play(note);
    CHECK(player.play(256).back() == 0);
    const std::string errors = errorsOf([&] { player.deactivate(); });
    CHECK(errors.find("the RT module refused: the fake threw while it rendered. Its log: ") != std::string::npos);
    REQUIRE(player.activate());
  }

  TEST_CASE("modules that ignore the request to leave are ended") {
    const Fake fake("stay control-stays");
    Player player;
    REQUIRE(player.start());
    const std::int64_t before = nowMillis();
    player.component->terminate();
    CHECK(nowMillis() - before < kMillis);
    CHECK(children().empty());
    CHECK(RegionView::count() == 0);
  }

  TEST_CASE("a host that ignores SIGCHLD changes nothing") {
    struct sigaction ignore = {};
    struct sigaction before = {};
    ignore.sa_handler = SIG_IGN;
    sigaction(SIGCHLD, &ignore, &before);
    {
      Player player;
      REQUIRE(player.start());
      player.play(64);
      const RegionView region;
      static_cast<void>(errorsOf([&] {
        kill(region.pid(PB_STANDARD_ROLE_RT), SIGKILL);
        CHECK(eventually([&] { return region.counter(PB_STANDARD_BRIDGE_COUNTERS_RT_ENDED) == 1; }));
        CHECK(eventually([&] { return occurrences(errorsYet(), "ended unexpectedly (") == 1; }));
      }));
      player.deactivate();
      REQUIRE(player.activate());
    }
    // The kernel takes them away by itself here.
    CHECK(eventually([] { return children().empty(); }));
    sigaction(SIGCHLD, &before, nullptr);
  }
}
