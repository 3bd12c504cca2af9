// SPDX-License-Identifier: Apache-2.0
#include "component_face.h"

#include "plugin.h"

namespace patchbay::bridge {

using namespace Steinberg;

void* ComponentFace::find(const TUID wanted) noexcept {
  const auto is = [wanted](const FUID& id) { return FUnknownPrivate::iidEqual(wanted, id.toTUID()); };
  // FUnknown is always this pointer, whichever face was asked: hosts compare it to tell objects apart.
  if (is(FUnknown::iid) || is(IPluginBase::iid) || is(Vst::IComponent::iid)) {
    return static_cast<Vst::IComponent*>(this);
  }
  if (is(Vst::IAudioProcessor::iid)) {
    return static_cast<Vst::IAudioProcessor*>(this);
  }
  if (is(Vst::IProcessContextRequirements::iid)) {
    return static_cast<Vst::IProcessContextRequirements*>(this);
  }
  if (is(Vst::IPrefetchableSupport::iid)) {
    return static_cast<Vst::IPrefetchableSupport*>(this);
  }
  return nullptr;
}

tresult PLUGIN_API ComponentFace::queryInterface(const TUID wanted, void** object) {
  return plugin_.queryInterface(wanted, object);
}

uint32 PLUGIN_API ComponentFace::addRef() { return plugin_.addRef(); }

uint32 PLUGIN_API ComponentFace::release() { return plugin_.release(); }

tresult PLUGIN_API ComponentFace::initialize(FUnknown* context) {
  if (initialized_.exchange(true)) {
    return kResultFalse;
  }
  return guarded([&] {
    plugin_.notices().attach(context);
    return kResultOk;
  });
}

tresult PLUGIN_API ComponentFace::terminate() {
  return guarded([this] {
    initialized_ = false;
    plugin_.leaveHost();
    plugin_.instance.close();
    return kResultOk;
  });
}

// Not implemented: the host then asks this very object for its controller.
tresult PLUGIN_API ComponentFace::getControllerClassId(TUID) { return kNotImplemented; }

tresult PLUGIN_API ComponentFace::setIoMode(Vst::IoMode) { return kResultOk; }

int32 PLUGIN_API ComponentFace::getBusCount(Vst::MediaType type, Vst::BusDirection direction) {
  return plugin_.instance.buses.count(type, direction);
}

tresult PLUGIN_API ComponentFace::getBusInfo(Vst::MediaType type, Vst::BusDirection direction, int32 index,
                                             Vst::BusInfo& bus) {
  return plugin_.instance.buses.info(type, direction, index, bus) ? kResultOk : kInvalidArgument;
}

tresult PLUGIN_API ComponentFace::getRoutingInfo(Vst::RoutingInfo& in, Vst::RoutingInfo& out) {
  // Whatever the one event bus plays comes out of the one audio bus.
  if (in.mediaType != Vst::kEvent || in.busIndex != 0 || !plugin_.instance.buses.has(Vst::kEvent, Vst::kInput, 0) ||
      !plugin_.instance.buses.has(Vst::kAudio, Vst::kOutput, 0)) {
    return kResultFalse;
  }
  out.mediaType = Vst::kAudio;
  out.busIndex = 0;
  out.channel = -1;
  return kResultOk;
}

tresult PLUGIN_API ComponentFace::activateBus(Vst::MediaType type, Vst::BusDirection direction, int32 index, TBool state) {
  if (!plugin_.instance.buses.has(type, direction, index)) {
    return kInvalidArgument;
  }
  // Events of an inactive bus do not come; there is nothing to switch off.
  if (type == Vst::kAudio) {
    plugin_.instance.buses.activate(direction, index, state != 0);
  }
  return kResultOk;
}

tresult PLUGIN_API ComponentFace::setActive(TBool state) {
  return guarded([this, state]() -> tresult {
    if (!initialized_) {
      return kNotInitialized;
    }
    if (state == 0) {
      plugin_.instance.deactivate();
      return kResultOk;
    }
    return plugin_.instance.activate() ? kResultOk : kResultFalse;
  });
}

tresult PLUGIN_API ComponentFace::setState(IBStream* state) {
  return guarded([&] { return state == nullptr ? kInvalidArgument : plugin_.instance.loadState(*state); });
}

tresult PLUGIN_API ComponentFace::getState(IBStream* state) {
  return guarded([&] { return state == nullptr ? kInvalidArgument : plugin_.instance.saveState(*state); });
}

tresult PLUGIN_API ComponentFace::setBusArrangements(Vst::SpeakerArrangement* inputs, int32 inputCount,
                                                     Vst::SpeakerArrangement* outputs, int32 outputCount) {
  if (inputCount < 0 || outputCount < 0) {
    return kInvalidArgument;
  }
  if (plugin_.instance.active()) {
    return kResultFalse;
  }
  return plugin_.instance.buses.arrange(inputs, inputCount, outputs, outputCount) ? kResultTrue : kResultFalse;
}

tresult PLUGIN_API ComponentFace::getBusArrangement(Vst::BusDirection direction, int32 index,
                                                    Vst::SpeakerArrangement& arrangement) {
  if (!plugin_.instance.buses.has(Vst::kAudio, direction, index)) {
    return kInvalidArgument;
  }
  arrangement = plugin_.instance.buses.arrangement(direction, index);
  return kResultOk;
}

tresult PLUGIN_API ComponentFace::canProcessSampleSize(int32 size) {
  // RT renders with 32 bits; 64-bit buffers are converted.
  return size == Vst::kSample32 || size == Vst::kSample64 ? kResultTrue : kResultFalse;
}

// The module's own: a block is answered within the call that asks for it.
uint32 PLUGIN_API ComponentFace::getLatencySamples() {
  const uint32 latency = plugin_.instance.latencySamples();
  plugin_.notices().latencyKnown(latency);
  return latency;
}

tresult PLUGIN_API ComponentFace::setupProcessing(Vst::ProcessSetup& setup) {
  return guarded([&] { return plugin_.instance.setUp(setup) ? kResultOk : kResultFalse; });
}

// May come on the audio thread, and there is nothing to do: without process RT sleeps.
tresult PLUGIN_API ComponentFace::setProcessing(TBool) { return kResultOk; }

tresult PLUGIN_API ComponentFace::process(Vst::ProcessData& data) { return plugin_.instance.process(data); }

uint32 PLUGIN_API ComponentFace::getTailSamples() { return plugin_.instance.tailSamples(); }

uint32 PLUGIN_API ComponentFace::getProcessContextRequirements() {
  return kNeedProjectTimeMusic | kNeedTempo | kNeedTimeSignature | kNeedTransportState;
}

tresult PLUGIN_API ComponentFace::getPrefetchableSupport(Vst::PrefetchableSupport& support) {
  // A block that is asked for ahead of time is waited for, see BlockProcessor.
  support = Vst::kIsYetPrefetchable;
  return kResultOk;
}

}  // namespace patchbay::bridge
