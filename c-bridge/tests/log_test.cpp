// SPDX-License-Identifier: Apache-2.0
#include "log.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <termios.h>
#include <unistd.h>

#include <cstdlib>
#include <functional>
#include <sstream>
#include <string>
#include <vector>

#include "player.h"
#include "workbench.h"

using namespace Steinberg;
using namespace patchbay::bridge::test;

namespace {

enum class Kind { pipe, socket, terminal };

void setFlag(int fd, int flag, bool on) {
  const int flags = fcntl(fd, F_GETFL);
  fcntl(fd, F_SETFL, on ? flags | flag : flags & ~flag);
}

/** Takes the place of stderr, with no room left for a byte. */
class FullStderr {
 public:
  explicit FullStderr(Kind kind) : saved_(dup(STDERR_FILENO)) {
    int ends[2] = {-1, -1};
    if (kind == Kind::pipe) {
      REQUIRE(pipe(ends) == 0);
    } else if (kind == Kind::socket) {
      REQUIRE(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
    } else {
      ends[0] = posix_openpt(O_RDWR | O_NOCTTY);
      REQUIRE(ends[0] >= 0);
      REQUIRE(grantpt(ends[0]) == 0);
      REQUIRE(unlockpt(ends[0]) == 0);
      ends[1] = open(ptsname(ends[0]), O_RDWR | O_NOCTTY);
      REQUIRE(ends[1] >= 0);
      termios settings = {};
      tcgetattr(ends[1], &settings);
      cfmakeraw(&settings);
      tcsetattr(ends[1], TCSANOW, &settings);
    }
    reader_ = ends[0];
    setFlag(reader_, O_NONBLOCK, true);
    setFlag(ends[1], O_NONBLOCK, true);
    const std::vector<char> filling(4096, '.');
    for (std::size_t size = filling.size(); size > 0; size /= 2) {
      while (write(ends[1], filling.data(), size) > 0) {
      }
    }
    setFlag(ends[1], O_NONBLOCK, false);
    dup2(ends[1], STDERR_FILENO);
    close(ends[1]);
  }

  ~FullStderr() {
    dup2(saved_, STDERR_FILENO);
    close(saved_);
    close(reader_);
  }

  FullStderr(const FullStderr&) = delete;
  FullStderr& operator=(const FullStderr&) = delete;

  /** Reads all that there is; the filling is left out. */
  void read() {
    char buffer[4096];
    ssize_t got;
    while ((got = ::read(reader_, buffer, sizeof buffer)) > 0) {
      text.append(buffer, static_cast<std::size_t>(got));
    }
    text.erase(0, text.find_first_not_of('.'));
  }

  std::string text;

 private:
  const int saved_;
  int reader_ = -1;
};

}  // namespace

TEST_SUITE("log") {
  TEST_CASE("an engine that dies is known and replaced where nobody reads stderr, which is a pipe that is full") {
    Player player;
    REQUIRE(player.start(48000, 256, Vst::kRealtime));
    const RegionView region;
    FullStderr full(Kind::pipe);
    kill(region.pid(PB_STANDARD_ROLE_RT), SIGKILL);
    const bool ended = eventually([&] { return region.counter(PB_STANDARD_BRIDGE_COUNTERS_RT_ENDED) == 1; });
    const bool replaced = eventually([&] { return region.counter(PB_STANDARD_BRIDGE_COUNTERS_RT_RESTARTS) == 1; });
    // Somebody reads again, and misses nothing.
    CHECK(eventually([&] {
      full.read();
      return occurrences(full.text, " has taken the place of ") == 1;
    }));
    CHECK(ended);
    CHECK(replaced);
    CHECK(full.text.rfind("patchbay: Test Synth: the RT process ", 0) == 0);
    CHECK(occurrences(full.text, "ended unexpectedly (signal 9)") == 1);
    CHECK((fcntl(STDERR_FILENO, F_GETFL) & O_NONBLOCK) == 0);
  }

  TEST_CASE("what is said while nobody reads stderr is kept, then counted, and order is kept") {
    Kind kind = Kind::pipe;
    SUBCASE("a pipe") {}
    SUBCASE("a socket") { kind = Kind::socket; }
    SUBCASE("a terminal") { kind = Kind::terminal; }
    constexpr int kCount = 2000;
    FullStderr full(kind);
    for (int i = 0; i < kCount; ++i) {
      patchbay::bridge::log("sentence " + std::to_string(i) + std::string(50, ' ') + "ends");
    }
    CHECK((fcntl(STDERR_FILENO, F_GETFL) & O_NONBLOCK) == 0);
    CHECK(patchbay::bridge::flushLog());
    patchbay::bridge::log("the last");
    CHECK(eventually([&] {
      full.read();
      return !patchbay::bridge::flushLog();
    }));
    full.read();
    patchbay::bridge::log("after it");
    CHECK(eventually([&] {
      full.read();
      return full.text.find("after it\n") != std::string::npos;
    }));
    std::istringstream lines(full.text);
    std::string line;
    int next = 0;
    int lost = 0;
    while (std::getline(lines, line) && line.rfind("patchbay: sentence ", 0) == 0) {
      CHECK(line == "patchbay: sentence " + std::to_string(next) + std::string(50, ' ') + "ends");
      ++next;
    }
    // At least as much as is promised, the limit less a line and the room for the count.
    CHECK(next > 300);
    REQUIRE(line.rfind("patchbay: ", 0) == 0);
    lost = std::stoi(line.substr(10));
    CHECK(line == "patchbay: " + std::to_string(lost) + " lines were lost here, since nobody has read stderr");
    // The last is one of them.
    CHECK(next + lost == kCount + 1);
    REQUIRE(std::getline(lines, line));
    CHECK(line == "patchbay: after it");
  }

  TEST_CASE("a line that is too long is cut") {
    const std::string errors = errorsOf([] { patchbay::bridge::log(std::string(10000, 'x')); });
    CHECK(errors == "patchbay: " + std::string(4096 - 11, 'x') + "\n");
  }
}
