// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>

#include "bundle.h"
#include "launcher.h"
#include "region.h"

namespace patchbay::bridge {

/** "RT" or "control", for people. */
[[nodiscard]] const char* roleTitle(std::uint32_t role);

/**
 * The module processes of one instance. Started at activation, kept across deactivations, and started anew at the next
 * activation where one has ended. One thread at a time, and never an audio thread.
 */
class ModuleProcesses {
 public:
  ModuleProcesses(std::shared_ptr<const Bundle> bundle, std::shared_ptr<Region> region);
  ModuleProcesses(const ModuleProcesses&) = delete;
  ModuleProcesses& operator=(const ModuleProcesses&) = delete;

  [[nodiscard]] bool declared(std::uint32_t role) const { return !command(role).arguments.empty(); }
  [[nodiscard]] bool alive(std::uint32_t role) const;
  [[nodiscard]] pid_t pid(std::uint32_t role) const;

  /** How long this role may take to become ready, in milliseconds. */
  [[nodiscard]] int readyMillis(std::uint32_t role) const;

  /** Starts the next process in this role. False with a sentence in error where that fails. */
  bool start(std::uint32_t role, std::string& error);

  /**
   * Waits until the process has attached. False where it refuses, ends or takes too long; error then holds a sentence,
   * or nothing where the launcher's thread has told it already.
   */
  bool awaitAttached(std::uint32_t role, std::string& error);

  /** What the process says about its state, followed by where its log is. */
  [[nodiscard]] std::string refusal(std::uint32_t role) const;
  [[nodiscard]] const std::string& logFile(std::uint32_t role) const { return slots_[role].logFile; }

  /** From now on its end is no news. */
  void expectEnd(std::uint32_t role);

  /** Kills it and waits until it is gone. */
  void kill(std::uint32_t role);

  /** Gives all processes this long to end by themselves, then kills them. */
  void endAll(int millis);

 private:
  /** What the end listener shares with us; it may outlive us. */
  struct Watch {
    std::atomic<bool> expected{false};
    std::atomic<bool> reported{false};
  };

  struct Slot {
    std::shared_ptr<Child> child;
    std::shared_ptr<Watch> watch;
    std::uint32_t generation = 0;
    std::int64_t startedAt = 0;
    std::string logFile;
    bool debugger = false;
  };

  [[nodiscard]] const ModuleCommand& command(std::uint32_t role) const { return bundle_->image->modules[role]; }
  [[nodiscard]] std::string expand(const std::string& argument, std::uint32_t role) const;
  [[nodiscard]] Child::EndListener listener(std::uint32_t role) const;
  void tellDebugger(std::uint32_t role) const;
  void resetRole(std::uint32_t role) noexcept;

  const std::shared_ptr<const Bundle> bundle_;
  const std::shared_ptr<Region> region_;
  const std::shared_ptr<Launcher> launcher_;
  std::string logs_;  ///< the folder for logs; empty where there is none
  Slot slots_[PB_STANDARD_ROLE_COUNT];
};

}  // namespace patchbay::bridge
