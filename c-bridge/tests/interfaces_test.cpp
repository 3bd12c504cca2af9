// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <thread>

#include "host_block.h"
#include "host_object.h"
#include "pluginterfaces/gui/iplugview.h"
#include "pluginterfaces/vst/ivstmessage.h"
#include "pluginterfaces/vst/ivstnoteexpression.h"
#include "pluginterfaces/vst/ivstphysicalui.h"
#include "pluginterfaces/vst/ivstunits.h"
#include "restarting_host.h"
#include "workbench.h"

using namespace Steinberg;
using namespace patchbay::bridge::test;

namespace {

constexpr Vst::ParamID kLatency = 0x40010000;

Vst::ParamID unitOf(const Player& player, int32 index) {
  Vst::ParameterInfo info = {};
  REQUIRE(player.controller->getParameterInfo(index, info) == kResultOk);
  return static_cast<Vst::ParamID>(info.unitId);
}

}  // namespace

TEST_SUITE("interfaces") {
  TEST_CASE("the groups of parameters are units") {
    const Player player("rich");
    FUnknownPtr<Vst::IUnitInfo> units(player.controller);
    REQUIRE(units != nullptr);
    REQUIRE(units->getUnitCount() == 3);
    Vst::UnitInfo info = {};
    REQUIRE(units->getUnitInfo(0, info) == kResultOk);
    CHECK(info.id == Vst::kRootUnitId);
    CHECK(info.parentUnitId == Vst::kNoParentUnitId);
    REQUIRE(units->getUnitInfo(1, info) == kResultOk);
    CHECK(std::u16string(info.name) == u"Filter");
    CHECK(info.parentUnitId == Vst::kRootUnitId);
    CHECK(info.programListId == Vst::kNoProgramListId);
    REQUIRE(units->getUnitInfo(2, info) == kResultOk);
    CHECK(std::u16string(info.name) == u"Delay");
    CHECK(units->getUnitInfo(3, info) != kResultOk);
    CHECK(units->getUnitInfo(-1, info) != kResultOk);
    CHECK(unitOf(player, 0) == 0);
    CHECK(unitOf(player, 8) == 1);
    CHECK(unitOf(player, 10) == 1);
    CHECK(unitOf(player, 11) == 2);
    CHECK(units->selectUnit(2) == kResultOk);
    CHECK(units->getSelectedUnit() == 2);
    CHECK(units->selectUnit(3) != kResultOk);
    CHECK(units->getSelectedUnit() == 2);
    Vst::UnitID unit = -7;
    CHECK(units->getUnitByBus(Vst::kEvent, Vst::kInput, 0, 3, unit) == kResultOk);
    CHECK(unit == Vst::kRootUnitId);
    CHECK(units->getUnitByBus(Vst::kEvent, Vst::kInput, 1, 0, unit) != kResultOk);
  }

  TEST_CASE("programs are the values of the parameter that selects them") {
    const Player player("rich");
    FUnknownPtr<Vst::IUnitInfo> units(player.controller);
    Vst::UnitInfo root = {};
    REQUIRE(units->getUnitInfo(0, root) == kResultOk);
    REQUIRE(units->getProgramListCount() == 1);
    Vst::ProgramListInfo list = {};
    REQUIRE(units->getProgramListInfo(0, list) == kResultOk);
    CHECK(units->getProgramListInfo(1, list) != kResultOk);
    CHECK(list.id == root.programListId);
    CHECK(list.programCount == 3);
    Vst::String128 name = {};
    REQUIRE(units->getProgramName(list.id, 2, name) == kResultOk);
    CHECK(std::u16string(name) == u"S\u00E4ge");
    CHECK(units->getProgramName(list.id, 3, name) != kResultOk);
    CHECK(units->getProgramName(list.id, -1, name) != kResultOk);
    CHECK(units->getProgramName(list.id + 1, 0, name) != kResultOk);
    Vst::ParameterInfo info = {};
    REQUIRE(player.controller->getParameterInfo(9, info) == kResultOk);
    CHECK((info.flags & Vst::ParameterInfo::kIsProgramChange) != 0);
    CHECK((info.flags & Vst::ParameterInfo::kIsList) != 0);
    CHECK(info.stepCount == list.programCount - 1);
    CHECK(info.unitId == root.id);
  }

  TEST_CASE("a plug-in without groups and programs has the root unit alone") {
    const Player player;
    FUnknownPtr<Vst::IUnitInfo> units(player.controller);
    CHECK(units->getUnitCount() == 1);
    CHECK(units->getProgramListCount() == 0);
    Vst::UnitInfo root = {};
    REQUIRE(units->getUnitInfo(0, root) == kResultOk);
    CHECK(root.programListId == Vst::kNoProgramListId);
  }

  TEST_CASE("note expressions are described, written and read as the build declares them") {
    const Player player("rich");
    FUnknownPtr<Vst::INoteExpressionController> notes(player.controller);
    REQUIRE(notes != nullptr);
    CHECK(notes->getNoteExpressionCount(0, 0) == 3);
    CHECK(notes->getNoteExpressionCount(0, 15) == 3);
    CHECK(notes->getNoteExpressionCount(0, 16) == 0);
    CHECK(notes->getNoteExpressionCount(1, 0) == 0);
    Vst::NoteExpressionTypeInfo info = {};
    REQUIRE(notes->getNoteExpressionInfo(0, 0, 0, info) == kResultOk);
    CHECK(info.typeId == Vst::kTuningTypeID);
    CHECK(std::u16string(info.title) == u"Tuning");
    CHECK(std::u16string(info.units) == u"cents");
    CHECK(info.valueDesc.defaultValue == 0.5);
    CHECK((info.flags & Vst::NoteExpressionTypeInfo::kIsBipolar) != 0);
    REQUIRE(notes->getNoteExpressionInfo(0, 0, 1, info) == kResultOk);
    CHECK(info.typeId == Vst::kCustomStart + 3);
    CHECK(std::u16string(info.shortTitle) == u"Grl");
    CHECK(notes->getNoteExpressionInfo(0, 0, 3, info) != kResultOk);
    Vst::String128 text = {};
    REQUIRE(notes->getNoteExpressionStringByValue(0, 0, Vst::kTuningTypeID, 0.75, text) == kResultOk);
    Vst::NoteExpressionValue value = 0;
    REQUIRE(notes->getNoteExpressionValueByString(0, 0, Vst::kTuningTypeID, text, value) == kResultOk);
    CHECK(value == doctest::Approx(0.75));
    CHECK(notes->getNoteExpressionValueByString(0, 0, Vst::kTuningTypeID, u"flat", value) != kResultOk);
    CHECK(notes->getNoteExpressionStringByValue(0, 0, Vst::kPanTypeID, 0.5, text) != kResultOk);
    const Player plain;
    CHECK(FUnknownPtr<Vst::INoteExpressionController>(plain.controller)->getNoteExpressionCount(0, 0) == 0);
  }

  TEST_CASE("gestures on a key are mapped to the expressions that they play") {
    const Player player("rich");
    FUnknownPtr<Vst::INoteExpressionPhysicalUIMapping> mapping(player.controller);
    REQUIRE(mapping != nullptr);
    Vst::PhysicalUIMap maps[] = {{Vst::kPUIPressure, 0}, {Vst::kPUIYMovement, 0}, {Vst::kPUIXMovement, 0}, {77, 0}};
    Vst::PhysicalUIMapList list = {4, maps};
    REQUIRE(mapping->getPhysicalUIMapping(0, 3, list) == kResultTrue);
    CHECK(maps[0].noteExpressionTypeID == Vst::kCustomStart + 3);
    CHECK(maps[1].noteExpressionTypeID == Vst::kInvalidTypeID);
    CHECK(maps[2].noteExpressionTypeID == Vst::kTuningTypeID);
    CHECK(maps[3].noteExpressionTypeID == Vst::kInvalidTypeID);
    CHECK(mapping->getPhysicalUIMapping(1, 0, list) != kResultTrue);
  }

  TEST_CASE("a connection is made once and ended by the one who made it") {
    const Player player;
    FUnknownPtr<Vst::IConnectionPoint> point(player.component);
    REQUIRE(point != nullptr);
    const Player other;
    FUnknownPtr<Vst::IConnectionPoint> second(other.component);
    CHECK(point->connect(nullptr) == kInvalidArgument);
    CHECK(point->disconnect(point) != kResultOk);
    CHECK(point->connect(point) == kResultOk);
    CHECK(point->connect(second) != kResultOk);
    CHECK(point->disconnect(second) != kResultOk);
    CHECK(point->disconnect(point) == kResultOk);
    CHECK(point->notify(nullptr) == kInvalidArgument);
    // A host that terminates it without a further word, or another host, connects it anew.
    CHECK(point->connect(point) == kResultOk);
    CHECK(player.component->terminate() == kResultOk);
    CHECK(player.component->initialize(nullptr) == kResultOk);
    CHECK(point->connect(second) == kResultOk);
    CHECK(point->disconnect(second) == kResultOk);
  }

  TEST_CASE("a latency that changes is told once, on the host's thread, where the host hands the change back") {
    const Fake fake("lag=2");
    Player player("rich");
    RestartingHost host;
    player.controller->setComponentHandler(&host);
    REQUIRE(player.start());
    CHECK(player.processor->getLatencySamples() == 0);
    Vst::ParamValue told = 0;
    for (int i = 0; i < 4 && told <= 0; ++i) {
      HostBlock block({2, 1}, {2, 2}, 16);
      REQUIRE(block.play(player) == kResultOk);
      for (int32 q = 0; q < block.changes.getParameterCount(); ++q) {
        Vst::IParamValueQueue* queue = block.changes.getParameterData(q);
        int32 offset = 0;
        REQUIRE(queue->getParameterId() == kLatency);
        REQUIRE(queue->getPoint(0, offset, told) == kResultOk);
      }
    }
    CHECK(player.controller->normalizedParamToPlain(kLatency, told) == 256);
    Vst::String128 text = {};
    REQUIRE(player.controller->getParamStringByValue(kLatency, told, text) == kResultOk);
    CHECK(std::u16string(text) == u"256");
    CHECK(host.flags == 0);
    // Another thread than the one that has initialized the plug-in must not be called from.
    std::thread([&] { player.controller->setParamNormalized(kLatency, told); }).join();
    CHECK(host.flags == 0);
    CHECK(player.controller->setParamNormalized(kLatency, told) == kResultOk);
    CHECK(host.flags == Vst::kLatencyChanged);
    CHECK(host.restarts == 1);
    CHECK(host.thread == std::this_thread::get_id());
    CHECK(player.processor->getLatencySamples() == 256);
    CHECK(player.controller->setParamNormalized(kLatency, told) == kResultOk);
    CHECK(host.restarts == 1);
    HostBlock block({2, 1}, {2, 2}, 16);
    REQUIRE(block.play(player) == kResultOk);
    CHECK(block.changes.getParameterCount() == 0);
    player.controller->setComponentHandler(nullptr);
  }

  TEST_CASE("a host with a run loop is told by its timer, until the plug-in is terminated") {
    const Fake fake("lag=1");
    RunLoopHost loop;
    RestartingHost host;
    {
      Player player("rich");
      player.component->terminate();
      REQUIRE(player.component->initialize(loop.context()) == kResultOk);
      REQUIRE(loop.handler != nullptr);
      player.controller->setComponentHandler(&host);
      REQUIRE(player.start());
      CHECK(player.processor->getLatencySamples() == 0);
      for (int i = 0; i < 3; ++i) {
        HostBlock block({2, 1}, {2, 2}, 16);
        REQUIRE(block.play(player) == kResultOk);
      }
      loop.handler->onTimer();
      CHECK(host.flags == Vst::kLatencyChanged);
      loop.handler->onTimer();
      CHECK(host.restarts == 1);
    }
    CHECK(loop.handler == nullptr);
    CHECK(loop.registered == 1);
    CHECK(loop.unregistered == 1);
  }

  TEST_CASE("a tail of the module reaches the host, and one without end is one for the host") {
    {
      const Fake fake("tail=1234");
      Player player;
      REQUIRE(player.start());
      CHECK(player.processor->getTailSamples() == 1234);
    }
    const Fake fake("tail=2147483647");
    Player player;
    REQUIRE(player.start());
    CHECK(player.processor->getTailSamples() == Vst::kInfiniteTail);
  }
}
