// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <cmath>
#include <cstdio>
#include <limits>

#include "player.h"
#include "pluginterfaces/vst/ivstnoteexpression.h"
#include "workbench.h"

using namespace Steinberg;
using namespace patchbay::bridge::test;

namespace {

std::vector<uint8> dump(std::size_t length, unsigned seed) {
  std::vector<uint8> bytes(length);
  for (std::size_t i = 0; i < length; ++i) {
    bytes[i] = static_cast<uint8>(seed + i * 37);
  }
  return bytes;
}

/** What the fake notes down of a message that came whole. */
std::string heard(int32 offset, const std::vector<uint8>& bytes) {
  std::uint32_t sum = 2166136261U;
  for (const uint8 byte : bytes) {
    sum = (sum ^ byte) * 16777619U;
  }
  char text[64];
  std::snprintf(text, sizeof text, "[%d: %zu bytes, %08x]", offset, bytes.size(), sum);
  return text;
}

std::string notes(const RegionView& region) { return region.role(PB_STANDARD_ROLE_RT).message; }

Vst::ProcessContext at(int64 sample, bool playing, double tempo) {
  Vst::ProcessContext context = {};
  context.state = Vst::ProcessContext::kTempoValid | Vst::ProcessContext::kProjectTimeMusicValid |
                  (playing ? Vst::ProcessContext::kPlaying : 0);
  context.projectTimeSamples = sample;
  context.projectTimeMusic = static_cast<double>(sample) / 24000.0;
  context.tempo = tempo;
  return context;
}

}  // namespace

TEST_SUITE("messages") {
  TEST_CASE("system exclusive messages come whole, on their sample, whatever the order in which the host lists them") {
    Player player;
    REQUIRE(player.start());
    const auto late = dump(3, 0xF0);
    const auto early = dump(32768 - 8, 5);
    Block block(1000);
    block.message(900, late);
    block.noteOn(500, 60, 1.0F);
    block.message(7, early);
    REQUIRE(player.play(block) == kResultOk);
    CHECK(block.left[500] == 0.5F);
    const RegionView region;
    CHECK(notes(region) == heard(7, early) + heard(900, late));
    CHECK(region.counter(PB_STANDARD_BRIDGE_COUNTERS_REFUSED_MESSAGES) == 0);
  }

  TEST_CASE("messages that are no messages are left out; those that are too long or too many are counted") {
    Player player;
    REQUIRE(player.start());
    const auto tooLong = dump(32769, 1);
    const auto longest = dump(32768, 2);
    Block block(64);
    block.message(0, tooLong);
    block.message(0, {});
    for (int i = 0; i < 12; ++i) {
      block.message(i, longest);
    }
    block.noteOn(63, 60, 1.0F);
    REQUIRE(player.play(block) == kResultOk);
    CHECK(block.left[63] == 0.5F);
    const RegionView region;
    // The ring has room for seven of them: each has a header.
    std::string seven;
    for (int i = 0; i < 7; ++i) {
      seven += heard(i, longest);
    }
    CHECK(notes(region) == seven);
    CHECK(region.counter(PB_STANDARD_BRIDGE_COUNTERS_REFUSED_MESSAGES) == 6);
    Block next(64);
    next.message(5, longest);
    REQUIRE(player.play(next) == kResultOk);
    CHECK(notes(region) == seven + heard(5, longest));
  }

  TEST_CASE("messages of a block that could not be sent lead the next one") {
    const Fake fake("hold=1");
    Player player;
    REQUIRE(player.start(48000, 1024, Vst::kRealtime));
    const auto first = dump(100, 1);
    const auto second = dump(200, 2);
    const auto third = dump(300, 3);
    player.play(64);
    player.play(64);
    player.play(64);
    Block skipped(64);
    skipped.message(9, first);
    skipped.message(3, second);
    player.play(skipped);
    const RegionView region;
    goOn(region.pid(PB_STANDARD_ROLE_RT));
    REQUIRE(eventually([&] { return region.answered(); }));
    Block next(64);
    next.message(0, third);
    player.play(next);
    CHECK(eventually([&] { return notes(region) == heard(0, second) + heard(0, first) + heard(0, third); }));
    CHECK(region.counter(PB_STANDARD_BRIDGE_COUNTERS_REFUSED_MESSAGES) == 0);
    CHECK(region.counter(PB_STANDARD_BRIDGE_COUNTERS_SKIPPED_BLOCKS) == 1);
  }

  TEST_CASE("a note's tuning is heard from its sample on") {
    Player player;
    REQUIRE(player.start());
    Block block(480);
    block.noteOn(0, 69, 1.0F);
    block.express(0, -1, Vst::kVolumeTypeID, 0.9);
    block.express(0, -1, Vst::kTuningTypeID, 0.5 + 2.0 / 240);
    block.express(0, -1, Vst::kTuningTypeID, std::numeric_limits<double>::quiet_NaN());
    block.express(0, -1, Vst::kTextTypeID, 0.1);
    player.play(block);
    const double frequency = 440 * std::pow(2.0, 2.0 / 12);
    CHECK(block.right[7] == doctest::Approx(std::sin(2 * M_PI * frequency * 7 / 48000)).epsilon(1e-4));
  }

  TEST_CASE("the transport's changes are events: tempo, start, jump, stop, and nothing while it goes on") {
    Player player;
    REQUIRE(player.start());
    const auto play = [&player](Vst::ProcessContext context) {
      Block block(240);
      block.context = &context;
      player.play(block);
    };
    play(at(0, false, 120));
    play(at(24000, true, 120));
    play(at(24240, true, 120));
    play(at(24480, true, 90));
    play(at(48000, true, 90));
    play(at(48240, false, 90));
    play(at(96000, false, 90));
    player.play(240);
    const RegionView region;
    CHECK(notes(region) == "[0: 3 at 0, 120][0: 1 at 1, 120][0: 3 at 1.02, 90][0: 2 at 2, 90][0: 0 at 2.01, 90]");
  }
}
