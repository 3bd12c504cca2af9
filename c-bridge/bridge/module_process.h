// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "bundle.h"
#include "launcher.h"
#include "shared_region.h"

namespace patchbay::bridge {

/** How long a process may take to end, or to let go of an instance, when nobody needs it any more. */
constexpr int kEndMillis = 1500;

/** "RT" or "control", for people. */
[[nodiscard]] const char* roleTitle(std::uint32_t role);

/** " Its log: FILE", or nothing where there is none. */
[[nodiscard]] std::string logHint(const std::string& logFile);

/**
 * The process of one module over one region: started, watched, and started anew where it has ended. One thread at a time, and never
 * an audio thread; alive, pid and logFile also from others while it is not being started.
 */
class ModuleProcess {
 public:
  /** Called on the launcher's thread as soon as the process has ended, before anything is said; must not wait for anything. */
  using EndListener = std::function<void(const ChildEnd& end, bool expected)>;

  /** Where the process works: its region, and the role that it has there. */
  struct Place {
    std::shared_ptr<SharedRegion> region;
    std::uint32_t role = 0;
    const char* consequence = "";  ///< what an unexpected end means to those who hear or see it
    std::vector<std::string> jars = {};  ///< absolute paths; they come before the bundle's
  };

  ModuleProcess(std::shared_ptr<const Bundle> bundle, Place place);
  ModuleProcess(const ModuleProcess&) = delete;
  ModuleProcess& operator=(const ModuleProcess&) = delete;

  [[nodiscard]] bool declared() const { return !command().arguments.empty(); }
  [[nodiscard]] bool alive() const { return child_ != nullptr && !child_->ended(); }
  [[nodiscard]] pid_t pid() const { return child_ != nullptr ? child_->pid() : 0; }

  /** From now on, its unexpected end means this; a text that is never freed. Any thread but an audio thread. */
  void setConsequence(const char* text) { consequence_->store(text, std::memory_order_relaxed); }

  /** How long it may take to become ready, in milliseconds. */
  [[nodiscard]] int readyMillis() const;

  /** Starts the next process in this role. False with a sentence in error where that fails. */
  bool start(EndListener listener, std::string& error);

  /**
   * Waits until the process has attached. False where it refuses, ends or takes too long; error then holds a sentence,
   * or nothing where the launcher's thread has told it already. Several threads may wait.
   *
   * @param wanted where this becomes false, the wait ends, with false and nothing to say
   */
  bool awaitAttached(const std::atomic<bool>& wanted, std::string& error);

  /** Whether the process says that it refuses to serve, rather than that something has ended it. */
  [[nodiscard]] bool refused() const { return place_.region->roleState(place_.role, pid()) == PB_ROLE_STATE_FAILED; }

  /** That it refuses, with its words, or that it has ended: a sentence, whoever else was told. */
  [[nodiscard]] std::string endText() const;

  /** Waits until it has ended and that was told, or this much time has passed. */
  void awaitEnd(int millis) const;

  /** Where it writes what it has to say; empty where there is no folder for it. */
  [[nodiscard]] const std::string& logFile() const { return logFile_; }

  /** From now on its end is no news. */
  void expectEnd();

  /** Kills it and waits until it is gone. */
  void kill();

  /** Gives it this long to end by itself, then kills it. */
  void endWithin(std::int64_t millis);

 private:
  /** What the end listener shares with us; it may outlive us. */
  struct Watch {
    std::atomic<bool> expected{false};
    std::atomic<bool> reported{false};
  };

  [[nodiscard]] const ModuleCommand& command() const { return bundle_->image->modules[place_.role]; }
  [[nodiscard]] std::string expand(const std::string& argument) const;
  void watchDebugger(std::int64_t from);
  [[nodiscard]] Child::EndListener watching(EndListener listener) const;

  const std::shared_ptr<const Bundle> bundle_;
  const Place place_;
  const std::shared_ptr<std::atomic<const char*>> consequence_;  ///< the end listener shares it with us, too
  const std::shared_ptr<Launcher> launcher_;
  std::string logs_;  ///< the folder for logs; empty where there is none
  std::shared_ptr<Child> child_;
  std::shared_ptr<Watch> watch_;
  std::uint32_t generation_ = 0;
  std::int64_t startedAt_ = 0;
  std::string logFile_;
  std::shared_ptr<Launcher::Chore> debugger_;  ///< tells where the process listens for one, if it was asked to
};

/** What a role's process says about its failure, in a sentence, followed by where its log is. */
[[nodiscard]] std::string refusalText(const SharedRegion& region, std::uint32_t role, const std::string& logFile);

}  // namespace patchbay::bridge
