// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <signal.h>

#include <algorithm>
#include <cinttypes>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "aot_cache.h"
#include "content_hash.h"
#include "launch_options.h"
#include "player.h"
#include "variable.h"
#include "workbench.h"

using namespace patchbay::bridge;
namespace fs = std::filesystem;

namespace {

void write(const fs::path& file, const std::string& text) {
  fs::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << text;
}

/** Whether a word of a command line begins so. */
bool has(const LaunchOptions& launch, const char* start) {
  return std::any_of(launch.words.begin(), launch.words.end(),
                     [start](const std::string& word) { return word.rfind(start, 0) == 0; });
}

/** A bundle with a cache, as far as it goes for one; its key is written from what is in it. */
struct CachedBundle {
  CachedBundle() : folder(std::string(std::getenv("PATCHBAY_LOG_DIR")) + "/cached.vst3") {
    fs::remove_all(folder);
    write(folder / "lib/vm", "a machine");
    write(folder / "jars/b.jar", "the second");
    write(folder / "jars/a.jar", "the first");
    write(folder / "jars/rt.aot", "classes and profiles");
    std::string key = "patchbay aot 1\n";
    for (const std::string& word : command) {
      key += "word " + word + "\n";
    }
    for (const char* name : {"lib/vm", "jars/a.jar", "jars/b.jar", "jars/rt.aot"}) {
      std::uint64_t length = 0;
      std::uint64_t hash = 0;
      REQUIRE(hashFile((folder / name).string(), length, hash));
      char numbers[64];
      std::snprintf(numbers, sizeof numbers, " %" PRIu64 " %016" PRIx64 "\n", length, hash);
      key += std::string("file ") + name + numbers;
    }
    write(folder / "jars/rt.aot.key", key);
  }
  ~CachedBundle() { fs::remove_all(folder); }
  CachedBundle(const CachedBundle&) = delete;
  CachedBundle& operator=(const CachedBundle&) = delete;

  [[nodiscard]] AotVerdict verdict() const { return checkAotCache(folder.string(), "jars/rt.aot", command); }
  [[nodiscard]] LaunchOptions launch() const { return launchOptions(folder.string(), "rt", logs, command); }

  bool logs = true;
  std::vector<std::string> command = {"{bundle}/java", "-Xmx1m", "-Xlog:gc:file={logs}/rt.log", "{aot}jars/rt.aot", "-cp", "{bundle}/jars/*", "Main"};
  fs::path folder;
};

}  // namespace

