// SPDX-License-Identifier: Apache-2.0
#include "controller_face.h"
#include "plugin.h"
#include "text.h"

namespace patchbay::bridge {

using namespace Steinberg;

namespace {

constexpr std::size_t kTextRoom = sizeof(Vst::String128) / sizeof(Vst::TChar);

}  // namespace

int32 PLUGIN_API ControllerFace::getUnitCount() { return static_cast<int32>(plugin_.instance.image().units.size()); }

tresult PLUGIN_API ControllerFace::getUnitInfo(int32 index, Vst::UnitInfo& info) {
  const Units& units = plugin_.instance.image().units;
  if (index < 0 || static_cast<std::size_t>(index) >= units.size()) {
    return kInvalidArgument;
  }
  info = {};
  info.id = index;
  info.parentUnitId = index == Vst::kRootUnitId ? Vst::kNoParentUnitId : Vst::kRootUnitId;
  info.programListId = units.listOf(index);
  copyUtf16(units[static_cast<std::size_t>(index)].name, info.name, kTextRoom);
  return kResultOk;
}

int32 PLUGIN_API ControllerFace::getProgramListCount() {
  return static_cast<int32>(plugin_.instance.image().units.withPrograms().size());
}

tresult PLUGIN_API ControllerFace::getProgramListInfo(int32 index, Vst::ProgramListInfo& info) {
  const PluginImage& image = plugin_.instance.image();
  if (index < 0 || index >= getProgramListCount()) {
    return kInvalidArgument;
  }
  const Vst::UnitID unit = image.units.withPrograms()[static_cast<std::size_t>(index)];
  const Parameter& selector = image.parameters[static_cast<std::size_t>(image.units[static_cast<std::size_t>(unit)].programs)];
  info = {};
  info.id = image.units.listOf(unit);
  info.programCount = static_cast<int32>(selector.valueNames.size());
  copyUtf16(selector.name, info.name, kTextRoom);
  return kResultOk;
}

const Parameter* ControllerFace::selectorOf(Vst::ProgramListID list, int32 program) const {
  const PluginImage& image = plugin_.instance.image();
  const std::int32_t index = image.units.selectorOf(list);
  if (index < 0 || program < 0) {
    return nullptr;
  }
  const Parameter& selector = image.parameters[static_cast<std::size_t>(index)];
  return static_cast<std::size_t>(program) < selector.valueNames.size() ? &selector : nullptr;
}

tresult PLUGIN_API ControllerFace::getProgramName(Vst::ProgramListID list, int32 program, Vst::String128 name) {
  const Parameter* const selector = selectorOf(list, program);
  if (selector == nullptr || name == nullptr) {
    return kInvalidArgument;
  }
  copyUtf16(selector->valueNames[static_cast<std::size_t>(program)], name, kTextRoom);
  return kResultOk;
}

// Of a program there is its name, and no further attribute.
tresult PLUGIN_API ControllerFace::getProgramInfo(Vst::ProgramListID list, int32 program, Vst::CString,
                                                  Vst::String128) {
  return selectorOf(list, program) == nullptr ? kInvalidArgument : kResultFalse;
}

tresult PLUGIN_API ControllerFace::hasProgramPitchNames(Vst::ProgramListID, int32) { return kResultFalse; }

tresult PLUGIN_API ControllerFace::getProgramPitchName(Vst::ProgramListID, int32, int16, Vst::String128) {
  return kResultFalse;
}

Vst::UnitID PLUGIN_API ControllerFace::getSelectedUnit() { return selectedUnit_; }

tresult PLUGIN_API ControllerFace::selectUnit(Vst::UnitID unit) {
  if (unit < 0 || unit >= getUnitCount()) {
    return kInvalidArgument;
  }
  selectedUnit_ = unit;
  return kResultOk;
}

tresult PLUGIN_API ControllerFace::getUnitByBus(Vst::MediaType type, Vst::BusDirection direction, int32 bus, int32,
                                                Vst::UnitID& unit) {
  if (!plugin_.instance.buses.has(type, direction, bus)) {
    return kResultFalse;
  }
  unit = Vst::kRootUnitId;
  return kResultOk;
}

tresult PLUGIN_API ControllerFace::setUnitProgramData(int32, int32, IBStream*) { return kNotImplemented; }

}  // namespace patchbay::bridge
