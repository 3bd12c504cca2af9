// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>
#include <signal.h>

#include <atomic>
#include <memory>
#include <set>
#include <thread>
#include <vector>

#include <patchbay/engine.h>

#include "player.h"
#include "workbench.h"

using namespace Steinberg;
using namespace patchbay::bridge::test;

namespace {

/** Some instances of one bundle in this process, all active. */
struct Ensemble {
  explicit Ensemble(int count, const std::string& bundle = "synth", Vst::ProcessModes mode = Vst::kOffline) {
    for (int i = 0; i < count; ++i) {
      players.push_back(std::make_unique<Player>(bundle));
      CHECK(players.back()->start(48000, 256, mode));
    }
  }

  Player& operator[](std::size_t i) { return *players.at(i); }

  std::vector<std::unique_ptr<Player>> players;
};

/** Whether a note that is held is heard, in one of the next blocks: in real time a busy machine misses some. */
bool sounds(Player& player) {
  return eventually([&player] { return player.play(256).back() == 0.5f; });
}

/** How many commands the engine was given. */
std::uint32_t asked(const RegionView& engine) {
  const pb_section bell = engine.section(PB_ENGINE_BRIDGE_BELL_NAME, PB_ENGINE_BRIDGE_BELL_HASH);
  const auto* commands = static_cast<const pb_engine_bridge_bell*>(pb_section_element(&bell, 0));
  return __atomic_load_n(&commands->request, __ATOMIC_ACQUIRE);
}

}  // namespace

