// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>
#include <signal.h>

#include "host_block.h"
#include "pluginterfaces/vst/ivstprefetchablesupport.h"
#include "workbench.h"

using namespace Steinberg;
using namespace patchbay::bridge::test;

namespace {

constexpr int32 kFrames = 64;

std::vector<double> all(double value) { return std::vector<double>(kFrames, value); }

/** The rich bundle's buses, with both its inputs full of different values. */
HostBlock richBlock(bool wide = false) {
  HostBlock block({2, 1}, {2, 2}, kFrames, wide);
  block.fill(0, 0, 0.25);
  block.fill(0, 1, 0.5);
  block.fill(1, 0, 0.75);
  return block;
}

Vst::Event note(bool on, int32 offset, int16 key, int16 channel = 0) {
  Vst::Event event = {};
  event.sampleOffset = offset;
  event.type = on ? Vst::Event::kNoteOnEvent : Vst::Event::kNoteOffEvent;
  if (on) {
    event.noteOn = {channel, key, 0, 0.5f, 0, 7};
  } else {
    event.noteOff = {channel, key, 0.25f, 7, 0};
  }
  return event;
}

}  // namespace

TEST_SUITE("buses") {
  TEST_CASE("each bus says its name, its kind and whether it is active by default") {
    const Player player("rich");
    CHECK(player.component->getBusCount(Vst::kAudio, Vst::kInput) == 2);
    CHECK(player.component->getBusCount(Vst::kAudio, Vst::kOutput) == 2);
    CHECK(player.component->getBusCount(Vst::kEvent, Vst::kOutput) == 1);
    Vst::BusInfo bus = {};
    REQUIRE(player.component->getBusInfo(Vst::kAudio, Vst::kInput, 1, bus) == kResultOk);
    CHECK(std::u16string(bus.name) == u"Side chain");
    CHECK(bus.busType == Vst::kAux);
    CHECK((bus.flags & Vst::BusInfo::kDefaultActive) == 0);
    CHECK(bus.channelCount == 1);
    REQUIRE(player.component->getBusInfo(Vst::kAudio, Vst::kOutput, 1, bus) == kResultOk);
    CHECK(std::u16string(bus.name) == u"Second");
    CHECK(bus.busType == Vst::kMain);
    CHECK(bus.flags == Vst::BusInfo::kDefaultActive);
    REQUIRE(player.component->getBusInfo(Vst::kEvent, Vst::kOutput, 0, bus) == kResultOk);
    CHECK(bus.channelCount == 16);
    CHECK(player.component->activateBus(Vst::kAudio, Vst::kInput, 2, true) != kResultOk);
    CHECK(player.component->activateBus(Vst::kAudio, Vst::kInput, -1, true) != kResultOk);
  }

  TEST_CASE("a side chain is silent until it is activated, and then each channel comes out at its own place") {
    for (const bool wide : {false, true}) {
      CAPTURE(wide);
      const Fake fake("buses");
      Player player("rich");
      REQUIRE(player.start());
      HostBlock before = richBlock(wide);
      REQUIRE(before.play(player) == kResultOk);
      CHECK(before.output(0, 0) == all(0.25));
      CHECK(before.output(0, 1) == all(0.5));
      CHECK(before.output(1, 0) == all(0));
      CHECK(before.silence(0) == 0);
      CHECK(before.silence(1) == 3);
      CHECK(std::string(RegionView().role(PB_STANDARD_ROLE_RT).message).substr(0, 8) == "2 0 2 2 ");
      player.deactivate();
      REQUIRE(player.component->activateBus(Vst::kAudio, Vst::kInput, 1, true) == kResultOk);
      REQUIRE(player.activate());
      HostBlock after = richBlock(wide);
      REQUIRE(after.play(player) == kResultOk);
      CHECK(after.output(0, 0) == all(0.25));
      CHECK(after.output(1, 0) == all(0.75));
      CHECK(after.silence(1) == 2);
      CHECK(std::string(RegionView().role(PB_STANDARD_ROLE_RT).message).substr(0, 8) == "2 1 2 2 ");
    }
  }

  TEST_CASE("an output that is not active is silent, whatever is played there") {
    Player player("rich");
    player.component->activateBus(Vst::kAudio, Vst::kOutput, 0, false);
    REQUIRE(player.start());
    HostBlock block = richBlock();
    REQUIRE(block.play(player) == kResultOk);
    CHECK(block.output(0, 0) == all(0));
    CHECK(block.silence(0) == 3);
  }

  TEST_CASE("a bus is arranged as the host wants it, from mono to 7.1, and the module is told") {
    const Fake fake("buses");
    Player player("surround");
    for (const auto& [arrangement, channels] :
         {std::pair{Vst::SpeakerArr::kMono, 1}, std::pair{Vst::SpeakerArr::kStereo, 2},
          std::pair{Vst::SpeakerArr::k40Music, 4}, std::pair{Vst::SpeakerArr::k51, 6},
          std::pair{Vst::SpeakerArr::k71Music, 8}}) {
      CAPTURE(channels);
      Vst::SpeakerArrangement in = arrangement;
      Vst::SpeakerArrangement out = arrangement;
      REQUIRE(player.processor->setBusArrangements(&in, 1, &out, 1) == kResultTrue);
      Vst::SpeakerArrangement now = 0;
      REQUIRE(player.processor->getBusArrangement(Vst::kOutput, 0, now) == kResultOk);
      CHECK(now == arrangement);
      Vst::BusInfo bus = {};
      REQUIRE(player.component->getBusInfo(Vst::kAudio, Vst::kInput, 0, bus) == kResultOk);
      CHECK(bus.channelCount == channels);
      REQUIRE(player.start());
      // What the host has beyond the arrangement becomes silence.
      HostBlock block({channels}, {channels + 1}, kFrames);
      for (int c = 0; c < channels; ++c) {
        block.fill(0, static_cast<std::size_t>(c), (c + 1) / 16.0);
      }
      REQUIRE(block.play(player) == kResultOk);
      for (int c = 0; c < channels; ++c) {
        CHECK(block.output(0, static_cast<std::size_t>(c)) == all((c + 1) / 16.0));
      }
      CHECK(block.output(0, static_cast<std::size_t>(channels)) == all(0));
      CHECK(block.silence(0) == uint64{1} << channels);
      CHECK(player.processor->setBusArrangements(&in, 1, &out, 1) == kResultFalse);
      player.deactivate();
      const std::string told = RegionView().role(PB_STANDARD_ROLE_RT).message;
      CHECK(told.substr(0, 4) == std::to_string(channels) + " " + std::to_string(channels) + " ");
    }
    Vst::SpeakerArrangement odd = Vst::SpeakerArr::k50;
    Vst::SpeakerArrangement mono = Vst::SpeakerArr::kMono;
    CHECK(player.processor->setBusArrangements(&mono, 1, &odd, 1) == kResultFalse);
    Vst::SpeakerArrangement now = 0;
    REQUIRE(player.processor->getBusArrangement(Vst::kInput, 0, now) == kResultOk);
    CHECK(now == Vst::SpeakerArr::k71Music);
  }

  TEST_CASE("events that the module plays reach the host on their sample, in parts of a long block, too") {
    const Fake fake("echo");
    Player player("rich");
    REQUIRE(player.start(48000, 16));
    HostBlock block({2, 1}, {2, 2}, kFrames);
    for (const Vst::Event& event : {note(true, 3, 60), note(true, 40, 62, 5), note(false, 63, 60)}) {
      Vst::Event copy = event;
      block.events.addEvent(copy);
    }
    REQUIRE(block.play(player) == kResultOk);
    REQUIRE(block.out.getEventCount() == 3);
    CHECK(block.played(0).type == Vst::Event::kNoteOnEvent);
    CHECK(block.played(0).sampleOffset == 3);
    CHECK(block.played(0).noteOn.pitch == 60);
    CHECK(block.played(0).noteOn.noteId == 7);
    CHECK(block.played(0).noteOn.velocity == 0.5f);
    CHECK(block.played(1).sampleOffset == 40);
    CHECK(block.played(1).noteOn.channel == 5);
    CHECK(block.played(2).type == Vst::Event::kNoteOffEvent);
    CHECK(block.played(2).sampleOffset == 63);
  }

  TEST_CASE("events of a block that came too late come with the next one, and none is lost") {
    const Fake fake("echo heavy=20");
    Player player("rich");
    REQUIRE(player.start(48000, kFrames, Vst::kRealtime));
    HostBlock block({2, 1}, {2, 2}, kFrames);
    block.mode = Vst::kRealtime;
    Vst::Event on = note(true, 50, 60);
    block.events.addEvent(on);
    REQUIRE(block.play(player) == kResultOk);
    CHECK(block.out.getEventCount() == 0);
    int32 events = 0;
    int32 offset = -1;
    REQUIRE(eventually([&] {
      HostBlock next({2, 1}, {2, 2}, kFrames);
      REQUIRE(next.play(player) == kResultOk);
      events += next.out.getEventCount();
      offset = next.played(0).sampleOffset;
      return events > 0;
    }));
    CHECK(events == 1);
    CHECK(offset == 0);
  }

  TEST_CASE("notes that the module has started are ended when its engine dies, also where the host had no room") {
    const Fake fake("echo");
    Player player("rich");
    REQUIRE(player.start(48000, kFrames));
    HostBlock block({2, 1}, {2, 2}, kFrames);
    Vst::Event on = note(true, 0, 60, 2);
    block.events.addEvent(on);
    REQUIRE(block.play(player) == kResultOk);
    REQUIRE(block.out.getEventCount() == 1);
    const pid_t engine = RegionView().pid(PB_STANDARD_ROLE_RT);
    kill(engine, SIGKILL);
    REQUIRE(eventually([&] {
      HostBlock full({2, 1}, {2, 2}, 1);
      full.mode = Vst::kRealtime;
      while (full.out.addEvent(on) == kResultOk) {
      }
      full.play(player);
      return RegionView().pid(PB_STANDARD_ROLE_RT) != engine && RegionView().answered();
    }));
    HostBlock next({2, 1}, {2, 2}, kFrames);
    REQUIRE(next.play(player) == kResultOk);
    REQUIRE(next.out.getEventCount() == 1);
    CHECK(next.played(0).type == Vst::Event::kNoteOffEvent);
    CHECK(next.played(0).noteOff.pitch == 60);
    CHECK(next.played(0).noteOff.channel == 2);
    HostBlock silent({2, 1}, {2, 2}, kFrames);
    REQUIRE(silent.play(player) == kResultOk);
    CHECK(silent.out.getEventCount() == 0);
  }

  TEST_CASE("blocks that a host asks for ahead of their time are waited for") {
    const Fake fake("heavy=10");
    Player player("rich");
    Vst::PrefetchableSupport support = Vst::kIsNeverPrefetchable;
    FUnknownPtr<Vst::IPrefetchableSupport> prefetch(player.component);
    REQUIRE(prefetch != nullptr);
    CHECK(prefetch->getPrefetchableSupport(support) == kResultOk);
    CHECK(support == Vst::kIsYetPrefetchable);
    REQUIRE(player.start(48000, kFrames, Vst::kRealtime));
    for (int i = 0; i < 20; ++i) {
      HostBlock block = richBlock();
      block.mode = Vst::kPrefetch;
      REQUIRE(block.play(player) == kResultOk);
      CHECK(block.output(0, 0) == all(0.25));
    }
    CHECK(RegionView().counter(PB_STANDARD_BRIDGE_COUNTERS_MISSED_DEADLINES) == 0);
  }
}
