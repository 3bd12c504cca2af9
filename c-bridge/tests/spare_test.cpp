// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>
#include <signal.h>
#include <sys/wait.h>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <vector>

#include "engine_spare.h"
#include "images.h"
#include "player.h"
#include "workbench.h"

using namespace Steinberg;
using namespace patchbay::bridge::test;

namespace {

bool ready(const RegionView& region) { return region.counter(PB_STANDARD_BRIDGE_COUNTERS_RT_SPARES_READY) == 1; }

}  // namespace

TEST_SUITE("spare") {
  TEST_CASE("a spare engine takes the place of one that dies, with the parameters of now, and another is prepared") {
    Player player("spare");
    REQUIRE(player.start(48000, 256, Vst::kRealtime));
    const RegionView region;
    const pid_t engine = region.pid(PB_STANDARD_ROLE_RT);
    const pid_t spare = spareOf(region);
    Block quieter(256);
    quieter.set(10, 0, 0.25);
    player.play(quieter);
    playNote(player, 1.0f);
    CHECK(player.play(256).back() == 0.25f);
    const std::string errors = errorsOf([&] {
      kill(engine, SIGKILL);
      CHECK(eventually([&] { return restarts(region) == 1; }));
      CHECK_FALSE(ready(region));
      CHECK(player.play(256).back() == 0);
      CHECK(eventually([&] {
        // The note that was held sounds no more.
        CHECK(player.play(256) == kSilence);
        return region.counter(PB_STANDARD_BRIDGE_COUNTERS_RT_SOUND_GAP_NANOS) > 0;
      }));
    });
    CHECK(region.pid(PB_STANDARD_ROLE_RT) == spare);
    CHECK(region.role(PB_STANDARD_ROLE_RT).generation == 2);
    CHECK(errors.find("the RT process " + std::to_string(spare) + " has taken the place of the process that ended") !=
          std::string::npos);
    playNote(player, 1.0f);
    CHECK(player.play(256).back() == 0.25f);
    const std::int64_t known = region.counter(PB_STANDARD_BRIDGE_COUNTERS_RT_END_KNOWN_NANOS);
    CHECK(known > 0);
    CHECK(region.counter(PB_STANDARD_BRIDGE_COUNTERS_RT_SOUND_GAP_NANOS) > known);
    const pid_t next = spareOf(region);
    CHECK(next != spare);
    CHECK(errorsOf([&] { player.component->terminate(); }).empty());
    CHECK(children().empty());
    CHECK(RegionView::count() == 0);
  }

  TEST_CASE("the instances that shared an engine share the spare, however often engines have died before") {
    Player first("spare");
    REQUIRE(first.start(48000, 256, Vst::kRealtime));
    const RegionView region;
    Player second("spare");
    REQUIRE(second.start(48000, 256, Vst::kRealtime));
    static_cast<void>(errorsOf([&] {
      for (int death = 1; death <= 4; ++death) {
        const pid_t spare = spareOf(region);
        const std::int64_t before = nowMillis();
        kill(region.pid(PB_STANDARD_ROLE_RT), SIGKILL);
        CHECK(eventually([&] { return restarts(region) == death; }));
        // Not the two seconds that an engine waits which dies for the fourth time.
        CHECK(nowMillis() - before < 1500);
        CHECK(region.pid(PB_STANDARD_ROLE_RT) == spare);
        for (Player* player : {&first, &second}) {
          CHECK(eventually([&] { playNote(*player, 1.0f); return player->play(256).back() == 0.5f; }));
        }
        CHECK(engines().size() == 1);
      }
    }));
  }

  TEST_CASE("where each instance has an engine, one spare is there for the first that dies") {
    Player first("spare_solo");
    REQUIRE(first.start(48000, 256, Vst::kRealtime));
    const RegionView region;
    Player second("spare_solo");
    REQUIRE(second.start(48000, 256, Vst::kRealtime));
    REQUIRE(eventually([&] { return ready(region); }));
    CHECK(engines().size() == 3);
    playNote(second, 1.0f);
    static_cast<void>(errorsOf([&] {
      kill(region.pid(PB_STANDARD_ROLE_RT), SIGKILL);
      CHECK(eventually([&] { return restarts(region) == 1; }));
    }));
    // On a machine with other work one block may be late.
    CHECK(eventually([&] { return second.play(256).back() == 0.5f; }));
    CHECK(eventually([&] { return ready(region); }));
    CHECK(engines().size() == 3);
  }

  TEST_CASE("a spare that is still warming up is taken, too") {
    const Fake fake("dawdle=1000 only=1");
    Player player("spare");
    REQUIRE(player.start(48000, 256, Vst::kRealtime));
    const RegionView region;
    REQUIRE(eventually([&] { return engines().size() == 2; }));
    usleep(200000);
    const std::vector<pid_t> both = engines();
    static_cast<void>(errorsOf([&] {
      kill(region.pid(PB_STANDARD_ROLE_RT), SIGKILL);
      CHECK(eventually([&] { return restarts(region) == 1; }));
    }));
    CHECK(std::count(both.begin(), both.end(), region.pid(PB_STANDARD_ROLE_RT)) == 1);
    CHECK(eventually([&] { playNote(player, 1.0f); return player.play(256).back() == 0.5f; }));
    CHECK(eventually([&] { return ready(region); }));
  }

  TEST_CASE("a spare that dies is told once and replaced, and the sound goes on") {
    Player player("spare");
    REQUIRE(player.start(48000, 256, Vst::kRealtime));
    playNote(player, 1.0f);
    const RegionView region;
    const pid_t spare = spareOf(region);
    const std::string errors = errorsOf([&] {
      kill(spare, SIGKILL);
      CHECK(eventually([&] { return !ready(region); }));
      CHECK(player.play(256).back() == 0.5f);
      CHECK(spareOf(region) != spare);
    });
    CHECK(player.play(256).back() == 0.5f);
    CHECK(restarts(region) == 0);
    CHECK(occurrences(errors, "the RT process " + std::to_string(spare) +
                                  " ended unexpectedly (signal 9); it was the spare, and the sound goes on without one "
                                  "until another takes its place.") == 1);
  }

  TEST_CASE("a spare that was lent and comes back is watched again") {
    using namespace patchbay::bridge;
    std::string error;
    const auto bundle = std::make_shared<Bundle>();
    bundle->folder = bundlePath("spare");
    bundle->image = imageOf("spare");
    bundle->engine = EngineImage::parse(resourceOf("spare", "engine.image"), error);
    REQUIRE_MESSAGE(bundle->engine != nullptr, error);
    const auto region = regionOf(*bundle->image);
    const auto isReady = [&] {
      return pb_counter_get_acquire(&region->counters, PB_STANDARD_BRIDGE_COUNTERS_RT_SPARES_READY) == 1;
    };
    EngineSpare spare(bundle, nullptr);
    spare.keep(region, {48000, 256});
    REQUIRE(eventually(isReady));
    const std::shared_ptr<EngineProcess> engine = spare.lend(nullptr);
    REQUIRE(engine != nullptr);
    CHECK_FALSE(isReady());
    REQUIRE(spare.endLoan(engine));
    CHECK(isReady());
    // Until its thread has looked at what the loan's end has changed: that look is not to be the one that finds it dead.
    usleep(300000);
    const std::string errors = errorsOf([&] {
      kill(engine->pid(), SIGKILL);
      CHECK(eventually([&] { return !isReady(); }));
      CHECK(eventually(isReady));
    });
    CHECK(occurrences(errors, "it was the spare, and the sound goes on without one until another takes its place.") == 1);
  }

  TEST_CASE("a spare whose module refuses is not asked again") {
    Player player("spare");
    REQUIRE(player.start(48000, 256, Vst::kRealtime));
    const RegionView region;
    const Fake fake("refuse");
    const std::string errors = errorsOf([&] {
      // It may be gone before anybody has seen it.
      REQUIRE(eventually([&] { return occurrences(errorsYet(), "no spare: ") == 1; }));
      REQUIRE(eventually([&] { return engines().size() == 1; }));
      // Longer than until the next would be started.
      usleep(1200000);
    });
    CHECK(engines().size() == 1);
    CHECK(occurrences(errors, "no spare: the RT module refused: the fake does not like this sample rate.") == 1);
    playNote(player, 1.0f);
    CHECK(eventually([&] { return player.play(256).back() == 0.5f; }));
  }

  TEST_CASE("a spare that refuses to take a place is found out before it is needed") {
    Player player("spare");
    REQUIRE(player.start(48000, 256, Vst::kRealtime));
    const RegionView region;
    const Fake fake("refuse from=2");
    const std::string errors = errorsOf([&] {
      // It may be gone before anybody has seen it.
      REQUIRE(eventually([&] { return occurrences(errorsYet(), "no spare: ") == 1; }));
      REQUIRE(eventually([&] { return engines().size() == 1; }));
    });
    CHECK_FALSE(ready(region));
    CHECK(occurrences(errors, "no spare: the RT module refused: the fake does not like this sample rate.") == 1);
    playNote(player, 1.0f);
    CHECK(eventually([&] { return player.play(256).back() == 0.5f; }));
  }

  TEST_CASE("an offline render has no spare, nor has a bundle that does not ask for one") {
    Player offline("spare");
    REQUIRE(offline.start(48000, 256, Vst::kOffline));
    Player other("synth");
    REQUIRE(other.start(48000, 256, Vst::kRealtime));
    usleep(1200000);
    CHECK(engines().size() == 2);
  }

  TEST_CASE("a spare is warm for the rate that is played, and goes with the last instance") {
    auto player = std::make_unique<Player>("spare");
    REQUIRE(player->start(48000, 256, Vst::kRealtime));
    auto region = std::make_unique<RegionView>();
    const pid_t spare = spareOf(*region);
    player->deactivate();
    REQUIRE(player->activate());
    CHECK(spareOf(*region) == spare);
    player->deactivate();
    REQUIRE(player->start(96000, 256, Vst::kRealtime));
    CHECK(eventually([&] { return !running(spare); }));
    CHECK(spareOf(*region) != spare);
    Player second("spare");
    REQUIRE(second.start(96000, 256, Vst::kRealtime));
    player->component->terminate();
    region = nullptr;
    CHECK(spareOf(RegionView()) != spare);
    second.component->terminate();
    CHECK(children().empty());
    CHECK(RegionView::count() == 0);
  }

  TEST_CASE("a plug-in that is closed while a spare warms up goes at once, and nothing is left") {
    const Fake fake("dawdle=2500 only=1");
    Player player("spare");
    REQUIRE(player.start(48000, 256, Vst::kRealtime));
    REQUIRE(eventually([&] { return engines().size() == 2; }));
    usleep(200000);
    const std::int64_t before = nowMillis();
    CHECK(errorsOf([&] { player.component->terminate(); }).empty());
    CHECK(nowMillis() - before < 2000);
    CHECK(children().empty());
    CHECK(RegionView::count() == 0);
  }

  TEST_CASE("a fork of the host leaves the spare alone") {
    Player player("spare");
    REQUIRE(player.start(48000, 256, Vst::kRealtime));
    const RegionView region;
    const pid_t spare = spareOf(region);
    std::fflush(nullptr);
    const pid_t copy = fork();
    if (copy == 0) {
      const bool good = player.component->setActive(false) == kResultOk && player.component->terminate() == kResultOk;
      player.processor = nullptr;
      player.controller = nullptr;
      player.component->release();
      _exit(good ? 0 : 1);
    }
    int status = -1;
    CHECK(eventually([&] { return waitpid(copy, &status, WNOHANG) == copy; }));
    CHECK(status == 0);
    CHECK(spareOf(region) == spare);
  }
}
