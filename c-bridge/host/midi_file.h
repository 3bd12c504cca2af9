// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <vector>

#include "smf_screen.h"
#include "tempo_map.h"

namespace patchbay::host {

/** A channel message: status byte and one or two data bytes (the second is 0 where there is none). */
struct MidiMessage {
  std::int32_t tick = 0;
  std::array<std::uint8_t, 3> bytes = {};

  [[nodiscard]] std::uint8_t kind() const { return bytes[0] & 0xF0U; }
  [[nodiscard]] std::uint8_t channel() const { return bytes[0] & 0x0FU; }
  /** Whether it starts a note; a note on of velocity 0 ends one. */
  [[nodiscard]] bool isNoteOn() const { return kind() == 0x90 && bytes[2] > 0; }
  [[nodiscard]] bool isNoteOff() const { return kind() == 0x80 || (kind() == 0x90 && bytes[2] == 0); }
};

struct MidiSong {
  /** Ordered by tick; at one tick in the order of tracks and, within a track, of the file. */
  std::vector<MidiMessage> messages;
  TempoMap tempo;
  std::int32_t endTick = 0;           ///< of the last end-of-track event
  std::vector<SystemExclusive> systemExclusive;  ///< in the same order
  std::uint64_t systemMessages = 0;   ///< divided SysEx and other messages without a channel, which are not played
};

/**
 * Reads a Standard MIDI File of format 0 or 1.
 *
 * @throws Failure with ExitStatus::midiFile
 */
[[nodiscard]] MidiSong loadMidiFile(const std::filesystem::path& path);

/** The same from bytes; `name` stands for the file in messages. */
[[nodiscard]] MidiSong parseMidi(const std::vector<std::uint8_t>& file, const std::string& name);

}  // namespace patchbay::host
