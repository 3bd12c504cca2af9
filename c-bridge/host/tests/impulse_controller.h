// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdlib>
#include <cstring>
#include <string_view>

#include "pluginterfaces/base/ibstream.h"
#include "pluginterfaces/base/ipluginbase.h"
#include "pluginterfaces/vst/ivsteditcontroller.h"
#include "pluginterfaces/vst/ivstmessage.h"
#include "pluginterfaces/vst/ivstmidicontrollers.h"

namespace patchbay::host::test {

using namespace Steinberg;
using namespace Steinberg::Vst;

constexpr ParamID levelId = 100;    // CC 7, default 1
constexpr ParamID programId = 101;  // program changes; heard as channel 1 multiplied by 1 - program
constexpr ParamID notesId = 102;    // read-only: notes so far / 1000
constexpr ParamID bendId = 103;     // pitch bend; state only

inline bool fault(std::string_view name) {
  const char* wanted = std::getenv("PB_IMPULSE_FAULT");
  return wanted != nullptr && name == wanted;
}

inline void copyText(const char* text, String128 target) {
  std::size_t i = 0;
  for (; text[i] != '\0'; ++i) {
    target[i] = static_cast<TChar>(text[i]);
  }
  target[i] = 0;
}

struct State {
  double level = 1;
  double program = 0;
  double bend = 0.5;

  double* find(ParamID id) {
    return id == levelId ? &level : id == programId ? &program : id == bendId ? &bend : nullptr;
  }
  tresult read(IBStream* stream) {
    int32 count = 0;
    State found;
    stream->read(&found, sizeof found, &count);
    if (count != sizeof found) {
      return kResultFalse;
    }
    *this = found;
    return kResultOk;
  }
  tresult write(IBStream* stream) { return stream->write(this, sizeof *this, nullptr); }
};

/** The controller half of the test plug-in: on its own, or a part of the component. */
class Controller final : public IEditController, public IMidiMapping, public IConnectionPoint {
 public:
  /** @param outer the component that this is a part of, or null for an object of its own */
  explicit Controller(FUnknown* outer) : outer_(outer) {}
  virtual ~Controller() = default;

  tresult PLUGIN_API queryInterface(const TUID wanted, void** object) override {
    return outer_ != nullptr ? outer_->queryInterface(wanted, object) : own(wanted, object);
  }
  tresult own(const TUID wanted, void** object) {
    QUERY_INTERFACE(wanted, object, FUnknown::iid, IEditController)
    QUERY_INTERFACE(wanted, object, IPluginBase::iid, IEditController)
    QUERY_INTERFACE(wanted, object, IEditController::iid, IEditController)
    QUERY_INTERFACE(wanted, object, IMidiMapping::iid, IMidiMapping)
    if (outer_ == nullptr) {
      QUERY_INTERFACE(wanted, object, IConnectionPoint::iid, IConnectionPoint)
    }
    *object = nullptr;
    return kNoInterface;
  }
  uint32 PLUGIN_API addRef() override { return outer_ != nullptr ? outer_->addRef() : ++references_; }
  uint32 PLUGIN_API release() override {
    if (outer_ != nullptr) {
      return outer_->release();
    }
    const uint32 left = --references_;
    if (left == 0) {
      delete this;
    }
    return left;
  }

  tresult PLUGIN_API initialize(FUnknown*) override { return kResultOk; }
  tresult PLUGIN_API terminate() override { return kResultOk; }
  tresult PLUGIN_API setComponentState(IBStream* stream) override { return state_.read(stream); }
  tresult PLUGIN_API setState(IBStream*) override { return kResultOk; }
  tresult PLUGIN_API getState(IBStream*) override { return kResultOk; }
  int32 PLUGIN_API getParameterCount() override { return 4; }
  tresult PLUGIN_API getParameterInfo(int32 index, ParameterInfo& info) override {
    static constexpr struct {
      ParamID id;
      const char* title;
      int32 steps;
      double initial;
      int32 flags;
    } table[] = {{levelId, "Level", 0, 1, ParameterInfo::kCanAutomate},
                 {programId, "Program", 127, 0, ParameterInfo::kIsProgramChange | ParameterInfo::kIsList},
                 {notesId, "Notes", 0, 0, ParameterInfo::kIsReadOnly},
                 {bendId, "Bend", 0, 0.5, ParameterInfo::kCanAutomate}};
    if (index < 0 || index >= getParameterCount()) {
      return kInvalidArgument;
    }
    info = {};
    info.id = table[index].id;
    info.stepCount = table[index].steps;
    info.defaultNormalizedValue = table[index].initial;
    info.flags = table[index].flags;
    copyText(table[index].title, info.title);
    copyText(table[index].title, info.shortTitle);
    return kResultOk;
  }
  tresult PLUGIN_API getParamStringByValue(ParamID, ParamValue value, String128 text) override {
    copyText(value < 0.5 ? "low" : "high", text);
    return kResultOk;
  }
  tresult PLUGIN_API getParamValueByString(ParamID, TChar*, ParamValue&) override { return kNotImplemented; }
  ParamValue PLUGIN_API normalizedParamToPlain(ParamID, ParamValue value) override { return value; }
  ParamValue PLUGIN_API plainParamToNormalized(ParamID, ParamValue value) override { return value; }
  ParamValue PLUGIN_API getParamNormalized(ParamID id) override {
    const double* value = state_.find(id);
    return value != nullptr ? *value : heard_ ? 1 : 0;
  }
  tresult PLUGIN_API setParamNormalized(ParamID id, ParamValue value) override {
    if (double* target = state_.find(id); target != nullptr) {
      *target = value;
    }
    return kResultOk;
  }
  tresult PLUGIN_API setComponentHandler(IComponentHandler* handler) override {
    if (handler != nullptr && fault("restart")) {
      handler->restartComponent(kLatencyChanged);
      handler->restartComponent(kParamValuesChanged);
    }
    return kResultOk;
  }
  IPlugView* PLUGIN_API createView(FIDString) override { return nullptr; }

  tresult PLUGIN_API getMidiControllerAssignment(int32 bus, int16 channel, CtrlNumber number, ParamID& id) override {
    if (bus != 0 || channel > 15 || (number != kCtrlVolume && number != kPitchBend)) {
      return kResultFalse;
    }
    id = number == kCtrlVolume ? levelId : bendId;
    return kResultOk;
  }

  tresult PLUGIN_API connect(IConnectionPoint*) override { return kResultOk; }
  tresult PLUGIN_API disconnect(IConnectionPoint*) override { return kResultOk; }
  tresult PLUGIN_API notify(IMessage* message) override {
    int64 answer = 0;
    heard_ = std::strcmp(message->getMessageID(), "hello") == 0 &&
             message->getAttributes()->getInt("answer", answer) == kResultOk && answer == 42;
    return kResultOk;
  }

 private:
  FUnknown* outer_;
  std::atomic<uint32> references_{1};
  State state_;
  bool heard_ = false;
};

}  // namespace patchbay::host::test
