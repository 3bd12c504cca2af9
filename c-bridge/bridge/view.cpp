// SPDX-License-Identifier: Apache-2.0
#include "view.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "log.h"
#include "plugin.h"
#include "view_status.h"

namespace patchbay::bridge {

using namespace Steinberg;

namespace {

/** So often edits are passed on and the mouse is listened to. */
constexpr Linux::TimerInterval kTickMillis = 20;

/** So many ticks are from one look at the instance to the next: a fifth of a second. */
constexpr int kTicksPerLook = 10;

// VirtualKeyCodes of the SDK; not all copies of it have the header.
constexpr int16 kKeyReturn = 4;
constexpr int16 kKeyEnter = 19;

constexpr double kLeastScale = 0.75;
constexpr double kMostScale = 6;

/** The run loop of a frame, which may be null, or null where it has none. */
IPtr<Linux::IRunLoop> loopOf(IPlugFrame* frame) {
  void* loop = nullptr;
  if (frame == nullptr || frame->queryInterface(Linux::IRunLoop_iid, &loop) != kResultOk) {
    return nullptr;
  }
  return owned(static_cast<Linux::IRunLoop*>(loop));
}

bool isType(FIDString type, FIDString wanted) { return type != nullptr && std::strcmp(type, wanted) == 0; }

}  // namespace

/** What the run loop calls. Hosts may hold it for longer than it is registered. */
class View::LoopHandlers final : public Linux::IEventHandler, public Linux::ITimerHandler {
 public:
  explicit LoopHandlers(View& view) : view_(&view) {}
  virtual ~LoopHandlers() = default;
  LoopHandlers(const LoopHandlers&) = delete;
  LoopHandlers& operator=(const LoopHandlers&) = delete;

  void stop() noexcept { view_ = nullptr; }

  void PLUGIN_API onFDIsSet(Linux::FileDescriptor) override { call(&View::onReadable); }

  void PLUGIN_API onTimer() override { call(&View::onTimer); }

  tresult PLUGIN_API queryInterface(const TUID wanted, void** object) override {
    if (object == nullptr) {
      return kInvalidArgument;
    }
    const auto is = [wanted](const TUID id) { return FUnknownPrivate::iidEqual(wanted, id); };
    *object = is(FUnknown_iid) || is(Linux::IEventHandler_iid) ? static_cast<Linux::IEventHandler*>(this)
              : is(Linux::ITimerHandler_iid)                    ? static_cast<void*>(static_cast<Linux::ITimerHandler*>(this))
                                                                : nullptr;
    if (*object == nullptr) {
      return kNoInterface;
    }
    addRef();
    return kResultOk;
  }

  uint32 PLUGIN_API addRef() override { return references_.fetch_add(1, std::memory_order_relaxed) + 1; }

  uint32 PLUGIN_API release() override {
    const uint32 left = references_.fetch_sub(1, std::memory_order_acq_rel) - 1;
    if (left == 0) {
      delete this;
    }
    return left;
  }

 private:
  /** The view stays until the call is over, should the host let go of it in between. */
  void call(void (View::*method)()) {
    if (const IPtr<View> view = view_; view != nullptr) {
      guarded([&] {
        (view->*method)();
        return kResultOk;
      });
    }
  }

