// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <cmath>
#include <initializer_list>
#include <vector>

#include "player.h"
#include "workbench.h"

using namespace Steinberg;
using namespace patchbay::bridge::test;

TEST_SUITE("process") {
  TEST_CASE("missing buses, channels, buffers and lists do no harm") {
    Player player("effect");
    REQUIRE(player.start());
    std::vector<float> samples(64, 9.0f);
    std::vector<float> more(64, 9.0f);
    float* both[4] = {nullptr, samples.data(), more.data(), nullptr};
    Vst::AudioBusBuffers buses[2];
    Vst::ProcessData data;
    data.processMode = Vst::kOffline;
    data.symbolicSampleSize = Vst::kSample32;
    data.numSamples = 64;
    CHECK(player.processor->process(data) == kResultOk);
    data.numOutputs = 1;
    data.outputs = buses;
    buses[0].numChannels = 4;
    CHECK(player.processor->process(data) == kResultOk);
    buses[0].channelBuffers32 = both;
    CHECK(player.processor->process(data) == kResultOk);
    // The plug-in's second channel, then one that it does not have.
    CHECK(samples == std::vector<float>(64, 0.0f));
    CHECK(more == std::vector<float>(64, 0.0f));
    CHECK(buses[0].silenceFlags == 0xF);
    buses[1].numChannels = 1;
    buses[1].channelBuffers32 = both + 2;
    more.assign(64, 9.0f);
    data.numOutputs = 2;
    CHECK(player.processor->process(data) == kResultOk);
    CHECK(more == std::vector<float>(64, 0.0f));
    data.numOutputs = 0;
    data.numInputs = 1;
    data.inputs = buses;
    CHECK(player.processor->process(data) == kResultOk);
    data.numSamples = -5;
    CHECK(player.processor->process(data) == kInvalidArgument);
  }

  TEST_CASE("samples of an unknown size are left alone") {
    Player player;
    REQUIRE(player.start());
    std::vector<float> samples(16, 9.0f);
    float* one[1] = {samples.data()};
    Vst::AudioBusBuffers bus;
    bus.numChannels = 1;
    bus.channelBuffers32 = one;
    Vst::ProcessData data;
    data.symbolicSampleSize = 7;
    data.numSamples = 16;
    data.numOutputs = 1;
    data.outputs = &bus;
    CHECK(player.processor->process(data) == kInvalidArgument);
    CHECK(samples == std::vector<float>(16, 9.0f));
  }

  TEST_CASE("more events than the queue holds are counted, and end in silence instead of hanging notes") {
    Player player("effect");
    REQUIRE(player.start());
    Block block(64);
    for (int16 key = 0; key < 100; ++key) {
      block.noteOn(0, key, 0.01f);
    }
    for (int16 key = 0; key < 100; ++key) {
      block.noteOff(32, key);
    }
    player.play(block);
    CHECK(block.left[0] > 0);
    const RegionView region;
    CHECK(region.counter(PB_STANDARD_BRIDGE_COUNTERS_DROPPED_EVENTS) == 136);
    CHECK(player.play(64) == std::vector<float>(64, 0.0f));
  }

  TEST_CASE("a parameter's change that found no room is sent later") {
    Player player("effect");
    REQUIRE(player.start());
    Block block(64);
    for (int i = 0; i < 200; ++i) {
      block.set(80, 0, 0.5);
    }
    block.set(10, 63, 1.0);
    player.play(block);
    Block next(64);
    next.noteOn(0, 60, 1.0f);
    player.play(next);
    CHECK(next.left[0] == 1.0f);
  }

  TEST_CASE("what a host says in bad faith is survived") {
    Player player;
    REQUIRE(player.start());
    Block block(64);
    for (const int16 key : std::initializer_list<int16>{-1, 128, 32767, -32768}) {
      block.noteOn(0, key, 1.0f);
    }
    for (const int16 channel : std::initializer_list<int16>{-1, 16, 32767}) {
      block.noteOn(0, 60, 1.0f, channel);
    }
    block.noteOn(0, 61, std::nanf(""));
    block.noteOn(0, 62, -1.0f);
    block.set(10, 0, std::nan(""));
    block.set(999, 0, 0.5);
    block.set(60, 0, 0.9);
    Vst::Event event = {};
    for (const uint16 type : {uint16{Vst::Event::kDataEvent}, uint16{77}, uint16{65535}}) {
      event.type = type;
      block.events.addEvent(event);
    }
    event.type = Vst::Event::kNoteOnEvent;
    event.busIndex = 3;
    event.noteOn.velocity = 1;
    block.events.addEvent(event);
    CHECK(player.play(block) == kResultOk);
    CHECK(block.left == std::vector<float>(64, 0.0f));
    CHECK(player.controller->getParamNormalized(10) == 0.5);
  }
}
