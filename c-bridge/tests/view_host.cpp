// SPDX-License-Identifier: Apache-2.0
#include "view_host.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <xcb/xtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <stdexcept>

#include "workbench.h"

namespace patchbay::bridge::test {

using namespace Steinberg;

namespace {

template <class Type>
std::unique_ptr<Type, decltype(&std::free)> reply(Type* given) {
  return {given, std::free};
}

}  // namespace

XServer::XServer(const std::string& geometry) {
  int ends[2];
  if (pipe(ends) != 0) {
    throw std::runtime_error("no pipe");
  }
  const std::string descriptor = std::to_string(ends[1]);
  pid_ = fork();
  if (pid_ == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    close(ends[0]);
    const int nothing = open("/dev/null", O_RDWR);
    dup2(nothing, STDOUT_FILENO);
    dup2(nothing, STDERR_FILENO);
    execlp("Xvfb", "Xvfb", "-displayfd", descriptor.c_str(), "-screen", "0", geometry.c_str(), "-nolisten", "tcp", "-noreset",
           static_cast<char*>(nullptr));
    _exit(127);
  }
  close(ends[1]);
  std::string number;
  for (char letter = 0; read(ends[0], &letter, 1) == 1 && letter != '\n';) {
    number += letter;
  }
  close(ends[0]);
  if (number.empty()) {
    throw std::runtime_error("Xvfb does not start; install it with \"apt-get install xvfb\"");
  }
  setenv("DISPLAY", (":" + number).c_str(), 1);
}

XServer::~XServer() {
  end();
  unsetenv("DISPLAY");
}

void XServer::end() {
  if (pid_ > 0) {
    kill(pid_, SIGTERM);
    waitpid(pid_, nullptr, 0);
    pid_ = -1;
  }
}

std::uint32_t Shot::at(double x, double y) const {
  return pixels.at(static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x));
}

void Shot::save(const std::string& path) const {
  std::FILE* file = std::fopen(path.c_str(), "wb");
  if (file == nullptr) {
    throw std::runtime_error(path + " cannot be written");
  }
  std::fprintf(file, "P6 %d %d 255\n", width, height);
  for (const std::uint32_t pixel : pixels) {
    const unsigned char bytes[] = {static_cast<unsigned char>(pixel >> 16), static_cast<unsigned char>(pixel >> 8),
                                   static_cast<unsigned char>(pixel)};
    std::fwrite(bytes, 1, sizeof bytes, file);
  }
  std::fclose(file);
}

HostWindow::HostWindow(int width, int height) : connection_(xcb_connect(nullptr, nullptr)) {
  if (xcb_connection_has_error(connection_) != 0) {
    throw std::runtime_error("no X server");
  }
  screen_ = xcb_setup_roots_iterator(xcb_get_setup(connection_)).data;
  window_ = xcb_generate_id(connection_);
  const std::uint32_t values[] = {screen_->white_pixel};
  xcb_create_window(connection_, screen_->root_depth, window_, screen_->root, 50, 40, static_cast<std::uint16_t>(width),
                    static_cast<std::uint16_t>(height), 0, XCB_WINDOW_CLASS_INPUT_OUTPUT, screen_->root_visual,
                    XCB_CW_BACK_PIXEL, values);
  xcb_map_window(connection_, window_);
  sync();
}

HostWindow::~HostWindow() { xcb_disconnect(connection_); }

void HostWindow::sync() const {
  [[maybe_unused]] const auto answer = reply(xcb_get_input_focus_reply(connection_, xcb_get_input_focus(connection_), nullptr));
}

std::vector<xcb_window_t> HostWindow::inside() const {
  const auto tree = reply(xcb_query_tree_reply(connection_, xcb_query_tree(connection_, window_), nullptr));
  if (tree == nullptr) {
    return {};
  }
  const xcb_window_t* first = xcb_query_tree_children(tree.get());
  return std::vector<xcb_window_t>(first, first + xcb_query_tree_children_length(tree.get()));
}

std::pair<int, int> HostWindow::sizeOf(xcb_window_t window) const {
  const auto size = reply(xcb_get_geometry_reply(connection_, xcb_get_geometry(connection_, window), nullptr));
  return size != nullptr ? std::make_pair(int{size->width}, int{size->height}) : std::make_pair(0, 0);
}

