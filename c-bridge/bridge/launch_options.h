// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace patchbay::bridge {

/** The words of a command line with these jars first on the class path, before the bundle's own but those of the same names. */
[[nodiscard]] std::vector<std::string> withJars(const std::string& bundle, const std::vector<std::string>& command,
                                                const std::vector<std::string>& jars);

/** The folder whose jars a command line has on its class path; empty where there is none. */
[[nodiscard]] std::string jarFolder(const std::string& bundle, const std::vector<std::string>& command);

/** What is decided anew each time that a module's process starts. */
struct LaunchOptions {
  std::vector<std::string> words;  ///< the command line, still with the names in braces
  std::vector<std::string> notes;  ///< sentences for the log
  bool debugger = false;           ///< the process will say in its log where it listens for a debugger
};

/**
 * Decides them, from what is in the bundle and in these of the environment's variables:
 *
 * A word {aot}PATH becomes the option for the AOT cache at that path below the bundle, or is left out where the cache cannot be
 * used. PATCHBAY_AOT=off leaves the AOT cache alone. PATCHBAY_DEBUG=rt,control lets the processes of these roles listen for a debugger
 * (JDWP) at a free port of 127.0.0.1, and PATCHBAY_JFR=rt,control lets them make a flight recording in the folder for logs.
 * With one of the two the AOT cache is not used, since it was made for a JVM without.
 *
 * Each word that ends a class path with a star becomes the list of the folder's jars in the order of their names: the order in
 * which a file system lists them differs from copy to copy. Each word that names the folder for logs is left out where there is none: a JVM
 * that cannot write its log does not start.
 *
 * @param bundle the bundle's folder
 * @param role rt or control
 * @param logs whether there is a folder for logs
 * @param command the words of the role's command line, with names in braces
 */
[[nodiscard]] LaunchOptions launchOptions(const std::string& bundle, const std::string& role, bool logs,
                                          const std::vector<std::string>& command);

/**
 * Where a process says in its log that it listens for a debugger: 127.0.0.1:PORT, or nothing where it does not say so.
 *
 * @param from how many bytes of the log are of earlier processes
 */
[[nodiscard]] std::string debuggerAddress(const std::string& logFile, std::int64_t from = 0);

}  // namespace patchbay::bridge
