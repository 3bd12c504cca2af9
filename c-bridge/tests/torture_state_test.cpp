// SPDX-License-Identifier: Apache-2.0
// What hosts and test suites do with states. Each case's name begins with what is done.
#include <doctest/doctest.h>
#include <signal.h>

#include <atomic>
#include <cmath>
#include <cstring>
#include <random>
#include <thread>

#include "host_block.h"
#include "public.sdk/source/common/memorystream.h"
#include "public.sdk/source/vst/vstpresetfile.h"
#include "workbench.h"

using namespace Steinberg;
using namespace patchbay::bridge::test;

namespace {

/** The parameters that a host changes: not those that only the plug-in does, nor those of MIDI. */
std::vector<Vst::ParamID> changeable(const Player& player) {
  std::vector<Vst::ParamID> ids;
  for (int32 i = 0; i < player.controller->getParameterCount(); ++i) {
    Vst::ParameterInfo info = {};
    REQUIRE(player.controller->getParameterInfo(i, info) == kResultOk);
    if ((info.flags & Vst::ParameterInfo::kIsReadOnly) == 0 && info.id < 0x40000000u) {
      ids.push_back(info.id);
    }
  }
  return ids;
}

/** Control's part follows the parameters, of which each takes 12 bytes behind as many for magic, version and count. */
std::vector<char> parametersOf(const std::vector<char>& state) {
  std::uint32_t count = 0;
  std::memcpy(&count, state.data() + 8, sizeof count);
  REQUIRE(state.size() >= 12 + count * 12);
  return std::vector<char>(state.begin(), state.begin() + 12 + static_cast<std::ptrdiff_t>(count) * 12);
}

void change(Player& player, Vst::ParamID id, double value) {
  Block block(16);
  block.set(id, 0, value);
  REQUIRE(player.play(block) == kResultOk);
}

}  // namespace