  std::atomic<uint32> references_{1};
  View* view_;  ///< null once it is unregistered
};

View::View(Plugin& plugin) : plugin_(plugin), size_(0, 0, ViewPicture::kWidth, ViewPicture::kHeight) {
  const PluginImage& image = plugin_.instance.image();
  content_.name = image.name;
  content_.maker = image.vendor + (image.version.empty() ? "" : " · " + image.version);
  plugin_.addRef();
}

View::~View() {
  detach();
  plugin_.release();
}

tresult PLUGIN_API View::queryInterface(const TUID wanted, void** object) {
  if (object == nullptr) {
    return kInvalidArgument;
  }
  const auto is = [wanted](const TUID id) { return FUnknownPrivate::iidEqual(wanted, id); };
  if (is(FUnknown_iid) || is(IPlugView_iid)) {
    *object = static_cast<IPlugView*>(this);
  } else if (is(IPlugViewContentScaleSupport_iid)) {
    *object = static_cast<IPlugViewContentScaleSupport*>(this);
  } else {
    *object = nullptr;
    return kNoInterface;
  }
  addRef();
  return kResultOk;
}

uint32 PLUGIN_API View::addRef() { return references_.fetch_add(1, std::memory_order_relaxed) + 1; }

uint32 PLUGIN_API View::release() {
  const uint32 left = references_.fetch_sub(1, std::memory_order_acq_rel) - 1;
  if (left == 0) {
    delete this;
  }
  return left;
}

tresult PLUGIN_API View::isPlatformTypeSupported(FIDString type) {
  return isType(type, kPlatformTypeX11EmbedWindowID) ? kResultTrue : kResultFalse;
}

tresult PLUGIN_API View::attached(void* parent, FIDString type) {
  return guarded([&]() -> tresult {
    if (!isType(type, kPlatformTypeX11EmbedWindowID) || parent == nullptr) {
      return kInvalidArgument;
    }
    if (window_ != nullptr) {
      return kResultFalse;
    }
    const std::string complaint = attach(parent);
    if (!complaint.empty()) {
      log(plugin_.instance.image().name, "there is no view: " + complaint);
      return kResultFalse;
    }
    return kResultOk;
  });
}

std::string View::attach(void* parent) {
  const IPtr<Linux::IRunLoop> loop = loopOf(frame_);
  if (loop == nullptr) {
    return "the host offers no run loop (Linux::IRunLoop) with the view's frame; the plug-in works without one, and "
           "\"patchbay panel\" opens its panel";
  }
  ViewWindow::Listener listener;
  listener.onExposed = [this] { draw(); };
  listener.onPointer = [this](const ViewWindow::Pointer& pointer) { onPointer(pointer); };
  listener.onFocus = [this](bool has) { content_.focused = has; };
  std::string error;
  // An XID has 32 bits, and travels as a pointer.
  window_ = ViewWindow::open(static_cast<std::uint32_t>(reinterpret_cast<std::uintptr_t>(parent)), size_.getWidth(),
                             size_.getHeight(), std::move(listener), error);
  if (window_ == nullptr) {
    return error;
  }
  if (!enterLoop(loop)) {
    detach();
    return "the host's run loop takes no event handler or no timer";
  }
  look();
  draw();
  if (!scaled_) {
    const double wanted = window_->userScale();
    if (wanted > 1) {
      // In steps of a quarter, as desktops have them.
      scaleTo(std::round(wanted * 4) / 4);
    }
  }
  return {};
}

tresult PLUGIN_API View::removed() {
  return guarded([this] {
    if (window_ == nullptr) {
      return kResultFalse;
    }
    detach();
    return kResultOk;
  });
}

/** From now on the host's loop calls; false where it does not want to. */
bool View::enterLoop(const IPtr<Linux::IRunLoop>& loop) {
  handlers_ = new LoopHandlers(*this);
  loop_ = loop;
  plugin_.instance.openEdits();
  if (loop_->registerEventHandler(handlers_, window_->descriptor()) == kResultOk &&
      loop_->registerTimer(handlers_, kTickMillis) == kResultOk) {
    return true;
  }
  leaveLoop();
  return false;
}

void View::leaveLoop() noexcept {
  if (handlers_ == nullptr) {
    return;
  }
  handlers_->stop();
  loop_->unregisterEventHandler(handlers_);
  loop_->unregisterTimer(handlers_);
  handlers_->release();
  handlers_ = nullptr;
  loop_ = nullptr;
  guarded([this] {
    // The last word while the UI thread is ours.
    const IPtr<Vst::IComponentHandler> handler = plugin_.notices().handler();
    plugin_.instance.deliverEdits(handler);
    plugin_.instance.closeEdits(handler);
    return kResultOk;
  });
}

void View::detach() noexcept {
  if (window_ == nullptr) {
    return;
  }
  leaveLoop();
  visit_ = nullptr;
  window_ = nullptr;
  content_.message.clear();
  content_.buttonHovered = content_.buttonPressed = content_.focused = false;
}

void View::onReadable() {
  if (window_ != nullptr && !window_->readEvents()) {
    // A broken connection stays readable, and the host would call for ever.
    if (handlers_ != nullptr) {
      loop_->unregisterEventHandler(handlers_);
    }
    return;
  }
  drawChanges();
}

void View::onTimer() {
  const IPtr<Vst::IComponentHandler> handler = plugin_.notices().handler();
  plugin_.instance.deliverEdits(handler);
  const bool looks = ++ticks_ % kTicksPerLook == 0;
  if (looks) {
    plugin_.instance.deliverDirt(handler);
    plugin_.notices().deliver();
  }
  // In any of these calls the host may have closed the view.
  if (window_ == nullptr) {
    return;
  }
  if (looks) {
    look();
  }
  // A reply may have brought events along that nobody is told of by the descriptor.
  if (window_->readEvents()) {
    drawChanges();
  }
}

void View::look() {
  const InstanceStatus status = plugin_.instance.status();
  regionId_ = status.regionId;
  describe(status, panelState(regionId_), content_);
  if (visit_ != nullptr) {
    content_.message = visit_->outcome();
  }
}

void View::onPointer(const ViewWindow::Pointer& pointer) {
  using What = ViewWindow::Pointer::What;
  const bool inside = pointer.what != What::left && ViewPicture(size_.getWidth(), size_.getHeight()).isButton(pointer.at);
  content_.buttonHovered = inside;
  if (pointer.what == What::pressed) {
    content_.buttonPressed = inside;
    window_->requestFocus();
  } else if (pointer.what == What::released) {
    const bool clicked = inside && content_.buttonPressed;
    content_.buttonPressed = false;
    if (clicked) {
      press();
    }
  }
}

void View::press() {
  look();
  if (!content_.buttonEnabled) {
    content_.message = "The panel is there once the host has activated the plug-in.";
    return;
  }
  if (visit_ != nullptr && !visit_->over()) {
    return;
  }
  content_.message = "Opening it in your browser.";
  visit_ = nullptr;
  visit_ = std::make_unique<PanelVisit>(regionId_);
}

void View::drawChanges() {
  if (window_ != nullptr && !(content_ == drawn_)) {
    draw();
  }
}

void View::draw() {
  window_->show(ViewPicture(size_.getWidth(), size_.getHeight()).draw(content_));
  drawn_ = content_;
}

tresult PLUGIN_API View::onWheel(float) { return kResultFalse; }

tresult PLUGIN_API View::onKeyDown(char16, int16 code, int16 modifiers) {
  // Not the space bar, by which hosts play and stop.
  const bool presses = code == kKeyReturn || code == kKeyEnter;
  if (!presses || modifiers != 0 || window_ == nullptr || !content_.focused) {
    return kResultFalse;
  }
  return guarded([this] {
    press();
    drawChanges();
    return kResultTrue;
  });
}

tresult PLUGIN_API View::onKeyUp(char16, int16, int16) { return kResultFalse; }

tresult PLUGIN_API View::getSize(ViewRect* size) {
  if (size == nullptr) {
    return kInvalidArgument;
  }
  *size = size_;
  return kResultOk;
}

tresult PLUGIN_API View::onSize(ViewRect* size) {
  return guarded([&]() -> tresult {
    // Windows of X have at least a pixel, and at most so many.
    constexpr int32 kMost = 32767;
    if (size == nullptr || size->getWidth() < 1 || size->getHeight() < 1 || size->getWidth() > kMost ||
        size->getHeight() > kMost) {
      return kInvalidArgument;
    }
    size_ = *size;
    if (window_ != nullptr) {
      window_->resize(size_.getWidth(), size_.getHeight());
      draw();
    }
    return kResultOk;
  });
}

tresult PLUGIN_API View::onFocus(TBool state) {
  return guarded([&] {
    content_.focused = state != 0;
    drawChanges();
    return kResultOk;
  });
}

tresult PLUGIN_API View::setFrame(IPlugFrame* frame) {
  return guarded([&] {
    const bool other = frame != frame_;
    frame_ = frame;
    if (other && window_ != nullptr) {
      // Hosts take the frame back before they remove the view, and its loop may end with it.
      leaveLoop();
      // With the last edits the host may have removed the view, or given it yet another frame.
      const IPtr<Linux::IRunLoop> loop = frame_ == frame && window_ != nullptr && handlers_ == nullptr ? loopOf(frame) : nullptr;
      if (loop != nullptr && !enterLoop(loop)) {
        log(plugin_.instance.image().name, "the view stands still: the run loop of the host's new frame takes no event handler or no timer");
      }
    }
    return kResultOk;
  });
}

tresult PLUGIN_API View::canResize() { return kResultTrue; }

tresult PLUGIN_API View::checkSizeConstraint(ViewRect* rect) {
  if (rect == nullptr) {
    return kInvalidArgument;
  }
  // Its shape stays, so that there are no empty margins.
  const double scale = std::clamp(std::min(static_cast<double>(rect->getWidth()) / ViewPicture::kWidth,
                                           static_cast<double>(rect->getHeight()) / ViewPicture::kHeight),
                                  kLeastScale, kMostScale);
  rect->right = rect->left + static_cast<int32>(std::lround(ViewPicture::kWidth * scale));
  rect->bottom = rect->top + static_cast<int32>(std::lround(ViewPicture::kHeight * scale));
  return kResultTrue;
}

tresult PLUGIN_API View::setContentScaleFactor(ScaleFactor factor) {
  return guarded([&]() -> tresult {
    if (!(factor > 0) || !std::isfinite(factor)) {
      return kInvalidArgument;
    }
    scaled_ = true;
    scaleTo(static_cast<double>(factor));
    return kResultTrue;
  });
}

void View::scaleTo(double factor) {
  const double scale = std::clamp(factor, kLeastScale, kMostScale);
  ViewRect wanted = size_;
  wanted.right = wanted.left + static_cast<int32>(std::lround(ViewPicture::kWidth * scale));
  wanted.bottom = wanted.top + static_cast<int32>(std::lround(ViewPicture::kHeight * scale));
  if (wanted.getWidth() == size_.getWidth() && wanted.getHeight() == size_.getHeight()) {
    return;
  }
  if (window_ == nullptr) {
    // The host asks for it before it attaches the view.
    size_ = wanted;
  } else if (frame_ != nullptr) {
    // The host then calls onSize, or keeps the size, in which everything fits.
    frame_->resizeView(this, &wanted);
  }
}

}  // namespace patchbay::bridge
