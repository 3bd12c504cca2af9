// SPDX-License-Identifier: Apache-2.0
// What hosts and test suites do to the life of a plug-in. Each case's name begins with what is done.
#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "host_block.h"
#include "restarting_host.h"
#include "workbench.h"

using namespace Steinberg;
using namespace patchbay::bridge::test;

namespace fs = std::filesystem;

namespace {

std::size_t descriptors() {
  return static_cast<std::size_t>(std::distance(fs::directory_iterator("/proc/self/fd"), fs::directory_iterator()));
}

std::size_t threads() {
  return static_cast<std::size_t>(std::distance(fs::directory_iterator("/proc/self/task"), fs::directory_iterator()));
}

/** What a program that this host starts sees of its descriptors. */
std::string descriptorsOfAProgram() {
  int ends[2];
  REQUIRE(pipe(ends) == 0);
  const pid_t child = fork();
  if (child == 0) {
    dup2(ends[1], STDOUT_FILENO);
    execl("/bin/ls", "ls", "-l", "/proc/self/fd", static_cast<char*>(nullptr));
    _exit(1);
  }
  close(ends[1]);
  std::string text;
  char piece[4096];
  for (ssize_t got = 0; (got = read(ends[0], piece, sizeof piece)) > 0;) {
    text.append(piece, static_cast<std::size_t>(got));
  }
  close(ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  REQUIRE(status == 0);
  return text;
}

}  // namespace

TEST_SUITE("torture") {
  TEST_CASE("scan, instantiate and drop, a thousand times: no process, no thread and no descriptor comes of it") {
    const Player keeper;
    const std::size_t before = descriptors();
    const std::size_t threadsBefore = threads();
    for (int i = 0; i < 1000; ++i) {
      const Player player(i % 2 == 0 ? "synth" : "rich");
      Vst::ParameterInfo info = {};
      REQUIRE(player.controller->getParameterInfo(0, info) == kResultOk);
      if (i % 250 == 0) {
        REQUIRE(children().empty());
      }
    }
    CHECK(children().empty());
    CHECK(RegionView::count() == 0);
    CHECK(descriptors() == before);
    CHECK(threads() == threadsBefore);
  }

  TEST_CASE("many rounds of setup, active on and off on one object: its processes stay") {
    Player player;
    pid_t engine = 0;
    for (int i = 0; i < 50; ++i) {
      const double rate = i % 3 == 0 ? 44100 : 96000;
      REQUIRE(player.start(rate, 64 << i % 4));
      CHECK(player.processor->setProcessing(true) == kResultOk);
      Block block(32);
      block.noteOn(0, 60, 1.0f);
      REQUIRE(player.play(block) == kResultOk);
      CHECK(block.left == std::vector<float>(32, 0.5f));
      CHECK(player.processor->setProcessing(false) == kResultOk);
      const pid_t now = RegionView().pid(PB_STANDARD_ROLE_RT);
      engine = engine == 0 ? now : engine;
      REQUIRE(now == engine);
      player.deactivate();
    }
  }

  TEST_CASE("many rounds of terminate and initialize on one object: each is as good as the first") {
    // Another instance keeps the engine: a process is not started for each round.
    Player other;
    REQUIRE(other.start());
    const std::vector<pid_t> engine = engines();
    Player player;
    for (int i = 0; i < 20; ++i) {
      REQUIRE(player.start());
      Block block(16);
      block.noteOn(0, 60, 1.0f);
      REQUIRE(player.play(block) == kResultOk);
      CHECK(block.left == std::vector<float>(16, 0.5f));
      CHECK(engines() == engine);
      REQUIRE(player.component->terminate() == kResultOk);
      CHECK(player.component->setActive(true) != kResultOk);
      REQUIRE(player.component->initialize(nullptr) == kResultOk);
    }
  }

  TEST_CASE("process at once after setActive, ten thousand blocks back to back in real-time mode: no host is held up") {
    Player player;
    REQUIRE(player.start(48000, 64, Vst::kRealtime));
    Block first(64);
    first.noteOn(0, 60, 1.0f);
    REQUIRE(player.play(first) == kResultOk);
    for (int i = 1; i < 10000; ++i) {
      Block block(64);
      REQUIRE(player.play(block) == kResultOk);
    }
    const RegionView region;
    // Each is heard or counted; how many are late is the machine's affair.
    CHECK(region.counter(PB_STANDARD_BRIDGE_COUNTERS_BLOCKS) +
              region.counter(PB_STANDARD_BRIDGE_COUNTERS_MISSED_DEADLINES) == 10000);
    // The note is held, and what was late did not break anything.
    player.mode = Vst::kOffline;
    CHECK(player.play(64) == std::vector<float>(64, 0.5f));
  }

  TEST_CASE("setActive(true) twice is one activation, and a block after it is played") {
    Player player;
    REQUIRE(player.start());
    CHECK(player.component->setActive(true) == kResultOk);
    Block block(16);
    block.noteOn(0, 60, 1.0f);
    REQUIRE(player.play(block) == kResultOk);
    CHECK(block.left == std::vector<float>(16, 0.5f));
    player.deactivate();
    CHECK(player.component->setActive(false) == kResultOk);
  }

  TEST_CASE("setActive(false) never: a plug-in that is dropped while it plays leaves nothing behind") {
    {
      Player player;
      REQUIRE(player.start());
      player.play(64);
    }
    CHECK(eventually([] { return children().empty(); }));
    CHECK(RegionView::count() == 0);
  }

  TEST_CASE("buses changed between setup and activation: what comes last counts") {
    const Fake fake("buses");
    Player player("surround");
    REQUIRE(player.setUp());
    Vst::SpeakerArrangement mono = Vst::SpeakerArr::kMono;
    Vst::SpeakerArrangement surround = Vst::SpeakerArr::k71Music;
    REQUIRE(player.processor->setBusArrangements(&mono, 1, &surround, 1) == kResultTrue);
    CHECK(player.component->activateBus(Vst::kAudio, Vst::kInput, 0, false) == kResultOk);
    CHECK(player.component->activateBus(Vst::kAudio, Vst::kInput, 0, true) == kResultOk);
    REQUIRE(player.activate());
    CHECK(std::string(RegionView().role(PB_STANDARD_ROLE_RT).message).substr(0, 4) == "1 8 ");
    HostBlock block({1}, {8}, 16);
    block.fill(0, 0, 0.5);
    REQUIRE(block.play(player) == kResultOk);
    CHECK(block.output(0, 0) == std::vector<double>(16, 0.5));
    CHECK(block.silence(0) == 0xFE);
  }

  TEST_CASE("setActive called from inside restartComponent: the plug-in plays on with what the host has read there") {
    const Fake fake("lag=1");
    Player player("rich");
    RestartingHost host;
    uint32 latency = 0;
    host.onRestart = [&] {
      CHECK(player.component->setActive(false) == kResultOk);
      CHECK(player.component->setActive(true) == kResultOk);
      HostBlock inside({2, 1}, {2, 2}, 16);
      CHECK(inside.play(player) == kResultOk);
      latency = player.processor->getLatencySamples();
    };
    player.controller->setComponentHandler(&host);
    REQUIRE(player.start());
    CHECK(player.processor->getLatencySamples() == 0);
    for (int i = 0; i < 3; ++i) {
      HostBlock block({2, 1}, {2, 2}, 16);
      REQUIRE(block.play(player) == kResultOk);
    }
    // As a host does with what came out of process.
    CHECK(player.controller->setParamNormalized(0x40010000, 256.0 / (1 << 20)) == kResultOk);
    CHECK(host.restarts == 1);
    HostBlock after({2, 1}, {2, 2}, 16);
    after.fill(0, 0, 0.5);
    REQUIRE(after.play(player) == kResultOk);
    CHECK(after.output(0, 0) == std::vector<double>(16, 0.5));
    player.controller->setComponentHandler(nullptr);
  }

  TEST_CASE("fork and exec in the host: its programs do not inherit the plug-in's descriptors, nor its processes the host's") {
    // Without O_CLOEXEC, as careless hosts have it.
    const int careless = open("/etc/hostname", O_RDONLY);
    REQUIRE(careless >= 0);
    const std::string before = descriptorsOfAProgram();
    Player player;
    REQUIRE(player.start());
    const std::string seen = descriptorsOfAProgram();
    CHECK(seen.find("/etc/hostname") != std::string::npos);
    CHECK(seen.find("memfd:patchbay") == std::string::npos);
    CHECK(seen.find("pidfd") == std::string::npos);
    CHECK(occurrences(seen, "->") == occurrences(before, "->"));
    for (const pid_t child : children()) {
      for (const fs::directory_entry& entry : fs::directory_iterator("/proc/" + std::to_string(child) + "/fd")) {
        std::error_code gone;
        CHECK(fs::read_symlink(entry.path(), gone).string() != fs::read_symlink("/proc/self/fd/" + std::to_string(careless)));
      }
    }
    close(careless);
  }
}
