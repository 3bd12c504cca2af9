// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <vector>

#include "fork_guard.h"

namespace patchbay::bridge {

class Instance;

/**
 * The instances of this loaded library, for the moment in which it is unloaded: what the host forgot to terminate must
 * end then, since nobody can call it afterwards. Any thread but an audio thread.
 */
class LiveInstances {
 public:
  static LiveInstances& ofThisLibrary();

  void add(Instance* instance);
  void remove(Instance* instance) noexcept;

  /** Visits all of them, or none while they are closed; what is done must not wait. */
  void each(const std::function<void(Instance&)>& visit);

  /** Closes all of them; they stay objects that answer, should the host still call one. */
  void closeAll() noexcept;

 private:
  LiveInstances();
  ~LiveInstances() { closeAll(); }

  ForkGuard guard_;
  std::mutex mutex_;
  std::atomic<bool> closing_{false};
  std::vector<Instance*> instances_;
};

}  // namespace patchbay::bridge
