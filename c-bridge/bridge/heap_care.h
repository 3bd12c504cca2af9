// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "fork_guard.h"
#include "launcher.h"

namespace patchbay::bridge {

/**
 * Replaces an engine process of this loaded library whose heap runs low, where nothing frees it: its instances go over to a fresh process with
 * the same jars while they play. It is there while somebody holds it, and has a thread of its own from the first time on.
 */
class HeapCare {
 public:
  /** The one of this library, made if there is none. */
  static std::shared_ptr<HeapCare> acquire();

  ~HeapCare();
  HeapCare(const HeapCare&) = delete;
  HeapCare& operator=(const HeapCare&) = delete;

 private:
  struct State;

  HeapCare();

  ForkGuard guard_;
  std::shared_ptr<State> state_;
  std::shared_ptr<Launcher> launcher_;
  std::shared_ptr<Launcher::Chore> looking_;
};

}  // namespace patchbay::bridge
