// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace patchbay::bridge {

/**
 * What a module's process inherits of the host's environment: nothing that changes how a program is loaded or how a JVM
 * starts.
 */
[[nodiscard]] std::vector<std::string> childEnvironment();

/** What a program of the user's desktop inherits of it: what is above, and where the session's display, bus and settings are. */
[[nodiscard]] std::vector<std::string> desktopEnvironment();

/**
 * The folder for the modules' logs, made if need be: $PATCHBAY_LOG_DIR, else patchbay/logs in the user's state folder
 * of the XDG base directory specification. Where that cannot be used, a folder of the user's own below /tmp.
 *
 * @param complaint receives a sentence where the wanted folder cannot be used
 * @return empty where no folder can be used
 */
[[nodiscard]] std::string logFolder(std::string& complaint);

/**
 * The folder for sockets and copies of jars, made if need be: $PATCHBAY_RUNTIME_DIR, else patchbay in $XDG_RUNTIME_DIR, else a folder of the user's
 * own below /tmp. Empty where none can be used, or where others could write to it.
 */
[[nodiscard]] std::string runtimeFolder();

/** A program's path: a name without a slash is looked up as execvp does. */
[[nodiscard]] std::string findProgram(const std::string& name);

}  // namespace patchbay::bridge
