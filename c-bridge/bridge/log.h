// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace patchbay::bridge {

/** Writes "patchbay: sentence" to stderr, as one line in one write. Any thread but the audio thread. */
void log(const std::string& sentence) noexcept;

/** The same with the plug-in's name in front: "patchbay: PolySynth: sentence". */
void log(const std::string& plugin, const std::string& sentence) noexcept;

/** What errno stands for, whatever the locale's threads do. */
[[nodiscard]] std::string errorText(int error);

}  // namespace patchbay::bridge
