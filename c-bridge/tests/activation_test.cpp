// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "child_environment.h"
#include "player.h"
#include "region.h"
#include "variable.h"
#include "workbench.h"

using namespace Steinberg;
using namespace patchbay::bridge::test;

namespace {

/** A command line as /proc has it, each argument ended by a 0 byte. */
std::vector<std::string> split(const std::string& command) {
  std::vector<std::string> arguments;
  for (std::size_t at = 0; at < command.size(); at += arguments.back().size() + 1) {
    arguments.emplace_back(command.c_str() + at);
  }
  return arguments;
}

}  // namespace

TEST_SUITE("activation") {
  TEST_CASE("the first activation makes the region and both processes, and terminate ends all of it") {
    const Fake fake("tail=4800 latency=333");
    Player player;
    REQUIRE(player.start());
    CHECK(player.processor->getTailSamples() == 4800);
    CHECK(player.processor->getLatencySamples() == 333);
    pid_t rt = 0;
    pid_t control = 0;
    {
      const RegionView region;
      CHECK(region.header().creator_pid == getpid());
      CHECK(region.header().creator_start_time == patchbay::bridge::processStartTime(getpid()));
      struct stat status = {};
      REQUIRE(stat(region.path().c_str(), &status) == 0);
      CHECK((status.st_mode & 0777) == 0600);
      CHECK(region.role(PB_STANDARD_ROLE_BRIDGE).state == PB_ROLE_STATE_READY);
      CHECK(region.role(PB_STANDARD_ROLE_BRIDGE).pid == getpid());
      CHECK(region.role(PB_STANDARD_ROLE_RT).state == PB_ROLE_STATE_READY);
      CHECK(region.role(PB_STANDARD_ROLE_RT).generation == 1);
      REQUIRE(eventually([&] { return region.pid(PB_STANDARD_ROLE_CONTROL) != 0; }));
      rt = region.pid(PB_STANDARD_ROLE_RT);
      control = region.pid(PB_STANDARD_ROLE_CONTROL);
    }
    CHECK(running(rt));
    CHECK(running(control));
    const std::string errors = errorsOf([&] { player.component->terminate(); });
    CHECK(errors.empty());
    CHECK_FALSE(running(rt));
    CHECK_FALSE(running(control));
    CHECK(children().empty());
    CHECK(RegionView::count() == 0);
    CHECK_FALSE(player.activate());
  }

  TEST_CASE("the modules' names in braces are replaced, and their environment is a clean one") {
    setenv("LD_LIBRARY_PATH", "/nowhere", 1);
    setenv("JAVA_TOOL_OPTIONS", "-Xwrong", 1);
    setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nonexistent/bus", 1);
    Player player;
    REQUIRE(player.start());
    unsetenv("LD_LIBRARY_PATH");
    unsetenv("JAVA_TOOL_OPTIONS");
    unsetenv("DBUS_SYSTEM_BUS_ADDRESS");
    const RegionView region;
    const std::string logs = std::getenv("PATCHBAY_LOG_DIR");
    const std::string proc = "/proc/" + std::to_string(region.pid(PB_STANDARD_ROLE_RT));
    const std::string environment = readText(proc + "/environ");
    CHECK(environment.find("PATCHBAY_LOG_DIR=") != std::string::npos);
    CHECK(environment.find("PATH=") != std::string::npos);
    CHECK(environment.find("DBUS_SYSTEM_BUS_ADDRESS=") != std::string::npos);
    CHECK(environment.find("LD_LIBRARY_PATH") == std::string::npos);
    CHECK(environment.find("JAVA_TOOL_OPTIONS") == std::string::npos);
    const std::string command = readText(proc + "/cmdline");
    const std::vector<std::string> arguments = split(command);
    const std::string engine = std::filesystem::read_symlink(arguments.at(1)).string();
    CHECK(engine.rfind("/memfd:patchbay-engine-" + arguments.at(2), 0) == 0);
    CHECK(command.find(bundlePath("synth")) != std::string::npos);
    CHECK(command.find(logs) != std::string::npos);
    CHECK(command.find("{other}") != std::string::npos);
    CHECK(command.find("a" + std::to_string(getpid()) + "b") != std::string::npos);
    const std::string log =
        logs + "/rt-" + std::to_string(getpid()) + "-" + arguments.at(2).substr(0, 8) + ".log";
    CHECK(readText(log).find("fake rt: bundle") != std::string::npos);
  }

  TEST_CASE("the modules' processes find files of any name, whatever the host's locale is") {
    using patchbay::bridge::childEnvironment;
    const auto has = [](const char* entry) {
      const std::vector<std::string> all = childEnvironment();
      return std::find(all.begin(), all.end(), entry) != all.end();
    };
    const auto names = [](const char* name) {
      const std::vector<std::string> all = childEnvironment();
      return std::any_of(all.begin(), all.end(), [name](const std::string& one) { return one.rfind(name, 0) == 0; });
    };
    const Variable all("LC_ALL", "");
    const Variable characters("LC_CTYPE", "");
    {
      const Variable language("LANG", "C.UTF-8");
      CHECK(has("LANG=C.UTF-8"));
      CHECK(has("LC_CTYPE=C.UTF-8"));
      const Variable plain("LC_ALL", "C");
      CHECK(has("LANG=C"));
      CHECK(has("LC_CTYPE=C.UTF-8"));
      CHECK_FALSE(names("LC_ALL="));
    }
    const Variable language("LANG", "xx_NOT.UTF-8");
    CHECK_FALSE(names("LANG="));
    CHECK(has("LC_CTYPE=C.UTF-8"));
  }

  TEST_CASE("a child has a session and a mask of its own, and none of our descriptors") {
    Player player;
    REQUIRE(player.start());
    const RegionView region;
    const pid_t rt = region.pid(PB_STANDARD_ROLE_RT);
    CHECK(getsid(rt) == rt);
    const std::string status = readText("/proc/" + std::to_string(rt) + "/status");
    CHECK(status.find("SigBlk:\t0000000000000000") != std::string::npos);
    CHECK(status.find("SigIgn:\t0000000000000000") != std::string::npos);
    struct stat unused = {};
    // 0 to 2; those of the regions it has closed.
    CHECK(lstat(("/proc/" + std::to_string(rt) + "/fd/2").c_str(), &unused) == 0);
    CHECK(lstat(("/proc/" + std::to_string(rt) + "/fd/3").c_str(), &unused) != 0);
  }

  TEST_CASE("activation is harmless in any order, and the processes stay across rounds") {
    Player player;
    player.deactivate();
    REQUIRE(player.start());
    CHECK(player.activate());
    const RegionView region;
    const pid_t rt = region.pid(PB_STANDARD_ROLE_RT);
    for (int round = 0; round < 50; ++round) {
      player.deactivate();
      player.deactivate();
      CHECK(player.setUp(44100 + round, 64 + round, Vst::kOffline));
      REQUIRE(player.activate());
      Block block(64);
      block.noteOn(0, 60, 1);
      CHECK(player.play(block) == kResultOk);
      CHECK(block.left[0] == doctest::Approx(0.5));
    }
    CHECK(region.pid(PB_STANDARD_ROLE_RT) == rt);
    Vst::ProcessSetup other = {Vst::kOffline, Vst::kSample32, 4096, 96000};
    CHECK(player.processor->setupProcessing(other) == kResultFalse);
    CHECK(player.processor->setProcessing(true) == kResultOk);
    Vst::ProcessSetup wrong = {Vst::kRealtime, Vst::kSample64, 64, 48000};
    CHECK(player.processor->setupProcessing(wrong) == kResultFalse);
  }

  TEST_CASE("terminate and initialize make a plug-in as good as new") {
    Player player;
    for (int round = 0; round < 5; ++round) {
      REQUIRE(player.start());
      Block block(16);
      block.noteOn(0, 60, 1);
      player.play(block);
      CHECK(block.left[15] == doctest::Approx(0.5));
      player.component->terminate();
      CHECK(children().empty());
      CHECK(player.component->initialize(nullptr) == kResultOk);
    }
  }

  TEST_CASE("an RT module that refuses makes activation fail with its own words, and may be asked again") {
    Player player;
    {
      const Fake fake("refuse");
      const std::string errors = errorsOf([&] { CHECK_FALSE(player.start()); });
      CHECK(errors.find("patchbay: Test Synth: the RT module refused: the fake does not like this sample rate. "
                        "Its log: ") != std::string::npos);
    }
    CHECK(player.play(32) == std::vector<float>(32, 0.0f));
    const RegionView region;
    const pid_t rt = region.pid(PB_STANDARD_ROLE_RT);
    // The refusing process is still the same one, and still refuses: its environment has not changed.
    static_cast<void>(errorsOf([&] { CHECK_FALSE(player.activate()); }));
    CHECK(region.pid(PB_STANDARD_ROLE_RT) == rt);
  }

  TEST_CASE("an RT process that does not attach makes activation fail with the reason") {
    SUBCASE("because it says so") {
      const Fake fake("fail");
      Player player;
      const std::string errors = errorsOf([&] { CHECK_FALSE(player.start()); });
      CHECK(errors.find("the RT module refused: the fake has no wish to play. Its log: ") != std::string::npos);
    }
    SUBCASE("because it ends") {
      const Fake fake("exit");
      Player player;
      const std::string errors = errorsOf([&] { CHECK_FALSE(player.start()); });
      CHECK(errors.find("the RT process ") != std::string::npos);
      CHECK(errors.find(" ended ") != std::string::npos);
    }
    SUBCASE("because it takes too long") {
      const Fake fake("deaf");
      Player player;
      const std::string errors = errorsOf([&] { CHECK_FALSE(player.start()); });
      CHECK(errors.find("was not ready within 6000 ms") != std::string::npos);
    }
    CHECK(children().empty());
  }

  TEST_CASE("a program that is not there is named") {
    Player player("absent");
    const std::string errors = errorsOf([&] { CHECK_FALSE(player.start()); });
    CHECK(errors == "patchbay: Test Absent: the program " + bundlePath("absent") +
                        "/no/such/program cannot be started: No such file or directory\n");
    CHECK(children().empty());
  }

  TEST_CASE("a control module that fails is told of, and the sound goes on") {
    const Fake fake("control-fails");
    Player player;
    std::string errors = errorsOf([&] {
      REQUIRE(player.start());
      const RegionView region;
      CHECK(eventually([&] { return region.counter(PB_STANDARD_BRIDGE_COUNTERS_CONTROL_ENDED) == 1; }));
      CHECK(eventually([] { return occurrences(errorsYet(), "no preset found. Its log: ") == 1; }));
    });
    CHECK(errors.find("patchbay: Test Synth: the control module refused: no preset found. Its log: ") !=
          std::string::npos);
    Block block(16);
    block.noteOn(0, 60, 1);
    player.play(block);
    CHECK(block.left[0] == doctest::Approx(0.5));
  }
}
