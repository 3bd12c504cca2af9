// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>
#include <sndfile.h>

#include <cmath>
#include <fstream>
#include <limits>

#include "block_clock.h"
#include "event_list.h"
#include "host_process.h"
#include "measurements.h"
#include "output_file.h"
#include "parameter_changes.h"
#include "text.h"
#include "wav_input.h"
#include "wav_writer.h"

namespace patchbay::host {
namespace {

using test::TemporaryFolder;

TEST_CASE("a sound file whose header tells of more than there is gives what there is") {
  const TemporaryFolder folder;
  const std::string path = folder.file("short.flac");
  SF_INFO info = {};
  info.samplerate = 48000;
  info.channels = 1;
  info.format = SF_FORMAT_FLAC | SF_FORMAT_PCM_16;
  SNDFILE* sound = sf_open(path.c_str(), SFM_WRITE, &info);
  REQUIRE(sound != nullptr);
  const std::vector<float> samples(1000, 0.5f);
  REQUIRE(sf_writef_float(sound, samples.data(), 1000) == 1000);
  sf_close(sound);
  {
    // The number of samples: 36 bits within the first block of metadata.
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekg(21);
    const char high = static_cast<char>(file.get() | 0x0F);
    file.seekp(21);
    file.put(high);
    file.write("\xFF\xFF\xFF\xFF", 4);
  }
  const WavInput input(path, 48000);
  std::vector<float> played(1500, 9.0f);
  float* channels[] = {played.data()};
  Steinberg::Vst::AudioBusBuffers bus;
  bus.numChannels = 1;
  bus.channelBuffers32 = channels;
  input.fill(bus, 0, 1500);
  CHECK(played[0] == doctest::Approx(0.5f));
  CHECK(played[999] == doctest::Approx(0.5f));
  CHECK(played[1000] == 9.0f);
}

TEST_CASE("a value queue keeps the order of its points and, when full, the last value") {
  ParameterChanges changes(2, 2);
  changes.add(7, 10, 0.1);
  changes.add(7, 20, 0.2);
  changes.add(7, 30, 0.3);
  changes.add(8, 5, 0.5);
  changes.add(9, 5, 0.9);  // no queue left
  REQUIRE(changes.getParameterCount() == 2);
  Steinberg::Vst::IParamValueQueue* queue = changes.getParameterData(0);
  REQUIRE(queue->getPointCount() == 2);
  Steinberg::int32 offset = 0;
  double value = 0;
  CHECK(queue->getPoint(1, offset, value) == Steinberg::kResultOk);
  CHECK(offset == 30);
  CHECK(value == 0.3);
  CHECK(queue->getPoint(2, offset, value) == Steinberg::kInvalidArgument);
  CHECK(changes.getParameterData(2) == nullptr);
  changes.clear();
  CHECK(changes.getParameterCount() == 0);
}

TEST_CASE("an event list refuses and counts what exceeds its capacity") {
  EventList events(1);
  Steinberg::Vst::Event event = {};
  CHECK(events.addEvent(event) == Steinberg::kResultOk);
  CHECK(events.addEvent(event) == Steinberg::kOutOfMemory);
  CHECK(events.dropped() == 1);
  CHECK(events.getEvent(1, event) == Steinberg::kInvalidArgument);
}

TEST_CASE("the signal meter tells level, defects and silence apart") {
  SignalMeter meter;
  const float silent[4] = {};
  const float sound[4] = {0.5F, -2.0F, std::numeric_limits<float>::infinity(), std::nanf("")};
  const float* channels[1] = {silent};
  meter.add(channels, 1, 4);
  CHECK_FALSE(meter.peakDb());
  CHECK_FALSE(meter.firstSilentAfterSound());
  channels[0] = sound;
  meter.add(channels, 1, 4);
  channels[0] = silent;
  meter.add(channels, 1, 4);
  meter.add(channels, 1, 4);
  CHECK(*meter.peakDb() == doctest::Approx(20 * std::log10(2.0)));
  CHECK(*meter.rmsDb() == doctest::Approx(10 * std::log10(4.25 / 14)));
  CHECK(meter.nanSamples() == 2);
  CHECK(meter.clippedSamples() == 1);
  CHECK(meter.silentBlocks() == 3);
  CHECK(meter.trailingSilentBlocks() == 2);
  CHECK(*meter.firstSilentAfterSound() == 2);
}

TEST_CASE("a late block is counted and moves the schedule instead of causing a burst") {
  BlockClock clock(100, 10000);  // 10 ms
  clock.start();
  clock.waitFor(0);
  const std::int64_t late = monotonicNanos() + 35'000'000;
  while (monotonicNanos() < late) {
  }
  clock.waitFor(1);
  CHECK(clock.overruns() == 1);
  const std::int64_t before = monotonicNanos();
  clock.waitFor(2);
  CHECK(monotonicNanos() - before > 5'000'000);
}

TEST_CASE("an output file appears complete or not at all") {
  const TemporaryFolder folder;
  {
    OutputFile file(folder.file("a"));
    file.write("half");
    CHECK(folder.names().size() == 1);
    CHECK(folder.names().front() != "a");
  }
  CHECK(folder.names().empty());
  OutputFile file(folder.file("a"));
  file.write("whole");
  file.commit();
  CHECK(folder.names() == std::vector<std::string>{"a"});
  CHECK(test::readText(folder.file("a")) == "whole");
}

TEST_CASE("the WAV holds every frame in order when the ring wraps many times") {
  const TemporaryFolder folder;
  constexpr std::int64_t frames = 300000;  // a ring of 8 s at 1 kHz is 8192 x 16 = 131072 frames at most
  {
    WavWriter writer(folder.file("a.wav"), 1000, 2, frames, 64);
    std::vector<float> left(64);
    std::vector<float> right(64);
    const float* channels[2] = {left.data(), right.data()};
    for (std::int64_t start = 0; start < frames; start += 50) {
      for (std::size_t i = 0; i < 50; ++i) {
        left[i] = static_cast<float>(start) + static_cast<float>(i);
        right[i] = -left[i];
      }
      CHECK(writer.append(channels, 50));
    }
    writer.finish();
    writer.commit();
  }
  const test::Wav wav = test::readWav(folder.file("a.wav"));
  REQUIRE(wav.frames() == frames);
  std::size_t wrong = 0;
  for (std::size_t i = 0; i < wav.frames(); ++i) {
    wrong += wav.at(i, 0) != static_cast<float>(i) || wav.at(i, 1) != -static_cast<float>(i) ? 1 : 0;
  }
  CHECK(wrong == 0);
}

TEST_CASE("UTF-16 names become UTF-8, broken ones too") {
  const Steinberg::char16 text[] = {u'a', 0xE4, 0x20AC, 0xD83C, 0xDFB9, 0xD800, u'b', 0};
  CHECK(toUtf8(text, 128) == "a\u00e4\u20ac\U0001F3B9\uFFFDb");
  CHECK(toUtf8(text, 1) == "a");
}

}  // namespace
}  // namespace patchbay::host
