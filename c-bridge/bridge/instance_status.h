// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

namespace patchbay::bridge {

/** How an instance is, as far as shared memory tells, for people. */
struct InstanceStatus {
  enum class Process {
    none,       ///< the bundle has no such module
    off,        ///< not started yet, since the host has not activated the plug-in
    starting,
    serves,
    refused,    ///< it has said that it cannot serve
    returning,  ///< it has ended, and another comes
    ended
  };

  bool active = false;
  Process engine = Process::off;
  Process control = Process::off;
  std::int64_t blocks = 0;
  std::int64_t missedBlocks = 0;
  std::int64_t restarts = 0;  ///< of both processes
  std::string regionId;       ///< empty: there is no region
};

}  // namespace patchbay::bridge
