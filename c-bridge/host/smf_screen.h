// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace patchbay::host {

/** A system exclusive message with its first and its last byte, 0xF0 and 0xF7. */
struct SystemExclusive {
  std::int32_t tick = 0;
  std::vector<std::uint8_t> bytes;
};

/** A Standard MIDI File that libsmf reads without harm, and what was taken out of it. */
struct ScreenedSmf {
  std::vector<std::uint8_t> bytes;
  std::vector<SystemExclusive> messages;  ///< those that lie in one piece, track by track
  std::uint64_t systemMessages = 0;       ///< left out: divided ones, escape packets, system common and real-time messages
};

/**
 * Checks every chunk and event of a Standard MIDI File and copies it in the form that libsmf handles.
 *
 * libsmf 1.3 trusts its input: it reads past a truncated track, aborts on F7 packets and on a track without an
 * end-of-track event, and loses its place after a meta event longer than 127 bytes. Here everything that has no effect
 * on what libsmf gives (texts, SysEx, malformed tempo events) becomes an empty text event, which keeps the times of its
 * neighbours; SysEx is given beside it; running status is written out; each track gets exactly one end-of-track event.
 *
 * @param name the file's name for messages
 * @throws Failure with ExitStatus::midiFile
 */
[[nodiscard]] ScreenedSmf screenSmf(const std::vector<std::uint8_t>& file, const std::string& name);

}  // namespace patchbay::host