TEST_SUITE("engine") {
  TEST_CASE("instances of a bundle share an engine, and each plays what it is told alone") {
    Ensemble all(3);
    CHECK(engines().size() == 1);
    CHECK(playNote(all[0], 1.0f) == std::vector<float>(256, 0.5f));
    CHECK(playNote(all[1], 0.5f) == std::vector<float>(256, 0.25f));
    CHECK(all[2].play(256) == kSilence);
  }

  TEST_CASE("bundles do not share an engine") {
    Ensemble synths(2);
    Player effect("effect");
    REQUIRE(effect.start(48000, 256));
    CHECK(engines().size() == 2);
  }

  TEST_CASE("with the share mode instance each has an engine, and dies alone") {
    Ensemble all(3, "solo", Vst::kRealtime);
    const std::vector<pid_t> pids = engines();
    CHECK(pids.size() == 3);
    for (const std::unique_ptr<Player>& player : all.players) {
      playNote(*player, 1.0f);
    }
    static_cast<void>(errorsOf([&] {
      kill(pids.back(), SIGKILL);
      CHECK(eventually([&] { return !running(pids.back()); }));
    }));
    // The note of before sounds on where the engine lives, and nowhere else.
    std::set<const Player*> sounding;
    const auto listen = [&] {
      for (const std::unique_ptr<Player>& player : all.players) {
        if (player->play(256).back() == 0.5f) {
          sounding.insert(player.get());
        }
      }
    };
    CHECK(eventually([&] { listen(); return sounding.size() >= 2; }));
    CHECK(eventually([&] { listen(); return engines().size() == 3; }));
    listen();
    CHECK(sounding.size() == 2);
  }

  TEST_CASE("removing an instance leaves the others playing, and the last one ends the engine") {
    auto all = std::make_unique<Ensemble>(3);
    playNote((*all)[0], 1.0f);
    playNote((*all)[2], 1.0f);
    const std::vector<pid_t> pids = engines();
    CHECK(errorsOf([&] { (*all)[1].component->terminate(); }).empty());
    CHECK(engines() == pids);
    CHECK((*all)[0].play(256).back() == 0.5f);
    CHECK((*all)[2].play(256).back() == 0.5f);
    // Its region is in the engine's memory no more.
    const std::string maps = readText("/proc/" + std::to_string(pids.front()) + "/maps");
    std::set<std::string> regions;
    for (std::size_t at = maps.find("/memfd:patchbay-"); at != std::string::npos;
         at = maps.find("/memfd:patchbay-", at + 1)) {
      regions.insert(maps.substr(at, maps.find('\n', at) - at));
    }
    CHECK(regions.size() == 2 + 1);
    REQUIRE((*all)[1].component->initialize(nullptr) == kResultOk);
    REQUIRE((*all)[1].activate());
    CHECK(engines() == pids);
    CHECK(playNote((*all)[1], 1.0f).back() == 0.5f);
    CHECK(errorsOf([&] { all.reset(); }).empty());
    CHECK(children().empty());
    CHECK(RegionView::count() == 0);
  }

  TEST_CASE("the engine's death is told once, and one other engine plays on for all its instances") {
    Ensemble all(3, "synth", Vst::kRealtime);
    for (const std::unique_ptr<Player>& player : all.players) {
      playNote(*player, 1.0f);
    }
    const pid_t engine = engines().at(0);
    const std::string errors = errorsOf([&] {
      kill(engine, SIGKILL);
      CHECK(eventually([&] { return !running(engine); }));
      for (const std::unique_ptr<RegionView>& region : RegionView::all()) {
        CHECK(eventually([&] { return region->counter(PB_STANDARD_BRIDGE_COUNTERS_RT_ENDED) == 1; }));
      }
      for (const std::unique_ptr<Player>& player : all.players) {
        CHECK(eventually([&] { return playNote(*player, 1.0f).back() == 0.5f; }, 10000));
      }
    });
    const std::size_t told = errors.find("ended unexpectedly (signal 9)");
    CHECK(told != std::string::npos);
    CHECK(errors.find("ended unexpectedly", told + 1) == std::string::npos);
    CHECK(engines().size() == 1);
    CHECK(engines().at(0) != engine);
  }

  TEST_CASE("an instance that the engine refuses says why, and the others play on") {
    const Fake fake("full=2");
    Player first;
    REQUIRE(first.start());
    playNote(first, 1.0f);
    Player second;
    const std::string errors = errorsOf([&] { CHECK_FALSE(second.start()); });
    CHECK(errors.find("cannot serve this instance: the fake is full") != std::string::npos);
    CHECK(first.play(256).back() == 0.5f);
    // The third that it is asked for, it takes.
    CHECK(second.activate());
    CHECK(engines().size() == 1);
  }

  TEST_CASE("an instance whose module refuses does not take the others down") {
    const Fake fake("refuse only=2");
    Player first;
    REQUIRE(first.start());
    playNote(first, 1.0f);
    Player second;
    const std::string errors = errorsOf([&] { CHECK_FALSE(second.start()); });
    CHECK(errors.find("the RT module refused: the fake does not like this sample rate.") != std::string::npos);
    CHECK(first.play(256).back() == 0.5f);
  }

  TEST_CASE("an instance whose module hangs is left behind, and the others play on") {
    const Fake fake("mute=0 only=2");
    auto first = std::make_unique<Player>();
    REQUIRE(first->start(48000, 256, Vst::kRealtime));
    playNote(*first, 1.0f);
    auto second = std::make_unique<Player>();
    REQUIRE(second->start(48000, 256, Vst::kRealtime));
    second->play(256);
    const std::string errors = errorsOf([&] { second->component->terminate(); });
    CHECK(errors.find("keeps an instance that was closed: the fake hangs") != std::string::npos);
    CHECK(sounds(*first));
    // It may come back: in a region of its own.
    REQUIRE(second->component->initialize(nullptr) == kResultOk);
    REQUIRE(second->activate());
    playNote(*second, 1.0f);
    CHECK(sounds(*second));
    CHECK(engines().size() == 1);
    second.reset();
    first.reset();
    CHECK(children().empty());
    CHECK(RegionView::count() == 0);
  }

  TEST_CASE("an engine that is stopped does not hold up the sound, and takes its commands later") {
    Ensemble all(2);
    playNote(all[0], 1.0f);
    const pid_t engine = engines().at(0);
    const std::unique_ptr<RegionView> region = RegionView::ofEngine();
    const std::uint32_t before = asked(*region);
    halt(engine);
    std::thread later([&] {
      CHECK(eventually([&] { return asked(*region) != before; }));
      kill(engine, SIGCONT);
    });
    CHECK(errorsOf([&] { all[1].component->terminate(); }).empty());
    later.join();
    CHECK(all[0].play(256).back() == 0.5f);
    CHECK(engines().size() == 1);
  }

  TEST_CASE("an instance leaves an engine that is stopped while another waits in it for longer") {
    Ensemble all(2);
    all[1].deactivate();
    const pid_t engine = engines().at(0);
    const std::unique_ptr<RegionView> region = RegionView::ofEngine();
    const std::uint32_t before = asked(*region);
    Player third;
    std::atomic<bool> taken{false};
    halt(engine);
    std::thread waiting([&] {
      CHECK(third.start(48000, 256));
      taken.store(true);
    });
    CHECK(eventually([&] { return asked(*region) != before; }));
    const std::string errors = errorsOf([&] { all[1].component->terminate(); });
    CHECK_FALSE(taken.load());
    CHECK(errors.find("did not let go of an instance within") != std::string::npos);
    kill(engine, SIGCONT);
    waiting.join();
    CHECK(playNote(third, 1.0f).back() == 0.5f);
    CHECK(engines() == std::vector<pid_t>{engine});
  }

  TEST_CASE("sixteen instances that are activated and closed from as many threads leave nothing behind") {
    constexpr int kCount = 16;
    std::vector<std::unique_ptr<Player>> players;
    for (int i = 0; i < kCount; ++i) {
      players.push_back(std::make_unique<Player>());
    }
    std::vector<int> started(kCount, 0);
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < kCount; ++i) {
      threads.emplace_back([&, i] { started[i] = players[i]->start(48000, 256) ? 1 : 0; });
    }
    for (std::thread& thread : threads) {
      thread.join();
    }
    CHECK(started == std::vector<int>(kCount, 1));
    CHECK(engines().size() == 1);
    for (std::size_t i = 0; i < kCount; ++i) {
      const float velocity = static_cast<float>(i + 1) / kCount;
      CHECK(playNote(*players[i], velocity) == std::vector<float>(256, velocity / 2));
    }
    threads.clear();
    for (std::size_t i = 0; i < kCount; ++i) {
      threads.emplace_back([&, i] { players[i]->component->terminate(); });
    }
    for (std::thread& thread : threads) {
      thread.join();
    }
    CHECK(children().empty());
    CHECK(RegionView::count() == 0);
  }
}
