// SPDX-License-Identifier: Apache-2.0

// The test plug-in. Channel 0 carries an impulse of the velocity's height at each note on and one of -0.25 at each note
// off; channel 1 carries the level parameter, sample by sample. It comes as one component that is its own controller
// and as a component with a separate controller that talk through messages.
//
// The environment variable PB_IMPULSE_FAULT makes it fail: initialize, setup, activate, process, nan, silence, restart.
// It answers process with an error when the host has broken the lifecycle or the process context.

#include <atomic>
#include <limits>

#include "impulse_controller.h"
#include "pluginterfaces/base/smartpointer.h"
#include "pluginterfaces/vst/ivstaudioprocessor.h"
#include "pluginterfaces/vst/ivstcomponent.h"
#include "pluginterfaces/vst/ivstevents.h"
#include "pluginterfaces/vst/ivsthostapplication.h"
#include "pluginterfaces/vst/ivstparameterchanges.h"
#include "pluginterfaces/vst/ivstprocesscontext.h"
#include "pluginterfaces/vst/vstspeaker.h"

namespace {

using namespace Steinberg;
using namespace Steinberg::Vst;
using namespace patchbay::host::test;

const FUID singleUid(0x50424954, 0x00000001, 0x494D5055, 0x4C534500);
const FUID splitUid(0x50424954, 0x00000002, 0x494D5055, 0x4C534500);
const FUID controllerUid(0x50424954, 0x00000003, 0x494D5055, 0x4C534500);

class Component final : public IComponent, public IAudioProcessor, public IConnectionPoint {
 public:
  explicit Component(bool split) : split_(split), controller_(static_cast<IComponent*>(this)) {}
  virtual ~Component() = default;

  tresult PLUGIN_API queryInterface(const TUID wanted, void** object) override {
    QUERY_INTERFACE(wanted, object, FUnknown::iid, IComponent)
    QUERY_INTERFACE(wanted, object, IPluginBase::iid, IComponent)
    QUERY_INTERFACE(wanted, object, IComponent::iid, IComponent)
    QUERY_INTERFACE(wanted, object, IAudioProcessor::iid, IAudioProcessor)
    if (split_) {
      QUERY_INTERFACE(wanted, object, IConnectionPoint::iid, IConnectionPoint)
      *object = nullptr;
      return kNoInterface;
    }
    return controller_.own(wanted, object);
  }
  uint32 PLUGIN_API addRef() override { return ++references_; }
  uint32 PLUGIN_API release() override {
    const uint32 left = --references_;
    if (left == 0) {
      delete this;
    }
    return left;
  }

  tresult PLUGIN_API initialize(FUnknown* context) override {
    host_ = FUnknownPtr<IHostApplication>(context);
    return fault("initialize") || !host_ ? kInternalError : kResultOk;
  }
  tresult PLUGIN_API terminate() override {
    host_ = nullptr;
    return kResultOk;
  }
  tresult PLUGIN_API getControllerClassId(TUID id) override {
    if (!split_) {
      return kNotImplemented;
    }
    controllerUid.toTUID(id);
    return kResultOk;
  }
  tresult PLUGIN_API setIoMode(IoMode) override { return kNotImplemented; }
  int32 PLUGIN_API getBusCount(MediaType type, BusDirection direction) override {
    return (type == kAudio && direction == kOutput) || (type == kEvent && direction == kInput) ? 1 : 0;
  }
  tresult PLUGIN_API getBusInfo(MediaType type, BusDirection direction, int32, BusInfo& bus) override {
    bus = {};
    bus.mediaType = type;
    bus.direction = direction;
    bus.channelCount = type == kAudio ? 2 : 16;
    bus.flags = BusInfo::kDefaultActive;
    copyText(type == kAudio ? "Out" : "Notes", bus.name);
    return kResultOk;
  }
  tresult PLUGIN_API getRoutingInfo(RoutingInfo&, RoutingInfo&) override { return kNotImplemented; }
  tresult PLUGIN_API activateBus(MediaType, BusDirection, int32, TBool) override { return kResultOk; }
  tresult PLUGIN_API setActive(TBool state) override {
    active_ = state != 0;
    return active_ && fault("activate") ? kInternalError : kResultOk;
  }
  tresult PLUGIN_API setState(IBStream* stream) override { return state_.read(stream); }
  tresult PLUGIN_API getState(IBStream* stream) override { return state_.write(stream); }

