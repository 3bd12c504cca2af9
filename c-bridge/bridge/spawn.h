// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace patchbay::bridge {

/** A process to start. */
struct SpawnPlan {
  std::string program;                   ///< a path
  std::vector<std::string> arguments;    ///< the first is what the program calls itself
  std::vector<std::string> environment;  ///< all of it
  std::string logFile;                   ///< stdout and stderr are appended to it; empty: they are dropped
  std::string folder;                    ///< the working folder; where it cannot be entered, the host's
  bool outlives = false;                 ///< it goes on when the calling thread, or the host, has ended
};

struct Spawned {
  pid_t pid = -1;
  int pidfd = -1;
  std::string error;  ///< a sentence; empty where the program runs
};

/**
 * Starts a program in a session of its own, with the scheduling policy, the affinity, the signal handlers and the mask
 * of a fresh process, and without any descriptor of ours. Unless it is to outlive us, it dies with the calling thread, so that thread
 * must live as long as the program is wanted.
 */
[[nodiscard]] Spawned spawn(const SpawnPlan& plan);

}  // namespace patchbay::bridge
