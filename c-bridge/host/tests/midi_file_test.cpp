// SPDX-License-Identifier: Apache-2.0
#include "midi_file.h"

#include <doctest/doctest.h>

#include <random>

#include "failure.h"
#include "smf_builder.h"

namespace patchbay::host {
namespace {

using test::Bytes;
using test::smf;
using test::Track;

/** The message of the failure that parsing must end with. */
std::string rejection(const Bytes& file) {
  try {
    (void)parseMidi(file, "x.mid");
  } catch (const Failure& failure) {
    CHECK(failure.status() == ExitStatus::midiFile);
    return failure.what();
  }
  return "accepted";
}

Bytes text(const char* characters) { return {characters, characters + std::char_traits<char>::length(characters)}; }

Bytes musicalFile() {
  Track conductor;
  conductor.tempo(0, 500000).at(0, {0xFF, 0x58, 4, 3, 2, 24, 8}).tempo(480, 333333).end(960);
  Track melody;
  melody.at(0, {0xC0, 5}).at(0, {0x90, 60, 100}).at(240, {60, 0}).at(0, {0xB0, 7, 64}).at(7, {0xE0, 0, 64});
  melody.at(1, {0xF0, 3, 1, 2, 0xF7}).at(0, {0xF7, 2, 1, 2}).at(500, {0x80, 60, 1}).end(0);
  return smf(1, 480, {conductor, melody});
}

TEST_CASE("tracks are merged by tick, keeping the order of tracks and of the file") {
  Track first;
  first.at(10, {0x90, 60, 1}).at(0, {0x90, 61, 2}).at(5, {0x80, 60, 0}).end(0);
  Track second;
  second.at(0, {0x90, 62, 3}).at(10, {0x90, 63, 4}).end(0);
  const MidiSong song = parseMidi(smf(1, 96, {first, second}), "x.mid");
  REQUIRE(song.messages.size() == 5);
  CHECK(song.messages[0].bytes[1] == 62);
  CHECK(song.messages[1].bytes[1] == 60);
  CHECK(song.messages[2].bytes[1] == 61);
  CHECK(song.messages[3].bytes[1] == 63);
  CHECK(song.messages[4].isNoteOff());
  CHECK(song.endTick == 15);
}

TEST_CASE("running status continues over meta events and system messages") {
  Track track;
  track.at(0, {0x91, 60, 100}).at(1, {0xFF, 1, 2, 'h', 'i'}).at(1, {61, 100});
  track.at(0, {0xF0, 1, 0xF7}).at(1, {60, 0}).end(0);
  const MidiSong song = parseMidi(smf(0, 96, {track}), "x.mid");
  REQUIRE(song.messages.size() == 3);
  CHECK(song.messages[1].tick == 2);
  CHECK(song.messages[2].tick == 3);
  CHECK(song.messages[2].isNoteOff());
  CHECK(song.systemMessages == 0);
  REQUIRE(song.systemExclusive.size() == 1);
  CHECK(song.systemExclusive[0].tick == 2);
  CHECK(song.systemExclusive[0].bytes == Bytes{0xF0, 0xF7});
}

TEST_CASE("system exclusive messages of all tracks come by tick, whole ones only") {
  Track first;
  first.at(9, {0xF0, 4, 1, 2, 3, 0xF7}).at(0, {0xF0, 2, 9, 0xF7}).at(1, {0xF0, 2, 5, 6}).at(0, {0xF7, 2, 7, 0xF7});
  first.at(0, {0xF0, 0}).end(0);
  Track second;
  second.at(4, {0xF0, 1, 0xF7}).at(5, {0xF0, 2, 8, 0xF7}).end(0);
  const MidiSong song = parseMidi(smf(1, 96, {first, second}), "x.mid");
  REQUIRE(song.systemExclusive.size() == 4);
  CHECK(song.systemExclusive[0].tick == 4);
  CHECK(song.systemExclusive[0].bytes == Bytes{0xF0, 0xF7});
  CHECK(song.systemExclusive[1].tick == 9);
  CHECK(song.systemExclusive[1].bytes == Bytes{0xF0, 1, 2, 3, 0xF7});
  CHECK(song.systemExclusive[2].bytes == Bytes{0xF0, 9, 0xF7});
  CHECK(song.systemExclusive[3].bytes == Bytes{0xF0, 8, 0xF7});
  CHECK(song.systemMessages == 3);
}

TEST_CASE("a text of more than 127 bytes does not lose the events after it") {
  Track track;
  track.at(3, {0xFF, 1, 0x81, 0x48}).raw(Bytes(200, 'x')).at(4, {0x90, 60, 100}).end(0);
  const MidiSong song = parseMidi(smf(0, 96, {track}), "x.mid");
  REQUIRE(song.messages.size() == 1);
  CHECK(song.messages[0].tick == 7);
}

TEST_CASE("a track without an end-of-track event ends with its chunk") {
  Track track;
  track.at(3, {0x90, 60, 100});
  CHECK(parseMidi(smf(0, 96, {track}), "x.mid").endTick == 3);
}

TEST_CASE("an unknown chunk between tracks is skipped") {
  Track track;
  track.at(3, {0x90, 60, 100}).end(0);
  Bytes file = smf(0, 96, {track});
  const Bytes chunk = {'X', 'F', 'I', 'H', 0, 0, 0, 2, 1, 2};
  file.insert(file.begin() + 14, chunk.begin(), chunk.end());
  CHECK(parseMidi(file, "x.mid").messages.size() == 1);
}

TEST_CASE("broken files are rejected with what was found and expected") {
  CHECK(rejection(Bytes()) == "x.mid is not a Standard MIDI File: it is empty, expected \"MThd\"");
  CHECK(rejection(text("hello")) == "x.mid is not a Standard MIDI File: it starts with \"hell\", expected \"MThd\"");
  CHECK(rejection(text("MT")) == "x.mid is not a Standard MIDI File: it starts with \"MT\", expected \"MThd\"");
  const std::string unusable = "x.mid is not a usable Standard MIDI File: ";
  CHECK(rejection(text("MThd")) == unusable + "an event or chunk header is cut off at byte 4");
  Bytes file = musicalFile();
  CHECK(rejection(Bytes(file.begin(), file.end() - 5)).find("bytes, but") != std::string::npos);
  file[9] = 2;
  CHECK(rejection(file) == unusable + "it has format 2, expected 0 or 1; export it as format 1");
  file[9] = 1;
  file[11] = 3;
  CHECK(rejection(file) ==
        unusable + "its header announces 3 tracks, but only 2 are there; the file seems cut off");
  file[11] = 2;
  file[12] = 0xE7;
  CHECK(rejection(file).find("SMPTE") != std::string::npos);
  Track noStatus;
  noStatus.at(0, {60, 100});
  CHECK(rejection(smf(0, 96, {noStatus})).find("0x3C at byte 23 follows no status byte") != std::string::npos);
  Track badData;
  badData.at(0, {0x90, 0x80, 100});
  CHECK(rejection(smf(0, 96, {badData})).find("0x80 at byte 24 is in the place of a data byte") != std::string::npos);
  Track tooLong;
  for (int i = 0; i < 9; ++i) {
    tooLong.at(0x0FFFFFFF, {0x90, 60, 1});
  }
  CHECK(rejection(smf(0, 96, {tooLong})).find("ticks, expected at most 2147483647") != std::string::npos);
}

TEST_CASE("mutated files are either read or rejected, never fatal") {
  const auto seed = std::random_device()();
  INFO("seed ", seed);
  MESSAGE("seed " << seed);
  std::mt19937 random(seed);
  const Bytes original = musicalFile();
  const auto below = [&random](std::size_t limit) { return static_cast<std::size_t>(random() % limit); };
  int rejected = 0;
  for (int round = 0; round < 20000; ++round) {
    Bytes file = original;
    for (std::size_t changes = 1 + below(4); changes > 0 && file.size() > 1; --changes) {
      switch (below(4)) {
        case 0: file[below(file.size())] = static_cast<std::uint8_t>(random()); break;
        case 1: file.erase(file.begin() + static_cast<std::ptrdiff_t>(below(file.size()))); break;
        case 2:
          file.insert(file.begin() + static_cast<std::ptrdiff_t>(below(file.size())),
                      static_cast<std::uint8_t>(random()));
          break;
        default: file.resize(1 + below(file.size())); break;
      }
    }
    try {
      const MidiSong song = parseMidi(file, "x.mid");
      for (const MidiMessage& message : song.messages) {
        CHECK(message.tick <= song.endTick);
        CHECK(message.bytes[0] >= 0x80);
        CHECK((message.bytes[1] | message.bytes[2]) < 0x80);
      }
    } catch (const Failure& failure) {
      ++rejected;
    }
  }
  CHECK(rejected > 0);
  CHECK(rejected < 20000);
}

TEST_CASE("a tick's sample does not depend on how many tempo changes came before") {
  // 10000 changes between tempi whose ticks are no whole number of microseconds.
  TempoMap tempo(480);
  std::int64_t scaledTime = 0;
  for (int i = 0; i < 10000; ++i) {
    const int micros = 333333 + i % 7;
    tempo.addTempo(i, micros);
    scaledTime += micros;
  }
  // The same sum in integers: samples = scaledTime x rate / (480 x 1e6), rounded half up.
  const std::int64_t divisor = std::int64_t{480} * 1000000;
  CHECK(tempo.sampleOf(10000, 44100) == (scaledTime * 44100 * 2 + divisor) / (2 * divisor));
}

TEST_CASE("the musical position follows tempo and time signature") {
  TempoMap tempo(480);
  tempo.addTimeSignature(0, 3, 4);
  tempo.addTempo(960, 1000000);
  // One second is two quarters at 120 beats per minute; then a quarter lasts a second.
  CHECK(tempo.at(24000, 48000).quarters == doctest::Approx(1.0));
  CHECK(tempo.at(24000, 48000).beatsPerMinute == doctest::Approx(120.0));
  const MusicalPosition later = tempo.at(48000 * 3, 48000);
  CHECK(later.quarters == doctest::Approx(4.0));
  CHECK(later.barStart == doctest::Approx(3.0));
  CHECK(later.beatsPerMinute == doctest::Approx(60.0));
  CHECK(later.numerator == 3);
  CHECK(tempo.sampleOf(1440, 48000) == 96000);
}

}  // namespace
}  // namespace patchbay::host
