// SPDX-License-Identifier: Apache-2.0
#include "midi_file.h"

#include <smf.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <memory>
#include <string>
#include <utility>

#include "failure.h"
#include "smf_screen.h"

namespace patchbay::host {
namespace {

/** More than any music; keeps a wrong file name from filling the memory. */
constexpr std::uintmax_t maxFileBytes = std::uintmax_t{64} << 20;

/** libsmf complains through glib's log, which would print: its words go into our own message instead. */
class GlibLogCapture {
 public:
  GlibLogCapture() : previous_(g_log_set_default_handler(&GlibLogCapture::append, this)) {}
  ~GlibLogCapture() { g_log_set_default_handler(previous_, nullptr); }
  GlibLogCapture(const GlibLogCapture&) = delete;
  GlibLogCapture& operator=(const GlibLogCapture&) = delete;

  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  static void append(const gchar*, GLogLevelFlags level, const gchar* message, gpointer self) {
    if ((level & G_LOG_LEVEL_DEBUG) == 0) {
      std::string& text = static_cast<GlibLogCapture*>(self)->text_;
      text += (text.empty() ? "" : "; ") + std::string(message);
    }
  }

  std::string text_;
  GLogFunc previous_;
};

struct SmfDeleter {
  void operator()(smf_t* smf) const { smf_delete(smf); }
};

std::vector<std::uint8_t> readFile(const std::filesystem::path& path) {
  const auto fail = [&path](const std::string& what) {
    throw Failure(ExitStatus::midiFile, path.string() + " " + what);
  };
  std::error_code error;
  const std::filesystem::file_status status = std::filesystem::status(path, error);
  if (status.type() == std::filesystem::file_type::not_found) {
    fail("does not exist; expected a Standard MIDI File");
  }
  if (status.type() != std::filesystem::file_type::regular) {
    fail("is not a regular file; expected a Standard MIDI File");
  }
  const std::uintmax_t size = std::filesystem::file_size(path, error);
  if (!error && size > maxFileBytes) {
    fail("is " + std::to_string(size) + " bytes long, expected a Standard MIDI File of at most " +
         std::to_string(maxFileBytes));
  }
  std::ifstream in(path, std::ios::binary);
  std::vector<std::uint8_t> bytes(error ? 0 : static_cast<std::size_t>(size));
  in.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  if (error || !in) {
    fail("cannot be read: " + std::string(std::strerror(errno)));
  }
  return bytes;
}

/** A tempo or time signature, kept apart from the tracks because it holds for all of them. */
struct TempoEvent {
  std::int32_t tick;
  std::uint8_t type;
  std::array<std::uint8_t, 3> data;
};

void collectEvents(const smf_t& smf, MidiSong& song, std::vector<TempoEvent>& tempoEvents) {
  for (int trackNumber = 1; trackNumber <= smf.number_of_tracks; ++trackNumber) {
    const smf_track_t* track = smf_get_track_by_number(&smf, trackNumber);
    for (int number = 1; number <= track->number_of_events; ++number) {
      const smf_event_t* event = smf_track_get_event_by_number(track, number);
      const auto* bytes = event->midi_buffer;
      song.endTick = std::max(song.endTick, event->time_pulses);
      if (bytes[0] < 0xF0) {
        MidiMessage message;
        message.tick = event->time_pulses;
        std::copy_n(bytes, std::min(event->midi_buffer_length, 3), message.bytes.begin());
        song.messages.push_back(message);
      } else if (bytes[0] == 0xFF && event->midi_buffer_length >= 6) {
        // Only tempo and time signature have data here: the screen emptied all other meta events.
        tempoEvents.push_back({event->time_pulses, bytes[1], {bytes[3], bytes[4], bytes[5]}});
      }
    }
  }
}

}  // namespace

MidiSong parseMidi(const std::vector<std::uint8_t>& file, const std::string& name) {
  ScreenedSmf screened = screenSmf(file, name);
  const GlibLogCapture log;
  const std::unique_ptr<smf_t, SmfDeleter> smf(
      smf_load_from_memory(screened.bytes.data(), static_cast<int>(screened.bytes.size())));
  if (smf == nullptr) {
    throw Failure(ExitStatus::midiFile, name + " is not a usable Standard MIDI File: " + log.text());
  }

  MidiSong song;
  song.systemMessages = screened.systemMessages;
  song.systemExclusive = std::move(screened.messages);
  song.tempo = TempoMap(smf->ppqn);
  std::vector<TempoEvent> tempoEvents;
  collectEvents(*smf, song, tempoEvents);

  // libsmf's own merged order and times in seconds are not used: the first does not keep the order of tracks at one
  // tick, and the second is a double that accumulates a rounding at each tempo change.
  const auto byTick = [](const auto& a, const auto& b) { return a.tick < b.tick; };
  std::stable_sort(song.messages.begin(), song.messages.end(), byTick);
  std::stable_sort(song.systemExclusive.begin(), song.systemExclusive.end(), byTick);
  std::stable_sort(tempoEvents.begin(), tempoEvents.end(), byTick);
  for (const TempoEvent& event : tempoEvents) {
    if (event.type == 0x51) {
      song.tempo.addTempo(event.tick, event.data[0] << 16 | event.data[1] << 8 | event.data[2]);
    } else {
      song.tempo.addTimeSignature(event.tick, event.data[0], 1 << event.data[1]);
    }
  }
  return song;
}

MidiSong loadMidiFile(const std::filesystem::path& path) { return parseMidi(readFile(path), path.string()); }

}  // namespace patchbay::host
