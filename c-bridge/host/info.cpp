// SPDX-License-Identifier: Apache-2.0
#include "info.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "pluginterfaces/vst/ivstmidicontrollers.h"
#include "pluginterfaces/vst/ivstnoteexpression.h"
#include "pluginterfaces/vst/ivstprefetchablesupport.h"
#include "pluginterfaces/vst/ivstunits.h"
#include "text.h"

namespace patchbay::host {
namespace {

using namespace Steinberg;
using Json = nlohmann::ordered_json;

Json describeFactory(IPluginFactory& factory) {
  PFactoryInfo info;
  factory.getFactoryInfo(&info);
  return {{"vendor", fromField(info.vendor)},
          {"url", fromField(info.url)},
          {"email", fromField(info.email)},
          {"flags", info.flags}};
}

Json describeClass(const PluginClass& found) {
  return {{"id", found.uid()},
          {"name", found.name},
          {"category", found.category},
          {"subCategories", found.subCategories},
          {"vendor", found.vendor},
          {"version", found.version},
          {"sdkVersion", found.sdkVersion},
          {"cardinality", found.cardinality},
          {"classFlags", found.flags}};
}

Json describeFlags(int32 flags) {
  static constexpr std::pair<int32, const char*> names[] = {
      {Vst::ParameterInfo::kCanAutomate, "canAutomate"},   {Vst::ParameterInfo::kIsReadOnly, "isReadOnly"},
      {Vst::ParameterInfo::kIsWrapAround, "isWrapAround"}, {Vst::ParameterInfo::kIsList, "isList"},
      {Vst::ParameterInfo::kIsHidden, "isHidden"},         {Vst::ParameterInfo::kIsProgramChange, "isProgramChange"},
      {Vst::ParameterInfo::kIsBypass, "isBypass"}};
  Json set = Json::array();
  for (const auto& [flag, name] : names) {
    if ((flags & flag) != 0) {
      set.push_back(name);
    }
  }
  return set;
}

Json valueText(Vst::IEditController& controller, Vst::ParamID id, Vst::ParamValue value) {
  Vst::String128 text = {};
  if (controller.getParamStringByValue(id, value, text) != kResultOk) {
    return nullptr;
  }
  return fromField(text);
}

Json describeParameters(const PluginInstance& plugin) {
  Json list = Json::array();
  for (const Parameter& parameter : plugin.parameters()) {
    const Vst::ParameterInfo& info = parameter.info;
    Vst::IEditController& controller = *plugin.controller();
    list.push_back({{"id", info.id},
                    {"title", fromField(info.title)},
                    {"shortTitle", fromField(info.shortTitle)},
                    {"units", fromField(info.units)},
                    {"stepCount", info.stepCount},
                    {"default", info.defaultNormalizedValue},
                    {"value", parameter.value},
                    {"unitId", info.unitId},
                    {"flags", describeFlags(info.flags)},
                    {"text",
                     {{"min", valueText(controller, info.id, 0.0)},
                      {"default", valueText(controller, info.id, info.defaultNormalizedValue)},
                      {"max", valueText(controller, info.id, 1.0)}}}});
  }
  return list;
}

Json describeBuses(const PluginInstance& plugin, Vst::MediaTypes type, Vst::BusDirections direction) {
  Json list = Json::array();
  for (const Bus& bus : plugin.buses(type, direction)) {
    Json entry = {{"name", fromField(bus.info.name)},
                  {"channels", bus.info.channelCount},
                  {"type", bus.info.busType == Vst::kMain ? "main" : "aux"},
                  {"defaultActive", (bus.info.flags & Vst::BusInfo::kDefaultActive) != 0}};
    if (type == Vst::kAudio) {
      entry["speakerArrangement"] = bus.arrangement;
    }
    list.push_back(std::move(entry));
  }
  return list;
}

Json describeInterfaces(const PluginInstance& plugin) {
  Json names = Json::array();
  const auto probe = [&names](FUnknown* object, const TUID& id, const char* name) {
    void* found = nullptr;
    if (object != nullptr && object->queryInterface(id, &found) == kResultOk && found != nullptr) {
      static_cast<FUnknown*>(found)->release();
      names.push_back(name);
    }
  };
  FUnknown* component = &plugin.component();
  FUnknown* controller = plugin.controller();
  probe(component, Vst::IConnectionPoint::iid, "IConnectionPoint");
  probe(component, Vst::IProcessContextRequirements::iid, "IProcessContextRequirements");
  probe(component, Vst::IPrefetchableSupport::iid, "IPrefetchableSupport");
  probe(controller, Vst::IEditController2::iid, "IEditController2");
  probe(controller, Vst::IMidiMapping::iid, "IMidiMapping");
  probe(controller, Vst::IUnitInfo::iid, "IUnitInfo");
  probe(controller, Vst::INoteExpressionController::iid, "INoteExpressionController");
  return names;
}

/** The parameters that MIDI controllers move on the first channel; others seldom differ. */
Json describeMidiMapping(const PluginInstance& plugin) {
  const FUnknownPtr<Vst::IMidiMapping> mapping(plugin.controller());
  Json assignments = Json::object();
  for (int number = 0; mapping && number <= Vst::kPitchBend; ++number) {
    Vst::ParamID id = Vst::kNoParamId;
    if (mapping->getMidiControllerAssignment(0, 0, static_cast<Vst::CtrlNumber>(number), id) == kResultOk) {
      const std::string name = number == Vst::kPitchBend    ? "pitchBend"
                               : number == Vst::kAfterTouch ? "channelPressure"
                                                            : std::to_string(number);
      assignments[name] = id;
    }
  }
  return assignments;
}

Json describeProgramLists(const PluginInstance& plugin) {
  const FUnknownPtr<Vst::IUnitInfo> units(plugin.controller());
  Json lists = Json::array();
  const int32 count = units ? units->getProgramListCount() : 0;
  for (int32 index = 0; index < count; ++index) {
    Vst::ProgramListInfo info = {};
    if (units->getProgramListInfo(index, info) != kResultOk) {
      continue;
    }
    Json programs = Json::array();
    for (int32 program = 0; program < info.programCount; ++program) {
      Vst::String128 name = {};
      units->getProgramName(info.id, program, name);
      programs.push_back(fromField(name));
    }
    lists.push_back({{"id", info.id}, {"name", fromField(info.name)}, {"programs", std::move(programs)}});
  }
  return lists;
}

}  // namespace

std::string describePlugin(const Module& module, const std::vector<PluginClass>& classes,
                           const PluginInstance& plugin) {
  Json classList = Json::array();
  for (const PluginClass& found : classes) {
    classList.push_back(describeClass(found));
  }
  const char* controller = plugin.controller() == nullptr ? "none" : plugin.separateController() ? "separate" : "same";
  const Json description = {
      {"plugin", module.path().string()},
      {"binary", module.binary().string()},
      {"factory", describeFactory(module.factory())},
      {"classes", std::move(classList)},
      {"class", describeClass(plugin.pluginClass())},
      {"controller", controller},
      {"interfaces", describeInterfaces(plugin)},
      {"buses",
       {{"audioInputs", describeBuses(plugin, Vst::kAudio, Vst::kInput)},
        {"audioOutputs", describeBuses(plugin, Vst::kAudio, Vst::kOutput)},
        {"eventInputs", describeBuses(plugin, Vst::kEvent, Vst::kInput)},
        {"eventOutputs", describeBuses(plugin, Vst::kEvent, Vst::kOutput)}}},
      {"parameters", describeParameters(plugin)},
      {"midiMapping", describeMidiMapping(plugin)},
      {"programLists", describeProgramLists(plugin)},
  };
  return description.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace patchbay::host
