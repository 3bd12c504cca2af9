// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "jar_copies.h"
#include "workbench.h"

using namespace patchbay::bridge;
using namespace patchbay::bridge::test;

namespace {

namespace fs = std::filesystem;

/** A jar in a folder of its own. */
std::string jarIn(const std::string& folder, const std::string& text) {
  const fs::path place = fs::path(std::getenv("PATCHBAY_LOG_DIR")) / folder;
  fs::create_directories(place);
  std::ofstream(place / "a.jar", std::ios::binary | std::ios::trunc) << jarOf(text);
  return place / "a.jar";
}

Jars copyOf(const std::vector<std::string>& jars) {
  std::string error;
  Jars made = JarCopies::make(jars, error);
  CHECK(error.empty());
  REQUIRE(made != nullptr);
  return made;
}

/** Another process that holds copies of a jar. */
class Holder {
 public:
  explicit Holder(const std::string& jar) {
    int ends[2];
    REQUIRE(pipe(ends) == 0);
    pid_ = fork();
    if (pid_ == 0) {
      std::string error;
      const Jars held = JarCopies::make({jar}, error);
      const char done = held != nullptr ? 'y' : 'n';
      if (write(ends[1], &done, 1) == 1) {
        pause();
      }
      _exit(1);
    }
    char done = 0;
    CHECK(read(ends[0], &done, 1) == 1);
    CHECK(done == 'y');
    close(ends[0]);
    close(ends[1]);
  }
  ~Holder() { end(); }
  Holder(const Holder&) = delete;
  Holder& operator=(const Holder&) = delete;

  void end() {
    if (pid_ > 0) {
      kill(pid_, SIGKILL);
      waitpid(pid_, nullptr, 0);
      pid_ = 0;
    }
  }

 private:
  pid_t pid_;
};

}  // namespace

TEST_SUITE("jar_copies") {
  TEST_CASE("copies have names and bytes of what was copied, in the same order, and go with their owner") {
    const std::string one = jarIn("one", "first");
    const std::string other = jarIn("other", "second");
    {
      const Jars made = copyOf({one, other});
      const Jars again = copyOf({one, other});
      CHECK(made->sameAs(*again));
      CHECK_FALSE(made->sameAs(*copyOf({other, one})));
      std::ofstream(one, std::ios::binary | std::ios::trunc) << jarOf("third");
      CHECK_FALSE(made->sameAs(*copyOf({one, other})));
      REQUIRE(made->paths().size() == 2);
      CHECK(readText(made->paths()[0]) == jarOf("first"));
      CHECK(readText(made->paths()[1]) == jarOf("second"));
      for (const std::string& path : made->paths()) {
        CHECK(fs::path(path).filename() == "a.jar");
      }
      CHECK(copies().size() == 2);
      CHECK((fs::status(copies().front()).permissions() & fs::perms::all) == fs::perms::owner_all);
    }
    CHECK(copies().empty());
  }

  TEST_CASE("what a killed process has left is removed, and nothing of one that lives") {
    const std::string jar = jarIn("one", "first");
    const Jars own = copyOf({jar});
    Holder living(jar);
    Holder killed(jar);
    CHECK(copies().size() == 3);
    JarCopies::sweep();
    CHECK(copies().size() == 3);
    killed.end();
    CHECK(copies().size() == 3);
    JarCopies::sweep();
    CHECK(copies().size() == 2);
    CHECK(readText(own->paths()[0]) == jarOf("first"));
    living.end();
    JarCopies::sweep();
    CHECK(copies().size() == 1);
  }

  TEST_CASE("a fork of the host leaves its copies alone") {
    Jars own = copyOf({jarIn("one", "first")});
    const pid_t copy = fork();
    if (copy == 0) {
      own = nullptr;
      JarCopies::sweep();
      _exit(0);
    }
    int status = -1;
    CHECK(eventually([&] { return waitpid(copy, &status, WNOHANG) == copy; }));
    CHECK(status == 0);
    CHECK(readText(own->paths()[0]) == jarOf("first"));
  }

  TEST_CASE("a runtime folder that no class path can name is told") {
    const std::string before = std::getenv("PATCHBAY_RUNTIME_DIR");
    const std::string odd = before + "/odd:one";
    setenv("PATCHBAY_RUNTIME_DIR", odd.c_str(), 1);
    std::string error;
    CHECK(JarCopies::make({jarIn("one", "first")}, error) == nullptr);
    CHECK(error.find("set PATCHBAY_RUNTIME_DIR to a folder of your own") != std::string::npos);
    setenv("PATCHBAY_RUNTIME_DIR", before.c_str(), 1);
    fs::remove_all(odd);
  }
}
