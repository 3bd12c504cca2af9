// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "jar_copies.h"
#include "player.h"
#include "workbench.h"

using namespace Steinberg;
using namespace patchbay::bridge;
using namespace patchbay::bridge::test;

namespace {

namespace fs = std::filesystem;

/** So long a file must stay as it is before it is taken, and longer. */
constexpr std::chrono::milliseconds kManyLooks{1000};

void write(const fs::path& file, const std::string& bytes) {
  std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
}

/** Development is on, and the bundle "synth" has a folder for its jars, for as long as it lives. */
class Development {
 public:
  Development() : folder(bundlePath("synth") + "/Contents/Resources/modules/rt") {
    setenv("PATCHBAY_DEV", "on", 1);
    fs::create_directories(folder);
  }
  ~Development() {
    unsetenv("PATCHBAY_DEV");
    fs::remove_all(fs::path(folder).parent_path());
  }
  Development(const Development&) = delete;
  Development& operator=(const Development&) = delete;

  const fs::path folder;
};

std::int64_t swaps(const RegionView& region) { return region.counter(PB_STANDARD_BRIDGE_COUNTERS_RT_SWAPS); }

}  // namespace

TEST_SUITE("development") {
  TEST_CASE("a jar is complete when its directory is there, and not before") {
    const fs::path file = fs::path(std::getenv("PATCHBAY_LOG_DIR")) / "complete.jar";
    const std::string whole = jarOf("some classes");
    for (std::size_t length = 0; length < whole.size(); ++length) {
      write(file, whole.substr(0, length));
      CHECK_FALSE(isCompleteJar(file));
    }
    write(file, whole);
    CHECK(isCompleteJar(file));
    std::string commented = whole;
    commented[commented.size() - 2] = 3;
    write(file, commented + "abc");
    CHECK(isCompleteJar(file));
    write(file, std::string(whole.size(), 'x') + whole.substr(whole.size() - 22));
    CHECK_FALSE(isCompleteJar(file));
    CHECK_FALSE(isCompleteJar("/nowhere"));
  }

  TEST_CASE("a changed jar is played as soon as it is whole, from a copy, and a half one is not") {
    const Development development;
    const fs::path jar = development.folder / "synth.jar";
    write(jar, jarOf("first"));
    const std::string next = jarOf("second");
    static_cast<void>(errorsOf([&] {
      Player player;
      REQUIRE(player.start(48000, 256, Vst::kOffline));
      const RegionView region;
      CHECK(jarOn(region.pid(PB_STANDARD_ROLE_RT)) == jarOf("first"));
      // A build that stops for a while in the middle of the file, and then goes on.
      std::ofstream out(jar, std::ios::binary | std::ios::trunc);
      out << next.substr(0, next.size() / 2) << std::flush;
      std::this_thread::sleep_for(kManyLooks);
      CHECK(swaps(region) == 0);
      CHECK(jarOn(region.pid(PB_STANDARD_ROLE_RT)) == jarOf("first"));
      out << next.substr(next.size() / 2);
      out.close();
      CHECK(eventually([&] { return swaps(region) == 1; }, 20000));
      CHECK(jarOn(region.pid(PB_STANDARD_ROLE_RT)) == next);
      // The same once more is no news; a bundle that was built anew is another folder.
      fs::remove_all(development.folder);
      fs::create_directories(development.folder);
      write(jar, next);
      std::this_thread::sleep_for(kManyLooks);
      CHECK(swaps(region) == 1);
      fs::remove_all(development.folder);
      fs::create_directories(development.folder);
      write(jar, jarOf("third"));
      CHECK(eventually([&] { return swaps(region) == 2; }, 20000));
      CHECK(jarOn(region.pid(PB_STANDARD_ROLE_RT)) == jarOf("third"));
      // The former one goes with the engine that played it.
      CHECK(eventually([&] { return copies().size() == 1; }, 20000));
      CHECK(player.component->terminate() == kResultOk);
    }));
    CHECK(copies().empty());
    CHECK(children().empty());
  }

  TEST_CASE("a version that cannot play changes nothing, and the next one that can is played") {
    const Development development;
    const fs::path jar = development.folder / "synth.jar";
    write(jar, jarOf("first"));
    static_cast<void>(errorsOf([&] {
      Player player;
      REQUIRE(player.start(48000, 256, Vst::kOffline));
      const RegionView region;
      std::string said;
      {
        const Fake fake("refuse");
        said = errorsOf([&] {
          write(jar, jarOf("second"));
          CHECK(eventually([&] { return children().size() == 3; }, 20000));
          CHECK(eventually([&] { return children().size() == 2; }, 20000));
        });
      }
      CHECK(swaps(region) == 0);
      CHECK(jarOn(region.pid(PB_STANDARD_ROLE_RT)) == jarOf("first"));
      write(jar, jarOf("third"));
      CHECK(eventually([&] { return swaps(region) == 1; }, 20000));
      CHECK(jarOn(region.pid(PB_STANDARD_ROLE_RT)) == jarOf("third"));
      CHECK(said.find("the fake does not like this sample rate") != std::string::npos);
    }));
  }

  TEST_CASE("without the variable nobody looks at the jars") {
    const Development development;
    unsetenv("PATCHBAY_DEV");
    write(development.folder / "synth.jar", jarOf("first"));
    Player player;
    REQUIRE(player.start(48000, 256, Vst::kOffline));
    const RegionView region;
    write(development.folder / "synth.jar", jarOf("second"));
    std::this_thread::sleep_for(kManyLooks);
    CHECK(swaps(region) == 0);
    CHECK(copies().empty());
  }
}
