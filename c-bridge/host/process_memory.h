// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <vector>

namespace patchbay::host {

/** What a process has of the machine's memory. */
struct ProcessMemory {
  pid_t pid = 0;
  std::string command;              ///< its command line, words separated by blanks; empty where it may not be read
  std::int64_t proportional = 0;    ///< its share of resident pages in bytes: one that N processes map counts 1/N
  std::int64_t resident = 0;        ///< all its resident pages in bytes
};

/**
 * This process first, then all that it has started, and what those have, by pid. A process that ends meanwhile is left out.
 *
 * @throws Failure if this process's own memory cannot be read
 */
[[nodiscard]] std::vector<ProcessMemory> memoryOfThisAndItsChildren();

}  // namespace patchbay::host
