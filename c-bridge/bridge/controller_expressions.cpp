// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "controller_face.h"
#include "plugin.h"
#include "text.h"

namespace patchbay::bridge {

using namespace Steinberg;

namespace {

constexpr std::size_t kTextRoom = sizeof(Vst::String128) / sizeof(Vst::TChar);

std::int32_t gestureOf(Vst::PhysicalUITypeID movement) {
  switch (movement) {
    case Vst::kPUIXMovement: return PB_GESTURE_X;
    case Vst::kPUIYMovement: return PB_GESTURE_Y;
    case Vst::kPUIPressure: return PB_GESTURE_PRESSURE;
    default: return PB_GESTURE_NONE;
  }
}

}  // namespace

int32 PLUGIN_API ControllerFace::getNoteExpressionCount(int32 bus, int16 channel) {
  const bool there = plugin_.instance.buses.has(Vst::kEvent, Vst::kInput, bus) && channel >= 0 && channel < MidiMap::kChannels;
  return there ? static_cast<int32>(plugin_.instance.image().noteExpressions.size()) : 0;
}

tresult PLUGIN_API ControllerFace::getNoteExpressionInfo(int32 bus, int16 channel, int32 index,
                                                         Vst::NoteExpressionTypeInfo& info) {
  if (index < 0 || index >= getNoteExpressionCount(bus, channel)) {
    return kInvalidArgument;
  }
  const NoteExpression& expression = plugin_.instance.image().noteExpressions[static_cast<std::size_t>(index)];
  info = {};
  info.typeId = expression.type;
  copyUtf16(expression.name, info.title, kTextRoom);
  copyUtf16(expression.shortName, info.shortTitle, kTextRoom);
  copyUtf16(expression.unit, info.units, kTextRoom);
  info.unitId = Vst::kRootUnitId;
  info.valueDesc.defaultValue = expression.neutral;
  info.valueDesc.minimum = 0;
  info.valueDesc.maximum = 1;
  info.associatedParameterId = Vst::kNoParamId;
  info.flags = expression.minimum < 0 ? Vst::NoteExpressionTypeInfo::kIsBipolar : 0;
  return kResultOk;
}

const NoteExpression* ControllerFace::expressionOf(int32 bus, int16 channel, Vst::NoteExpressionTypeID id) const {
  const bool there = plugin_.instance.buses.has(Vst::kEvent, Vst::kInput, bus) && channel >= 0 && channel < MidiMap::kChannels;
  for (const NoteExpression& each : plugin_.instance.image().noteExpressions) {
    if (there && each.type == id) {
      return &each;
    }
  }
  return nullptr;
}

tresult PLUGIN_API ControllerFace::getNoteExpressionStringByValue(int32 bus, int16 channel,
                                                                  Vst::NoteExpressionTypeID id,
                                                                  Vst::NoteExpressionValue value,
                                                                  Vst::String128 string) {
  return guarded([&]() -> tresult {
    const NoteExpression* const expression = expressionOf(bus, channel, id);
    if (expression == nullptr || string == nullptr) {
      return kInvalidArgument;
    }
    const double range = expression->maximum - expression->minimum;
    copyUtf16(formatPlain(expression->minimum + range * clampNormalized(value)), string, kTextRoom);
    return kResultOk;
  });
}

tresult PLUGIN_API ControllerFace::getNoteExpressionValueByString(int32 bus, int16 channel,
                                                                  Vst::NoteExpressionTypeID id,
                                                                  const Vst::TChar* string,
                                                                  Vst::NoteExpressionValue& value) {
  return guarded([&]() -> tresult {
    const NoteExpression* const expression = expressionOf(bus, channel, id);
    if (expression == nullptr || string == nullptr) {
      return kInvalidArgument;
    }
    const auto number = parseNumber(fromUtf16(string, kTextRoom));
    if (!number) {
      return kResultFalse;
    }
    value = clampNormalized((number->value - expression->minimum) / (expression->maximum - expression->minimum));
    return kResultOk;
  });
}

tresult PLUGIN_API ControllerFace::getPhysicalUIMapping(int32 bus, int16 channel, Vst::PhysicalUIMapList& list) {
  if (getNoteExpressionCount(bus, channel) == 0 || (list.count > 0 && list.map == nullptr)) {
    return kResultFalse;
  }
  for (uint32 i = 0; i < list.count; ++i) {
    const std::int32_t gesture = gestureOf(list.map[i].physicalUITypeID);
    list.map[i].noteExpressionTypeID = Vst::kInvalidTypeID;
    for (const NoteExpression& each : plugin_.instance.image().noteExpressions) {
      if (gesture != PB_GESTURE_NONE && each.gesture == gesture) {
        list.map[i].noteExpressionTypeID = each.type;
      }
    }
  }
  return kResultTrue;
}

// Component and controller are one object and need no messages. Hosts connect them all the same, and some check what becomes of it.
tresult PLUGIN_API ControllerFace::connect(Vst::IConnectionPoint* other) {
  if (other == nullptr) {
    return kInvalidArgument;
  }
  if (peer_ != nullptr) {
    return kResultFalse;
  }
  peer_ = other;
  return kResultOk;
}

tresult PLUGIN_API ControllerFace::disconnect(Vst::IConnectionPoint* other) {
  if (peer_ == nullptr || other != peer_) {
    return kResultFalse;
  }
  peer_ = nullptr;
  return kResultOk;
}

tresult PLUGIN_API ControllerFace::notify(Vst::IMessage* message) {
  return message == nullptr ? kInvalidArgument : kResultFalse;
}

}  // namespace patchbay::bridge
