// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <unistd.h>

#include <algorithm>
#include <cfloat>

#include "native_bundle.h"
#include "player.h"
#include "workbench.h"

using namespace Steinberg;
using namespace patchbay::bridge::test;

namespace {

/** Control's place in the region: changes parameters in one transaction. */
void changeFromControl(const RegionView& region, std::uint32_t index, float value) {
  const pb_section changes =
      region.section(PB_STANDARD_PARAMETERS_FROM_CONTROL_NAME, PB_STANDARD_PARAMETERS_FROM_CONTROL_HASH);
  std::vector<pb_parameter_change> all(changes.count);
  const std::uint32_t last = pb_parameter_changes_take_over(&changes, all.data());
  all[index] = {value, pb_parameter_changes_after(last)};
  pb_parameter_changes_publish(&changes, all.data());
}

std::vector<float> repeated(std::initializer_list<std::pair<int, float>> parts) {
  std::vector<float> all;
  for (const auto& [count, value] : parts) {
    all.insert(all.end(), static_cast<std::size_t>(count), value);
  }
  return all;
}

}  // namespace

TEST_SUITE("native") {
  TEST_CASE("a native module plays in the host's process, on the thread that asks, and no engine is started") {
    const Probe probe;
    Player player("native");
    CHECK(children().empty());
    REQUIRE(player.start(48000, 256));
    Block block(64, 0.5);
    REQUIRE(player.play(block) == kResultOk);
    CHECK(block.left == repeated({{64, 0.25f}}));
    const RegionView region;
    CHECK(region.pid(PB_STANDARD_ROLE_RT) == getpid());
    CHECK(region.role(PB_STANDARD_ROLE_RT).state == PB_ROLE_STATE_READY);
    CHECK(std::string(region.role(PB_STANDARD_ROLE_RT).collector) == "none: native code");
    CHECK(region.counter(PB_STANDARD_BRIDGE_COUNTERS_BLOCKS) == 1);
    CHECK(region.counter(PB_STANDARD_BRIDGE_COUNTERS_SLEEPS) == 0);
    CHECK(engines().empty());
    CHECK(children().size() == 1);
    CHECK(eventually([&] { return region.pid(PB_STANDARD_ROLE_CONTROL) == children().front(); }));
    CHECK(player.processor->getLatencySamples() == 32);
    CHECK(player.processor->getTailSamples() == 64);
  }

  TEST_CASE("its functions are called in the order that a module in Java knows") {
    Probe probe;
    {
      Player player("native");
      REQUIRE(player.start(48000, 256));
      player.play(16);
      player.deactivate();
      REQUIRE(player.activate());
      player.play(8);
      player.deactivate();
      CHECK(probe.calls() ==
            "init(48000,256,2,2) activate process(16) deactivate reset activate process(8) deactivate ");
      probe.forget();
      REQUIRE(player.start(44100, 128));
    }
    CHECK(probe.calls() == "close init(44100,128,2,2) activate deactivate close ");
  }

  TEST_CASE("parameters and notes are heard from their frame on, and a block is split there alone") {
    Probe probe;
    Player player("native");
    REQUIRE(player.start(48000, 256));
    probe.forget();
    Block block(256, 1);
    block.set(10, 100, 0.25);
    block.noteOn(100, 60, 0.75f);
    block.noteOff(200, 60);
    block.set(10, 255, 1);
    REQUIRE(player.play(block) == kResultOk);
    CHECK(block.left == repeated({{100, 0.5f}, {155, 0.25f}, {1, 1.0f}}));
    CHECK(block.right == repeated({{100, 0.0f}, {100, 0.75f}, {56, 0.0f}}));
    CHECK(probe.calls() == "process(100) process(100) process(55) process(1) ");
    const RegionView region;
    const pb_section voices = region.section(PB_STANDARD_VOICE_STATES_NAME, PB_STANDARD_VOICE_STATES_HASH);
    CHECK(pb_voice_states_key_of(pb_standard_voice_states_get_acquire(&voices, 3)) == 60);
  }

  TEST_CASE("a module that wants whole blocks gets each with its events in order, and the values of its first frame") {
    const Fake fake("whole");
    Probe probe;
    Player player("native");
    REQUIRE(player.start(48000, 256));
    probe.forget();
    const std::vector<uint8> message = {0xF0, 1, 2, 0xF7};
    Block block(256, 1);
    block.set(10, 100, 0.25);
    block.noteOn(100, 60, 0.75f);
    block.message(120, message);
    block.noteOff(200, 60);
    REQUIRE(player.play(block) == kResultOk);
    CHECK(block.left == repeated({{100, 0.5f}, {156, 0.25f}}));
    CHECK(block.right == repeated({{100, 0.0f}, {100, 0.75f}, {56, 0.0f}}));
    CHECK(probe.calls() == "process(256) message(120,4,247) ");
    Block next(16, 1);
    player.play(next);
    CHECK(next.left == repeated({{16, 0.25f}}));
  }

  TEST_CASE("blocks longer than the largest are split, and one without frames is a flush") {
    Probe probe;
    Player player("native");
    REQUIRE(player.start(48000, 256));
    probe.forget();
    Block flush(0);
    flush.set(10, 0, 1);
    REQUIRE(player.play(flush) == kResultOk);
    CHECK(probe.calls().empty());
    Block block(300, 1);
    block.noteOn(290, 60, 0.5f);
    REQUIRE(player.play(block) == kResultOk);
    CHECK(block.left == repeated({{300, 1.0f}}));
    CHECK(block.right == repeated({{290, 0.0f}, {10, 0.5f}}));
    CHECK(probe.calls() == "process(256) process(34) process(10) ");
  }

  TEST_CASE("what control changes plays whole from the next block on, and the host learns of it") {
    const Probe probe;
    Player player("native");
    REQUIRE(player.start(48000, 256));
    player.play(16);
    const RegionView region;
    changeFromControl(region, 0, 0.125f);
    Block block(32, 1);
    REQUIRE(player.play(block) == kResultOk);
    CHECK(block.left == repeated({{32, 0.125f}}));
    REQUIRE(block.out.getParameterCount() == 1);
    int32 offset = 0;
    Vst::ParamValue value = 0;
    CHECK(block.out.getParameterData(0)->getParameterId() == 10);
    block.out.getParameterData(0)->getPoint(0, offset, value);
    CHECK(value == 0.125);
  }

  TEST_CASE("a state that is loaded plays from the next block on, and comes back as it was") {
    const Probe probe;
    Player player("native");
    REQUIRE(player.start(48000, 256));
    static_cast<void>(settledState(player));
    Block block(16, 1);
    block.set(10, 0, 0.3);
    player.play(block);
    const std::vector<char> saved = player.save();
    Block other(16, 1);
    other.set(10, 0, 0.9);
    player.play(other);
    REQUIRE(player.load(saved) == kResultOk);
    Block again(16, 1);
    player.play(again);
    CHECK(again.left == repeated({{16, 0.3f}}));
    CHECK(player.save() == saved);
  }

  TEST_CASE("denormal numbers are 0 in the module, and what they were before in the host") {
    const Probe probe;
    Player player("native");
    REQUIRE(player.start(48000, 256));
    volatile float small = FLT_MIN;
    player.play(16);
    CHECK(probe.denormal() == 0.0f);
    CHECK(small / 4 > 0.0f);
  }

  TEST_CASE("what a module says while it plays reaches the host's log") {
    const Probe probe;
    const std::string said = errorsOf([] {
      Player player("native");
      REQUIRE(player.start(48000, 256));
      const RegionView region;
      const pb_section slots = region.section(PB_STANDARD_CONTROL_EVENTS_NAME, PB_STANDARD_CONTROL_EVENTS_HASH);
      pb_event_queue queue = {};
      REQUIRE(pb_event_queue_over(&queue, &slots) == nullptr);
      pb_event event;
      pb_event_program(&event, 0, 0, 12);
      REQUIRE(pb_event_queue_offer(&queue, &event) != 0);
      player.play(16);
    });
    CHECK(occurrences(said, "the RT module says: warning: program 12 is not there") == 1);
  }

  TEST_CASE("control hears what comes by MIDI, and which parameters that has moved") {
    const Probe probe;
    Player player("native");
    REQUIRE(player.start(48000, 256));
    const RegionView region;
    const pb_section map = region.section(PB_STANDARD_MIDI_MAP_NAME, PB_STANDARD_MIDI_MAP_HASH);
    auto* entries = static_cast<pb_standard_midi_mapping*>(pb_triple_writer(&map));
    entries[0] = {0, 1, 1, 0.01, PB_MIDI_SOURCE_CONTROLLER, -1, 74, PB_MIDI_MODE_JUMP, 0, 0};
    entries[1] = {};
    pb_triple_publish(&map);
    const pb_section slots = region.section(PB_STANDARD_CONTROL_EVENTS_NAME, PB_STANDARD_CONTROL_EVENTS_HASH);
    pb_event_queue queue = {};
    REQUIRE(pb_event_queue_over(&queue, &slots) == nullptr);
    pb_event event;
    pb_event_controller(&event, 0, 2, 74, 0.75);
    REQUIRE(pb_event_queue_offer(&queue, &event) != 0);
    // The second one moves nothing any more.
    REQUIRE(pb_event_queue_offer(&queue, &event) != 0);
    Block block(16, 1);
    player.play(block);
    CHECK(block.left == repeated({{16, 0.75f}}));
    const pb_section told = region.section(PB_STANDARD_NOTIFICATIONS_NAME, PB_STANDARD_NOTIFICATIONS_HASH);
    pb_event_queue ears = {};
    REQUIRE(pb_event_queue_over(&ears, &told) == nullptr);
    std::vector<pb_event> heard;
    pb_event_queue_poll(
        &ears, [](void* all, const pb_event* one) { static_cast<std::vector<pb_event>*>(all)->push_back(*one); }, &heard,
        ears.capacity);
    REQUIRE(heard.size() == 3);
    CHECK(heard[0].type == PB_EVENT_CONTROLLER);
    CHECK(pb_event_controller_number(&heard[0]) == 74);
    CHECK(heard[1].type == PB_EVENT_PARAMETER);
    CHECK(pb_event_parameter_index(&heard[1]) == 0);
    CHECK(pb_event_normalized(&heard[1]) == 0.75);
    CHECK(heard[2].type == PB_EVENT_CONTROLLER);
  }

  TEST_CASE("two instances play at a time, each with a module of its own") {
    const Probe probe;
    Player one("native");
    Player two("native");
    REQUIRE(one.start(48000, 256));
    REQUIRE(two.start(48000, 128));
    Block loud(32, 1);
    loud.set(10, 0, 1);
    loud.noteOn(0, 60, 0.5f);
    Block soft(32, 1);
    one.play(loud);
    two.play(soft);
    CHECK(loud.left == repeated({{32, 1.0f}}));
    CHECK(soft.left == repeated({{32, 0.5f}}));
    CHECK(soft.right == repeated({{32, 0.0f}}));
  }

  TEST_CASE("events that make no sense are counted and not handed on") {
    Probe probe;
    Player player("native");
    REQUIRE(player.start(48000, 256));
    const RegionView region;
    const pb_section slots = region.section(PB_STANDARD_CONTROL_EVENTS_NAME, PB_STANDARD_CONTROL_EVENTS_HASH);
    pb_event_queue queue = {};
    REQUIRE(pb_event_queue_over(&queue, &slots) == nullptr);
    pb_event event;
    pb_event_note_on(&event, 0, 0, 60, -1, 0.5, 0);
    event.index = 1000;
    REQUIRE(pb_event_queue_offer(&queue, &event) != 0);
    pb_event_parameter(&event, 0, 0, 0.5);
    event.index = 1 << 20;
    REQUIRE(pb_event_queue_offer(&queue, &event) != 0);
    Block block(16, 1);
    player.play(block);
    CHECK(block.right == repeated({{16, 0.0f}}));
    const pb_section counters = region.section(PB_STANDARD_RT_COUNTERS_NAME, PB_STANDARD_RT_COUNTERS_HASH);
    CHECK(pb_counter_get_acquire(&counters, PB_STANDARD_RT_COUNTERS_INVALID_EVENTS) >= 1);
  }
}
