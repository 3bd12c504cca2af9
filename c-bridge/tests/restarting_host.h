// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <thread>

#include "host_object.h"
#include "pluginterfaces/gui/iplugview.h"
#include "pluginterfaces/vst/ivsteditcontroller.h"

namespace patchbay::bridge::test {

/** A host's handler that notes restarts and may do something in them. */
class RestartingHost final : public host::HostObject<Steinberg::Vst::IComponentHandler> {
 public:
  Steinberg::tresult PLUGIN_API beginEdit(Steinberg::Vst::ParamID) override { return Steinberg::kResultOk; }
  Steinberg::tresult PLUGIN_API performEdit(Steinberg::Vst::ParamID, Steinberg::Vst::ParamValue) override {
    return Steinberg::kResultOk;
  }
  Steinberg::tresult PLUGIN_API endEdit(Steinberg::Vst::ParamID) override { return Steinberg::kResultOk; }
  Steinberg::tresult PLUGIN_API restartComponent(Steinberg::int32 what) override {
    flags |= what;
    ++restarts;
    thread = std::this_thread::get_id();
    if (onRestart) {
      onRestart();
    }
    return Steinberg::kResultOk;
  }

  Steinberg::int32 flags = 0;
  int restarts = 0;
  std::thread::id thread;
  std::function<void()> onRestart;
};

/** A host whose context has a run loop, with one timer. */
class RunLoopHost final : public host::HostObject<Steinberg::Linux::IRunLoop> {
 public:
  [[nodiscard]] Steinberg::FUnknown* context() noexcept { return this; }

  Steinberg::tresult PLUGIN_API queryInterface(const Steinberg::TUID id, void** object) override {
    if (Steinberg::FUnknownPrivate::iidEqual(id, Steinberg::Linux::IRunLoop_iid)) {
      *object = static_cast<Steinberg::Linux::IRunLoop*>(this);
      return Steinberg::kResultOk;
    }
    *object = nullptr;
    return Steinberg::kNoInterface;
  }
  Steinberg::tresult PLUGIN_API registerEventHandler(Steinberg::Linux::IEventHandler*,
                                                     Steinberg::Linux::FileDescriptor) override {
    return Steinberg::kNotImplemented;
  }
  Steinberg::tresult PLUGIN_API unregisterEventHandler(Steinberg::Linux::IEventHandler*) override {
    return Steinberg::kNotImplemented;
  }
  Steinberg::tresult PLUGIN_API registerTimer(Steinberg::Linux::ITimerHandler* timer,
                                              Steinberg::Linux::TimerInterval) override {
    ++registered;
    handler = timer;
    return Steinberg::kResultOk;
  }
  Steinberg::tresult PLUGIN_API unregisterTimer(Steinberg::Linux::ITimerHandler* timer) override {
    unregistered += timer == handler ? 1 : 0;
    handler = nullptr;
    return Steinberg::kResultOk;
  }

  Steinberg::Linux::ITimerHandler* handler = nullptr;
  int registered = 0;
  int unregistered = 0;
};

}  // namespace patchbay::bridge::test
