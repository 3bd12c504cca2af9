// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <filesystem>

#include "host_process.h"

namespace patchbay::host::test {
namespace {

namespace fs = std::filesystem;

void checkFailure(const std::vector<std::string>& arguments, int status, const std::string& sentence) {
  const HostResult result = runHost(arguments);
  CAPTURE(result.err);
  CHECK(result.status == status);
  CHECK(result.err.rfind("patchbay-host: ", 0) == 0);
  CHECK(result.err.find(sentence) != std::string::npos);
  CHECK(result.out.empty());
}

TEST_CASE("the help documents the exit statuses") {
  const HostResult result = runHost({"--help"});
  CHECK(result.status == 0);
  CHECK(result.out.find("  2      wrong command line") != std::string::npos);
}

TEST_CASE("a wrong command line has status 2 and says what is expected") {
  const std::string plugin = PB_IMPULSE_BUNDLE;
  checkFailure({}, 2, "subcommand");
  checkFailure({"render", "--seconds", "1"}, 2, "--plugin is required");
  checkFailure({"render", "--plugin", plugin}, 2, "give --midi FILE, --seconds N or both");
  checkFailure({"render", "--plugin", plugin, "--seconds", "1", "--rate", "999"}, 2, "--rate");
  checkFailure({"render", "--plugin", plugin, "--seconds", "1", "--block", "8193"}, 2, "--block");
  checkFailure({"render", "--plugin", plugin, "--seconds", "nan"}, 2, "--seconds");
  checkFailure({"render", "--plugin", plugin, "--seconds", "1", "--set", "100"}, 2, "expected ID=NORMALIZED");
  checkFailure({"render", "--plugin", plugin, "--seconds", "1", "--set", "100=1.5"}, 2, "normalised value of 0 to 1");
  checkFailure({"render", "--plugin", plugin, "--seconds", "1", "--set", "5=1"}, 2, "no parameter with the id 5");
  checkFailure({"render", "--plugin", plugin, "--seconds", "1", "--param-at", "2:100=1"}, 2, "ends after 1.0");
  checkFailure({"render", "--plugin", plugin, "--seconds", "1", "--param-at", "100=1"}, 2, "SECONDS:ID=NORMALIZED");
  checkFailure({"render", "--plugin", plugin, "--seconds", "1", "--state-in", "/nonexistent"}, 2, "cannot be read");
  checkFailure({"render", "--plugin", plugin, "--seconds", "1", "--mode", "fast"}, 2, "--mode");
  checkFailure({"render", "--plugin", plugin, "--seconds", "3e7"}, 2, "blocks, expected at most 67108864");
}

TEST_CASE("a bad MIDI file has status 3") {
  const TemporaryFolder folder;
  const std::string plugin = PB_IMPULSE_BUNDLE;
  const std::string text = folder.write("text.mid", std::string("hello"));
  const std::string empty = folder.write("empty.mid", std::string());
  checkFailure({"render", "--plugin", plugin, "--midi", text}, 3,
               text + " is not a Standard MIDI File: it starts with \"hell\", expected \"MThd\"");
  checkFailure({"render", "--plugin", plugin, "--midi", empty}, 3, "it is empty, expected \"MThd\"");
  checkFailure({"render", "--plugin", plugin, "--midi", folder.file("")}, 3, "is not a regular file");
  checkFailure({"render", "--plugin", plugin, "--midi", folder.file("none.mid")}, 3, "does not exist");
}

TEST_CASE("a bad plug-in file has status 4") {
  const TemporaryFolder folder;
  const auto check = [](const std::string& plugin, const std::string& sentence) {
    checkFailure({"info", "--plugin", plugin}, 4, sentence);
    checkFailure({"render", "--plugin", plugin, "--seconds", "1"}, 4, sentence);
  };
  check(folder.file("none.vst3"), "does not exist");
  check(folder.write("text.vst3", std::string("text")), "is not a shared library: it starts with \"text\"");
  check(folder.write("half.so", std::string("\x7f" "ELF")), "cannot be loaded: ");
  check(PB_NOT_A_PLUGIN, "is not a VST3 plug-in: it does not export ModuleEntry");
  check("/dev/null", "is not a regular file");
  fs::create_directories(folder.file("empty.vst3"));
  check(folder.file("empty.vst3"), "it contains nothing, expected a Contents folder");
  fs::create_directories(folder.file("other.vst3/Contents/riscv512-linux"));
  check(folder.file("other.vst3"), "Contents holds riscv512-linux, expected ");
  const fs::path arch = fs::path(PB_IMPULSE_BINARY).parent_path().filename();
  fs::create_directories(fs::path(folder.file("renamed.vst3/Contents")) / arch);
  fs::copy_file(PB_IMPULSE_BINARY, fs::path(folder.file("renamed.vst3/Contents")) / arch / "Impulse.so");
  check(folder.file("renamed.vst3"), "holds Impulse.so, expected renamed.so");
  checkFailure({"info", "--plugin", PB_IMPULSE_BUNDLE, "--class", "Bang"}, 4,
               "has no class \"Bang\"; give --class one of \"Impulse\" (");
}

TEST_CASE("an input that is no sound file has status 2 and is told before the render") {
  const TemporaryFolder folder;
  const auto check = [](const std::string& file, const std::string& sentence) {
    checkFailure({"render", "--plugin", PB_IMPULSE_BUNDLE, "--seconds", "1", "--in", file}, 2, sentence);
  };
  check(folder.file("none.wav"), "cannot be read: ");
  check(folder.write("text.wav", std::string("text")), "cannot be read: ");
  const std::string slow = folder.file("slow.wav");
  REQUIRE(runHost({"render", "--plugin", PB_IMPULSE_BUNDLE, "--seconds", "0.1", "--rate", "44100", "--out", slow}).status == 0);
  check(slow, "has a sample rate of 44100 Hz, but the render has 48000; give --rate 44100");
}

TEST_CASE("an output that cannot be written has status 6 and is told before the render") {
  const TemporaryFolder folder;
  const std::string plugin = PB_IMPULSE_BUNDLE;
  checkFailure({"render", "--plugin", plugin, "--seconds", "1", "--out", folder.file("no/x.wav")}, 6,
               "cannot be created");
  checkFailure({"render", "--plugin", plugin, "--seconds", "1", "--out", "/dev/null"}, 6, "is not a regular file");
  checkFailure({"render", "--plugin", plugin, "--seconds", "1", "--json", folder.file("")}, 6, "is not a regular file");
  CHECK(folder.names().empty());
}

}  // namespace
}  // namespace patchbay::host::test
