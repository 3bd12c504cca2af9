// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <set>

#include "player.h"
#include "pluginterfaces/gui/iplugviewcontentscalesupport.h"
#include "stroke_font.h"
#include "view_host.h"
#include "view_status.h"
#include "workbench.h"

using namespace Steinberg;
using namespace patchbay::bridge;
using namespace patchbay::bridge::test;

namespace {

std::size_t openDescriptors() {
  std::size_t count = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
    ++count;
  }
  return count;
}

void setScale(IPlugView& view, float factor) {
  void* object = nullptr;
  REQUIRE(view.queryInterface(IPlugViewContentScaleSupport_iid, &object) == kResultOk);
  const auto support = owned(static_cast<IPlugViewContentScaleSupport*>(object));
  REQUIRE(support->setContentScaleFactor(factor) == kResultTrue);
}

ViewContent contentOf(const InstanceStatus& status, const PanelState& panel = {}) {
  ViewContent content;
  describe(status, panel, content);
  return content;
}

}  // namespace

TEST_SUITE("view") {
  TEST_CASE("a view shows itself inside of the host's window until it is removed") {
    const XServer server;
    const Player player;
    OpenView open(*player.controller);
    REQUIRE(open.attached == kResultOk);
    CHECK(open.view->attached(open.host.handle(), kPlatformTypeX11EmbedWindowID) == kResultFalse);
    REQUIRE(open.host.inside().size() == 1);
    CHECK(open.host.sizeOf(open.window()) == std::make_pair(400, 230));
    CHECK(open.frame.until([&] { return open.host.isShown(open.window()); }));
    CHECK(open.shows(kDeadButton, kButtonX, kButtonY));
    CHECK(open.shows(kIdleDot, kDotX, kEngineY));
    const Shot shot = open.host.shot();
    // Text and soft edges are of many shades.
    CHECK(std::set<std::uint32_t>(shot.pixels.begin(), shot.pixels.end()).size() > 50);
    CHECK(open.view->removed() == kResultOk);
    CHECK(open.view->removed() == kResultFalse);
    CHECK(open.frame.registered() == 0);
    CHECK(open.frame.references == 1);
    CHECK(eventually([&] { return open.host.inside().empty(); }));
  }

  TEST_CASE("a frame that the host takes back before it removes the view is not called any more, and another takes its place") {
    const XServer server;
    const Player player;
    OpenView open(*player.controller);
    REQUIRE(open.attached == kResultOk);
    REQUIRE(open.frame.registered() == 2);
    CHECK(open.view->setFrame(nullptr) == kResultOk);
    CHECK(open.frame.registered() == 0);
    CHECK(open.frame.references == 1);
    ViewFrame other;
    CHECK(open.view->setFrame(&other) == kResultOk);
    CHECK(other.registered() == 2);
    other.turn(3);
    CHECK(open.view->setFrame(nullptr) == kResultOk);
    CHECK(open.view->removed() == kResultOk);
    CHECK(other.registered() == 0);
    CHECK(other.references == 1);
    open.view->setFrame(&open.frame);
    CHECK(open.view->attached(open.host.handle(), kPlatformTypeX11EmbedWindowID) == kResultOk);
    CHECK(open.frame.registered() == 2);
  }

  TEST_CASE("only the editor of X11 windows is there") {
    const Player player;
    CHECK(player.controller->createView("other") == nullptr);
    CHECK(player.controller->createView(nullptr) == nullptr);
    const auto view = owned(player.controller->createView(Vst::ViewType::kEditor));
    REQUIRE(view != nullptr);
    CHECK(view->isPlatformTypeSupported(kPlatformTypeX11EmbedWindowID) == kResultTrue);
    CHECK(view->isPlatformTypeSupported(kPlatformTypeHWND) == kResultFalse);
    CHECK(view->isPlatformTypeSupported(nullptr) == kResultFalse);
    int window = 0;
    CHECK(view->attached(&window, kPlatformTypeHWND) == kInvalidArgument);
    CHECK(view->attached(nullptr, kPlatformTypeX11EmbedWindowID) == kInvalidArgument);
    CHECK(view->removed() == kResultFalse);
    ViewRect size;
    CHECK(view->getSize(&size) == kResultOk);
    CHECK(size.getWidth() == 400);
    CHECK(size.getHeight() == 230);
  }

  TEST_CASE("a hundred times attached and removed, in one view and in many, a view leaves nothing behind") {
    const XServer server;
    const Player player;
    OpenView one(*player.controller);
    REQUIRE(one.attached == kResultOk);
    REQUIRE(one.view->removed() == kResultOk);
    const std::size_t before = openDescriptors();
    for (int i = 0; i < 50; ++i) {
      REQUIRE(one.view->attached(one.host.handle(), kPlatformTypeX11EmbedWindowID) == kResultOk);
      one.frame.turn(i % 3);
      REQUIRE(one.view->removed() == kResultOk);
      const auto other = owned(player.controller->createView(Vst::ViewType::kEditor));
      other->setFrame(&one.frame);
      REQUIRE(other->attached(one.host.handle(), kPlatformTypeX11EmbedWindowID) == kResultOk);
      one.frame.turn(i % 3);
      // Careless hosts let go of it without a word.
      if (i % 2 == 0) {
        REQUIRE(other->removed() == kResultOk);
      }
    }
    CHECK(openDescriptors() == before);
    CHECK(one.frame.registered() == 0);
    CHECK(one.frame.references == 1);
    CHECK(eventually([&] { return one.host.inside().empty(); }));
  }

  TEST_CASE("two views in turn and at once each show the same plug-in") {
    const XServer server;
    Player player;
    REQUIRE(player.start());
    OpenView first(*player.controller);
    CHECK(first.shows(kGoodDot, kDotX, kEngineY));
    {
      OpenView second(*player.controller);
      CHECK(second.shows(kGoodDot, kDotX, kEngineY));
      CHECK(second.shows(kGoodDot, kDotX, kControlY));
    }
    player.deactivate();
    CHECK(first.shows(kIdleDot, kDotX, kEngineY));
    OpenView third(*player.controller);
    CHECK(third.shows(kIdleDot, kDotX, kEngineY));
  }

  TEST_CASE("a view shows that the plug-in was terminated, and that it plays again") {
    const XServer server;
    Player player;
    REQUIRE(player.start());
    OpenView open(*player.controller);
    CHECK(open.shows(kGoodDot, kDotX, kEngineY));
    player.component->terminate();
    CHECK(open.shows(kIdleDot, kDotX, kEngineY));
    REQUIRE(player.component->initialize(nullptr) == kResultOk);
    REQUIRE(player.start());
    CHECK(open.shows(kGoodDot, kDotX, kEngineY));
  }

  TEST_CASE("a resized view fills its window, and keeps its shape where it is asked for a size") {
    const XServer server;
    const Player player;
    OpenView open(*player.controller, 800, 460);
    CHECK(open.view->canResize() == kResultTrue);
    ViewRect wanted(10, 20, 810, 900);
    CHECK(open.view->checkSizeConstraint(&wanted) == kResultTrue);
    CHECK(wanted.getWidth() == 800);
    CHECK(wanted.getHeight() == 460);
    CHECK(wanted.left == 10);
    ViewRect tiny(0, 0, 5, 5);
    CHECK(open.view->checkSizeConstraint(&tiny) == kResultTrue);
    CHECK(tiny.getWidth() == 300);
    REQUIRE(open.view->onSize(&wanted) == kResultOk);
    CHECK(open.frame.until([&] { return open.host.sizeOf(open.window()) == std::make_pair(800, 460); }));
    CHECK(open.shows(kDeadButton, kButtonX * 2, kButtonY * 2));
    ViewRect size;
    CHECK(open.view->getSize(&size) == kResultOk);
    CHECK(size.getWidth() == 800);
    // Some hosts do not ask: then everything is as large as has room, in the middle.
    ViewRect odd(0, 0, 600, 230);
    REQUIRE(open.view->onSize(&odd) == kResultOk);
    CHECK(open.shows(kDeadButton, 100 + kButtonX, kButtonY));
    ViewRect flat(0, 0, 7, 1);
    CHECK(open.view->onSize(&flat) == kResultOk);
    ViewRect none(0, 0, 0, 100);
    CHECK(open.view->onSize(&none) == kInvalidArgument);
    CHECK(open.view->onSize(nullptr) == kInvalidArgument);
  }

  TEST_CASE("a host's scale makes the view larger, before it is attached and after") {
    const XServer server;
    const Player player;
    OpenView open(*player.controller, 800, 460);
    setScale(*open.view, 1.5F);
    CHECK(open.frame.resizes == 1);
    CHECK(open.frame.until([&] { return open.host.sizeOf(open.window()) == std::make_pair(600, 345); }));
    setScale(*open.view, 1.5F);
    CHECK(open.frame.resizes == 1);
    open.view->removed();
    setScale(*open.view, 2);
    ViewRect size;
    open.view->getSize(&size);
    CHECK(size.getWidth() == 800);
    REQUIRE(open.view->attached(open.host.handle(), kPlatformTypeX11EmbedWindowID) == kResultOk);
    CHECK(open.host.sizeOf(open.window()) == std::make_pair(800, 460));
    CHECK(open.frame.resizes == 1);
  }

  TEST_CASE("without a word of the host the desktop's scale is taken") {
    const XServer server;
    const Player player;
    {
      HostWindow desktop(10, 10);
      desktop.setDpi(192);
      OpenView open(*player.controller, 800, 460);
      CHECK(open.frame.resizes == 1);
      CHECK(open.frame.until([&] { return open.host.sizeOf(open.window()) == std::make_pair(800, 460); }));
      desktop.setDpi(96);
      OpenView plain(*player.controller);
      CHECK(plain.frame.resizes == 0);
    }
  }

  TEST_CASE("a screen of 16 bits shows the same") {
    const XServer server("640x480x16");
    const Player player;
    OpenView open(*player.controller);
    REQUIRE(open.attached == kResultOk);
    const auto near = [](std::uint32_t a, std::uint32_t b) {
      for (const unsigned shift : {0U, 8U, 16U}) {
        if (std::abs(static_cast<int>(a >> shift & 0xFF) - static_cast<int>(b >> shift & 0xFF)) > 9) {
          return false;
        }
      }
      return true;
    };
    CHECK(open.frame.until([&] { return near(open.host.shot().at(kDotX, kEngineY), kIdleDot); }));
  }

  TEST_CASE("a host that closes its window first, or whose server ends, is survived") {
    const Player player;
    XServer server;
    {
      OpenView open(*player.controller);
      open.frame.turn(3);
      open.host.destroy();
      open.frame.turn(30);
      ViewRect size(0, 0, 500, 300);
      CHECK(open.view->onSize(&size) == kResultOk);
      open.frame.turn(30);
      CHECK(open.view->removed() == kResultOk);
      CHECK(open.frame.registered() == 0);
    }
    OpenView open(*player.controller);
    server.end();
    // Its descriptor would be readable for ever.
    CHECK(open.frame.until([&] { return open.frame.eventHandlers() == 0; }));
    open.frame.turn(30);
    CHECK(open.view->onFocus(true) == kResultOk);
    CHECK(open.view->removed() == kResultOk);
    CHECK(open.frame.registered() == 0);
  }

  TEST_CASE("where there can be no view, one sentence says why and the host goes on") {
    const Player player;
    const auto view = owned(player.controller->createView(Vst::ViewType::kEditor));
    void* const window = reinterpret_cast<void*>(std::uintptr_t{4711});
    tresult result = kResultOk;
    const auto attach = [&] { result = view->attached(window, kPlatformTypeX11EmbedWindowID); };
    CHECK(errorsOf(attach).find("offers no run loop") != std::string::npos);
    CHECK(result == kResultFalse);
    ViewFrame without(false);
    view->setFrame(&without);
    CHECK(errorsOf(attach).find("offers no run loop") != std::string::npos);
    CHECK(result == kResultFalse);
    ViewFrame frame;
    view->setFrame(&frame);
    unsetenv("DISPLAY");
    CHECK(errorsOf(attach).find("DISPLAY is not set") != std::string::npos);
    setenv("DISPLAY", ":9743", 1);
    CHECK(errorsOf(attach).find("DISPLAY=:9743 does not let us in") != std::string::npos);
    const XServer server;
    CHECK(errorsOf(attach).find("no window inside of the host's window 4711") != std::string::npos);
    CHECK(result == kResultFalse);
    const HostWindow host(400, 230);
    frame.takesTimers = kResultFalse;
    CHECK(errorsOf([&] { result = view->attached(host.handle(), kPlatformTypeX11EmbedWindowID); })
              .find("takes no event handler or no timer") != std::string::npos);
    CHECK(result == kResultFalse);
    CHECK(frame.registered() == 0);
    CHECK(frame.references == 1);
    CHECK(without.references == 1);
    view->setFrame(nullptr);
  }

  TEST_CASE("without libxcb there is no view, one sentence, and the plug-in plays" * doctest::skip()) {
    REQUIRE(std::getenv("LD_PRELOAD") != nullptr);
    const XServer server;
    const HostWindow host(400, 230);
    Player player;
    ViewFrame frame;
    const auto view = owned(player.controller->createView(Vst::ViewType::kEditor));
    REQUIRE(view != nullptr);
    view->setFrame(&frame);
    tresult result = kResultOk;
    const std::string said = errorsOf([&] { result = view->attached(host.handle(), kPlatformTypeX11EmbedWindowID); });
    CHECK(result == kResultFalse);
    CHECK(said.find("libxcb.so.1 cannot be loaded") != std::string::npos);
    CHECK(occurrences(said, "\n") == 1);
    CHECK(frame.registered() == 0);
    REQUIRE(player.start());
    Block block(64);
    CHECK(player.play(block) == kResultOk);
  }

  TEST_CASE("what a status is called") {
    using Process = InstanceStatus::Process;
    InstanceStatus status;
    CHECK(contentOf(status).rows[0].text == "not started");
    CHECK(contentOf(status).rows[2].text == "0");
    CHECK(contentOf(status).rows[3].text == "needs the control process");
    CHECK_FALSE(contentOf(status).buttonEnabled);
    status.engine = Process::serves;
    CHECK(contentOf(status).rows[0].text == "ready; the host has it switched off");
    status.active = true;
    CHECK(contentOf(status).rows[0].text == "plays");
    status.control = Process::returning;
    status.blocks = 1'234'000;
    status.missedBlocks = 567;
    status.restarts = 2;
    const PanelState panel = {true, "127.0.0.1:1234"};
    CHECK(contentOf(status).rows[1].text == "ended; another is started");
    CHECK(contentOf(status).rows[2].text == "567 of 1,234,567, 2 restarts");
    CHECK(contentOf(status).rows[3].text == "not there yet");
    CHECK(contentOf(status, panel).rows[3].text == "served at 127.0.0.1:1234");
    CHECK(contentOf(status, panel).buttonEnabled);
    CHECK(contentOf(status, {true, ""}).rows[3].text == "ready to be opened");
  }

  TEST_CASE("text is cut to its room between characters, and whatever it is made of can be drawn") {
    const StrokeFont::Style style = {10, 0.1, 0xFFFFFF};
    CHECK(StrokeFont::fitted("PolySynth", style, 1000) == "PolySynth");
    const std::string cut = StrokeFont::fitted("Säge über Säge", style, StrokeFont::widthOf("Säge ü…", style) + 1);
    CHECK(cut == "Säge ü…");
    CHECK(StrokeFont::fitted("PolySynth", style, 1) == "…");
    CHECK(StrokeFont::widthOf("ä", style) == StrokeFont::widthOf("a", style));
    const double box = StrokeFont::widthOf("\xE4\xBD\xA0", style);
    CHECK(box > 0);
    CHECK(StrokeFont::widthOf("\xFF\xE4\xBD", style) == 3 * box);
    Canvas canvas(40, 20, 0);
    StrokeFont::draw(canvas, {-30, 15}, "Wide \xF0\x9F\x8E\xB9 and \xC3", style);
    Canvas empty(0, 0, 0);
    StrokeFont::draw(empty, {0, 0}, "A", style);
    std::size_t lit = 0;
    for (const Colour pixel : canvas.pixels()) {
      lit += pixel != 0 ? 1 : 0;
    }
    CHECK(lit > 20);
  }
}
