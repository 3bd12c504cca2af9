// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace patchbay::bridge {

/**
 * Whether a file is a shared library for this processor, and whole: the system's loader maps what the file's head promises, and a process
 * that touches what is not there is ended. Any thread but an audio thread.
 *
 * @return what is wrong, as the end of a sentence that starts with the file's name; empty where nothing is
 */
[[nodiscard]] std::string checkElf(const std::string& file);

}  // namespace patchbay::bridge
