// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "bundle.h"
#include "fork_guard.h"
#include "launcher.h"

namespace patchbay::bridge {

/**
 * For development, where PATCHBAY_DEV=on is in the environment: when the jars of a bundle's RT module change, its instances go over to an
 * engine with the new ones while they play. Engines run copies, so that a build may overwrite what it made before. It is there while
 * somebody holds it.
 *
 * It looks at the files ten times a second instead of being told by inotify: a bundle that is built anew takes the place of the whole
 * folder, and of a watch on it. New files are taken once nothing has changed for some looks, and only if each is a complete
 * archive: a jar's directory is at its end.
 */
class JarWatch {
 public:
  /** The one of this library, made if there is none; null where it is not asked for, or with a sentence in complaint. */
  static std::shared_ptr<JarWatch> acquire(const std::shared_ptr<const Bundle>& bundle, std::string& complaint);

  ~JarWatch();
  JarWatch(const JarWatch&) = delete;
  JarWatch& operator=(const JarWatch&) = delete;

 private:
  struct State;

  explicit JarWatch(std::shared_ptr<State> state);

  ForkGuard guard_;
  std::shared_ptr<State> state_;
  std::shared_ptr<Launcher> launcher_;
  std::shared_ptr<Launcher::Chore> looking_;
};

}  // namespace patchbay::bridge
