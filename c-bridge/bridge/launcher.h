// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "fork_guard.h"
#include "spawn.h"

namespace patchbay::bridge {

/** How a process ended. */
struct ChildEnd {
  pid_t pid = 0;
  std::string how;     ///< "signal 9" or "exit status 1"
  bool byUs = false;  ///< the launcher itself ended it, since the library is being unloaded
};

/** A process that the launcher watches. */
class Child {
 public:
  /**
   * Called once, on the launcher's thread, as soon as the process has ended; must not wait for anything. What it throws is told, and the
   * process counts as ended all the same.
   */
  using EndListener = std::function<void(const ChildEnd&)>;

  Child(const Spawned& spawned, bool outlives, EndListener listener);
  ~Child();
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  [[nodiscard]] pid_t pid() const noexcept { return pid_; }

  /** Acquire: pairs with the release in finish, so what the listener did is seen. */
  [[nodiscard]] bool ended() const noexcept { return ended_.load(std::memory_order_acquire); }

  /** Waits until it has ended and its listener was called, or this much time has passed. */
  bool waitEnded(int millis);

  /** SIGKILL; harmless where it has ended. */
  void kill() const noexcept;

  [[nodiscard]] int pidfd() const noexcept { return pidfd_; }

  /** Whether it goes on without the launcher, which then does not hear of its end. */
  [[nodiscard]] bool outlives() const noexcept { return outlives_; }

  /** Reaps it if it has ended, and tells. The launcher's thread. */
  bool finish(bool byUs = false) noexcept;

 private:
  void tell(bool byUs);

  const pid_t pid_;
  const int pidfd_;
  const bool outlives_;
  EndListener listener_;
  std::atomic<bool> ended_{false};
  std::mutex mutex_;
  std::condition_variable change_;
};

/**
 * The one thread of this loaded library that starts processes and watches them. Children die when the thread that
 * started them ends, so it lives from the first activation until the last instance goes or the library is unloaded.
 */
class Launcher {
 public:
  /** The launcher of this library, started if there is none. Throws where no thread can be had. */
  static std::shared_ptr<Launcher> acquire();

  /** Ends the launcher of this library, if there is one, with all its processes that do not outlive it. For ModuleExit and unloading. */
  static void shutDownAll() noexcept;

  Launcher();
  ~Launcher();
  Launcher(const Launcher&) = delete;
  Launcher& operator=(const Launcher&) = delete;

  /** Starts a process; any thread but an audio thread. Null with a sentence in error where that fails. */
  std::shared_ptr<Child> start(const SpawnPlan& plan, Child::EndListener listener, std::string& error);

  /** What is done again and again while somebody holds it. */
  using Chore = std::function<void()>;

  /**
   * Lets something be done on the launcher's thread about ten times a second, from now until the answer is given up; it
   * may run for the last time while that happens. Must neither wait for anything nor throw.
   */
  [[nodiscard]] std::shared_ptr<Chore> repeat(Chore chore);

  /** Kills and reaps all processes but those that outlive it, and ends the thread. */
  void shutDown() noexcept;

 private:
  struct Order;

  void run() noexcept;
  void turn();
  void runOrders();
  void endAll() noexcept;
  bool doChores();
  void wake() noexcept;

  ForkGuard guard_;
  const int event_;
  std::mutex mutex_;
  std::condition_variable answered_;
  std::vector<Order*> orders_;
  bool stop_ = false;
  std::vector<std::weak_ptr<Chore>> chores_;
  std::vector<std::shared_ptr<Child>> children_;  ///< the launcher's thread alone, as the next
  bool busy_ = false;                             ///< whether there is something to do without a further event
  std::mutex joining_;
  std::thread thread_;
};

}  // namespace patchbay::bridge
