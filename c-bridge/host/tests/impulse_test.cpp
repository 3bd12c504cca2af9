// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <csignal>
#include <nlohmann/json.hpp>

#include "host_process.h"
#include "smf_builder.h"

namespace patchbay::host::test {
namespace {

using nlohmann::json;

/** Renders with the test plug-in into a folder of its own. */
class Render {
 public:
  explicit Render(std::vector<std::string> arguments, const std::string& fault = "", int signal = 0, int millis = 0) {
    arguments.insert(arguments.begin(), {"render", "--plugin", PB_IMPULSE_BUNDLE, "--quiet", "--out",
                                         folder_.file("a.wav"), "--json", folder_.file("a.json"), "--state-out",
                                         folder_.file("a.state")});
    result_ = runHost(arguments, fault, signal, millis);
  }

  [[nodiscard]] const HostResult& result() const { return result_; }
  [[nodiscard]] std::vector<std::string> names() const { return folder_.names(); }
  [[nodiscard]] Wav wav() const { return readWav(folder_.file("a.wav")); }
  [[nodiscard]] std::string wavBytes() const { return readText(folder_.file("a.wav")); }
  [[nodiscard]] json report() const { return json::parse(readText(folder_.file("a.json"))); }
  [[nodiscard]] std::string statePath() const { return folder_.file("a.state"); }

