// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <memory>
#include <thread>

#include "panel_visit.h"
#include "player.h"
#include "shared_region.h"
#include "variable.h"
#include "view_host.h"
#include "workbench.h"

using namespace Steinberg;
using namespace patchbay::bridge;
using namespace patchbay::bridge::test;
namespace fs = std::filesystem;

namespace {

const std::string kToken = "Ab_-cdefghijklmnopqrstuvwxyz0123456789ABCDE";
const std::string kAddress = "http://127.0.0.1:43210/" + kToken + "/";

/** A program of the name xdg-open that comes first in PATH, and notes down how it is called. */
class FakeBrowser {
 public:
  explicit FakeBrowser(const std::string& last = "exit 0")
      : folder_(std::string(std::getenv("PATCHBAY_LOG_DIR")) + "/browser"), path_("PATH", folder_ + ":" + std::getenv("PATH")) {
    fs::create_directories(folder_);
    fs::remove(note());
    const std::string program = folder_ + "/xdg-open";
    std::ofstream(program) << "#!/bin/sh\n{ echo \"arguments: $*\"; cat \"$1\"; echo; echo \"mode: $(stat -c %a \"$1\")\"; "
                              "echo \"pid: $$\"; echo \"folder: $PWD\"; env; } > '"
                           << note() << ".new'\nmv '" << note() << ".new' '" << note() << "'\n" << last << "\n";
    fs::permissions(program, fs::perms::owner_all);
  }
  ~FakeBrowser() { fs::remove_all(folder_); }
  FakeBrowser(const FakeBrowser&) = delete;
  FakeBrowser& operator=(const FakeBrowser&) = delete;

  [[nodiscard]] std::string note() const { return folder_ + "/note"; }
  [[nodiscard]] bool called() const { return fs::exists(note()); }

 private:
  std::string folder_;
  Variable path_;
};

/** Where the control process of the only instance says what its panel's address is. */
class FakeDoor {
 public:
  /** @param answer what is said; nothing at all, and the line kept, where it is empty */
  explicit FakeDoor(const std::string& answer) : answer_(answer), listener_(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    const RegionView region;
    fs::create_directories(std::getenv("PATCHBAY_RUNTIME_DIR"));
    fs::permissions(std::getenv("PATCHBAY_RUNTIME_DIR"), fs::perms::owner_all);
    char id[33];
    std::snprintf(id, sizeof id, "%016llx%016llx", static_cast<unsigned long long>(region.header().instance_id[0]),
                  static_cast<unsigned long long>(region.header().instance_id[1]));
    stem_ = std::string(std::getenv("PATCHBAY_RUNTIME_DIR")) + "/" + std::to_string(getpid()) + "-" + id;
    sockaddr_un place = {};
    place.sun_family = AF_UNIX;
    std::memcpy(place.sun_path, path().c_str(), path().size());
    REQUIRE(bind(listener_, reinterpret_cast<const sockaddr*>(&place), sizeof place) == 0);
    REQUIRE(listen(listener_, 4) == 0);
    thread_ = std::thread([this] { serve(); });
  }
  ~FakeDoor() {
    shutdown(listener_, SHUT_RDWR);
    thread_.join();
    close(listener_);
    for (const char* ending : {".panel", ".url", ".html"}) {
      fs::remove(stem_ + ending);
    }
  }
  FakeDoor(const FakeDoor&) = delete;
  FakeDoor& operator=(const FakeDoor&) = delete;

  [[nodiscard]] std::string path() const { return stem_ + ".panel"; }
  [[nodiscard]] std::string id() const { return stem_.substr(stem_.rfind('-') + 1); }
  [[nodiscard]] std::string link() const { return stem_ + ".html"; }

  /** As control does once it serves. */
  void sayServed() const { std::ofstream(stem_ + ".url") << kAddress << "\n"; }

 private:
  void serve() {
    int kept = -1;
    for (int visitor; (visitor = accept(listener_, nullptr, nullptr)) >= 0;) {
      if (answer_.empty()) {
        kept = visitor;
        continue;
      }
      [[maybe_unused]] const ssize_t sent = send(visitor, answer_.data(), answer_.size(), MSG_NOSIGNAL);
      close(visitor);
    }
    if (kept >= 0) {
      close(kept);
    }
  }

