// SPDX-License-Identifier: Apache-2.0
#include "controller_face.h"

#include <cmath>
#include <cstring>

#include "latency_parameter.h"
#include "plugin.h"
#include "text.h"
#include "view.h"

namespace patchbay::bridge {

using namespace Steinberg;

namespace {

constexpr std::size_t kTextRoom = sizeof(Vst::String128) / sizeof(Vst::TChar);

std::int32_t hostFlags(const Parameter& parameter) {
  std::int32_t flags = Vst::ParameterInfo::kNoFlags;
  flags |= parameter.has(PB_PARAMETER_FLAG_AUTOMATABLE) ? Vst::ParameterInfo::kCanAutomate : 0;
  flags |= parameter.has(PB_PARAMETER_FLAG_BYPASS) ? Vst::ParameterInfo::kIsBypass : 0;
  flags |= parameter.valueNames.empty() ? 0 : Vst::ParameterInfo::kIsList;
  flags |= parameter.has(PB_PARAMETER_FLAG_PROGRAM_CHANGE) ? Vst::ParameterInfo::kIsProgramChange : 0;
  if (parameter.has(PB_PARAMETER_FLAG_READ_ONLY)) {
    flags = (flags & ~Vst::ParameterInfo::kCanAutomate) | Vst::ParameterInfo::kIsReadOnly;
  }
  if (parameter.has(PB_PARAMETER_FLAG_HIDDEN)) {
    flags = (flags & ~Vst::ParameterInfo::kCanAutomate) | Vst::ParameterInfo::kIsHidden;
  }
  return flags;
}

void describe(const Parameter& parameter, Vst::UnitID unit, Vst::ParameterInfo& info) {
  info.id = parameter.id;
  copyUtf16(parameter.name, info.title, kTextRoom);
  copyUtf16(parameter.shortName, info.shortTitle, kTextRoom);
  copyUtf16(parameter.unit, info.units, kTextRoom);
  info.stepCount = parameter.stepCount;
  info.defaultNormalizedValue = parameter.defaultNormalized;
  info.unitId = unit;
  info.flags = hostFlags(parameter);
}

void describe(MidiMap::Target target, Vst::ParamID id, Vst::ParameterInfo& info) {
  info.id = id;
  copyUtf16(MidiMap::nameOf(target), info.title, kTextRoom);
  copyUtf16(MidiMap::nameOf(target), info.shortTitle, kTextRoom);
  info.defaultNormalizedValue = MidiMap::defaultOf(target.number);
  info.unitId = Vst::kRootUnitId;
  info.flags = Vst::ParameterInfo::kIsHidden;
}

void describeLatency(Vst::ParameterInfo& info) {
  info.id = LatencyParameter::kId;
  copyUtf16("Latency", info.title, kTextRoom);
  copyUtf16("Latency", info.shortTitle, kTextRoom);
  copyUtf16("samples", info.units, kTextRoom);
  info.unitId = Vst::kRootUnitId;
  info.flags = Vst::ParameterInfo::kIsReadOnly | Vst::ParameterInfo::kIsHidden;
}

/** A controller for people: 0 to 127, the wheel from -8192 to 8191. */
std::string formatMidi(MidiMap::Target target, double value) {
  const double plain = target.number == MidiMap::kPitchBend ? std::floor(value * 16383 + 0.5) - 8192
                                                            : std::floor(value * 127 + 0.5);
  return formatShortest(plain);
}

}  // namespace

ControllerFace::ControllerFace(Plugin& plugin) : notices(plugin.instance), plugin_(plugin) {
  const MidiMap& midi = plugin_.instance.image().midi;
  midi_ = std::make_unique<std::atomic<double>[]>(midi.size());
  for (std::size_t i = 0; i < midi.size(); ++i) {
    midi_[i].store(MidiMap::defaultOf(midi.at(i).number), std::memory_order_relaxed);
  }
}

void* ControllerFace::find(const TUID wanted) noexcept {
  const auto is = [wanted](const FUID& id) { return FUnknownPrivate::iidEqual(wanted, id.toTUID()); };
  if (is(Vst::IEditController::iid)) {
    return static_cast<Vst::IEditController*>(this);
  }
  if (is(Vst::IEditController2::iid)) {
    return static_cast<Vst::IEditController2*>(this);
  }
  if (is(Vst::IMidiMapping::iid)) {
    return static_cast<Vst::IMidiMapping*>(this);
  }
  if (is(Vst::IUnitInfo::iid)) {
    return static_cast<Vst::IUnitInfo*>(this);
  }
  if (is(Vst::INoteExpressionController::iid)) {
    return static_cast<Vst::INoteExpressionController*>(this);
  }
  if (is(Vst::INoteExpressionPhysicalUIMapping::iid)) {
    return static_cast<Vst::INoteExpressionPhysicalUIMapping*>(this);
  }
  if (is(Vst::IConnectionPoint::iid)) {
    return static_cast<Vst::IConnectionPoint*>(this);
  }
  return nullptr;
}

tresult PLUGIN_API ControllerFace::queryInterface(const TUID wanted, void** object) {
  return plugin_.queryInterface(wanted, object);
}

uint32 PLUGIN_API ControllerFace::addRef() { return plugin_.addRef(); }

uint32 PLUGIN_API ControllerFace::release() { return plugin_.release(); }

// Hosts that do not notice that both faces are one object initialize and terminate each. The component's calls decide;
// these need nothing.
tresult PLUGIN_API ControllerFace::initialize(FUnknown*) { return kResultOk; }

tresult PLUGIN_API ControllerFace::terminate() { return kResultOk; }

tresult PLUGIN_API ControllerFace::setComponentState(IBStream* state) {
  return guarded([&] { return state == nullptr ? kInvalidArgument : plugin_.instance.loadView(*state); });
}

// All state is the component's.
tresult PLUGIN_API ControllerFace::setState(IBStream*) { return kNotImplemented; }

tresult PLUGIN_API ControllerFace::getState(IBStream*) { return kNotImplemented; }

int32 PLUGIN_API ControllerFace::getParameterCount() {
  const PluginImage& image = plugin_.instance.image();
  return static_cast<int32>(image.parameters.size() + image.midi.size() + 1);
}

tresult PLUGIN_API ControllerFace::getParameterInfo(int32 index, Vst::ParameterInfo& info) {
  return guarded([&]() -> tresult {
    const PluginImage& image = plugin_.instance.image();
    if (index < 0 || index >= getParameterCount()) {
      return kInvalidArgument;
    }
    info = {};
    const auto place = static_cast<std::size_t>(index);
    if (place < image.parameters.size()) {
      describe(image.parameters[place], image.units.ofParameter(place), info);
    } else if (place == image.parameters.size() + image.midi.size()) {
      describeLatency(info);
    } else {
      const MidiMap::Target target = image.midi.at(place - image.parameters.size());
      describe(target, image.midi.idOf(target.channel, target.number), info);
    }
    return kResultOk;
  });
}

tresult PLUGIN_API ControllerFace::getParamStringByValue(Vst::ParamID id, Vst::ParamValue value,
                                                         Vst::String128 string) {
  return guarded([&]() -> tresult {
    const PluginImage& image = plugin_.instance.image();
    const std::int32_t index = image.parameters.indexOf(id);
    const MidiMap::Target target = image.midi.find(id);
    if (string == nullptr || (index < 0 && target.number < 0 && id != LatencyParameter::kId)) {
      return kInvalidArgument;
    }
    const double normalized = clampNormalized(value);
    if (id == LatencyParameter::kId) {
      copyUtf16(formatShortest(LatencyParameter::frames(normalized)), string, kTextRoom);
      return kResultOk;
    }
    copyUtf16(index >= 0 ? image.parameters[static_cast<std::size_t>(index)].format(normalized)
                         : formatMidi(target, normalized),
              string, kTextRoom);
    return kResultOk;
  });
}

tresult PLUGIN_API ControllerFace::getParamValueByString(Vst::ParamID id, Vst::TChar* string, Vst::ParamValue& value) {
  return guarded([&]() -> tresult {
    const PluginImage& image = plugin_.instance.image();
    const std::int32_t index = image.parameters.indexOf(id);
    const MidiMap::Target target = image.midi.find(id);
    if (string == nullptr || (index < 0 && target.number < 0 && id != LatencyParameter::kId)) {
      return kInvalidArgument;
    }
    const std::string text = fromUtf16(string, kTextRoom);
    if (index >= 0) {
      return image.parameters[static_cast<std::size_t>(index)].parse(text, value) ? kResultOk : kResultFalse;
    }
    const auto number = parseNumber(text);
    if (!number) {
      return kResultFalse;
    }
    value = id == LatencyParameter::kId
                ? clampNormalized(number->value / LatencyParameter::kMost)
                : clampNormalized(target.number == MidiMap::kPitchBend ? (number->value + 8192) / 16383
                                                                 : number->value / 127);
    return kResultOk;
  });
}

Vst::ParamValue PLUGIN_API ControllerFace::normalizedParamToPlain(Vst::ParamID id, Vst::ParamValue value) {
  const ParameterTable& parameters = plugin_.instance.image().parameters;
  const std::int32_t index = parameters.indexOf(id);
  if (id == LatencyParameter::kId) {
    return LatencyParameter::frames(clampNormalized(value));
  }
  return index >= 0 ? parameters[static_cast<std::size_t>(index)].toPlain(value) : clampNormalized(value);
}

Vst::ParamValue PLUGIN_API ControllerFace::plainParamToNormalized(Vst::ParamID id, Vst::ParamValue value) {
  const ParameterTable& parameters = plugin_.instance.image().parameters;
  const std::int32_t index = parameters.indexOf(id);
  if (id == LatencyParameter::kId) {
    return clampNormalized(value / LatencyParameter::kMost);
  }
  return index >= 0 ? parameters[static_cast<std::size_t>(index)].toNormalized(value) : clampNormalized(value);
}

Vst::ParamValue PLUGIN_API ControllerFace::getParamNormalized(Vst::ParamID id) {
  const PluginImage& image = plugin_.instance.image();
  if (const std::int32_t index = image.parameters.indexOf(id); index >= 0) {
    return plugin_.instance.view.get(static_cast<std::size_t>(index));
  }
  if (id == LatencyParameter::kId) {
    return LatencyParameter::normalized(plugin_.instance.latencySamples());
  }
  const MidiMap::Target target = image.midi.find(id);
  return target.number >= 0 ? midi_[image.midi.positionOf(target)].load(std::memory_order_relaxed) : 0.0;
}

tresult PLUGIN_API ControllerFace::setParamNormalized(Vst::ParamID id, Vst::ParamValue value) {
  const PluginImage& image = plugin_.instance.image();
  if (std::isnan(value)) {
    return kInvalidArgument;
  }
  if (id == LatencyParameter::kId) {
    // The value is not the host's; that it comes says that the latency has changed.
    return guarded([this] {
      notices.deliver();
      return kResultOk;
    });
  }
  if (const std::int32_t index = image.parameters.indexOf(id); index >= 0) {
    plugin_.instance.view.set(static_cast<std::size_t>(index), clampNormalized(value));
    return kResultOk;
  }
  const MidiMap::Target target = image.midi.find(id);
  if (target.number < 0) {
    return kInvalidArgument;
  }
  midi_[image.midi.positionOf(target)].store(clampNormalized(value), std::memory_order_relaxed);
  return kResultOk;
}

tresult PLUGIN_API ControllerFace::setComponentHandler(Vst::IComponentHandler* handler) {
  return guarded([&] {
    notices.setHandler(handler);
    return kResultOk;
  });
}

IPlugView* PLUGIN_API ControllerFace::createView(FIDString name) {
  IPlugView* view = nullptr;
  guarded([&] {
    if (name != nullptr && std::strcmp(name, Vst::ViewType::kEditor) == 0) {
      view = new View(plugin_);
    }
    return kResultOk;
  });
  return view;
}

tresult PLUGIN_API ControllerFace::setKnobMode(Vst::KnobMode) { return kResultFalse; }

tresult PLUGIN_API ControllerFace::openHelp(TBool) { return kResultFalse; }

tresult PLUGIN_API ControllerFace::openAboutBox(TBool) { return kResultFalse; }

tresult PLUGIN_API ControllerFace::getMidiControllerAssignment(int32 bus, int16 channel, Vst::CtrlNumber number,
                                                               Vst::ParamID& id) {
  const std::uint32_t found = bus == 0 ? plugin_.instance.image().midi.idOf(channel, number) : 0;
  if (found == 0) {
    return kResultFalse;
  }
  id = found;
  return kResultTrue;
}

}  // namespace patchbay::bridge
