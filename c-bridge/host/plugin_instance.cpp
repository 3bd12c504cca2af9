// SPDX-License-Identifier: Apache-2.0
#include "plugin_instance.h"

#include <utility>

#include "failure.h"
#include "pluginterfaces/vst/vstspeaker.h"
#include "public.sdk/source/common/memorystream.h"

namespace patchbay::host {

using namespace Steinberg;

namespace {

[[noreturn]] void fail(const PluginClass& pluginClass, const std::string& what) {
  throw Failure(ExitStatus::pluginRun, "the plug-in \"" + pluginClass.name + "\" " + what);
}

template <class Interface>
IPtr<Interface> create(IPluginFactory& factory, const FUID& id) {
  void* object = nullptr;
  if (factory.createInstance(id.toTUID(), Interface::iid.toTUID(), &object) != kResultOk) {
    return nullptr;
  }
  return owned(static_cast<Interface*>(object));
}

}  // namespace

std::string resultName(tresult result) {
  switch (result) {
    case kNoInterface: return "kNoInterface";
    case kResultOk: return "kResultOk";
    case kResultFalse: return "kResultFalse";
    case kInvalidArgument: return "kInvalidArgument";
    case kNotImplemented: return "kNotImplemented";
    case kInternalError: return "kInternalError";
    case kNotInitialized: return "kNotInitialized";
    case kOutOfMemory: return "kOutOfMemory";
    default: return "result " + std::to_string(result);
  }
}

PluginInstance::PluginInstance(Module& module, const PluginClass& pluginClass) : class_(pluginClass) {
  IPluginFactory& factory = module.factory();
  if (const FUnknownPtr<IPluginFactory3> factory3(&factory); factory3) {
    factory3->setHostContext(&context_);
  }
  component_ = create<Vst::IComponent>(factory, class_.id);
  if (!component_) {
    fail(class_, "could not be created: its factory made no IComponent for " + class_.uid());
  }
  try {
    // Before initialize, as its documentation asks; only instruments with many outputs care.
    component_->setIoMode(Vst::kAdvanced);
    if (const tresult result = component_->initialize(&context_); result != kResultOk) {
      fail(class_, "could not be initialised: initialize answered " + resultName(result) + ", expected kResultOk");
    }
    componentInitialised_ = true;
    processor_ = FUnknownPtr<Vst::IAudioProcessor>(component_);
    if (!processor_) {
      fail(class_, "cannot process audio: its component has no IAudioProcessor");
    }
    makeController(factory);
    connect();
  } catch (...) {
    terminate();
    throw;
  }
}

PluginInstance::~PluginInstance() {
  stopProcessing();
  deactivate();
  terminate();
}

void PluginInstance::makeController(IPluginFactory& factory) {
  controller_ = FUnknownPtr<Vst::IEditController>(component_);
  if (!controller_) {
    TUID controllerId = {};
    if (component_->getControllerClassId(controllerId) != kResultOk) {
      return;
    }
    controller_ = create<Vst::IEditController>(factory, FUID::fromTUID(controllerId));
    if (!controller_) {
      return;
    }
    separateController_ = true;
    if (const tresult result = controller_->initialize(&context_); result != kResultOk) {
      fail(class_, "could not be initialised: its controller's initialize answered " + resultName(result) +
                       ", expected kResultOk");
    }
    controllerInitialised_ = true;
  }
  controller_->setComponentHandler(&handler_);
}

void PluginInstance::connect() {
  if (!separateController_) {
    return;
  }
  componentPoint_ = FUnknownPtr<Vst::IConnectionPoint>(component_);
  controllerPoint_ = FUnknownPtr<Vst::IConnectionPoint>(controller_);
  if (componentPoint_ && controllerPoint_) {
    componentPoint_->connect(controllerPoint_);
    controllerPoint_->connect(componentPoint_);
    connected_ = true;
  }
  // The controller starts from its own defaults; the component's are what is heard.
  MemoryStream state;
  if (component_->getState(&state) == kResultOk) {
    state.seek(0, IBStream::kIBSeekSet, nullptr);
    controller_->setComponentState(&state);
  }
}

void PluginInstance::loadState(std::vector<char> state) {
  // The stream on existing memory only reads it; setSize beyond it is never asked for.
  MemoryStream forComponent(state.data(), static_cast<TSize>(state.size()));
  if (const tresult result = component_->setState(&forComponent); result != kResultOk) {
    fail(class_, "rejected the state of " + std::to_string(state.size()) + " bytes: setState answered " +
                     resultName(result) + ", expected kResultOk; use a state that this plug-in saved");
  }
  if (controller_) {
    MemoryStream forController(state.data(), static_cast<TSize>(state.size()));
    controller_->setComponentState(&forController);
  }
}

std::vector<char> PluginInstance::saveState() {
  MemoryStream stream;
  if (const tresult result = component_->getState(&stream); result != kResultOk) {
    fail(class_, "could not save its state: getState answered " + resultName(result) + ", expected kResultOk");
  }
  const char* data = stream.getData();
  return data == nullptr ? std::vector<char>() : std::vector<char>(data, data + stream.getSize());
}

void PluginInstance::arrangeBuses() {
  const auto wanted = [this](Vst::BusDirections direction) {
    std::vector<Vst::SpeakerArrangement> arrangements;
    for (const Bus& bus : buses(Vst::kAudio, direction)) {
      const bool firstMain = arrangements.empty() && bus.info.busType == Vst::kMain;
      arrangements.push_back(firstMain ? Vst::SpeakerArr::kStereo : bus.arrangement);
    }
    return arrangements;
  };
  std::vector<Vst::SpeakerArrangement> inputs = wanted(Vst::kInput);
  std::vector<Vst::SpeakerArrangement> outputs = wanted(Vst::kOutput);
  const auto inputCount = static_cast<int32>(inputs.size());
  const auto outputCount = static_cast<int32>(outputs.size());
  // Never a null array, even for no buses: some plug-ins look at the first element before the count.
  inputs.push_back(Vst::SpeakerArr::kEmpty);
  outputs.push_back(Vst::SpeakerArr::kEmpty);
  // A refusal is fine: the bus infos, read afterwards, say what the plug-in does instead.
  processor_->setBusArrangements(inputs.data(), inputCount, outputs.data(), outputCount);
}

void PluginInstance::activateBuses(bool state) {
  for (const auto type : {Vst::kAudio, Vst::kEvent}) {
    for (const auto direction : {Vst::kInput, Vst::kOutput}) {
      int32 index = 0;
      for (const Bus& bus : buses(type, direction)) {
        if (type == Vst::kEvent || bus.info.busType == Vst::kMain || played_ == Buses::all) {
          component_->activateBus(type, direction, index, static_cast<TBool>(state));
        }
        ++index;
      }
    }
  }
}

void PluginInstance::activate(Vst::ProcessSetup setup, Buses played) {
  played_ = played;
  const std::string asked = std::to_string(setup.sampleRate) + " Hz and blocks of up to " +
                            std::to_string(setup.maxSamplesPerBlock) + " samples";
  if (processor_->canProcessSampleSize(Vst::kSample32) != kResultOk) {
    fail(class_, "cannot process 32-bit samples, the only ones that patchbay-host offers");
  }
  if (const tresult result = processor_->setupProcessing(setup); result != kResultOk) {
    fail(class_, "refused the set-up with " + asked + ": setupProcessing answered " + resultName(result) +
                     ", expected kResultOk; try another --rate or --block");
  }
  activateBuses(true);
  // Set before the call: a plug-in that failed half-way is told to deactivate, too.
  active_ = true;
  if (const tresult result = component_->setActive(true); result != kResultOk) {
    deactivate();
    fail(class_, "refused to activate with " + asked + ": setActive answered " + resultName(result) +
                     ", expected kResultOk; see the plug-in's own log for the cause");
  }
}

void PluginInstance::startProcessing() noexcept {
  // The SDK's own base class answers kNotImplemented, so the result says nothing.
  processor_->setProcessing(true);
  processing_ = true;
}

void PluginInstance::stopProcessing() noexcept {
  if (std::exchange(processing_, false)) {
    processor_->setProcessing(false);
  }
}

void PluginInstance::deactivate() noexcept {
  if (std::exchange(active_, false)) {
    component_->setActive(false);
    activateBuses(false);
  }
}

void PluginInstance::terminate() noexcept {
  if (std::exchange(connected_, false)) {
    componentPoint_->disconnect(controllerPoint_);
    controllerPoint_->disconnect(componentPoint_);
  }
  if (controller_) {
    controller_->setComponentHandler(nullptr);
  }
  componentPoint_ = nullptr;
  controllerPoint_ = nullptr;
  if (std::exchange(controllerInitialised_, false)) {
    controller_->terminate();
  }
  if (std::exchange(componentInitialised_, false)) {
    component_->terminate();
  }
  controller_ = nullptr;
  processor_ = nullptr;
  component_ = nullptr;
}

std::vector<Bus> PluginInstance::buses(Vst::MediaTypes type, Vst::BusDirections direction) const {
  std::vector<Bus> found;
  const int32 count = component_->getBusCount(type, direction);
  for (int32 index = 0; index < count; ++index) {
    Bus bus = {};
    component_->getBusInfo(type, direction, index, bus.info);
    if (type == Vst::kAudio) {
      processor_->getBusArrangement(direction, index, bus.arrangement);
    }
    found.push_back(bus);
  }
  return found;
}

std::vector<Parameter> PluginInstance::parameters() const {
  std::vector<Parameter> found;
  const int32 count = controller_ ? controller_->getParameterCount() : 0;
  for (int32 index = 0; index < count; ++index) {
    Parameter parameter = {};
    if (controller_->getParameterInfo(index, parameter.info) == kResultOk) {
      parameter.value = controller_->getParamNormalized(parameter.info.id);
      found.push_back(parameter);
    }
  }
  return found;
}

}  // namespace patchbay::host