  tresult PLUGIN_API setBusArrangements(SpeakerArrangement*, int32 inputs, SpeakerArrangement* outputs,
                                        int32 count) override {
    return inputs == 0 && count == 1 && outputs[0] == SpeakerArr::kStereo ? kResultTrue : kResultFalse;
  }
  tresult PLUGIN_API getBusArrangement(BusDirection, int32, SpeakerArrangement& arrangement) override {
    arrangement = SpeakerArr::kStereo;
    return kResultOk;
  }
  tresult PLUGIN_API canProcessSampleSize(int32 size) override {
    return size == kSample32 ? kResultTrue : kResultFalse;
  }
  uint32 PLUGIN_API getLatencySamples() override { return 7; }
  uint32 PLUGIN_API getTailSamples() override { return 11; }
  tresult PLUGIN_API setupProcessing(ProcessSetup& setup) override {
    setup_ = setup;
    return fault("setup") || active_ ? kInternalError : kResultOk;
  }
  tresult PLUGIN_API setProcessing(TBool state) override {
    processing_ = state != 0;
    return kResultOk;
  }

  tresult PLUGIN_API process(ProcessData& data) override {
    const ProcessContext& context = *data.processContext;
    const bool broken = !active_ || !processing_ || data.numSamples > setup_.maxSamplesPerBlock ||
                        data.processMode != setup_.processMode || context.continousTimeSamples != samples_ ||
                        ((context.state & ProcessContext::kPlaying) != 0 && context.projectTimeSamples != samples_) ||
                        context.sampleRate != setup_.sampleRate || (context.state & ProcessContext::kTempoValid) == 0;
    samples_ += data.numSamples;
    if (broken || (fault("process") && ++calls_ % 3 == 0)) {
      return kInternalError;
    }
    if (fault("silence")) {
      return kResultOk;
    }
    writeLevel(data);
    writeNotes(data);
    return kResultOk;
  }
  tresult PLUGIN_API connect(IConnectionPoint* other) override {
    TUID id = {};
    IMessage::iid.toTUID(id);
    void* object = nullptr;
    if (host_ && host_->createInstance(id, id, &object) == kResultOk) {
      const IPtr<IMessage> message = owned(static_cast<IMessage*>(object));
      message->setMessageID("hello");
      message->getAttributes()->setInt("answer", 42);
      other->notify(message);
    }
    return kResultOk;
  }
  tresult PLUGIN_API disconnect(IConnectionPoint*) override { return kResultOk; }
  tresult PLUGIN_API notify(IMessage*) override { return kResultOk; }

 private:
  void writeLevel(ProcessData& data) {
    float* out = data.outputs[0].channelBuffers32[1];
    int32 written = 0;
    const auto writeUntil = [&](int32 end) {
      for (; written < end; ++written) {
        out[written] = static_cast<float>(state_.level * (1 - state_.program));
      }
    };
    for (int32 q = 0; q < data.inputParameterChanges->getParameterCount(); ++q) {
      IParamValueQueue* queue = data.inputParameterChanges->getParameterData(q);
      double* target = state_.find(queue->getParameterId());
      for (int32 p = 0; target != nullptr && p < queue->getPointCount(); ++p) {
        int32 offset = 0;
        double value = 0;
        queue->getPoint(p, offset, value);
        if (queue->getParameterId() != bendId) {
          writeUntil(offset);
        }
        *target = value;
      }
    }
    writeUntil(data.numSamples);
  }

