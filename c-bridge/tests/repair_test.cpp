// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <thread>
#include <vector>

#include "clock.h"
#include "player.h"
#include "workbench.h"

using namespace Steinberg;
using namespace patchbay::bridge::test;
namespace fs = std::filesystem;

namespace {

float playParameter(Player& player, double value) {
  Block block(256);
  block.set(10, 0, value);
  player.play(block);
  return block.left.back();
}

std::int64_t ended(const RegionView& region) { return region.counter(PB_STANDARD_BRIDGE_COUNTERS_RT_ENDED); }

void killEngine(const RegionView& region) { kill(region.pid(PB_STANDARD_ROLE_RT), SIGKILL); }

/** Kills the engine and returns when the next one has begun to activate. */
void killUntilReplaced(const RegionView& region) {
  const pid_t dead = region.pid(PB_STANDARD_ROLE_RT);
  killEngine(region);
  CHECK(eventually([&] {
    const pid_t now = region.pid(PB_STANDARD_ROLE_RT);
    return now != dead && now != 0 && region.role(PB_STANDARD_ROLE_RT).state == PB_ROLE_STATE_ATTACHED;
  }));
}

/** A file that is not there any more when the test ends, with its folders. */
struct Removed {
  ~Removed() { fs::remove_all(file.parent_path().parent_path()); }
  fs::path file;
};

}  // namespace

