// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <cinttypes>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "asking.h"
#include "native_bundle.h"
#include "player.h"
#include "workbench.h"

using namespace Steinberg;
using namespace patchbay::bridge::test;

namespace {

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

/** Control's own words: its process's log. */
std::string controlLog() {
  std::string all;
  for (const auto& entry : std::filesystem::directory_iterator(std::getenv("PATCHBAY_LOG_DIR"))) {
    if (entry.path().filename().string().rfind("control-", 0) == 0) {
      all += readText(entry.path().string());
    }
  }
  return all;
}

void forgetLogs() {
  for (const auto& entry : std::filesystem::directory_iterator(std::getenv("PATCHBAY_LOG_DIR"))) {
    if (entry.path().filename().string().rfind("control-", 0) == 0) {
      std::filesystem::remove(entry.path());
    }
  }
}

bool ready(const RegionView& region) {
  return region.pid(PB_STANDARD_ROLE_CONTROL) != 0 &&
         region.role(PB_STANDARD_ROLE_CONTROL).state == PB_ROLE_STATE_READY;
}

void set(Player& player, Vst::ParamID id, double value) {
  Block block(64, 1);
  block.set(id, 0, value);
  player.play(block);
}

/** What control answers to the command line. */
std::string ask(const RegionView& region, const std::string& request) {
  char digits[17];
  std::snprintf(digits, sizeof digits, "%016" PRIx64, region.header().instance_id[0]);
  return askAt(std::string(std::getenv("PATCHBAY_RUNTIME_DIR")) + "/" + std::to_string(getpid()) + "-" +
                   std::string(digits).substr(0, 8) + ".control",
               request);
}

/** Has the library of the bundle loaded anew, as "patchbay reload control" does; the answer. */
std::string reload(const RegionView& region) { return ask(region, "reload\n\n"); }

std::int64_t counted(const RegionView& region, std::uint32_t counter) {
  const pb_section counters = region.section(PB_STANDARD_CONTROL_COUNTERS_NAME, PB_STANDARD_CONTROL_COUNTERS_HASH);
  return pb_counter_get_acquire(&counters, counter);
}

/** Plays until the state holds a text of the module's own. */
bool stateBecomes(Player& player, const std::string& text) {
  return eventually([&] {
    player.play(64);
    const std::vector<char> state = player.save();
    return std::search(state.begin(), state.end(), text.begin(), text.end()) != state.end();
  });
}

}  // namespace

