// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

#include "player.h"
#include "workbench.h"

using namespace Steinberg;
using namespace patchbay::bridge::test;

namespace {

/** Where a channel changes its value, and to what. */
std::vector<std::pair<std::size_t, float>> steps(const std::vector<float>& samples, float before = 0) {
  std::vector<std::pair<std::size_t, float>> found;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    if (samples[i] != before) {
      found.emplace_back(i, samples[i]);
      before = samples[i];
    }
  }
  return found;
}

using Steps = std::vector<std::pair<std::size_t, float>>;

}  // namespace

TEST_SUITE("process") {
  TEST_CASE("notes sound on their sample, whatever the order in which the host lists them") {
    Player player;
    REQUIRE(player.start());
    Block block(1000);
    block.noteOff(700, 60);
    block.noteOn(100, 60, 1.0f);
    block.noteOn(999, 64, 0.5f);
    block.noteOn(300, 62, 0.5f);
    block.noteOff(300, 62);
    REQUIRE(player.play(block) == kResultOk);
    CHECK(steps(block.left) == Steps{{100, 0.5f}, {700, 0.0f}, {999, 0.25f}});
    CHECK(block.silenceFlags == 0);
    const RegionView region;
    CHECK(region.counter(PB_STANDARD_BRIDGE_COUNTERS_NOTES_PLAYED) == 3);
    CHECK(region.counter(PB_STANDARD_BRIDGE_COUNTERS_BLOCKS) == 1);
    CHECK(region.counter(PB_STANDARD_BRIDGE_COUNTERS_ROUND_TRIP_MAX_NANOS) > 0);
  }

  TEST_CASE("a sine keeps its phase from block to block, to the sample") {
    Player player;
    REQUIRE(player.start());
    std::vector<float> whole;
    bool first = true;
    for (const int32 frames : {37, 1, 512, 1024, 3, 64}) {
      Block block(frames);
      if (first) {
        block.noteOn(5, 69, 1.0f);
        first = false;
      }
      player.play(block);
      whole.insert(whole.end(), block.right.begin(), block.right.end());
    }
    for (std::size_t i = 0; i < whole.size(); ++i) {
      const double expected = i < 5 ? 0 : std::sin(2 * M_PI * 440 * static_cast<double>(i - 5) / 48000);
      CHECK(whole[i] == doctest::Approx(expected).epsilon(1e-4));
    }
  }

  TEST_CASE("parameters come before notes on the same sample") {
    Player player;
    REQUIRE(player.start());
    Block block(64);
    block.noteOn(10, 60, 1.0f);
    block.set(10, 10, 0.25);
    player.play(block);
    CHECK(steps(block.left) == Steps{{10, 0.25f}});
  }

  TEST_CASE("a note on without velocity is a note off") {
    Player player;
    REQUIRE(player.start());
    Block block(64);
    block.noteOn(10, 60, 1.0f);
    block.noteOn(20, 60, 0.0f);
    player.play(block);
    CHECK(steps(block.left) == Steps{{10, 0.5f}, {20, 0.0f}});
  }

  TEST_CASE("MIDI controllers arrive through the assigned parameters only") {
    Player player;
    FUnknownPtr<Vst::IMidiMapping> mapping(player.controller);
    Vst::ParamID wheel = 0;
    REQUIRE(mapping->getMidiControllerAssignment(0, 0, 129, wheel) == kResultTrue);
    Vst::ParamID volume = 0;
    CHECK(mapping->getMidiControllerAssignment(0, 0, 7, volume) != kResultTrue);
    CHECK(mapping->getMidiControllerAssignment(1, 0, 129, volume) != kResultTrue);
    CHECK(mapping->getMidiControllerAssignment(0, 16, 129, volume) != kResultTrue);
    CHECK(mapping->getMidiControllerAssignment(0, -1, -1, volume) != kResultTrue);
    REQUIRE(player.start());
    Block block(480);
    block.noteOn(0, 69, 1.0f);
    block.set(wheel, 0, 1.0);
    player.play(block);
    // The fake bends by two semitones.
    const double frequency = 440 * std::pow(2.0, 2.0 / 12);
    CHECK(block.right[7] == doctest::Approx(std::sin(2 * M_PI * frequency * 7 / 48000)).epsilon(1e-4));
  }

  TEST_CASE("offsets outside of the block are played inside of it") {
    Player player;
    REQUIRE(player.start());
    Block block(64);
    block.noteOn(-50, 60, 1.0f);
    block.noteOff(5000, 60);
    block.set(10, -3, 1.0);
    player.play(block);
    CHECK(steps(block.left) == Steps{{0, 1.0f}, {63, 0.0f}});
  }

  TEST_CASE("a flush is heard with the next block") {
    Player player;
    REQUIRE(player.start());
    Block flush(0);
    flush.noteOn(0, 60, 1.0f);
    flush.set(10, 0, 1.0);
    CHECK(player.play(flush) == kResultOk);
    CHECK(player.play(8) == std::vector<float>(8, 1.0f));
  }

  TEST_CASE("blocks of any length come out whole, longer than agreed and longer than the region's") {
    Player player("effect");
    REQUIRE(player.start(48000, 100));
    for (const int32 frames : {1, 2, 99, 100, 101, 255, 256, 257, 1000, 8192, 20000}) {
      Block block(frames, 0.25);
      block.noteOff(frames / 2, 60);
      block.noteOn(frames - 1, 60, 1.0f);
      REQUIRE(player.play(block) == kResultOk);
      CAPTURE(frames);
      CHECK(block.left[static_cast<std::size_t>(frames - 1)] == doctest::Approx(0.75));
      CHECK(std::count(block.left.begin() + frames / 2, block.left.end() - 1, 0.25f) == frames - 1 - frames / 2);
    }
  }

  TEST_CASE("every rate that a host may try is played") {
    Player player;
    for (const double rate : {1000.0, 22050.0, 44100.0, 192000.0, 1234567.5}) {
      REQUIRE(player.setUp(rate, 64, Vst::kRealtime));
      // At the highest rates the deadline is 3 ms, which a busy machine may miss.
      CHECK(eventually([&] {
        REQUIRE(player.activate());
        Block block(64);
        block.noteOn(3, 60, 1.0f);
        player.play(block);
        player.deactivate();
        return steps(block.left) == Steps{{3, 0.5f}};
      }));
    }
    for (const double rate : {0.0, -1.0, std::numeric_limits<double>::infinity(), std::nan("")}) {
      CHECK_FALSE(player.setUp(rate));
    }
    CHECK_FALSE(player.setUp(48000, 0));
  }

  TEST_CASE("in-place buffers are read before they are written") {
    Player player("effect");
    REQUIRE(player.start());
    std::vector<float> left(1000);
    for (std::size_t i = 0; i < left.size(); ++i) {
      left[i] = static_cast<float>(i);
    }
    std::vector<float> right = left;
    const std::vector<float> before = left;
    float* both[2] = {left.data(), right.data()};
    Vst::AudioBusBuffers bus;
    bus.numChannels = 2;
    bus.channelBuffers32 = both;
    Vst::ProcessData data;
    data.processMode = Vst::kOffline;
    data.numSamples = 1000;
    data.numInputs = data.numOutputs = 1;
    data.inputs = data.outputs = &bus;
    CHECK(player.processor->process(data) == kResultOk);
    CHECK(left == before);
    CHECK(right == before);
  }

  TEST_CASE("the transport of the host is published") {
    Player player;
    REQUIRE(player.start());
    Vst::ProcessContext context = {};
    context.state = Vst::ProcessContext::kPlaying | Vst::ProcessContext::kTempoValid |
                    Vst::ProcessContext::kProjectTimeMusicValid | Vst::ProcessContext::kTimeSigValid;
    context.tempo = 90;
    context.projectTimeSamples = 48000;
    context.projectTimeMusic = 1.5;
    context.timeSigNumerator = 3;
    context.timeSigDenominator = 8;
    Vst::ProcessData data;
    data.processMode = Vst::kOffline;
    data.numSamples = 64;
    data.processContext = &context;
    CHECK(player.processor->process(data) == kResultOk);
    const RegionView region;
    const pb_section section = region.section(PB_STANDARD_TRANSPORT_NAME, PB_STANDARD_TRANSPORT_HASH);
    pb_transport transport = {};
    REQUIRE(pb_snapshot_read(&section, &transport, 10) == 1);
    CHECK(transport.position_samples == 48000);
    CHECK(transport.position_quarters == 1.5);
    CHECK(transport.tempo == 90);
    CHECK(transport.sample_rate == 48000);
    CHECK(transport.signature_numerator == 3);
    CHECK(transport.signature_denominator == 8);
    CHECK(transport.playing == 1);
    data.processContext = nullptr;
    CHECK(player.processor->process(data) == kResultOk);
    REQUIRE(pb_snapshot_read(&section, &transport, 10) == 1);
    // A block that says nothing of the song stops none: it goes on.
    CHECK(transport.playing == 1);
    CHECK(transport.tempo == 90);
    CHECK(transport.position_samples == 48064);
    CHECK(transport.position_quarters == doctest::Approx(1.502));
  }

  TEST_CASE("ten thousand blocks back to back, faster than real time, lose nothing") {
    Player player;
    REQUIRE(player.start(48000, 64, Vst::kOffline));
    const unsigned seed = std::random_device{}();
    INFO("seed " << seed);
    std::mt19937 random(seed);
    bool sounding = false;
    for (int i = 0; i < 10000; ++i) {
      const auto frames = static_cast<int32>(random() % 64 + 1);
      const auto at = static_cast<int32>(random() % static_cast<unsigned>(frames));
      Block block(frames);
      sounding ? block.noteOff(at, 60) : block.noteOn(at, 60, 1.0f);
      player.play(block);
      const float before = sounding ? 0.5f : 0.0f;
      const float after = sounding ? 0.0f : 0.5f;
      REQUIRE(steps(block.left, before) == Steps{{static_cast<std::size_t>(at), after}});
      sounding = !sounding;
    }
    const RegionView region;
    CHECK(region.counter(PB_STANDARD_BRIDGE_COUNTERS_BLOCKS) == 10000);
    CHECK(region.counter(PB_STANDARD_BRIDGE_COUNTERS_MISSED_DEADLINES) == 0);
    MESSAGE("longest round trip: " << region.counter(PB_STANDARD_BRIDGE_COUNTERS_ROUND_TRIP_MAX_NANOS) / 1000
                                   << " us");
  }
}
