// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace patchbay::bridge {

/**
 * Writes "patchbay: sentence" to stderr, as one line in one write, and never waits for whoever reads it. What finds no room is kept, up to
 * a limit, and goes out before later lines or with flushLog; what is more is counted, and the count takes its place. A line ends
 * after 4096 bytes at most. Any thread but the audio thread.
 */
void log(const std::string& sentence) noexcept;

/** The same with the plug-in's name in front: "patchbay: PolySynth: sentence". */
void log(const std::string& plugin, const std::string& sentence) noexcept;

/** Tries again to write what was kept, without waiting. True where some of it is left. */
bool flushLog() noexcept;

/** What errno stands for, whatever the locale's threads do. */
[[nodiscard]] std::string errorText(int error);

}  // namespace patchbay::bridge
