// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>
#include <xcb/xcb.h>

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "pluginterfaces/base/smartpointer.h"
#include "pluginterfaces/gui/iplugview.h"
#include "pluginterfaces/vst/ivsteditcontroller.h"

namespace patchbay::bridge::test {

/** An X server without a screen to look at, whose number the environment's DISPLAY has for as long as it lives. */
class XServer {
 public:
  explicit XServer(const std::string& geometry = "1000x800x24");
  ~XServer();
  XServer(const XServer&) = delete;
  XServer& operator=(const XServer&) = delete;

  /** Ends it, as a desktop's end does. */
  void end();

 private:
  pid_t pid_ = -1;
};

/** A picture of what an X window shows. */
struct Shot {
  int width = 0;
  int height = 0;
  std::vector<std::uint32_t> pixels;  ///< 0xRRGGBB

  [[nodiscard]] std::uint32_t at(double x, double y) const;
  /** Writes it as a file of the format PPM. */
  void save(const std::string& path) const;
};

/** A host's window with a mouse, by a connection of its own. */
class HostWindow {
 public:
  HostWindow(int width, int height);
  ~HostWindow();
  HostWindow(const HostWindow&) = delete;
  HostWindow& operator=(const HostWindow&) = delete;

  [[nodiscard]] void* handle() const { return reinterpret_cast<void*>(static_cast<std::uintptr_t>(window_)); }
  [[nodiscard]] xcb_window_t id() const { return window_; }

  /** The windows inside of it. */
  [[nodiscard]] std::vector<xcb_window_t> inside() const;
  [[nodiscard]] std::pair<int, int> sizeOf(xcb_window_t window) const;
  [[nodiscard]] bool isShown(xcb_window_t window) const;
  [[nodiscard]] Shot shot() const;

  void pointAt(int x, int y);
  void press(bool down);
  void click(int x, int y);

  void destroy();

  /** Says to the whole server how large things are to be. */
  void setDpi(int dpi);

  /** Sends an XEmbed message to the window inside. */
  void embed(std::uint32_t message);

 private:
  void sync() const;

  xcb_connection_t* connection_;
  xcb_screen_t* screen_;
  xcb_window_t window_ = 0;
};

/** A host's frame of a view, with a run loop that runs when it is told to. It outlives what is registered, and counts it. */
class ViewFrame final : public Steinberg::IPlugFrame, public Steinberg::Linux::IRunLoop {
 public:
  explicit ViewFrame(bool hasLoop = true) : hasLoop_(hasLoop) {}
  virtual ~ViewFrame() = default;
  ViewFrame(const ViewFrame&) = delete;
  ViewFrame& operator=(const ViewFrame&) = delete;

  Steinberg::tresult PLUGIN_API queryInterface(const Steinberg::TUID wanted, void** object) override;
  Steinberg::uint32 PLUGIN_API addRef() override { return ++references; }
  Steinberg::uint32 PLUGIN_API release() override { return --references; }

  Steinberg::tresult PLUGIN_API resizeView(Steinberg::IPlugView* view, Steinberg::ViewRect* size) override;

  Steinberg::tresult PLUGIN_API registerEventHandler(Steinberg::Linux::IEventHandler* handler,
                                                     Steinberg::Linux::FileDescriptor descriptor) override;
  Steinberg::tresult PLUGIN_API unregisterEventHandler(Steinberg::Linux::IEventHandler* handler) override;
  Steinberg::tresult PLUGIN_API registerTimer(Steinberg::Linux::ITimerHandler* handler,
                                              Steinberg::Linux::TimerInterval millis) override;
  Steinberg::tresult PLUGIN_API unregisterTimer(Steinberg::Linux::ITimerHandler* handler) override;

