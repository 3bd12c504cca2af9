// SPDX-License-Identifier: Apache-2.0
// What hosts and test suites do to process. Each case's name begins with what is done.
#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <random>

#include "host_block.h"
#include "workbench.h"

using namespace Steinberg;
using namespace patchbay::bridge::test;

namespace {

std::vector<double> all(std::size_t frames, double value) { return std::vector<double>(frames, value); }

/** A block of the effect bundle with 32-bit buffers that are there or not, each as the bits say. */
tresult playWithHoles(Player& player, unsigned holes, int32 channels) {
  std::vector<float> samples(16, 0.5f);
  float* pointers[2] = {(holes & 1) != 0 ? nullptr : samples.data(), (holes & 2) != 0 ? nullptr : samples.data()};
  Vst::AudioBusBuffers input;
  Vst::AudioBusBuffers output;
  input.numChannels = output.numChannels = channels;
  input.channelBuffers32 = (holes & 4) != 0 ? nullptr : pointers;
  output.channelBuffers32 = (holes & 8) != 0 ? nullptr : pointers;
  Vst::ProcessData data;
  data.processMode = Vst::kOffline;
  data.numSamples = 16;
  data.numInputs = (holes & 16) != 0 ? 0 : 1;
  data.numOutputs = (holes & 32) != 0 ? 0 : 1;
  data.inputs = (holes & 64) != 0 ? nullptr : &input;
  data.outputs = (holes & 128) != 0 ? nullptr : &output;
  return player.processor->process(data);
}

}  // namespace