bool HostWindow::isShown(xcb_window_t window) const {
  const auto how = reply(
      xcb_get_window_attributes_reply(connection_, xcb_get_window_attributes(connection_, window), nullptr));
  return how != nullptr && how->map_state == XCB_MAP_STATE_VIEWABLE;
}

Shot HostWindow::shot() const {
  Shot shot;
  std::tie(shot.width, shot.height) = sizeOf(window_);
  const auto image = reply(xcb_get_image_reply(
      connection_, xcb_get_image(connection_, XCB_IMAGE_FORMAT_Z_PIXMAP, window_, 0, 0, static_cast<std::uint16_t>(shot.width),
                                 static_cast<std::uint16_t>(shot.height), ~0U), nullptr));
  if (image == nullptr) {
    throw std::runtime_error("the window cannot be read");
  }
  const std::uint8_t* bytes = xcb_get_image_data(image.get());
  const auto count = static_cast<std::size_t>(shot.width) * static_cast<std::size_t>(shot.height);
  const std::size_t each = static_cast<std::size_t>(xcb_get_image_data_length(image.get())) / count;
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint8_t* pixel = bytes + i * each;
    if (each == 4) {
      shot.pixels.push_back(pixel[0] | static_cast<std::uint32_t>(pixel[1]) << 8 | static_cast<std::uint32_t>(pixel[2]) << 16);
    } else {
      // 5, 6 and 5 bits.
      const unsigned packed = pixel[0] | static_cast<unsigned>(pixel[1]) << 8;
      shot.pixels.push_back((packed >> 11 & 31U) * 255 / 31 << 16 | (packed >> 5 & 63U) * 255 / 63 << 8 | (packed & 31U) * 255 / 31);
    }
  }
  return shot;
}

void HostWindow::pointAt(int x, int y) {
  const auto at = reply(xcb_translate_coordinates_reply(
      connection_, xcb_translate_coordinates(connection_, window_, screen_->root, static_cast<std::int16_t>(x),
                                             static_cast<std::int16_t>(y)), nullptr));
  xcb_test_fake_input(connection_, XCB_MOTION_NOTIFY, 0, XCB_CURRENT_TIME, screen_->root, at->dst_x, at->dst_y, 0);
  sync();
}

void HostWindow::press(bool down) {
  xcb_test_fake_input(connection_, down ? XCB_BUTTON_PRESS : XCB_BUTTON_RELEASE, XCB_BUTTON_INDEX_1, XCB_CURRENT_TIME,
                      screen_->root, 0, 0, 0);
  sync();
}

void HostWindow::click(int x, int y) {
  pointAt(x, y);
  press(true);
  press(false);
}

void HostWindow::destroy() {
  xcb_destroy_window(connection_, window_);
  sync();
}

void HostWindow::setDpi(int dpi) {
  const std::string text = "Xcursor.size:\t24\nXft.dpi:\t" + std::to_string(dpi) + "\nXft.hinting:\t1\n";
  xcb_change_property(connection_, XCB_PROP_MODE_REPLACE, screen_->root, XCB_ATOM_RESOURCE_MANAGER, XCB_ATOM_STRING, 8,
                      static_cast<std::uint32_t>(text.size()), text.data());
  sync();
}

void HostWindow::embed(std::uint32_t message) {
  const char name[] = "_XEMBED";
  const auto atom = reply(xcb_intern_atom_reply(connection_, xcb_intern_atom(connection_, 0, sizeof name - 1, name), nullptr));
  xcb_client_message_event_t event = {};
  event.response_type = XCB_CLIENT_MESSAGE;
  event.format = 32;
  event.window = inside().at(0);
  event.type = atom->atom;
  event.data.data32[1] = message;
  xcb_send_event(connection_, 0, event.window, 0, reinterpret_cast<const char*>(&event));
  sync();
}

tresult PLUGIN_API ViewFrame::queryInterface(const TUID wanted, void** object) {
  if (FUnknownPrivate::iidEqual(wanted, IPlugFrame_iid)) {
    *object = static_cast<IPlugFrame*>(this);
  } else if (hasLoop_ && FUnknownPrivate::iidEqual(wanted, Linux::IRunLoop_iid)) {
    *object = static_cast<Linux::IRunLoop*>(this);
  } else {
    *object = nullptr;
    return kNoInterface;
  }
  addRef();
  return kResultOk;
}

tresult PLUGIN_API ViewFrame::resizeView(IPlugView* view, ViewRect* size) {
  ++resizes;
  return view->onSize(size);
}

