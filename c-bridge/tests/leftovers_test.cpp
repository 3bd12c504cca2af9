// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "player.h"
#include "request_socket.h"
#include "workbench.h"

using namespace patchbay::bridge::test;
namespace fs = std::filesystem;

TEST_SUITE("life") {
  TEST_CASE("what hosts that were killed have left in the runtime folder goes, and nothing else") {
    const fs::path folder = std::getenv("PATCHBAY_RUNTIME_DIR");
    fs::create_directories(folder);
    fs::permissions(folder, fs::perms::owner_all);
    const std::string id = "0123456789abcdef0123456789abcdef";
    // Above the kernel's largest pid.
    const std::string dead = "4194399-";
    const std::string living = std::to_string(getpid()) + "-";
    const std::string left[] = {dead + "0123abcd.sock", dead + "0123abcd.control", dead + id + ".panel", dead + id + ".url",
                                dead + id + ".html"};
    const std::string others[] = {living + id + ".url", dead + "notes.txt", "0123abcd.sock"};
    for (const std::string& name : left) {
      std::ofstream(folder / name) << "x";
    }
    for (const std::string& name : others) {
      std::ofstream(folder / name) << "x";
    }
    // Its number is that of no process here, but it is there: in a container of its own.
    const std::string elsewhere = "4194398-0123abcd.sock";
    patchbay::bridge::RequestSocket served;
    REQUIRE(served.open(elsewhere) == "");
    Player player;
    REQUIRE(player.start());
    CHECK(fs::exists(folder / elsewhere));
    fs::remove(folder / elsewhere);
    for (const std::string& name : left) {
      CAPTURE(name);
      CHECK_FALSE(fs::exists(folder / name));
    }
    for (const std::string& name : others) {
      CAPTURE(name);
      CHECK(fs::exists(folder / name));
      fs::remove(folder / name);
    }
  }
}
