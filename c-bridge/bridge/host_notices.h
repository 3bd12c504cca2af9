// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <thread>

#include "pluginterfaces/base/smartpointer.h"
#include "pluginterfaces/gui/iplugview.h"
#include "pluginterfaces/vst/ivsteditcontroller.h"

namespace patchbay::bridge {

class Instance;

/**
 * What the host must be told by a call on its UI thread: that the latency has changed. The plug-in gets there where the host calls the
 * controller, and by a timer where the host's context has a run loop. Anywhere else nothing is called.
 */
class HostNotices {
 public:
  explicit HostNotices(const Instance& instance) : instance_(instance) {}
  ~HostNotices() { detach(); }
  HostNotices(const HostNotices&) = delete;
  HostNotices& operator=(const HostNotices&) = delete;

  /** The host's UI thread has initialized the plug-in. @param context may be null */
  void attach(Steinberg::FUnknown* context);

  /** Lets go of the host. */
  void detach() noexcept;

  /** @param handler may be null: then nobody is told */
  void setHandler(Steinberg::Vst::IComponentHandler* handler) noexcept;

  /** What the host is told by; null where it has set none. To be called on the UI thread alone. */
  [[nodiscard]] Steinberg::IPtr<Steinberg::Vst::IComponentHandler> handler();

  /** The host has asked for the latency, and knows this one. Any thread. */
  void latencyKnown(std::uint32_t frames) noexcept { known_.store(frames, std::memory_order_relaxed); }

  /** Tells the host what it does not know; does nothing on any other thread than its UI thread. */
  void deliver();

 private:
  class Ticker;

  const Instance& instance_;
  std::mutex mutex_;
  std::thread::id uiThread_;                             ///< guarded by mutex_, as the next
  Steinberg::IPtr<Steinberg::Vst::IComponentHandler> handler_;
  Steinberg::IPtr<Steinberg::Linux::IRunLoop> runLoop_;  ///< of the UI thread alone, as the next
  Ticker* ticker_ = nullptr;
  std::atomic<std::uint32_t> known_{0};
};

}  // namespace patchbay::bridge