tresult PLUGIN_API ViewFrame::registerEventHandler(Linux::IEventHandler* handler, Linux::FileDescriptor descriptor) {
  handler->addRef();
  events_.push_back({handler, descriptor});
  return kResultOk;
}

tresult PLUGIN_API ViewFrame::unregisterEventHandler(Linux::IEventHandler* handler) {
  const auto found = std::find_if(events_.begin(), events_.end(), [handler](const Event& event) { return event.handler == handler; });
  if (found == events_.end()) {
    return kInvalidArgument;
  }
  events_.erase(found);
  handler->release();
  return kResultOk;
}

tresult PLUGIN_API ViewFrame::registerTimer(Linux::ITimerHandler* handler, Linux::TimerInterval) {
  if (takesTimers == kResultOk) {
    handler->addRef();
    timers_.push_back(handler);
  }
  return takesTimers;
}

tresult PLUGIN_API ViewFrame::unregisterTimer(Linux::ITimerHandler* handler) {
  const auto found = std::find(timers_.begin(), timers_.end(), handler);
  if (found == timers_.end()) {
    return kInvalidArgument;
  }
  timers_.erase(found);
  handler->release();
  return kResultOk;
}

void ViewFrame::turn(int times) {
  for (int i = 0; i < times; ++i) {
    // Copies, since handlers come and go in the calls.
    const std::vector<Event> events = events_;
    for (const Event& event : events) {
      pollfd one = {event.descriptor, POLLIN, 0};
      if (poll(&one, 1, 0) > 0) {
        event.handler->onFDIsSet(event.descriptor);
      }
    }
    const std::vector<Linux::ITimerHandler*> timers = timers_;
    for (Linux::ITimerHandler* timer : timers) {
      timer->onTimer();
    }
  }
}

bool ViewFrame::until(const std::function<bool()>& condition, int millis) {
  return eventually(
      [&] {
        turn();
        return condition();
      },
      millis);
}

tresult PLUGIN_API EditLog::queryInterface(const TUID wanted, void** object) {
  if (FUnknownPrivate::iidEqual(wanted, Vst::IComponentHandler_iid)) {
    *object = static_cast<Vst::IComponentHandler*>(this);
    return kResultOk;
  }
  if (FUnknownPrivate::iidEqual(wanted, Vst::IComponentHandler2_iid)) {
    *object = static_cast<Vst::IComponentHandler2*>(this);
    return kResultOk;
  }
  *object = nullptr;
  return kNoInterface;
}

void EditLog::note(const std::string& words) { text_ += (text_.empty() ? "" : ", ") + words; }

tresult PLUGIN_API EditLog::beginEdit(Vst::ParamID id) {
  note("begin " + std::to_string(id));
  return kResultOk;
}

tresult PLUGIN_API EditLog::performEdit(Vst::ParamID id, Vst::ParamValue value) {
  char text[64];
  std::snprintf(text, sizeof text, "perform %u %g", id, value);
  note(text);
  // Taken out first: what it does may come back here.
  if (const std::function<void()> act = std::exchange(onPerform, nullptr)) {
    act();
  }
  return kResultOk;
}

tresult PLUGIN_API EditLog::endEdit(Vst::ParamID id) {
  note("end " + std::to_string(id));
  return kResultOk;
}

tresult PLUGIN_API EditLog::setDirty(TBool state) {
  note(state != 0 ? "dirty" : "clean");
  return kResultOk;
}

tresult PLUGIN_API EditLog::startGroupEdit() {
  note("group(");
  return kResultOk;
}

tresult PLUGIN_API EditLog::finishGroupEdit() {
  note(")");
  return kResultOk;
}

OpenView::OpenView(Vst::IEditController& controller, int width, int height)
    : host(width, height), view(owned(controller.createView(Vst::ViewType::kEditor))), attached(kNotInitialized) {
  if (view == nullptr) {
    throw std::runtime_error("the plug-in has no view");
  }
  view->setFrame(&frame);
  attached = view->attached(host.handle(), kPlatformTypeX11EmbedWindowID);
}

OpenView::~OpenView() {
  view->removed();
  view->setFrame(nullptr);
}

bool OpenView::shows(std::uint32_t colour, double x, double y) {
  return frame.until([&] { return host.shot().at(x, y) == colour; });
}

std::string EditLog::take() { return std::exchange(text_, std::string()); }

}  // namespace patchbay::bridge::test
