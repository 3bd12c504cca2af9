// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "fork_guard.h"
#include "launcher.h"

namespace patchbay::bridge {

/**
 * Where the command line reaches the plug-ins of this loaded library: a socket in the user's runtime folder, named PID-RANDOM.sock, for
 * this user alone. A request is lines of text up to an empty one:
 *
 *     swap                 the engine of the instance is to be replaced
 *     instance ID          its region's id; without this line, all instances
 *     jar PATH             absolute; as many as there are
 *
 * The answer's first line is "ok N" with the number of instances, "unknown" where there is no such instance here, or
 * "failed"; sentences follow, a line each, and the connection ends. One request after the other. It is there while somebody holds it.
 */
class ControlSocket {
 public:
  /** The one of this library, made if there is none; null with a sentence in complaint where none can be had. */
  static std::shared_ptr<ControlSocket> acquire(std::string& complaint);

  ~ControlSocket();
  ControlSocket(const ControlSocket&) = delete;
  ControlSocket& operator=(const ControlSocket&) = delete;

 private:
  struct State;

  ControlSocket(std::shared_ptr<State> state, std::string path);

  ForkGuard guard_;
  std::shared_ptr<State> state_;
  const std::string path_;
  std::shared_ptr<Launcher> launcher_;
  std::shared_ptr<Launcher::Chore> accepting_;
};

}  // namespace patchbay::bridge