  void writeNotes(ProcessData& data) {
    float* out = data.outputs[0].channelBuffers32[0];
    for (int32 i = 0; i < data.inputEvents->getEventCount(); ++i) {
      Event event = {};
      data.inputEvents->getEvent(i, event);
      if (event.type == Event::kNoteOnEvent) {
        out[event.sampleOffset] += fault("nan") ? std::numeric_limits<float>::quiet_NaN() : event.noteOn.velocity;
        ++notes_;
        int32 index = 0;
        IParamValueQueue* queue = data.outputParameterChanges->addParameterData(notesId, index);
        queue->addPoint(event.sampleOffset, notes_ / 1000.0, index);
      } else if (event.type == Event::kNoteOffEvent) {
        out[event.sampleOffset] -= 0.25F;
      }
    }
  }

  bool split_;
  Controller controller_;
  std::atomic<uint32> references_{1};
  IPtr<IHostApplication> host_;
  ProcessSetup setup_ = {};
  State state_;
  bool active_ = false;
  bool processing_ = false;
  TSamples samples_ = 0;
  int calls_ = 0;
  int notes_ = 0;
};

class Factory final : public IPluginFactory2 {
 public:
  tresult PLUGIN_API queryInterface(const TUID wanted, void** object) override {
    QUERY_INTERFACE(wanted, object, FUnknown::iid, IPluginFactory2)
    QUERY_INTERFACE(wanted, object, IPluginFactory::iid, IPluginFactory2)
    QUERY_INTERFACE(wanted, object, IPluginFactory2::iid, IPluginFactory2)
    *object = nullptr;
    return kNoInterface;
  }
  uint32 PLUGIN_API addRef() override { return 1; }
  uint32 PLUGIN_API release() override { return 1; }
  tresult PLUGIN_API getFactoryInfo(PFactoryInfo* info) override {
    *info = PFactoryInfo("Patchbay", "https://example.org", "", PFactoryInfo::kUnicode);
    return kResultOk;
  }
  int32 PLUGIN_API countClasses() override { return 3; }
  tresult PLUGIN_API getClassInfo(int32 index, PClassInfo* info) override {
    PClassInfo2 full;
    getClassInfo2(index, &full);
    *info = PClassInfo(full.cid, full.cardinality, full.category, full.name);
    return kResultOk;
  }
  tresult PLUGIN_API getClassInfo2(int32 index, PClassInfo2* info) override {
    const FUID& id = index == 0 ? singleUid : index == 1 ? splitUid : controllerUid;
    const char* category = index == 2 ? kVstComponentControllerClass : kVstAudioEffectClass;
    const char* name = index == 0 ? "Impulse" : index == 1 ? "Impulse Split" : "Impulse Controller";
    *info = PClassInfo2(id.toTUID(), PClassInfo::kManyInstances, category, name, 0, PlugType::kInstrument, "Patchbay",
                        "1.2.3", kVstVersionString);
    return kResultOk;
  }
  tresult PLUGIN_API createInstance(FIDString cid, FIDString wanted, void** object) override {
    const FUID id = FUID::fromTUID(cid);
    IPtr<FUnknown> made;
    if (id == controllerUid) {
      made = owned(static_cast<IEditController*>(new Controller(nullptr)));
    } else if (id == singleUid || id == splitUid) {
      made = owned(static_cast<IComponent*>(new Component(id == splitUid)));
    }
    return made ? made->queryInterface(wanted, object) : static_cast<tresult>(kInvalidArgument);
  }
};

}  // namespace

#define PB_EXPORT extern "C" __attribute__((visibility("default")))

PB_EXPORT bool ModuleEntry(void* handle) { return handle != nullptr; }
PB_EXPORT bool ModuleExit() { return true; }
PB_EXPORT IPluginFactory* PLUGIN_API GetPluginFactory() {
  static Factory factory;
  return &factory;
}