TEST_SUITE("launch") {
  TEST_CASE("bytes have the hash that Java gives them") {
    std::istringstream lines(test::readText(PB_TEST_HASHES));
    int checked = 0;
    for (std::string line; std::getline(lines, line);) {
      if (line.front() == '#') {
        continue;
      }
      std::size_t count = 0;
      std::uint64_t expected = 0;
      REQUIRE(std::sscanf(line.c_str(), "%zu %" SCNx64, &count, &expected) == 2);
      std::string bytes(count, '\0');
      for (std::size_t i = 0; i < count; ++i) {
        bytes[i] = static_cast<char>(31 * i + 7 * (i >> 8U));
      }
      const fs::path file = std::string(std::getenv("PATCHBAY_LOG_DIR")) + "/hashed";
      write(file, bytes);
      std::uint64_t length = 0;
      std::uint64_t hash = 0;
      CHECK(hashFile(file.string(), length, hash));
      CHECK(length == count);
      CHECK_MESSAGE(hash == expected, count);
      ++checked;
    }
    CHECK(checked > 8);
  }

  TEST_CASE("an AOT cache is used where all that it was made for is there") {
    const CachedBundle bundle;
    CHECK(bundle.verdict().cache == (bundle.folder / "jars/rt.aot").string());
    CHECK(bundle.verdict().problem.empty());
    const std::vector<std::string> words = {"{bundle}/java",
                                            "-Xmx1m",
                                            "-Xlog:gc:file={logs}/rt.log",
                                            "-XX:AOTCache=" + bundle.verdict().cache,
                                            "-cp",
                                            "{bundle}/jars/a.jar:{bundle}/jars/b.jar",
                                            "Main"};
    CHECK(bundle.launch().words == words);
    CHECK(bundle.launch().notes.empty());
  }

  TEST_CASE("an AOT cache is not used once anything else is there") {
    const auto refused = [](const std::function<void(CachedBundle&)>& change, const std::string& why) {
      CachedBundle bundle;
      change(bundle);
      const AotVerdict verdict = bundle.verdict();
      CHECK(verdict.cache.empty());
      CHECK_MESSAGE(verdict.problem.find(why) != std::string::npos, verdict.problem);
      const LaunchOptions launch = bundle.launch();
      CHECK(std::none_of(launch.words.begin(), launch.words.end(),
                         [](const std::string& word) { return word.find("aot") != std::string::npos; }));
      REQUIRE(launch.notes.size() == 1);
      CHECK(launch.notes.front().find("Build the bundle anew") != std::string::npos);
    };
    refused([](CachedBundle& b) { write(b.folder / "jars/a.jar", "the 1st.."); }, "expected \"file jars/a.jar 9 ");
    refused([](CachedBundle& b) { write(b.folder / "jars/aa.jar", "one more"); }, "found \"file jars/aa.jar 8 ");
    refused([](CachedBundle& b) { fs::remove(b.folder / "jars/a.jar"); }, "expected \"file jars/a.jar 9 ");
    refused([](CachedBundle& b) { write(b.folder / "lib/vm", "A machine"); }, "expected \"file lib/vm 9 ");
    refused([](CachedBundle& b) { fs::remove(b.folder / "lib/vm"); }, "lib/vm cannot be read: ");
    refused([](CachedBundle& b) { write(b.folder / "jars/rt.aot", "classes and"); }, "expected \"file jars/rt.aot 20 ");
    refused([](CachedBundle& b) { b.command[1] = "-Xmx2m"; }, "expected \"word -Xmx1m\", found \"word -Xmx2m\"");
  }

  TEST_CASE("a bundle without a key has no cache and no complaint") {
    const CachedBundle bundle;
    fs::remove(bundle.folder / "jars/rt.aot.key");
    CHECK(bundle.verdict().cache.empty());
    CHECK(bundle.launch().notes.empty());
  }

  TEST_CASE("the environment turns the cache off, and a debugger and the flight recorder on, for the roles it names") {
    const CachedBundle bundle;
    CHECK(has(bundle.launch(), "-XX:AOTCache="));
    {
      const test::Variable off("PATCHBAY_AOT", "off");
      CHECK_FALSE(has(bundle.launch(), "-XX:AOTCache="));
      CHECK(bundle.launch().notes.empty());
    }
    {
      const test::Variable other("PATCHBAY_DEBUG", "control");
      CHECK(has(bundle.launch(), "-XX:AOTCache="));
      CHECK_FALSE(bundle.launch().debugger);
    }
    {
      const test::Variable debug("PATCHBAY_DEBUG", "control,rt");
      CHECK(bundle.launch().debugger);
      CHECK(bundle.launch().words[1].find("address=127.0.0.1:0") != std::string::npos);
      CHECK_FALSE(has(bundle.launch(), "-XX:AOTCache="));
    }
    const test::Variable record("PATCHBAY_JFR", "rt");
    CHECK(has(bundle.launch(), "-XX:StartFlightRecording:filename={logs}/rt-{pid}-{id}-{generation}.jfr,"));
    CHECK(has(bundle.launch(), "-XX:FlightRecorderOptions:repository={logs}"));
    CHECK_FALSE(has(bundle.launch(), "-XX:AOTCache="));
    REQUIRE(bundle.launch().notes.size() == 1);
    CHECK(bundle.launch().notes.front().find("not the figures of production") != std::string::npos);
  }

  TEST_CASE("without a folder for logs a JVM is not told to write any") {
    CachedBundle bundle;
    CHECK(has(bundle.launch(), "-Xlog:"));
    bundle.logs = false;
    CHECK_FALSE(has(bundle.launch(), "-Xlog:"));
    CHECK(has(bundle.launch(), "-XX:AOTCache="));
    CHECK(bundle.launch().words.back() == "Main");
    const test::Variable record("PATCHBAY_JFR", "rt");
    CHECK_FALSE(has(bundle.launch(), "-XX:StartFlightRecording"));
    REQUIRE(bundle.launch().notes.size() == 1);
    CHECK(bundle.launch().notes.front() ==
          "no flight recording of the rt process is made, since there is no folder for logs; set PATCHBAY_LOG_DIR to one");
  }

  TEST_CASE("a value in the environment that means nothing is told, once for both processes") {
    const CachedBundle bundle;
    const test::Variable debug("PATCHBAY_DEBUG", "RT,control,ui");
    const test::Variable cache("PATCHBAY_AOT", "0");
    const std::vector<std::string> notes = bundle.launch().notes;
    REQUIRE(notes.size() == 2);
    CHECK(notes[0] == "PATCHBAY_DEBUG names \"RT\", which means nothing; expected some of rt,control,ui");
    CHECK(notes[1] == "PATCHBAY_AOT names \"0\", which means nothing; expected off, or nothing");
    CHECK(launchOptions(bundle.folder.string(), "control", true, bundle.command).notes.empty());
  }

  TEST_CASE("a control process tells where it listens for a debugger, and so does the next one") {
    const test::Variable debug("PATCHBAY_DEBUG", "control");
    test::Player player;
    const auto told = [] { return test::readText(std::string(std::getenv("PATCHBAY_LOG_DIR")) + "/stderr"); };
    static_cast<void>(test::errorsOf([&] {
      REQUIRE(player.start(48000, 256, Steinberg::Vst::kRealtime));
      CHECK(test::eventually([&] { return told().find("attach to 127.0.0.1:38151.") != std::string::npos; }, 10000));
      kill(test::RegionView().pid(PB_STANDARD_ROLE_CONTROL), SIGKILL);
      CHECK(test::eventually([&] { return told().find("attach to 127.0.0.1:38152.") != std::string::npos; }, 10000));
      const std::size_t first = told().find("attach to");
      CHECK(told().find("attach to", told().find("attach to", first + 1) + 1) == std::string::npos);
    }));
  }

  TEST_CASE("a control process that takes the place of another leaves that one's flight recording alone") {
    const test::Variable record("PATCHBAY_JFR", "control");
    test::Player player;
    static_cast<void>(test::errorsOf([&] {
      REQUIRE(player.start(48000, 256, Steinberg::Vst::kRealtime));
      const test::RegionView region;
      const auto recording = [&region] {
        const std::string command =
            test::readText("/proc/" + std::to_string(region.pid(PB_STANDARD_ROLE_CONTROL)) + "/cmdline");
        const std::size_t at = command.find("filename=");
        return at == std::string::npos ? "" : command.substr(at, command.find(".jfr", at) - at);
      };
      REQUIRE(test::eventually([&] { return !recording().empty(); }));
      const std::string first = recording();
      kill(region.pid(PB_STANDARD_ROLE_CONTROL), SIGKILL);
      CHECK(test::eventually([&] { return !recording().empty() && recording() != first; }));
      CHECK(first.substr(first.size() - 2) == "-1");
      CHECK(test::occurrences(test::errorsYet(), first.substr(9) + ".jfr when it ends") == 1);
    }));
  }

  TEST_CASE("the log of a process tells where it listens for a debugger") {
    const std::string log = std::string(std::getenv("PATCHBAY_LOG_DIR")) + "/listening";
    write(log, "a line\nListening for transport dt_socket at address: 38151\nmore\n");
    CHECK(debuggerAddress(log) == "127.0.0.1:38151");
    CHECK(debuggerAddress(log, 10).empty());
    write(log, "a line\n");
    CHECK(debuggerAddress(log).empty());
  }
}