TEST_SUITE("torture") {
  TEST_CASE("blocks of 0 to 8192 samples, each in 32 and 64 bits: every sample arrives") {
    Player player("rich");
    REQUIRE(player.start(48000, 8192));
    for (const bool wide : {false, true}) {
      for (const int32 frames : {0, 1, 2, 7, 64, 1023, 1024, 1025, 4096, 8191, 8192}) {
        CAPTURE(wide);
        CAPTURE(frames);
        HostBlock block({2, 1}, {2, 2}, frames, wide);
        block.fill(0, 0, 0.25);
        block.fill(0, 1, -0.75);
        REQUIRE(block.play(player) == kResultOk);
        CHECK(block.output(0, 0) == all(static_cast<std::size_t>(frames), 0.25));
        CHECK(block.output(0, 1) == all(static_cast<std::size_t>(frames), -0.75));
      }
    }
  }

  TEST_CASE("64-bit samples: what 32 bits cannot hold is rounded, and what is no number does no harm") {
    CHECK(Player("rich").processor->canProcessSampleSize(Vst::kSample64) == kResultTrue);
    Player player("rich");
    Vst::ProcessSetup setup = {Vst::kOffline, Vst::kSample64, 64, 48000};
    REQUIRE(player.processor->setupProcessing(setup) == kResultOk);
    REQUIRE(player.activate());
    const double third = 1.0 / 3;
    for (const double value : {third, 1e-300, 1e300, -std::numeric_limits<double>::infinity()}) {
      HostBlock block({2, 1}, {2, 2}, 8, true);
      block.fill(0, 1, value);
      REQUIRE(block.play(player) == kResultOk);
      CHECK(block.output(0, 1) == all(8, static_cast<double>(static_cast<float>(value))));
    }
    HostBlock block({2, 1}, {2, 2}, 8, true);
    block.fill(0, 1, std::nan(""));
    CHECK(block.play(player) == kResultOk);
    HostBlock next({2, 1}, {2, 2}, 8, true);
    next.fill(0, 1, third);
    REQUIRE(next.play(player) == kResultOk);
    CHECK(next.output(0, 1) == all(8, static_cast<double>(static_cast<float>(third))));
  }

  TEST_CASE("the sample size changes from block to block: each block's own counts") {
    Player player("rich");
    REQUIRE(player.start());
    for (int i = 0; i < 20; ++i) {
      HostBlock block({2, 1}, {2, 2}, 16, i % 2 == 1);
      block.fill(0, 0, i / 32.0);
      REQUIRE(block.play(player) == kResultOk);
      CHECK(block.output(0, 0) == all(16, i / 32.0));
    }
  }

  TEST_CASE("0 samples with parameter changes: the values hold from then on, active or not, with no buses at all") {
    Player player;
    const auto flush = [&](double value) {
      Block block(0);
      block.set(10, 0, value);
      Vst::ProcessData data;
      data.processMode = Vst::kOffline;
      data.inputParameterChanges = &block.in;
      return player.processor->process(data);
    };
    CHECK(flush(0.25) == kResultOk);
    REQUIRE(player.start());
    Block first(8);
    first.noteOn(0, 60, 1.0f);
    REQUIRE(player.play(first) == kResultOk);
    CHECK(first.left == std::vector<float>(8, 0.25f));
    CHECK(flush(1.0) == kResultOk);
    CHECK(player.play(8) == std::vector<float>(8, 1.0f));
  }

  TEST_CASE("null and missing buffers and 0 channels, in every mixture: nothing is read or written there") {
    Player player("effect");
    REQUIRE(player.start());
    for (unsigned holes = 0; holes < 256; ++holes) {
      CAPTURE(holes);
      // A count without an array behind it is a host's mistake that some make.
      REQUIRE(playWithHoles(player, holes, holes % 3 == 0 ? 0 : 2) == kResultOk);
    }
  }

  TEST_CASE("rates from 1 kHz to over 1 MHz, in both sample sizes: each is played") {
    Player player("rich");
    for (const double rate : {1000.0, 8000.0, 44100.0, 192000.0, 384000.0, 1234567.0}) {
      for (const int32 size : {Vst::kSample32, Vst::kSample64}) {
        Vst::ProcessSetup setup = {Vst::kOffline, size, 256, rate};
        REQUIRE(player.processor->setupProcessing(setup) == kResultOk);
        REQUIRE(player.activate());
        HostBlock block({2, 1}, {2, 2}, 256, size == Vst::kSample64);
        block.fill(0, 0, 0.5);
        REQUIRE(block.play(player) == kResultOk);
        CHECK(block.output(0, 0) == all(256, 0.5));
        player.deactivate();
      }
    }
  }

  TEST_CASE("silence flags in: a channel that is marked is silence, whatever lies in its buffer") {
    Player player("rich");
    REQUIRE(player.start());
    HostBlock block({2, 1}, {2, 2}, 32);
    block.fill(0, 0, 0.5);
    block.flagSilent(0);
    REQUIRE(block.play(player) == kResultOk);
    CHECK(block.output(0, 0) == all(32, 0));
    CHECK(block.silence(0) == 3);
  }

  TEST_CASE("silence flags out: a channel is marked if and only if each of its samples is 0") {
    Player player("rich");
    REQUIRE(player.start());
    for (unsigned loud = 0; loud < 4; ++loud) {
      for (const bool wide : {false, true}) {
        HostBlock block({2, 1}, {2, 2}, 32, wide);
        block.fill(0, 0, (loud & 1) != 0 ? 1e-30 : 0);
        block.fill(0, 1, (loud & 2) != 0 ? -1 : 0);
        REQUIRE(block.play(player) == kResultOk);
        CHECK(block.silence(0) == (~loud & 3));
        CHECK(block.silence(1) == 3);
      }
    }
  }

  TEST_CASE("sample-accurate automation: each point is heard from its sample on") {
    Player player;
    REQUIRE(player.start());
    Block block(256);
    block.noteOn(0, 60, 1.0f);
    std::vector<float> expected(256);
    for (int32 i = 0; i < 256; i += 8) {
      block.set(10, i, i / 256.0);
      std::fill(expected.begin() + i, expected.end(), static_cast<float>(i) / 256.0f);
    }
    REQUIRE(player.play(block) == kResultOk);
    CHECK(block.left == expected);
  }

  TEST_CASE("note-offs of the same block, on the same sample and before their note: none hangs") {
    Player player;
    REQUIRE(player.start());
    Block block(64);
    block.noteOn(10, 60, 1.0f);
    block.noteOff(10, 60);
    block.noteOff(20, 62);
    block.noteOn(30, 62, 1.0f);
    block.noteOff(40, 62);
    REQUIRE(player.play(block) == kResultOk);
    for (std::size_t i = 0; i < 64; ++i) {
      REQUIRE(block.left[i] == (i >= 30 && i < 40 ? 0.5f : 0.0f));
    }
    CHECK(player.play(64) == std::vector<float>(64, 0.0f));
  }

  TEST_CASE("events beyond the block's length: they are played at its end, and those before it at its start") {
    Player player;
    REQUIRE(player.start());
    Block block(64);
    block.noteOn(std::numeric_limits<int32>::min(), 60, 1.0f);
    block.noteOff(std::numeric_limits<int32>::max(), 60);
    block.set(10, std::numeric_limits<int32>::max(), 1.0);
    REQUIRE(player.play(block) == kResultOk);
    CHECK(block.left[0] == 0.5f);
    CHECK(block.left[62] == 0.5f);
    CHECK(block.left[63] == 0.0f);
    CHECK(player.play(8) == std::vector<float>(8, 0.0f));
  }

  TEST_CASE("the process mode changes from block to block without a new setup: each block is played in its own") {
    Player player;
    REQUIRE(player.start(48000, 64, Vst::kRealtime));
    Block first(64);
    first.noteOn(0, 60, 1.0f);
    player.mode = Vst::kOffline;
    REQUIRE(player.play(first) == kResultOk);
    for (int i = 0; i < 300; ++i) {
      player.mode = i % 3 == 0 ? Vst::kOffline : i % 3 == 1 ? Vst::kPrefetch : Vst::kRealtime;
      Block block(64);
      REQUIRE(player.play(block) == kResultOk);
      // In real time a busy machine may be late; the other two are waited for.
      if (player.mode != Vst::kRealtime) {
        CHECK(block.left == std::vector<float>(64, 0.5f));
      }
    }
  }
}
