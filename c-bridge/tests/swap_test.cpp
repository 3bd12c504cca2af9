// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

#include "asking.h"
#include "player.h"
#include "workbench.h"

using namespace Steinberg;
using namespace patchbay::bridge::test;

namespace {

/** A block lasts for 64 ms: the load of a busy machine is no missed deadline. */
constexpr double kRate = 4000;
constexpr int32 kFrames = 256;
constexpr std::chrono::milliseconds kBlock{64};

std::vector<std::string> sockets() {
  std::vector<std::string> found;
  for (const auto& entry : std::filesystem::directory_iterator(std::getenv("PATCHBAY_RUNTIME_DIR"))) {
    if (entry.path().extension() == ".sock") {
      found.push_back(entry.path().string());
    }
  }
  return found;
}

std::string ask(const std::string& request) {
  REQUIRE(sockets().size() == 1);
  return askAt(sockets().front(), request);
}

std::string jarPath() { return std::string(std::getenv("PATCHBAY_LOG_DIR")) + "/new.jar"; }

std::string swapRequest(const std::string& classes = "classes") {
  std::ofstream(jarPath(), std::ios::binary | std::ios::trunc) << jarOf(classes);
  return "swap\njar " + jarPath() + "\n\n";
}

/** Plays blocks at the pace of a sound card, on a thread of its own, and keeps what came. */
class Paced {
 public:
  explicit Paced(Player& player) : player_(player), thread_([this] { run(); }) {}
  ~Paced() { stop(); }
  Paced(const Paced&) = delete;
  Paced& operator=(const Paced&) = delete;

  std::vector<std::vector<float>> stop() {
    stop_ = true;
    if (thread_.joinable()) {
      thread_.join();
    }
    return blocks_;
  }

  std::atomic<int> played{0};

 private:
  void run() {
    auto next = std::chrono::steady_clock::now();
    while (!stop_) {
      blocks_.push_back(player_.play(256));
      ++played;
      next += kBlock;
      std::this_thread::sleep_until(next);
    }
  }

  Player& player_;
  std::atomic<bool> stop_{false};
  std::vector<std::vector<float>> blocks_;
  std::thread thread_;
};

void hold(Player& player, int16 key, float velocity) {
  Block block(256);
  block.noteOn(0, key, velocity);
  CHECK(player.play(block) == kResultOk);
}

std::int64_t swaps(const RegionView& region) { return region.counter(PB_STANDARD_BRIDGE_COUNTERS_RT_SWAPS); }

/** Plays blocks, one after the other, until something has come about. */
bool playUntil(Player& player, const std::function<bool()>& condition) {
  return eventually(
      [&] {
        player.play(kFrames);
        return condition();
      },
      20000);
}

std::int64_t missed(const RegionView& region) { return region.counter(PB_STANDARD_BRIDGE_COUNTERS_MISSED_DEADLINES); }

}  // namespace