 private:
  TemporaryFolder folder_;
  HostResult result_;
};

using Impulses = std::vector<std::pair<std::size_t, float>>;

/** Notes at odd ticks over a tempo change, a controller, a bend, a program change and a note without an end. */
Bytes song() {
  Track track;
  track.tempo(0, 500000).at(0, {0x90, 60, 127}).at(1, {0x90, 61, 64}).at(332, {0x80, 60, 0}).at(0, {61, 0});
  track.at(0, {0xB0, 7, 127}).at(0, {0xB0, 7, 0}).at(0, {0xB0, 20, 0}).tempo(147, 333333);
  track.at(1, {0x90, 62, 1}).at(479, {0xC0, 0}).at(0, {0xE0, 0, 64}).at(0, {0xF0, 2, 1, 0xF7}).end(0);
  return smf(0, 480, {track});
}

Impulses expectedImpulses() {
  // At 48 kHz a tick of the first tempo is 50 samples, one of the second 333333 x 48 / 480e3 = 33.3333 samples.
  return {{0, 1.0F}, {50, 64.0F / 127.0F}, {16650, -0.5F}, {24033, 1.0F / 127.0F}, {40000, -0.25F}};
}

TEST_CASE("instances play the same music beside each other, each into a file of its own") {
  const TemporaryFolder folder;
  const std::string midi = folder.write("song.mid", song());
  const HostResult result = runHost({"render", "--plugin", PB_IMPULSE_BUNDLE, "--quiet", "--midi", midi, "--instances",
                                     "3", "--out", folder.file("a.wav")});
  CHECK(result.err.empty());
  CHECK(result.status == 0);
  CHECK(folder.names() == std::vector<std::string>{"a-2.wav", "a-3.wav", "a.wav", "song.mid"});
  CHECK(readWav(folder.file("a.wav")).nonZero(0) == expectedImpulses());
  CHECK(readText(folder.file("a-2.wav")) == readText(folder.file("a.wav")));
  CHECK(readText(folder.file("a-3.wav")) == readText(folder.file("a.wav")));
}

TEST_CASE("a failure of any instance is told") {
  const TemporaryFolder folder;
  const HostResult result = runHost({"render", "--plugin", PB_IMPULSE_BUNDLE, "--quiet", "--seconds", "0.1",
                                     "--instances", "2"},
                                    "process");
  CHECK(result.status == 5);
  CHECK(result.err.find("process calls of instance 2 failed") != std::string::npos);
}

TEST_CASE("notes, controllers and note offs reach the plug-in at their exact samples, whatever the block size") {
  const TemporaryFolder folder;
  const std::string midi = folder.write("song.mid", song());
  std::string firstBytes;
  for (const char* block : {"1", "37", "256", "8192"}) {
    CAPTURE(block);
    const Render render({"--midi", midi, "--block", block, "--tail", "0.1"});
    REQUIRE(render.result().err.empty());
    REQUIRE(render.result().status == 0);
    const Wav wav = render.wav();
    CHECK(wav.rate == 48000);
    CHECK(wav.channels == 2);
    CHECK(wav.frames() == 40000 + 4800);
    CHECK(wav.nonZero(0) == expectedImpulses());
    // The level is 1 until the controller goes to 127 and 0 at once.
    CHECK(wav.nonZero(1).size() == 16650);
    firstBytes = firstBytes.empty() ? render.wavBytes() : firstBytes;
    CHECK(render.wavBytes() == firstBytes);
  }
}

TEST_CASE("real time changes when blocks are processed, not what is heard") {
  const TemporaryFolder folder;
  const std::string midi = folder.write("song.mid", song());
  const Render fast({"--midi", midi, "--tail", "0.1"});
  const Render paced({"--midi", midi, "--tail", "0.1", "--realtime", "--json-blocks"});
  CHECK(paced.wavBytes() == fast.wavBytes());
  const json report = paced.report();
  CHECK(report["mode"] == "realtime");
  CHECK(report["paced"] == true);
  CHECK(report["wallSeconds"].get<double>() > 0.9);
  CHECK(report["wallSeconds"].get<double>() < 20.0);
  CHECK(report["blocks"] == 175);
  CHECK(report["blockMicros"].size() == 175);
  CHECK(report["blockStartNanos"].size() == 175);
  CHECK(report["blockStartNanos"][1].get<std::int64_t>() > report["blockStartNanos"][0].get<std::int64_t>());
}

TEST_CASE("the report counts what was sent and heard") {
  const TemporaryFolder folder;
  const Render render({"--midi", folder.write("song.mid", song()), "--block", "500", "--tail", "0"});
  CHECK(render.result().status == 0);
  const json report = render.report();
  CHECK(report["class"] == "Impulse");
  CHECK(report["version"] == "1.2.3");
  CHECK(report["sampleRate"] == 48000);
  CHECK(report["blockSize"] == 500);
  CHECK(report["mode"] == "offline");
  CHECK(report["paced"] == false);
  CHECK(report["frames"] == 40001);  // the last note off is at the end of the song
  CHECK(report["blocks"] == 81);
  CHECK(report["notesPlayed"] == 3);
  CHECK(report["eventsSent"] == 7);  // a SysEx among them
  CHECK(report["eventsIgnored"] == 1);  // controller 20
  CHECK(report["parameterChangesIn"] == 4);
  CHECK(report["parameterChangesOut"] == 3);
  CHECK(report["outputParameters"] == json{{"102", 0.003}});
  CHECK(report["peakDb"] == 0.0);
  CHECK(report["clippedSamples"] == 0);
  CHECK(report["nanSamples"] == 0);
  CHECK(report["processErrors"] == 0);
  CHECK(report["processMicros"]["p50"] <= report["processMicros"]["max"]);
  CHECK(report["firstSilentBlockAfterSound"] == 34);
  CHECK(report["silentBlocks"] == 81 - 34 - 2);
  CHECK(report["trailingSilentBlocks"] == 0);
  CHECK(report["restartRequests"] == 0);
  CHECK(report["latencySamples"] == 7);
  CHECK(report["tailSamples"] == 11);
  CHECK(report.count("blockMicros") == 0);
}

TEST_CASE("parameters are set at the start and at times, to the sample") {
  const Render render({"--seconds", "0.5", "--set", "100=0.25", "--set", "0x67=0.75", "--param-at", "0.1:100=0.5",
                       "--param-at", "0.2001:100=0"});
  CHECK(render.result().status == 0);
  const Wav wav = render.wav();
  REQUIRE(wav.frames() == 24000);
  CHECK(wav.at(0, 1) == 0.25F);
  CHECK(wav.at(4799, 1) == 0.25F);
  CHECK(wav.at(4800, 1) == 0.5F);
  CHECK(wav.at(9604, 1) == 0.5F);
  CHECK(wav.at(9605, 1) == 0.0F);
}

TEST_CASE("a saved state restores what was set") {
  const Render first({"--seconds", "0.1", "--set", "100=0.25"});
  const Render second({"--seconds", "0.1", "--state-in", first.statePath()});
  CHECK(second.result().status == 0);
  CHECK(second.wav().at(0, 1) == 0.25F);
  CHECK(readText(first.statePath()) == readText(second.statePath()));
}

TEST_CASE("program changes go to the program parameter") {
  const TemporaryFolder folder;
  Track track;
  track.at(48, {0xC0, 127}).end(48);
  const Render render({"--midi", folder.write("a.mid", smf(0, 480, {track}))});
  CHECK(render.wav().nonZero(1).size() == 2400);
}

TEST_CASE("a separate controller is connected, and both halves can talk") {
  const HostResult split = runHost({"info", "--plugin", PB_IMPULSE_BUNDLE, "--class", "Impulse Split"});
  CHECK(split.status == 0);
  const json info = json::parse(split.out);
  CHECK(info["controller"] == "separate");
  CHECK(info["parameters"][2]["id"] == 102);
  CHECK(info["parameters"][2]["value"] == 1.0);  // the controller has heard the component's message
  CHECK(info["parameters"][1]["flags"] == json{"isList", "isProgramChange"});
  CHECK(info["parameters"][0]["text"]["max"] == "high");
  CHECK(info["midiMapping"] == json{{"7", 100}, {"pitchBend", 103}});
  CHECK(info["buses"]["audioOutputs"][0]["channels"] == 2);
  CHECK(info["classes"].size() == 3);

  const TemporaryFolder folder;
  const Render render({"--midi", folder.write("song.mid", song()), "--class", "5042495400000002494D50554C534500"});
  CHECK(render.report()["class"] == "Impulse Split");
  CHECK(render.wav().nonZero(0) == expectedImpulses());
}

TEST_CASE("the single component is its own controller, and a bare .so is a plug-in, too") {
  const HostResult single = runHost({"info", "--plugin", PB_IMPULSE_BINARY});
  CHECK(single.status == 0);
  CHECK(json::parse(single.out)["controller"] == "same");
}

TEST_CASE("a plug-in that fails to start has status 5 and leaves no files") {
  for (const auto& [fault, sentence] : std::vector<std::pair<std::string, std::string>>{
           {"initialize", "initialize answered kInternalError"},
           {"setup", "refused the set-up"},
           {"activate", "refused to activate"}}) {
    const Render render({"--seconds", "0.1"}, fault);
    CAPTURE(render.result().err);
    CHECK(render.result().status == 5);
    CHECK(render.result().err.find(sentence) != std::string::npos);
    CHECK(render.names().empty());
  }
}

TEST_CASE("failed process calls are silent, counted and end with status 5") {
  const Render render({"--seconds", "0.1", "--block", "480"}, "process");
  CHECK(render.result().status == 5);
  CHECK(render.result().err.find("3 of 10 process calls failed, the first for block 2 with kInternalError") !=
        std::string::npos);
  CHECK(render.report()["processErrors"] == 3);
  CHECK(render.report()["silentBlocks"] == 3);
  CHECK(render.wav().frames() == 4800);
}

TEST_CASE("invalid samples, silence and restart requests are reported") {
  const TemporaryFolder folder;
  const std::string midi = folder.write("song.mid", song());
  CHECK(Render({"--midi", midi}, "nan").report()["nanSamples"] == 3);
  const json silent = Render({"--midi", midi}, "silence").report();
  CHECK(silent["peakDb"].is_null());
  CHECK(silent["rmsDb"].is_null());
  CHECK(silent["firstSilentBlockAfterSound"].is_null());
  CHECK(silent["silentBlocks"] == silent["blocks"]);
  CHECK(Render({"--midi", midi}, "restart").report()["restartRequests"] == 2);
}

TEST_CASE("a signal stops the render, leaves no files and is told by the status") {
  for (const int signal : {SIGINT, SIGTERM}) {
    const Render render({"--seconds", "60", "--realtime"}, "", signal, 500);
    CHECK(render.result().status == 128 + signal);
    CHECK(render.names().empty());
  }
}

TEST_CASE("a signal ends a render that is to be kept, with all that was played by then") {
  const Render render({"--seconds", "60", "--realtime", "--keep"}, "", SIGTERM, 500);
  CHECK(render.result().status == 0);
  const json report = render.report();
  CHECK(report["frames"] > 0);
  CHECK(report["frames"] < 48000 * 60);
  CHECK(render.wav().frames() == report["frames"].get<std::size_t>());
}

TEST_CASE("extreme rates and lengths are rendered") {
  CHECK(Render({"--seconds", "2", "--rate", "1000", "--block", "8192"}).wav().frames() == 2000);
  CHECK(Render({"--seconds", "0.1", "--rate", "1500000", "--block", "1"}).wav().frames() == 150000);
  CHECK(Render({"--seconds", "0"}).wav().frames() == 0);
}

}  // namespace
}  // namespace patchbay::host::test