TEST_SUITE("native_control") {
  TEST_CASE("a native control module hears parameters, changes others, and its state is the host's") {
    forgetLogs();
    std::vector<char> saved;
    {
      Player player("native_control");
      REQUIRE(player.start());
      const RegionView region;
      REQUIRE(eventually([&] { return ready(region); }));
      CHECK(std::string(region.role(PB_STANDARD_ROLE_CONTROL).collector) == "none: native code");
      player.play(64);
      REQUIRE(stateBecomes(player, "1:0"));
      set(player, 20, 0.25);
      REQUIRE(stateBecomes(player, "1:1"));
      set(player, 20, 0.75);
      REQUIRE(stateBecomes(player, "1:2"));
      saved = player.save();
      const pid_t pid = region.pid(PB_STANDARD_ROLE_CONTROL);
      player.component->terminate();
      CHECK(eventually([&] { return !running(pid); }));
    }
    CHECK(has(controlLog(), "keeper closes"));
    Player other("native_control");
    REQUIRE(other.load(saved) == kResultOk);
    REQUIRE(other.start());
    CHECK(other.save() == saved);
    const RegionView region;
    REQUIRE(eventually([&] { return ready(region); }));
    set(other, 20, 0.5);
    CHECK(stateBecomes(other, "1:3"));
  }

  TEST_CASE("RT and control may both be native, and control's change is played") {
    const Probe probe;
    Player player("native_both");
    REQUIRE(player.start(48000, 256));
    const RegionView region;
    REQUIRE(eventually([&] { return ready(region); }));
    set(player, 30, 1);
    CHECK(eventually([&] {
      Block block(64, 1);
      player.play(block);
      return block.left == std::vector<float>(64, 0.125f);
    }));
    CHECK(children() == std::vector<pid_t>{region.pid(PB_STANDARD_ROLE_CONTROL)});
  }

  TEST_CASE("a control module that crashes takes nothing with it, and comes back with its state") {
    const Probe probe;
    Player player("native_both");
    REQUIRE(player.start(48000, 256));
    const RegionView region;
    REQUIRE(eventually([&] { return ready(region); }));
    const pid_t first = region.pid(PB_STANDARD_ROLE_CONTROL);
    player.play(64);
    REQUIRE(stateBecomes(player, "1:0"));
    set(player, 20, 0.25);
    REQUIRE(stateBecomes(player, "1:1"));
    const std::string said = errorsOf([&] {
      set(player, 80, 1);
      REQUIRE(eventually([&] {
        Block block(64, 1);
        REQUIRE(player.play(block) == kResultOk);
        CHECK(block.left == std::vector<float>(64, 0.5f));
        return !running(first);
      }));
      set(player, 80, 0);
      REQUIRE(eventually([&] { return ready(region) && region.pid(PB_STANDARD_ROLE_CONTROL) != first; }));
    });
    CHECK_MESSAGE(has(said, "the control process " + std::to_string(first) + " ended unexpectedly"), said);
    set(player, 20, 0.75);
    CHECK(stateBecomes(player, "1:2"));
  }

  TEST_CASE("another version of the library takes over while sound is made, with the state, and the former is unloaded") {
    forgetLogs();
    const Probe probe;
    const NativeBundle bundle("native_both");
    Player player(bundle.path());
    REQUIRE(player.start(48000, 256));
    const RegionView region;
    REQUIRE(eventually([&] { return ready(region); }));
    const pid_t pid = region.pid(PB_STANDARD_ROLE_CONTROL);
    player.play(64);
    REQUIRE(stateBecomes(player, "1:0"));
    set(player, 20, 0.25);
    REQUIRE(stateBecomes(player, "1:1"));
    CHECK(has(readText("/proc/" + std::to_string(pid) + "/maps"), bundle.control()));
    NativeBundle::replace(bundle.control(), "keeper-2");
    CHECK(reload(region) == "ok 1\n");
    CHECK(stateBecomes(player, "2:1"));
    CHECK(region.pid(PB_STANDARD_ROLE_CONTROL) == pid);
    CHECK(occurrences(readText("/proc/" + std::to_string(pid) + "/maps"), bundle.control()) == 0);
    CHECK(has(controlLog(), "keeper closes"));
    CHECK(region.counter(PB_STANDARD_BRIDGE_COUNTERS_MISSED_DEADLINES) == 0);
    CHECK(counted(region, PB_STANDARD_CONTROL_COUNTERS_RELOADS) == 1);
    CHECK(counted(region, PB_STANDARD_CONTROL_COUNTERS_FORMER_MODULES) == 0);
    set(player, 30, 1);
    CHECK(eventually([&] {
      Block block(64, 1);
      player.play(block);
      return block.left == std::vector<float>(64, 0.75f);
    }));
    // Once more: a copy of a copy, and back to a version that does not know the state.
    NativeBundle::replace(bundle.control(), "keeper");
    CHECK(reload(region) ==
          "failed\nThe new version of the control module was refused, and the former goes on: it does not take the "
          "former's state: it is of a later version.\n");
    CHECK(counted(region, PB_STANDARD_CONTROL_COUNTERS_RELOADS_REFUSED) == 1);
    set(player, 20, 0.5);
    CHECK(stateBecomes(player, "2:2"));
  }

  TEST_CASE("a version that is refused changes nothing") {
    forgetLogs();
    const Probe probe;
    const NativeBundle bundle("native_both");
    Player player(bundle.path());
    REQUIRE(player.start(48000, 256));
    const RegionView region;
    REQUIRE(eventually([&] { return ready(region); }));
    const pid_t pid = region.pid(PB_STANDARD_ROLE_CONTROL);
    player.play(64);
    REQUIRE(stateBecomes(player, "1:0"));
    const std::pair<const char*, const char*> versions[] = {
        {"keeper-refuses", "refused: no folder for it"},
        {"keeper-without-close", "does not export pb_control_close, which each native control module has"},
        {"probe-abi", "was compiled for version 2"},
    };
    for (const auto& [library, why] : versions) {
      NativeBundle::replace(bundle.control(), library);
      const std::string answer = reload(region);
      CHECK_MESSAGE(has(answer, "failed\nThe new version of the control module was refused, and the former goes on: "), answer);
      CHECK_MESSAGE(has(answer, why), answer);
    }
    CHECK(occurrences(controlLog(), "and the former goes on") == 3);
    CHECK(has(ask(region, "reload\njar /new.jar\n\n"), "failed\nThis control module is a library"));
    CHECK(ask(region, "reload\ninstance 00000000000000000000000000000000\n\n") == "unknown\n");
    CHECK(has(ask(region, "swap\n\n"), "failed\nThis control process takes the request"));
    set(player, 20, 0.25);
    CHECK(stateBecomes(player, "1:1"));
    CHECK(region.pid(PB_STANDARD_ROLE_CONTROL) == pid);
  }

  TEST_CASE("a state that has no room in the region travels beside it, both ways") {
    forgetLogs();
    const Probe probe;
    const NativeBundle bundle("native_both");
    NativeBundle::replace(bundle.control(), "keeper-large");
    std::vector<char> saved;
    {
      Player player(bundle.path());
      REQUIRE(player.start(48000, 256));
      const RegionView region;
      REQUIRE(eventually([&] { return ready(region); }));
      player.play(64);
      REQUIRE(stateBecomes(player, "1:0"));
      set(player, 20, 0.25);
      REQUIRE(stateBecomes(player, "1:1"));
      CHECK(reload(region) == "ok 1\n");
      set(player, 20, 0.75);
      REQUIRE(stateBecomes(player, "1:2"));
      // A process that takes over has it from the bridge.
      const pid_t first = region.pid(PB_STANDARD_ROLE_CONTROL);
      REQUIRE(kill(first, SIGKILL) == 0);
      REQUIRE(eventually([&] {
        player.play(64);
        return ready(region) && region.pid(PB_STANDARD_ROLE_CONTROL) != first;
      }));
      set(player, 20, 0.5);
      REQUIRE(stateBecomes(player, "1:3"));
      saved = player.save();
      CHECK(saved.size() > 1000000);
    }
    Player other(bundle.path());
    REQUIRE(other.load(saved) == kResultOk);
    REQUIRE(other.start(48000, 256));
    const RegionView region;
    REQUIRE(eventually([&] { return ready(region); }));
    set(other, 20, 0.25);
    CHECK(stateBecomes(other, "1:4"));
    CHECK_FALSE(has(controlLog(), "damaged"));
  }

  TEST_CASE("in development a library that was replaced takes over by itself") {
    setenv("PATCHBAY_DEV", "on", 1);
    const Probe probe;
    const NativeBundle bundle("native_both");
    {
      Player player(bundle.path());
      REQUIRE(player.start(48000, 256));
      player.play(64);
      REQUIRE(stateBecomes(player, "1:0"));
      NativeBundle::replace(bundle.control(), "keeper-2");
      CHECK(stateBecomes(player, "2:0"));
    }
    unsetenv("PATCHBAY_DEV");
  }

  TEST_CASE("a control library that is refused is named, and the sound goes on without it") {
    const Probe probe;
    const NativeBundle bundle("native_both");
    NativeBundle::replace(bundle.control(), "keeper-without-close");
    const std::string said = errorsOf([&] {
      Player player(bundle.path());
      REQUIRE(player.start(48000, 256));
      CHECK(eventually([&] {
        player.play(64);
        return has(errorsYet(), "the control module refused: ");
      }));
      Block block(64, 1);
      player.play(block);
      CHECK(block.left == std::vector<float>(64, 0.5f));
    });
    CHECK_MESSAGE(has(said, "does not export pb_control_close"), said);
  }
}
