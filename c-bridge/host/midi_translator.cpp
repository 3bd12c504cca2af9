// SPDX-License-Identifier: Apache-2.0
#include "midi_translator.h"

#include <algorithm>
#include <set>

#include "pluginterfaces/vst/ivstunits.h"

namespace patchbay::host {

using namespace Steinberg;

MidiTranslator::MidiTranslator(const PluginInstance& plugin)
    : takesEvents_(plugin.component().getBusCount(Vst::kEvent, Vst::kInput) > 0) {
  const FUnknownPtr<Vst::IMidiMapping> mapping(plugin.controller());
  const FUnknownPtr<Vst::IUnitInfo> units(plugin.controller());
  std::vector<Vst::ParameterInfo> programs;
  for (const Parameter& parameter : plugin.parameters()) {
    if ((parameter.info.flags & Vst::ParameterInfo::kIsProgramChange) != 0) {
      programs.push_back(parameter.info);
    }
  }
  for (std::size_t channel = 0; channel < channels; ++channel) {
    const auto number = static_cast<int16>(channel);
    for (std::size_t controller = 0; controller < controllers_[channel].size(); ++controller) {
      Vst::ParamID id = Vst::kNoParamId;
      const bool assigned = mapping && mapping->getMidiControllerAssignment(
                                           0, number, static_cast<Vst::CtrlNumber>(controller), id) == kResultOk;
      controllers_[channel][controller] = assigned ? id : Vst::kNoParamId;
    }
    if (programs.empty()) {
      continue;
    }
    // The program parameter of the unit that plays the channel; the first one if the plug-in does not tell.
    auto found = programs.end();
    Vst::UnitID unit = Vst::kRootUnitId;
    if (units && units->getUnitByBus(Vst::kEvent, Vst::kInput, 0, number, unit) == kResultOk) {
      found = std::find_if(programs.begin(), programs.end(),
                           [unit](const Vst::ParameterInfo& info) { return info.unitId == unit; });
    }
    const Vst::ParameterInfo& info = found != programs.end() ? *found : programs.front();
    programs_[channel] = {info.id, info.stepCount > 0 ? info.stepCount : 127};
  }
}

std::vector<Vst::ParamID> MidiTranslator::parameters() const {
  std::set<Vst::ParamID> ids;
  for (std::size_t channel = 0; channel < channels; ++channel) {
    ids.insert(controllers_[channel].begin(), controllers_[channel].end());
    ids.insert(programs_[channel].id);
  }
  ids.erase(Vst::kNoParamId);
  return {ids.begin(), ids.end()};
}

MidiTranslation MidiTranslator::translate(const std::array<std::uint8_t, 3>& bytes) const noexcept {
  const std::size_t channel = bytes[0] & 0x0FU;
  MidiTranslation result;
  switch (bytes[0] & 0xF0U) {
    case 0x80:
    case 0x90:
    case 0xA0:
      translateEvent(bytes, result);
      break;
    case 0xB0:
      translateController(channel, bytes[1], bytes[2] / 127.0, result);
      break;
    case 0xC0:
      translateProgram(channel, bytes[1], result);
      break;
    case 0xD0:
      translateController(channel, Vst::kAfterTouch, bytes[1] / 127.0, result);
      break;
    case 0xE0:
      translateController(channel, Vst::kPitchBend, (bytes[1] | bytes[2] << 7) / 16383.0, result);
      break;
    default:
      break;  // a system message, or none
  }
  return result;
}

void MidiTranslator::translateEvent(const std::array<std::uint8_t, 3>& bytes, MidiTranslation& result) const noexcept {
  if (!takesEvents_) {
    return;
  }
  const std::uint8_t kind = bytes[0] & 0xF0U;
  const auto channel = static_cast<int16>(bytes[0] & 0x0FU);
  const int16 pitch = bytes[1];
  const float strength = static_cast<float>(bytes[2]) / 127.0F;
  result.kind = MidiTranslation::Kind::event;
  Vst::Event& event = result.event;
  if (kind == 0xA0) {
    event.type = Vst::Event::kPolyPressureEvent;
    event.polyPressure.channel = channel;
    event.polyPressure.pitch = pitch;
    event.polyPressure.pressure = strength;
    event.polyPressure.noteId = -1;
  } else if (kind == 0x90 && bytes[2] > 0) {
    event.type = Vst::Event::kNoteOnEvent;
    event.noteOn.channel = channel;
    event.noteOn.pitch = pitch;
    event.noteOn.velocity = strength;
    event.noteOn.noteId = -1;
  } else {
    event.type = Vst::Event::kNoteOffEvent;
    event.noteOff.channel = channel;
    event.noteOff.pitch = pitch;
    event.noteOff.velocity = strength;
    event.noteOff.noteId = -1;
  }
}

void MidiTranslator::translateController(std::size_t channel, std::size_t number, double value,
                                         MidiTranslation& result) const noexcept {
  if (number < controllers_[channel].size() && controllers_[channel][number] != Vst::kNoParamId) {
    result.kind = MidiTranslation::Kind::change;
    result.id = controllers_[channel][number];
    result.value = std::min(value, 1.0);
  }
}

void MidiTranslator::translateProgram(std::size_t channel, std::uint8_t program,
                                      MidiTranslation& result) const noexcept {
  const Program& parameter = programs_[channel];
  if (parameter.id != Vst::kNoParamId) {
    result.kind = MidiTranslation::Kind::change;
    result.id = parameter.id;
    result.value = static_cast<double>(std::min<int32>(program, parameter.last)) / parameter.last;
  }
}

}  // namespace patchbay::host
