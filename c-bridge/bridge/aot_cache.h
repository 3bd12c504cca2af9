// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace patchbay::bridge {

/** The names of a folder's jars, in the order of their bytes; none where it cannot be read. */
[[nodiscard]] std::vector<std::string> jarsIn(const std::string& folder);

/** Whether a module's AOT cache may be used. */
struct AotVerdict {
  std::string cache;    ///< its path; empty where it must not be used
  std::string problem;  ///< the end of a sentence that says why; empty where there is nothing to complain about
};

/**
 * Looks whether the AOT cache of a bundle's real-time module was made for the runtime, the jars and the command line that are
 * there now: the JVM itself would run the classes that it was made with, whatever the jars hold (JDK-8377932). Writes the text of
 * AotKey.java for what is there and compares it with the file beside the cache. Reads all these files, about 60 MB: 20 to 30 ms
 * where the system has them in memory. Not on an audio thread.
 *
 * @param bundle the bundle's folder
 * @param cache the cache's path below it, in the folder of the jars
 * @param command the words of the command line, with what is replaced in braces
 */
[[nodiscard]] AotVerdict checkAotCache(const std::string& bundle, const std::string& cache,
                                       const std::vector<std::string>& command);

}  // namespace patchbay::bridge
