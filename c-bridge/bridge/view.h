// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <memory>
#include <string>

#include "panel_visit.h"
#include "pluginterfaces/base/smartpointer.h"
#include "pluginterfaces/gui/iplugview.h"
#include "pluginterfaces/gui/iplugviewcontentscalesupport.h"
#include "view_picture.h"
#include "view_window.h"

namespace patchbay::bridge {

class Plugin;

/**
 * The plug-in's window in a host: how it is, and a button that opens the web panel. While it is attached, the run loop of the host's frame is the
 * plug-in's way onto the UI thread, by which edits and other news reach the host. All methods on the UI thread.
 */
class View final : public Steinberg::IPlugView, public Steinberg::IPlugViewContentScaleSupport {
 public:
  /** With one reference, which belongs to the caller; holds one of the plug-in. */
  explicit View(Plugin& plugin);
  View(const View&) = delete;
  View& operator=(const View&) = delete;

  Steinberg::tresult PLUGIN_API queryInterface(const Steinberg::TUID wanted, void** object) override;
  Steinberg::uint32 PLUGIN_API addRef() override;
  Steinberg::uint32 PLUGIN_API release() override;

  Steinberg::tresult PLUGIN_API isPlatformTypeSupported(Steinberg::FIDString type) override;
  Steinberg::tresult PLUGIN_API attached(void* parent, Steinberg::FIDString type) override;
  Steinberg::tresult PLUGIN_API removed() override;
  Steinberg::tresult PLUGIN_API onWheel(float distance) override;
  Steinberg::tresult PLUGIN_API onKeyDown(Steinberg::char16 key, Steinberg::int16 code, Steinberg::int16 modifiers) override;
  Steinberg::tresult PLUGIN_API onKeyUp(Steinberg::char16 key, Steinberg::int16 code, Steinberg::int16 modifiers) override;
  Steinberg::tresult PLUGIN_API getSize(Steinberg::ViewRect* size) override;
  Steinberg::tresult PLUGIN_API onSize(Steinberg::ViewRect* size) override;
  Steinberg::tresult PLUGIN_API onFocus(Steinberg::TBool state) override;
  Steinberg::tresult PLUGIN_API setFrame(Steinberg::IPlugFrame* frame) override;
  Steinberg::tresult PLUGIN_API canResize() override;
  Steinberg::tresult PLUGIN_API checkSizeConstraint(Steinberg::ViewRect* rect) override;
  Steinberg::tresult PLUGIN_API setContentScaleFactor(ScaleFactor factor) override;

 private:
  class LoopHandlers;

  virtual ~View();

  [[nodiscard]] std::string attach(void* parent);
  [[nodiscard]] bool enterLoop(const Steinberg::IPtr<Steinberg::Linux::IRunLoop>& loop);
  void leaveLoop() noexcept;
  void detach() noexcept;
  void onTimer();
  void onReadable();
  void onPointer(const ViewWindow::Pointer& pointer);
  void look();
  void press();
  void drawChanges();
  void draw();
  void scaleTo(double factor);

  Plugin& plugin_;
  std::atomic<Steinberg::uint32> references_{1};
  Steinberg::IPlugFrame* frame_ = nullptr;  ///< the host takes it back before it ends it
  Steinberg::ViewRect size_;
  bool scaled_ = false;  ///< whether the host has said how large it wants things
  std::unique_ptr<ViewWindow> window_;
  Steinberg::IPtr<Steinberg::Linux::IRunLoop> loop_;
  LoopHandlers* handlers_ = nullptr;
  std::unique_ptr<PanelVisit> visit_;
  std::string regionId_;
  ViewContent content_;
  ViewContent drawn_;
  int ticks_ = 0;
};

}  // namespace patchbay::bridge