TEST_SUITE("torture") {
  TEST_CASE("a parameter changes, then getState at once: the state has it, exactly, also of stepped parameters") {
    const unsigned seed = std::random_device{}();
    INFO("seed " << seed);
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> any(0, 1);
    for (const char* bundle : {"synth", "rich"}) {
      Player player(bundle);
      REQUIRE(player.start());
      for (const Vst::ParamID id : changeable(player)) {
        const double value = any(random);
        change(player, id, value);
        const std::vector<char> state = player.save();
        Player other(bundle);
        MemoryStream stream(const_cast<char*>(state.data()), static_cast<TSize>(state.size()));
        REQUIRE(other.controller->setComponentState(&stream) == kResultOk);
        CAPTURE(id);
        CHECK(other.controller->getParamNormalized(id) == value);
      }
    }
  }

  TEST_CASE("state after save, load, save is the same byte for byte, active or not, whoever loads it") {
    Player player("rich");
    REQUIRE(player.start());
    for (const Vst::ParamID id : changeable(player)) {
      change(player, id, 0.123456789012345 * id - std::floor(0.123456789012345 * id));
    }
    const std::vector<char> saved = settledState(player);
    CHECK(player.save() == saved);
    REQUIRE(player.load(saved) == kResultOk);
    CHECK(player.save() == saved);
    player.play(64);
    CHECK(player.save() == saved);
    player.deactivate();
    CHECK(player.save() == saved);
    Player other("rich");
    REQUIRE(other.load(saved) == kResultOk);
    CHECK(other.save() == saved);
    REQUIRE(other.start());
    other.play(64);
    CHECK(other.save() == saved);
  }

  TEST_CASE("setState for every parameter in a row, from a background thread, while RT is stopped: none waits for it") {
    Player player;
    REQUIRE(player.start());
    const pid_t engine = RegionView().pid(PB_STANDARD_ROLE_RT);
    halt(engine);
    const std::vector<char> saved = player.save();
    // A call that waited for the engine would never end.
    int loaded = 0;
    std::thread background([&] {
      for (int round = 0; round < 50; ++round) {
        for ([[maybe_unused]] const Vst::ParamID id : changeable(player)) {
          loaded += player.load(saved) == kResultOk ? 1 : 0;
        }
      }
    });
    background.join();
    CHECK(loaded == 50 * static_cast<int>(changeable(player).size()));
    CHECK(stopped(engine));
    goOn(engine);
    CHECK(parametersOf(player.save()) == parametersOf(saved));
  }

  TEST_CASE("states are saved and loaded by background threads while blocks play: each is whole, and none is lost") {
    Player player;
    REQUIRE(player.start());
    change(player, 10, 0.25);
    const std::vector<char> quiet = player.save();
    change(player, 10, 1.0);
    const std::vector<char> loud = player.save();
    REQUIRE(parametersOf(quiet) != parametersOf(loud));
    std::atomic<bool> running{true};
    std::atomic<int> torn{0};
    std::thread saver([&] {
      while (running) {
        const std::vector<char> now = player.save();
        torn += parametersOf(now) == parametersOf(quiet) || parametersOf(now) == parametersOf(loud) ? 0 : 1;
      }
    });
    for (int i = 0; i < 300; ++i) {
      REQUIRE(player.load(i % 2 == 0 ? quiet : loud) == kResultOk);
      Block block(32);
      REQUIRE(player.play(block) == kResultOk);
    }
    running = false;
    saver.join();
    CHECK(torn == 0);
    CHECK(parametersOf(player.save()) == parametersOf(loud));
    Block block(32);
    block.noteOn(0, 60, 1.0f);
    REQUIRE(player.play(block) == kResultOk);
    CHECK(block.left == std::vector<float>(32, 1.0f));
  }

  TEST_CASE("bypass is on when a state is saved: it is on again when the state is loaded") {
    Player player;
    REQUIRE(player.start());
    constexpr Vst::ParamID kBypass = 50;
    change(player, kBypass, 1);
    const std::vector<char> state = player.save();
    change(player, kBypass, 0);
    REQUIRE(player.load(state) == kResultOk);
    CHECK(player.controller->getParamNormalized(kBypass) == 1);
    Player other;
    REQUIRE(other.load(state) == kResultOk);
    CHECK(other.controller->getParamNormalized(kBypass) == 1);
    CHECK(other.save() == state);
  }

  TEST_CASE("setComponentState: the controller shows what the component holds, for every parameter") {
    Player player("rich");
    REQUIRE(player.start());
    for (const Vst::ParamID id : changeable(player)) {
      change(player, id, 0.75);
    }
    std::vector<char> state = player.save();
    Player other("rich");
    MemoryStream stream(state.data(), static_cast<TSize>(state.size()));
    REQUIRE(other.controller->setComponentState(&stream) == kResultOk);
    for (const Vst::ParamID id : changeable(player)) {
      CHECK(other.controller->getParamNormalized(id) == 0.75);
    }
    CHECK(other.controller->setComponentState(nullptr) != kResultOk);
  }

  TEST_CASE("a .vstpreset is saved and loaded: component and controller have what was saved") {
    Player player("rich");
    REQUIRE(player.start());
    change(player, 10, 0.125);
    MemoryStream preset;
    const FUID uid = firstClass(*player.module);
    REQUIRE(Vst::PresetFile::savePreset(&preset, uid, player.component, player.controller));
    const std::vector<char> state = player.save();
    Player other("rich");
    REQUIRE(preset.seek(0, IBStream::kIBSeekSet, nullptr) == kResultOk);
    REQUIRE(Vst::PresetFile::loadPreset(&preset, uid, other.component, other.controller));
    CHECK(other.save() == state);
    CHECK(other.controller->getParamNormalized(10) == 0.125);
    // A preset of another plug-in is none of ours.
    Player stranger;
    REQUIRE(preset.seek(0, IBStream::kIBSeekSet, nullptr) == kResultOk);
    CHECK_FALSE(Vst::PresetFile::loadPreset(&preset, firstClass(*stranger.module), stranger.component,
                                            stranger.controller));
  }
}
