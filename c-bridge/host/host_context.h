// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>

#include "host_object.h"
#include "pluginterfaces/vst/ivsteditcontroller.h"
#include "public.sdk/source/vst/hosting/hostclasses.h"

namespace patchbay::host {

/** What a plug-in is given at initialize: our name, and messages for its two halves to talk with. */
class HostContext final : public Steinberg::Vst::HostApplication {
 public:
  Steinberg::tresult PLUGIN_API getName(Steinberg::Vst::String128 name) override;
};

/** Records what the controller asks of the host. The counters are atomic: not every plug-in keeps to the UI thread. */
class ComponentHandler final : public HostObject<Steinberg::Vst::IComponentHandler> {
 public:
  Steinberg::tresult PLUGIN_API beginEdit(Steinberg::Vst::ParamID id) override;
  Steinberg::tresult PLUGIN_API performEdit(Steinberg::Vst::ParamID id,
                                            Steinberg::Vst::ParamValue valueNormalized) override;
  Steinberg::tresult PLUGIN_API endEdit(Steinberg::Vst::ParamID id) override;
  Steinberg::tresult PLUGIN_API restartComponent(Steinberg::int32 flags) override;

  [[nodiscard]] std::uint64_t edits() const noexcept { return edits_.load(std::memory_order_relaxed); }
  [[nodiscard]] std::uint64_t restarts() const noexcept { return restarts_.load(std::memory_order_relaxed); }
  /** The flags of the requests since the last call. */
  [[nodiscard]] std::int32_t takeRestartFlags() noexcept { return newFlags_.exchange(0, std::memory_order_acq_rel); }
  /** All flags of all restart requests together. */
  [[nodiscard]] std::int32_t restartFlags() const noexcept { return restartFlags_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::uint64_t> edits_{0};
  std::atomic<std::uint64_t> restarts_{0};
  std::atomic<std::int32_t> restartFlags_{0};
  std::atomic<std::int32_t> newFlags_{0};
};

}  // namespace patchbay::host