  /** Runs until something is true, and says whether it became so. */
  [[nodiscard]] bool until(const std::function<bool()>& condition, int millis = 20'000);

  /** Calls the timers this often, and the event handlers where there is something. */
  void turn(int times = 1);

  [[nodiscard]] std::size_t registered() const { return events_.size() + timers_.size(); }
  [[nodiscard]] std::size_t eventHandlers() const { return events_.size(); }

  Steinberg::uint32 references = 1;
  int resizes = 0;
  Steinberg::tresult takesTimers = Steinberg::kResultOk;

 private:
  struct Event {
    Steinberg::Linux::IEventHandler* handler;
    int descriptor;
  };

  bool hasLoop_;
  std::vector<Event> events_;
  std::vector<Steinberg::Linux::ITimerHandler*> timers_;
};

/** A host's handler that writes down what it is told, as "begin 10", "perform 10 0.25", "end 10", "dirty", "group(", ")". */
class EditLog final : public Steinberg::Vst::IComponentHandler, public Steinberg::Vst::IComponentHandler2 {
 public:
  EditLog() = default;
  virtual ~EditLog() = default;
  EditLog(const EditLog&) = delete;
  EditLog& operator=(const EditLog&) = delete;

  Steinberg::tresult PLUGIN_API queryInterface(const Steinberg::TUID wanted, void** object) override;
  Steinberg::uint32 PLUGIN_API addRef() override { return 2; }
  Steinberg::uint32 PLUGIN_API release() override { return 1; }

  Steinberg::tresult PLUGIN_API beginEdit(Steinberg::Vst::ParamID id) override;
  Steinberg::tresult PLUGIN_API performEdit(Steinberg::Vst::ParamID id, Steinberg::Vst::ParamValue value) override;
  Steinberg::tresult PLUGIN_API endEdit(Steinberg::Vst::ParamID id) override;
  Steinberg::tresult PLUGIN_API restartComponent(Steinberg::int32) override { return Steinberg::kResultOk; }
  Steinberg::tresult PLUGIN_API setDirty(Steinberg::TBool state) override;
  Steinberg::tresult PLUGIN_API requestOpenEditor(Steinberg::FIDString) override { return Steinberg::kResultFalse; }
  Steinberg::tresult PLUGIN_API startGroupEdit() override;
  Steinberg::tresult PLUGIN_API finishGroupEdit() override;

  /** What was written down since this was last asked. */
  [[nodiscard]] std::string take();

  [[nodiscard]] const std::string& text() const { return text_; }

  /** Done once, within the next performEdit. */
  std::function<void()> onPerform;

 private:
  void note(const std::string& words);

  std::string text_;
};

/** A view of a plug-in in a host's window. */
struct OpenView {
  /** Attached at once, where there is an X server; else see attached. */
  explicit OpenView(Steinberg::Vst::IEditController& controller, int width = 400, int height = 230);
  ~OpenView();
  OpenView(const OpenView&) = delete;
  OpenView& operator=(const OpenView&) = delete;

  /** The window of the view. */
  [[nodiscard]] xcb_window_t window() const { return host.inside().at(0); }

  /** Whether the picture has a colour at a place, once the view has had time to draw it. */
  [[nodiscard]] bool shows(std::uint32_t colour, double x, double y);

  HostWindow host;
  ViewFrame frame;
  Steinberg::IPtr<Steinberg::IPlugView> view;
  Steinberg::tresult attached;
};

/** Colours and places of the picture at its smallest size that the tests look for. */
constexpr std::uint32_t kReadyButton = 0x4FD1C5;
constexpr std::uint32_t kDeadButton = 0x262D37;
constexpr std::uint32_t kGoodDot = 0x68D391;
constexpr std::uint32_t kIdleDot = 0x9AA6B4;
constexpr std::uint32_t kViewGround = 0x14171C;
constexpr double kButtonX = 24;
constexpr double kButtonY = 198;
constexpr double kDotX = 33;
constexpr double kEngineY = 77;
constexpr double kControlY = 103;
constexpr double kPanelY = 155;

}  // namespace patchbay::bridge::test