  const std::string answer_;
  const int listener_;
  std::string stem_;
  std::thread thread_;
};

void clickButton(OpenView& open) {
  CHECK(open.shows(kReadyButton, kButtonX, kButtonY));
  open.host.click(static_cast<int>(kButtonX), static_cast<int>(kButtonY));
}

}  // namespace

TEST_SUITE("panel") {
  TEST_CASE("a click on the button opens the panel's page in the user's browser, and tells its key to nobody else") {
    const XServer server;
    Player player;
    REQUIRE(player.start());
    const FakeDoor door(kAddress + "\n");
    const FakeBrowser browser;
    const Variable loader("LD_LIBRARY_PATH", "/opt/host/lib");
    const Variable java("JAVA_TOOL_OPTIONS", "-Dhost=1");
    const Variable session("DBUS_SESSION_BUS_ADDRESS", "unix:path=/run/bus");
    OpenView open(*player.controller);
    clickButton(open);
    REQUIRE(open.frame.until([&] { return browser.called(); }));
    const std::string note = readText(browser.note());
    CHECK(note.find("arguments: " + door.link() + "\n") != std::string::npos);
    CHECK(note.find("url=" + kAddress + "\"") != std::string::npos);
    CHECK(note.find("mode: 600\n") != std::string::npos);
    CHECK(note.find("\nDISPLAY=" + std::string(std::getenv("DISPLAY"))) != std::string::npos);
    CHECK(note.find("\nDBUS_SESSION_BUS_ADDRESS=unix:path=/run/bus") != std::string::npos);
    CHECK(note.find("LD_LIBRARY_PATH") == std::string::npos);
    CHECK(note.find("JAVA_TOOL_OPTIONS") == std::string::npos);
    const std::string call = note.substr(0, note.find('\n'));
    CHECK(call.find(kToken) == std::string::npos);
    // As often as one likes.
    fs::remove(browser.note());
    CHECK(open.frame.until([&] {
      open.host.click(static_cast<int>(kButtonX), static_cast<int>(kButtonY));
      return browser.called();
    }));
  }

  TEST_CASE("a press that leaves the button before it is let go of opens nothing; the mouse over it is seen") {
    const XServer server;
    Player player;
    REQUIRE(player.start());
    const FakeDoor door(kAddress + "\n");
    const FakeBrowser browser;
    OpenView open(*player.controller);
    CHECK(open.shows(kReadyButton, kButtonX, kButtonY));
    open.host.pointAt(static_cast<int>(kButtonX) + 5, static_cast<int>(kButtonY));
    CHECK(open.shows(0x7FE3D9, kButtonX, kButtonY));
    open.host.press(true);
    CHECK(open.shows(0x38A89D, kButtonX, kButtonY));
    open.host.pointAt(300, 20);
    CHECK(open.shows(kReadyButton, kButtonX, kButtonY));
    open.host.press(false);
    open.frame.turn(50);
    CHECK_FALSE(browser.called());
    CHECK_FALSE(fs::exists(door.link()));
  }

  TEST_CASE("the enter key presses the button while the view has the keyboard, and is the host's else") {
    const XServer server;
    Player player;
    REQUIRE(player.start());
    const FakeDoor door(kAddress + "\n");
    const FakeBrowser browser;
    OpenView open(*player.controller);
    CHECK(open.shows(kReadyButton, kButtonX, kButtonY));
    CHECK(open.view->onKeyDown(0, 4, 0) == kResultFalse);
    open.host.embed(4);
    CHECK(open.shows(0xE8ECF1, 60, 179));
    CHECK(open.view->onKeyDown(u' ', 7, 0) == kResultFalse);
    CHECK(open.view->onKeyDown(u'a', 0, 0) == kResultFalse);
    CHECK(open.view->onKeyDown(0, 4, 1) == kResultFalse);
    CHECK(open.view->onKeyDown(0, 4, 0) == kResultTrue);
    CHECK(open.frame.until([&] { return browser.called(); }));
    open.host.embed(5);
    CHECK(open.shows(kViewGround, 60, 179));
    CHECK(open.view->onFocus(true) == kResultOk);
    CHECK(open.shows(0xE8ECF1, 60, 179));
  }

  TEST_CASE("a browser goes on when view, plug-in and launcher have gone") {
    const XServer server;
    pid_t pid = 0;
    {
      const FakeBrowser browser("exec sleep 1000");
      Player player;
      REQUIRE(player.start());
      const FakeDoor door(kAddress + "\n");
      OpenView open(*player.controller);
      clickButton(open);
      REQUIRE(open.frame.until([&] { return browser.called(); }));
      const std::string note = readText(browser.note());
      pid = std::atoi(note.c_str() + note.find("pid: ") + 5);
    }
    REQUIRE(pid > 0);
    CHECK(running(pid));
    CHECK(getpgid(pid) == pid);
    kill(pid, SIGKILL);
    CHECK(waitpid(pid, nullptr, 0) == pid);
  }

  TEST_CASE("what fails is told in a sentence") {
    Player player;
    REQUIRE(player.start());
    const auto visit = [](const std::string& id) {
      return errorsOf([&] {
        PanelVisit once(id);
        CHECK(eventually([&] { return once.over(); }));
        CHECK(once.outcome().find("\"patchbay panel\" tells the address") != std::string::npos);
      });
    };
    CHECK(visit("0123").find("does not serve a panel at") != std::string::npos);
    {
      const FakeDoor door("http://evil.example/\"><script>\n");
      const FakeBrowser browser;
      CHECK(visit(door.id()).find("told no address") != std::string::npos);
      CHECK_FALSE(fs::exists(door.link()));
      CHECK_FALSE(panelState(door.id()).served == "evil.example");
    }
    {
      const FakeDoor door(kAddress + "\n");
      const FakeBrowser browser("exit 3");
      CHECK(visit(door.id()).find("xdg-open failed: exit status 3") != std::string::npos);
    }
    const FakeDoor door(kAddress + "\n");
    const Variable path("PATH", "/nowhere");
    CHECK(visit(door.id()).find("xdg-open cannot be started") != std::string::npos);
  }

  TEST_CASE("a control process that does not answer holds up neither the host nor the end of the view") {
    const XServer server;
    Player player;
    REQUIRE(player.start());
    const FakeDoor door("");
    const FakeBrowser browser;
    OpenView open(*player.controller);
    clickButton(open);
    open.frame.turn(50);
    open.host.click(static_cast<int>(kButtonX), static_cast<int>(kButtonY));
    open.frame.turn(50);
    const std::int64_t begin = nowMillis();
    const std::string said = errorsOf([&] { CHECK(open.view->removed() == kResultOk); });
    CHECK(nowMillis() - begin < 10'000);
    CHECK(said == "");
    CHECK_FALSE(browser.called());
  }

  TEST_CASE("a fork of the host leaves a visit alone") {
    Player player;
    REQUIRE(player.start());
    const FakeDoor door("");
    auto visit = std::make_unique<PanelVisit>(door.id());
    std::fflush(nullptr);
    const pid_t copy = fork();
    if (copy == 0) {
      const bool idle = visit->over() && visit->outcome().empty();
      visit = nullptr;
      _exit(idle ? 0 : 1);
    }
    int status = -1;
    const bool ended = eventually([&] { return waitpid(copy, &status, WNOHANG) == copy; });
    CHECK(ended);
    CHECK(status == 0);
    if (!ended) {
      kill(copy, SIGKILL);
      waitpid(copy, &status, 0);
    }
    usleep(100000);
    CHECK_FALSE(visit->over());
  }

  TEST_CASE("whether a panel is served is seen from its files, without its key") {
    Player player;
    REQUIRE(player.start());
    {
      const FakeDoor door(kAddress + "\n");
      CHECK(panelState(door.id()).reachable);
      CHECK(panelState(door.id()).served == "");
      door.sayServed();
      CHECK(panelState(door.id()).served == "127.0.0.1:43210");
    }
    CHECK_FALSE(panelState("").reachable);
    CHECK_FALSE(panelState("0123").reachable);
  }
}
