// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>

#include "pluginterfaces/vst/ivstaudioprocessor.h"
#include "pluginterfaces/vst/ivstcomponent.h"
#include "pluginterfaces/vst/ivstprefetchablesupport.h"

namespace patchbay::bridge {

class Plugin;

/** The plug-in as a host's audio engine sees it. All methods on the host's UI thread, but process. */
class ComponentFace final : public Steinberg::Vst::IComponent,
                            public Steinberg::Vst::IAudioProcessor,
                            public Steinberg::Vst::IProcessContextRequirements,
                            public Steinberg::Vst::IPrefetchableSupport {
 public:
  explicit ComponentFace(Plugin& plugin) : plugin_(plugin) {}
  virtual ~ComponentFace() = default;
  ComponentFace(const ComponentFace&) = delete;
  ComponentFace& operator=(const ComponentFace&) = delete;

  /** The interface of this id, or null where this face does not have it. */
  [[nodiscard]] void* find(const Steinberg::TUID wanted) noexcept;

  Steinberg::tresult PLUGIN_API queryInterface(const Steinberg::TUID wanted, void** object) override;
  Steinberg::uint32 PLUGIN_API addRef() override;
  Steinberg::uint32 PLUGIN_API release() override;

  Steinberg::tresult PLUGIN_API initialize(Steinberg::FUnknown* context) override;
  Steinberg::tresult PLUGIN_API terminate() override;

  Steinberg::tresult PLUGIN_API getControllerClassId(Steinberg::TUID classId) override;
  Steinberg::tresult PLUGIN_API setIoMode(Steinberg::Vst::IoMode mode) override;
  Steinberg::int32 PLUGIN_API getBusCount(Steinberg::Vst::MediaType type,
                                          Steinberg::Vst::BusDirection direction) override;
  Steinberg::tresult PLUGIN_API getBusInfo(Steinberg::Vst::MediaType type, Steinberg::Vst::BusDirection direction,
                                           Steinberg::int32 index, Steinberg::Vst::BusInfo& bus) override;
  Steinberg::tresult PLUGIN_API getRoutingInfo(Steinberg::Vst::RoutingInfo& in,
                                               Steinberg::Vst::RoutingInfo& out) override;
  Steinberg::tresult PLUGIN_API activateBus(Steinberg::Vst::MediaType type, Steinberg::Vst::BusDirection direction,
                                            Steinberg::int32 index, Steinberg::TBool state) override;
  Steinberg::tresult PLUGIN_API setActive(Steinberg::TBool state) override;
  Steinberg::tresult PLUGIN_API setState(Steinberg::IBStream* state) override;
  Steinberg::tresult PLUGIN_API getState(Steinberg::IBStream* state) override;

  Steinberg::tresult PLUGIN_API setBusArrangements(Steinberg::Vst::SpeakerArrangement* inputs,
                                                   Steinberg::int32 inputCount,
                                                   Steinberg::Vst::SpeakerArrangement* outputs,
                                                   Steinberg::int32 outputCount) override;
  Steinberg::tresult PLUGIN_API getBusArrangement(Steinberg::Vst::BusDirection direction, Steinberg::int32 index,
                                                  Steinberg::Vst::SpeakerArrangement& arrangement) override;
  Steinberg::tresult PLUGIN_API canProcessSampleSize(Steinberg::int32 size) override;
  Steinberg::uint32 PLUGIN_API getLatencySamples() override;
  Steinberg::tresult PLUGIN_API setupProcessing(Steinberg::Vst::ProcessSetup& setup) override;
  Steinberg::tresult PLUGIN_API setProcessing(Steinberg::TBool state) override;
  Steinberg::tresult PLUGIN_API process(Steinberg::Vst::ProcessData& data) override;
  Steinberg::uint32 PLUGIN_API getTailSamples() override;

  Steinberg::uint32 PLUGIN_API getProcessContextRequirements() override;
  Steinberg::tresult PLUGIN_API getPrefetchableSupport(Steinberg::Vst::PrefetchableSupport& support) override;

 private:
  Plugin& plugin_;
  std::atomic<bool> initialized_{false};
};

}  // namespace patchbay::bridge