TEST_SUITE("repair") {
  TEST_CASE("RT dies while it plays: a fade, silence, and sound again with the parameters of now and no old note") {
    Player player;
    REQUIRE(player.start(48000, 256, Vst::kRealtime));
    CHECK(eventually([&] { return playParameter(player, 0.25) == 0; }));
    CHECK(eventually([&] { playNote(player, 1.0f); return player.play(256).back() == 0.25f; }));
    const RegionView region;
    const pid_t rt = region.pid(PB_STANDARD_ROLE_RT);
    const std::string errors = errorsOf([&] {
      kill(rt, SIGKILL);
      // Known within a fraction of a second, whatever the host does.
      CHECK(eventually([&] { return ended(region) == 1; }));
      Block faded(256);
      // A change that no engine hears when it is made.
      faded.set(20, 0, 0.75);
      player.play(faded);
      CHECK(roughness(0.25f, faded.left) < 0.01f);
      CHECK(faded.left.back() == 0);
      CHECK(eventually([&] {
        CHECK(player.play(256) == kSilence);
        return restarts(region) == 1;
      }));
      // The note that was held sounds no more.
      CHECK(player.play(256) == kSilence);
    });
    CHECK(errors.find("patchbay: Test Synth: the RT process " + std::to_string(rt) +
                      " ended unexpectedly (signal 9); the output is silent until another takes its place. "
                      "Its log: ") != std::string::npos);
    CHECK(eventually([&] { playNote(player, 1.0f); return player.play(256).back() == 0.25f; }));
    const pb_section parameters = region.section(PB_STANDARD_PARAMETERS_NAME, PB_STANDARD_PARAMETERS_HASH);
    CHECK(pb_float_get_acquire(static_cast<const float*>(pb_section_element(&parameters, 1))) == 0.75f);
    CHECK(region.role(PB_STANDARD_ROLE_RT).generation == 2);
    CHECK(region.pid(PB_STANDARD_ROLE_RT) != rt);
    CHECK(player.component->terminate() == kResultOk);
    CHECK(children().empty());
    CHECK(RegionView::count() == 0);
  }

  TEST_CASE("while there is no engine blocks cost no time") {
    const Fake fake("pause life=2");
    Player player;
    REQUIRE(player.start(100, 256, Vst::kRealtime));
    player.play(256);
    const RegionView region;
    static_cast<void>(errorsOf([&] {
      killUntilReplaced(region);
      const std::int64_t missed = region.counter(PB_STANDARD_BRIDGE_COUNTERS_MISSED_DEADLINES);
      const std::int64_t before = nowMillis();
      for (int i = 0; i < 10; ++i) {
        CHECK(player.play(256) == kSilence);
      }
      // Their deadlines add up to 25 s.
      CHECK(nowMillis() - before < kMillis);
      CHECK(region.counter(PB_STANDARD_BRIDGE_COUNTERS_MISSED_DEADLINES) == missed + 10);
    }));
  }

  TEST_CASE("a state that is loaded while there is no engine is played by the next") {
    const Fake fake("pause life=2");
    Player player;
    REQUIRE(player.start());
    playParameter(player, 0.125);
    const std::vector<char> state = player.save();
    playParameter(player, 1.0);
    const RegionView region;
    static_cast<void>(errorsOf([&] {
      killUntilReplaced(region);
      REQUIRE(player.load(state) == kResultOk);
      goOn(region.pid(PB_STANDARD_ROLE_RT));
      Block note(256);
      note.noteOn(0, 60, 1.0f);
      player.play(note);
      CHECK(note.left == std::vector<float>(256, 0.125f));
    }));
  }

  TEST_CASE("an offline render loses the block in which the engine dies, and waits for the next engine") {
    const Fake fake("die=3 life=1");
    Player player;
    REQUIRE(player.start());
    playNote(player, 1.0f);
    player.play(256);
    player.play(256);
    const RegionView region;
    static_cast<void>(errorsOf([&] {
      const std::vector<float> faded = player.play(256);
      CHECK(roughness(0.5f, faded) < 0.01f);
      CHECK(faded[0] > 0.4f);
      CHECK(faded.back() == 0);
      Block note(256);
      note.noteOn(128, 60, 1.0f);
      CHECK(player.play(note) == kResultOk);
      CHECK(std::count(note.left.begin(), note.left.begin() + 128, 0.0f) == 128);
      CHECK(std::count(note.left.begin() + 128, note.left.end(), 0.5f) == 128);
    }));
    CHECK(restarts(region) == 1);
    CHECK(region.counter(PB_STANDARD_BRIDGE_COUNTERS_MISSED_DEADLINES) == 1);
  }

  TEST_CASE("an offline wait for the next engine ends when the host deactivates, and soon") {
    const Fake fake("pause life=2");
    Player player;
    REQUIRE(player.start());
    playNote(player, 1.0f);
    const RegionView region;
    const std::string errors = errorsOf([&] {
      killUntilReplaced(region);
      std::atomic<pid_t> thread{0};
      std::thread audio([&] {
        thread = static_cast<pid_t>(syscall(SYS_gettid));
        player.play(64);
      });
      CHECK(eventually([&] { return thread != 0 && asleep(thread); }));
      player.deactivate();
      audio.join();
      REQUIRE(player.activate());
    });
    // Nobody has waited until the engine's time was up.
    CHECK(occurrences(errors, "did not activate within") == 0);
    playNote(player, 1.0f);
    CHECK(player.play(256).back() == 0.5f);
  }

  TEST_CASE("an engine that dies while it takes another's place is replaced, too") {
    const Fake fake("perish life=2");
    Player player;
    REQUIRE(player.start());
    playNote(player, 1.0f);
    const RegionView region;
    static_cast<void>(errorsOf([&] {
      killEngine(region);
      CHECK(eventually([&] { return restarts(region) == 1; }));
    }));
    CHECK(ended(region) == 2);
    CHECK(region.role(PB_STANDARD_ROLE_RT).generation == 3);
    playNote(player, 1.0f);
    CHECK(player.play(256).back() == 0.5f);
  }

  TEST_CASE("an engine that dies again and again is given up with one sentence, until the next activation") {
    Player player;
    {
      const Fake fake("perish from=2");
      REQUIRE(player.start());
      playNote(player, 1.0f);
      const RegionView region;
      const std::string errors = errorsOf([&] {
        killEngine(region);
        CHECK(eventually([&] { return ended(region) == 6; }, 3 * kMillis));
        // Offline, but nothing is to be waited for any more.
        player.play(256);
        CHECK(player.play(256) == kSilence);
        CHECK(eventually([] { return occurrences(errorsYet(), "is not started again") > 0; }));
      });
      CHECK(occurrences(errors, "the RT process has ended 6 times within 120 s; it is not started again, and the "
                                "output is silent, until the plug-in is activated again") == 1);
      CHECK(restarts(region) == 0);
      CHECK(ended(region) == 6);
    }
    player.deactivate();
    REQUIRE(player.activate());
    playNote(player, 1.0f);
    CHECK(player.play(256).back() == 0.5f);
  }

  TEST_CASE("an engine that cannot be started for a while plays for all its instances once it can be") {
    const fs::path program = fs::path(bundlePath("absent")) / "no/such/program";
    const Removed removed{program};
    fs::create_directories(program.parent_path());
    fs::create_symlink(PB_TEST_FAKE_RT, program);
    Player first("absent");
    REQUIRE(first.start(48000, 256, Vst::kRealtime));
    const pid_t engine = children().at(0);
    Player second("absent");
    REQUIRE(second.start(48000, 256, Vst::kRealtime));
    fs::remove(program);
    const auto failures = [] { return occurrences(errorsYet(), "cannot be started"); };
    const std::string errors = errorsOf([&] {
      kill(engine, SIGKILL);
      // Both have tried three times: counted for each, that would be too many ends.
      CHECK(eventually([&] { return failures() >= 6; }));
      fs::create_symlink(PB_TEST_FAKE_RT, program);
      for (const std::unique_ptr<RegionView>& region : RegionView::all()) {
        CHECK(eventually([&] { return restarts(*region) == 1; }));
      }
    });
    CHECK(occurrences(errors, "is not started again") == 0);
    CHECK(children().size() == 1);
  }

  TEST_CASE("a module that refuses is not asked again") {
    const Fake fake("refuse life=2");
    Player player;
    REQUIRE(player.start());
    playNote(player, 1.0f);
    const RegionView region;
    const std::string errors = errorsOf([&] {
      killEngine(region);
      CHECK(eventually([&] { return ended(region) == 1; }));
      player.play(256);
      CHECK(player.play(256) == kSilence);
    });
    CHECK(occurrences(errors, "the RT module refused: the fake does not like this sample rate.") == 1);
    CHECK(restarts(region) == 0);
    CHECK(region.role(PB_STANDARD_ROLE_RT).generation == 2);
    // The next activation asks it again.
    player.deactivate();
    CHECK(occurrences(errorsOf([&] { CHECK_FALSE(player.activate()); }), "the RT module refused") == 1);
  }

  TEST_CASE("a plug-in that is closed while another engine starts goes at once, and nothing is left") {
    const Fake fake("pause life=2");
    Player player;
    REQUIRE(player.start(48000, 256, Vst::kRealtime));
    const std::string errors = errorsOf([&] {
      {
        const RegionView region;
        killUntilReplaced(region);
      }
      CHECK(player.component->terminate() == kResultOk);
    });
    // Nobody has waited until the engine's time was up.
    CHECK(occurrences(errors, "did not activate within") == 0);
    CHECK(children().empty());
    CHECK(RegionView::count() == 0);
  }

  TEST_CASE("one of two instances is closed while their engine is replaced, and the other plays on") {
    const Fake fake("dawdle=500 life=2");
    auto first = std::make_unique<Player>();
    REQUIRE(first->start());
    const RegionView region;
    Player second;
    REQUIRE(second.start());
    static_cast<void>(errorsOf([&] {
      killUntilReplaced(region);
      first->component->terminate();
      playNote(second, 1.0f);
      CHECK(second.play(256).back() == 0.5f);
    }));
    CHECK(RegionView::count() == 2);
  }

  TEST_CASE("a fork of the host while another engine starts is silent and ends normally") {
    const Fake fake("dawdle=700 life=2");
    Player player;
    REQUIRE(player.start(48000, 256, Vst::kRealtime));
    const RegionView region;
    static_cast<void>(errorsOf([&] {
      killUntilReplaced(region);
      std::fflush(nullptr);
      const pid_t copy = fork();
      if (copy == 0) {
        const bool good = player.play(64) == std::vector<float>(64, 0.0f) &&
                          player.component->setActive(false) == kResultOk &&
                          player.component->terminate() == kResultOk;
        player.processor = nullptr;
        player.controller = nullptr;
        player.component->release();
        _exit(good ? 0 : 1);
      }
      int status = -1;
      CHECK(eventually([&] { return waitpid(copy, &status, WNOHANG) == copy; }));
      CHECK(status == 0);
      CHECK(eventually([&] { return restarts(region) == 1; }));
    }));
    CHECK(eventually([&] { playNote(player, 1.0f); return player.play(256).back() == 0.5f; }));
  }

  TEST_CASE("an engine that is killed again and again while the host plays, saves and activates does no harm") {
    Player player;
    REQUIRE(player.start(48000, 256, Vst::kRealtime));
    std::atomic<bool> stop{false};
    std::thread audio([&] {
      while (!stop) {
        playNote(player, 0.1f);
      }
    });
    std::thread states([&] {
      while (!stop) {
        player.load(player.save());
      }
    });
    static_cast<void>(errorsOf([&] {
      for (int i = 0; i < 12; ++i) {
        for (const pid_t child : children()) {
          kill(child, SIGKILL);
        }
        usleep(static_cast<useconds_t>(i % 4) * 4000);
        player.deactivate();
        // An engine that is killed while it starts may cost this one.
        while (!player.activate()) {
        }
      }
      stop = true;
      audio.join();
      states.join();
    }));
    player.deactivate();
    REQUIRE(player.activate());
    player.component->terminate();
    CHECK(children().empty());
    CHECK(RegionView::count() == 0);
  }

  TEST_CASE("an engine that dies is replaced also while many threads activate the plug-in") {
    const Fake fake("expire life=1");
    for (int round = 0; round < 10; ++round) {
      Player player;
      REQUIRE(player.setUp(48000, 256, Vst::kRealtime));
      static_cast<void>(errorsOf([&] {
        std::atomic<int> activated{0};
        std::vector<std::thread> threads;
        for (int i = 0; i < 64; ++i) {
          threads.emplace_back([&] { activated += player.activate() ? 1 : 0; });
        }
        for (std::thread& thread : threads) {
          thread.join();
        }
        CHECK(activated == 64);
        const RegionView region;
        CHECK(eventually([&] { return restarts(region) == 1; }));
      }));
    }
  }

  TEST_CASE("a plug-in that is activated while another thread still closes it has its engine replaced like any other") {
    Player player;
    REQUIRE(player.start(48000, 256, Vst::kRealtime));
    static_cast<void>(errorsOf([&] {
      for (int round = 0; round < 100; ++round) {
        std::thread closing([&] { player.component->terminate(); });
        while (player.component->initialize(nullptr) != kResultOk) {
        }
        CHECK(player.activate());
        closing.join();
        // The other thread's call may have been the later one.
        REQUIRE(player.activate());
        const RegionView region;
        killEngine(region);
        REQUIRE(eventually([&] { return restarts(region) == 1; }));
      }
    }));
  }

  TEST_CASE("control that dies is started again beside the sound, from the state that it published") {
    Player player;
    REQUIRE(player.start());
    const RegionView region;
    REQUIRE(eventually([&] { return region.role(PB_STANDARD_ROLE_CONTROL).state == PB_ROLE_STATE_READY; }));
    playNote(player, 1.0f);
    const pid_t control = region.pid(PB_STANDARD_ROLE_CONTROL);
    const std::vector<char> state = player.save();
    const std::string errors = errorsOf([&] {
      kill(control, SIGKILL);
      CHECK(player.play(256) == std::vector<float>(256, 0.5f));
      CHECK(eventually([&] {
        return region.role(PB_STANDARD_ROLE_CONTROL).state == PB_ROLE_STATE_READY &&
               region.pid(PB_STANDARD_ROLE_CONTROL) != control;
      }));
      CHECK(eventually([] { return occurrences(errorsYet(), "another takes its place") == 1; }));
    });
    CHECK(errors.find("the control process " + std::to_string(control) +
                      " ended unexpectedly (signal 9); the sound goes on without it until another takes its place") !=
          std::string::npos);
    CHECK(region.role(PB_STANDARD_ROLE_CONTROL).generation == 2);
    CHECK(region.counter(PB_STANDARD_BRIDGE_COUNTERS_CONTROL_ENDED) == 1);
    CHECK(eventually([&] { return region.counter(PB_STANDARD_BRIDGE_COUNTERS_CONTROL_RESTARTS) == 1; }));
    CHECK(player.save() == state);
    CHECK(player.play(256) == std::vector<float>(256, 0.5f));
  }

  TEST_CASE("control that refuses is not started again") {
    const Fake fake("control-fails");
    Player player;
    const std::string errors = errorsOf([&] {
      REQUIRE(player.start());
      const RegionView region;
      CHECK(eventually([&] { return region.counter(PB_STANDARD_BRIDGE_COUNTERS_CONTROL_ENDED) == 1; }));
      // Nothing tells that nothing follows; a restart would come at once.
      usleep(200000);
      CHECK(region.counter(PB_STANDARD_BRIDGE_COUNTERS_CONTROL_ENDED) == 1);
      CHECK(region.role(PB_STANDARD_ROLE_CONTROL).generation == 1);
    });
    CHECK(errors.find("the control module refused: no preset found.") != std::string::npos);
  }
}
