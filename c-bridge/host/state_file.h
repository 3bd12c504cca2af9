// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace patchbay::host {

/** A component state from a file. @param origin what saves such files, for the message @throws Failure */
[[nodiscard]] std::vector<char> readState(const std::filesystem::path& path, const std::string& origin);

/** Puts a component state into a file, whole or not at all. @throws Failure with ExitStatus::output */
void writeState(const std::filesystem::path& path, const std::vector<char>& state);

}  // namespace patchbay::host