TEST_SUITE("swap") {
  TEST_CASE("a new engine takes over a held note at a block's boundary, with equal power, and no block is missed") {
    Player player;
    REQUIRE(player.start(kRate, kFrames, Vst::kRealtime));
    hold(player, 60, 0.5f);
    const RegionView region;
    const pid_t before = region.pid(PB_STANDARD_ROLE_RT);
    const std::int64_t missedBefore = missed(region);
    Paced paced(player);
    const Fake fake("gain=2");
    CHECK(ask(swapRequest()) == "ok 1\n");
    const int then = paced.played;
    CHECK(eventually([&] { return paced.played > then + 5; }));
    const std::vector<std::vector<float>> blocks = paced.stop();
    CHECK(missed(region) == missedBefore);
    int mixed = 0;
    bool over = false;
    for (const std::vector<float>& block : blocks) {
      if (block.back() == 0.5f) {
        over = true;
      }
      if (block.front() > 0.25f && block.front() < 0.26f && block.back() == doctest::Approx(0.5f)) {
        // From the old engine's 0.25 to the new one's 0.5.
        const float middle = static_cast<float>((0.25 + 0.5) * std::sqrt(0.5));
        CHECK(block[127] == doctest::Approx(middle).epsilon(0.001));
        ++mixed;
        over = true;
        continue;
      }
      CHECK(block == std::vector<float>(256, over ? 0.5f : 0.25f));
    }
    CHECK(mixed == 1);
    CHECK(over);
    CHECK(region.pid(PB_STANDARD_ROLE_RT) != before);
    CHECK(region.role(PB_STANDARD_ROLE_RT).generation == 2);
    CHECK(region.counter(PB_STANDARD_BRIDGE_COUNTERS_RT_SWAPS) == 1);
    CHECK_FALSE(running(before));
    Block release(256);
    release.noteOff(0, 60);
    player.play(release);
    CHECK(release.left == std::vector<float>(256, 0.0f));
    CHECK(player.component->terminate() == kResultOk);
    CHECK(children().empty());
    CHECK(RegionView::count() == 0);
    CHECK(sockets().empty());
  }

  TEST_CASE("parameters and states that come while it happens are played by the new engine") {
    Player player;
    REQUIRE(player.start(kRate, kFrames, Vst::kRealtime));
    hold(player, 60, 1.0f);
    const std::vector<char> state = player.save();
    const RegionView region;
    std::atomic<bool> stop{false};
    std::thread audio([&] {
      auto next = std::chrono::steady_clock::now();
      for (int i = 0; !stop; ++i) {
        Block block(256);
        block.set(10, 0, 0.5 + 0.001 * (i % 100));
        player.play(block);
        if (i % 7 == 0) {
          player.load(state);
        }
        next += kBlock;
        std::this_thread::sleep_until(next);
      }
    });
    const Fake fake("gain=2");
    CHECK(ask(swapRequest()) == "ok 1\n");
    stop = true;
    audio.join();
    Block block(256);
    block.set(10, 0, 0.125);
    player.play(block);
    CHECK(block.left.back() == 0.25f);
    CHECK(player.load(state) == kResultOk);
    player.play(256);
    CHECK(player.play(256).back() == 1.0f);
  }

  TEST_CASE("where the new engine cannot play, the old one plays on untouched and the answer says why") {
    Player player;
    REQUIRE(player.start(kRate, kFrames, Vst::kRealtime));
    hold(player, 60, 0.5f);
    const RegionView region;
    const pid_t before = region.pid(PB_STANDARD_ROLE_RT);
    const std::int64_t missedBefore = missed(region);
    const struct {
      const char* fake;
      const char* why;
    } cases[] = {{"refuse", "the fake does not like this sample rate"},
                 {"exit", "ended before it was ready"},
                 {"fail", "the fake has no wish to play"},
                 {"full=1", "the fake is full"},
                 {"perish", "the new engine ended while it got ready"},
                 {"die=3", "the new engine ended while it played along"},
                 {"throw=3", "the new module refused a block"},
                 {"mute=3", "the new engine does not answer in time"}};
    for (const auto& one : cases) {
      CAPTURE(std::string(one.fake));
      Paced paced(player);
      static_cast<void>(errorsOf([&] {
        const Fake fake(one.fake);
        const std::string answer = ask(swapRequest());
        CAPTURE(answer);
        CHECK(answer.find("failed\n") == 0);
        CHECK(answer.find(one.why) != std::string::npos);
      }));
      for (const std::vector<float>& block : paced.stop()) {
        CHECK(block == std::vector<float>(256, 0.25f));
      }
    }
    CHECK(missed(region) == missedBefore);
    CHECK(region.pid(PB_STANDARD_ROLE_RT) == before);
    CHECK(region.role(PB_STANDARD_ROLE_RT).generation == 1);
    CHECK(eventually([&] { return children().size() <= 2; }));
  }

  TEST_CASE("a render goes on where the new engine hangs") {
    Player player;
    REQUIRE(player.start(48000, 256, Vst::kOffline));
    hold(player, 60, 0.5f);
    std::string answer;
    static_cast<void>(errorsOf([&] {
      const Fake fake("mute=3");
      std::atomic<bool> answered{false};
      std::thread tool([&] {
        answer = ask(swapRequest());
        answered = true;
      });
      while (!answered) {
        CHECK(player.play(256) == std::vector<float>(256, 0.25f));
      }
      tool.join();
    }));
    CHECK(answer.find("the new engine does not answer in time") != std::string::npos);
  }

  TEST_CASE("all instances of the engine go over, those that do not play as well, and the old process ends") {
    Player first;
    Player second;
    Player third;
    REQUIRE(first.start(kRate, kFrames, Vst::kRealtime));
    REQUIRE(second.start(kRate, kFrames, Vst::kRealtime));
    REQUIRE(third.start(kRate, kFrames, Vst::kRealtime));
    hold(first, 60, 0.5f);
    // The second is active, and its host has stopped asking for blocks; the third is not active.
    hold(second, 61, 0.5f);
    third.deactivate();
    const std::vector<pid_t> before = children();
    Paced paced(first);
    {
      const Fake fake("gain=2");
      CHECK(ask(swapRequest()) == "ok 3\n");
    }
    for (const std::vector<float>& block : paced.stop()) {
      CHECK(block.back() >= 0.25f);
    }
    CHECK(first.play(256).back() == 0.5f);
    CHECK(second.play(256).back() == 0.5f);
    REQUIRE(third.activate());
    hold(third, 62, 0.5f);
    CHECK(third.play(256).back() == 0.5f);
  }

  TEST_CASE("with the share mode instance each goes over to an engine of its own") {
    Player first("solo");
    Player second("solo");
    REQUIRE(first.start(kRate, kFrames, Vst::kRealtime));
    REQUIRE(second.start(kRate, kFrames, Vst::kRealtime));
    hold(first, 60, 0.5f);
    hold(second, 60, 0.5f);
    const std::vector<pid_t> before = children();
    {
      const Fake fake("gain=2");
      CHECK(ask(swapRequest()) == "ok 2\n");
    }
    CHECK(first.play(kFrames).back() == 0.5f);
    CHECK(second.play(kFrames).back() == 0.5f);
    const auto regions = RegionView::all();
    REQUIRE(regions.size() == 2);
    CHECK(regions[0]->pid(PB_STANDARD_ROLE_RT) != regions[1]->pid(PB_STANDARD_ROLE_RT));
    CHECK(eventually([&] { return children().size() == before.size(); }));
  }

  TEST_CASE("where an engine's heap runs low its instances go over to a fresh one, and no block is missed") {
    Player first;
    Player second;
    {
      const Fake fake("low=8");
      REQUIRE(first.start(kRate, kFrames, Vst::kRealtime));
    }
    REQUIRE(second.start(kRate, kFrames, Vst::kRealtime));
    hold(first, 60, 0.5f);
    const auto regions = RegionView::all();
    REQUIRE(regions.size() == 2);
    const pid_t before = regions[0]->pid(PB_STANDARD_ROLE_RT);
    const auto over = [&] {
      return std::all_of(regions.begin(), regions.end(), [](const auto& one) {
        return one->counter(PB_STANDARD_BRIDGE_COUNTERS_RT_SWAPS) == 1;
      });
    };
    const std::string said = errorsOf([&] {
      const Fake fake("gain=2");
      Paced paced(first);
      CHECK(eventually([&] { return over() && !running(before); }, 20000));
      for (const std::vector<float>& block : paced.stop()) {
        CHECK(block.back() >= 0.25f);
      }
    });
    CHECK(said.find("the heap of the RT process " + std::to_string(before) + " runs low") != std::string::npos);
    CHECK(first.play(kFrames).back() == 0.5f);
    CHECK(missed(*regions[0]) + missed(*regions[1]) == 0);
    CHECK(regions[0]->pid(PB_STANDARD_ROLE_RT) == regions[1]->pid(PB_STANDARD_ROLE_RT));
  }

  TEST_CASE("an instance that is closed while it goes over is gone at once, and nothing is left") {
    Player player;
    REQUIRE(player.start(kRate, kFrames, Vst::kRealtime));
    hold(player, 60, 0.5f);
    const Fake fake("dawdle=3000");
    std::string answer;
    static_cast<void>(errorsOf([&] {
      std::thread tool([&] { answer = ask(swapRequest()); });
      CHECK(eventually([&] { return children().size() == 3; }));
      usleep(100000);
      const std::int64_t before = nowMillis();
      CHECK(player.component->terminate() == kResultOk);
      CHECK(nowMillis() - before < 4000);
      tool.join();
    }));
    CHECK(answer.find("failed\n") == 0);
    CHECK(eventually([&] { return children().empty(); }));
    CHECK(eventually([&] { return RegionView::count() == 0; }));
  }

  TEST_CASE("after a swap the spare has the new jars, too, and takes the place of the engine that came") {
    Player player("spare");
    REQUIRE(player.start(kRate, kFrames, Vst::kRealtime));
    const RegionView region;
    const pid_t former = spareOf(region);
    const Fake fake("gain=2");
    {
      Paced paced(player);
      CHECK(ask(swapRequest()) == "ok 1\n");
    }
    CHECK(eventually([&] { return !running(former); }, 10'000));
    const pid_t spare = spareOf(region);
    CHECK(readText("/proc/" + std::to_string(spare) + "/cmdline").find("/new.jar:") != std::string::npos);
    static_cast<void>(errorsOf([&] {
      kill(region.pid(PB_STANDARD_ROLE_RT), SIGKILL);
      CHECK(eventually([&] { return region.counter(PB_STANDARD_BRIDGE_COUNTERS_RT_RESTARTS) == 1; }, 10'000));
    }));
    CHECK(region.pid(PB_STANDARD_ROLE_RT) == spare);
    CHECK(eventually([&] {
      hold(player, 60, 0.5f);
      return player.play(kFrames).back() == 0.5f;
    }));
  }

  TEST_CASE("a swap that fails leaves the spare as it is") {
    Player player("spare");
    REQUIRE(player.start(kRate, kFrames, Vst::kRealtime));
    const RegionView region;
    const pid_t spare = spareOf(region);
    static_cast<void>(errorsOf([&] {
      const Fake fake("refuse");
      CHECK(ask(swapRequest()).find("failed\n") == 0);
    }));
    CHECK(region.counter(PB_STANDARD_BRIDGE_COUNTERS_RT_SPARES_READY) == 1);
    CHECK(spareOf(region) == spare);
  }

  TEST_CASE("the spare takes the place of an engine whose heap runs low, and another is prepared") {
    Player player("spare");
    {
      const Fake fake("low=20");
      REQUIRE(player.start(kRate, kFrames, Vst::kRealtime));
    }
    hold(player, 60, 0.5f);
    const RegionView region;
    const pid_t worn = region.pid(PB_STANDARD_ROLE_RT);
    const pid_t spare = spareOf(region);
    const std::string said = errorsOf([&] {
      CHECK(playUntil(player, [&] { return swaps(region) == 1 && !running(worn); }));
    });
    CHECK(said.find("the heap of the RT process " + std::to_string(worn) + " runs low") != std::string::npos);
    CHECK(region.pid(PB_STANDARD_ROLE_RT) == spare);
    CHECK(restarts(region) == 0);
    // The note that was held sounds on.
    CHECK(playUntil(player, [&] { return player.play(kFrames).back() == 0.25f; }));
    const pid_t next = spareOf(region);
    CHECK(next != spare);
    static_cast<void>(errorsOf([&] {
      kill(spare, SIGKILL);
      CHECK(eventually([&] { return restarts(region) == 1; }));
    }));
    CHECK(region.pid(PB_STANDARD_ROLE_RT) == next);
  }

  TEST_CASE("a spare whose own heap is low does not take a worn engine's place") {
    Player player("spare");
    {
      const Fake fake("low=20");
      REQUIRE(player.start(kRate, kFrames, Vst::kRealtime));
    }
    const RegionView region;
    pid_t spare = 0;
    {
      const Fake fake("worn");
      spare = spareOf(region);
    }
    static_cast<void>(errorsOf([&] { CHECK(playUntil(player, [&] { return swaps(region) == 1; })); }));
    CHECK(region.pid(PB_STANDARD_ROLE_RT) != spare);
    CHECK(running(spare));
  }

  TEST_CASE("where a worn engine dies while the spare gets ready to take its place, the spare takes it at once") {
    Player player("spare");
    {
      const Fake fake("low=20");
      REQUIRE(player.start(kRate, kFrames, Vst::kRealtime));
    }
    const RegionView region;
    const pid_t worn = region.pid(PB_STANDARD_ROLE_RT);
    pid_t spare = 0;
    {
      // It has rehearsed with seven instances; the eighth is the one that plays along, or already the one whose engine has died.
      const Fake fake("dawdle=6000 only=8");
      spare = spareOf(region);
    }
    static_cast<void>(errorsOf([&] {
      CHECK(playUntil(player, [&] { return region.counter(PB_STANDARD_BRIDGE_COUNTERS_RT_SPARES_READY) == 0; }));
      kill(worn, SIGKILL);
      CHECK(playUntil(player, [&] { return restarts(region) == 1; }));
    }));
    CHECK(region.pid(PB_STANDARD_ROLE_RT) == spare);
    CHECK(swaps(region) == 0);
    CHECK(spareOf(region) != spare);
  }

  TEST_CASE("a jar that was swapped in may be built anew or deleted: who comes later has it as it was") {
    Player player("spare");
    REQUIRE(player.start(kRate, kFrames, Vst::kRealtime));
    const RegionView region;
    const auto playing = [&] { return region.pid(PB_STANDARD_ROLE_RT); };
    const pid_t former = spareOf(region);
    {
      const Fake fake("low=20 only=1");
      CHECK(ask(swapRequest("swapped in")) == "ok 1\n");
    }
    std::ofstream(jarPath(), std::ios::binary | std::ios::trunc) << jarOf("built anew");
    CHECK(jarOn(playing()) == jarOf("swapped in"));
    std::filesystem::remove(jarPath());
    REQUIRE(eventually([&] { return !running(former); }));
    const pid_t spare = spareOf(region);
    CHECK(jarOn(spare) == jarOf("swapped in"));
    static_cast<void>(errorsOf([&] {
      // Its heap runs low.
      CHECK(playUntil(player, [&] { return swaps(region) == 2; }));
      CHECK(playing() == spare);
      const pid_t next = spareOf(region);
      CHECK(jarOn(next) == jarOf("swapped in"));
      kill(playing(), SIGKILL);
      CHECK(playUntil(player, [&] { return restarts(region) == 1; }));
      CHECK(playing() == next);
      CHECK(jarOn(spareOf(region)) == jarOf("swapped in"));
    }));
  }

  TEST_CASE("copies of jars go when the engines do that have them, and with the library") {
    {
      Player player;
      REQUIRE(player.start(48000, 256, Vst::kOffline));
      const RegionView region;
      CHECK(ask(swapRequest("one")) == "ok 1\n");
      CHECK(copies().size() == 1);
      CHECK(ask(swapRequest("two")) == "ok 1\n");
      CHECK(eventually([&] { return copies().size() == 1; }));
      CHECK(jarOn(region.pid(PB_STANDARD_ROLE_RT)) == jarOf("two"));
      static_cast<void>(errorsOf([&] {
        const Fake fake("refuse");
        CHECK(ask(swapRequest("three")).find("failed\n") == 0);
      }));
      CHECK(eventually([&] { return copies().size() == 1; }));
      // Opened again in the same host, it has what was swapped in.
      CHECK(player.component->setActive(false) == kResultOk);
      CHECK(player.component->terminate() == kResultOk);
      CHECK(copies().size() == 1);
    }
    CHECK(copies().empty());
  }

  TEST_CASE("the spare takes the place of an engine that dies while a swap gets another one ready") {
    Player player("spare");
    REQUIRE(player.start(kRate, kFrames, Vst::kRealtime));
    const RegionView region;
    const pid_t spare = spareOf(region);
    const Fake fake("dawdle=20000");
    std::string answer;
    static_cast<void>(errorsOf([&] {
      Paced paced(player);
      std::thread tool([&] { answer = ask(swapRequest()); });
      CHECK(eventually([&] { return engines().size() == 3; }));
      usleep(100000);
      kill(region.pid(PB_STANDARD_ROLE_RT), SIGKILL);
      // Not only when the new one has been waited for in vain.
      CHECK(eventually([&] { return region.counter(PB_STANDARD_BRIDGE_COUNTERS_RT_RESTARTS) == 1; }, 5000));
      tool.join();
    }));
    CHECK(region.pid(PB_STANDARD_ROLE_RT) == spare);
    CHECK(answer.find("its engine ended meanwhile") != std::string::npos);
  }

  TEST_CASE("a request that makes no sense is refused in a sentence, and another instance's is not this one's") {
    Player player;
    REQUIRE(player.start(kRate, kFrames, Vst::kRealtime));
    CHECK(ask("swap\n\n").find("failed\nThis bridge takes the request \"swap\"") == 0);
    CHECK(ask("dance\njar /x\n\n").find("failed\n") == 0);
    CHECK(ask("swap\njar relative.jar\n\n").find("cannot be read by the host: its path is not absolute") != std::string::npos);
    CHECK(ask("swap\njar /nowhere/x.jar\n\n").find("cannot be read by the host: No such file") != std::string::npos);
    const std::string request = swapRequest();
    std::ofstream(jarPath(), std::ios::binary | std::ios::trunc) << jarOf("classes").substr(0, 40);
    CHECK(ask(request).find("/new.jar\" is not complete") != std::string::npos);
    CHECK(children().size() == 2);
    CHECK(copies().empty());
    CHECK(ask("swap\ninstance 0123\njar /x.jar\n\n") == "unknown\n");
  }
}
