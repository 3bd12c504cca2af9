// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "engine_process.h"

namespace patchbay::bridge {

/** That one instance is to go over to another engine, and what became of it. */
class SwapOrder {
 public:
  /** What became of an instance. */
  struct End {
    bool swapped = false;  ///< it plays, or will play, in the engine
    std::string error;     ///< why not; nothing where the order does not concern it
  };

  /** @param from the engine that is to be left; null for whichever it is */
  SwapOrder(std::shared_ptr<EngineProcess> engine, std::shared_ptr<EngineProcess> from)
      : engine_(std::move(engine)), from_(std::move(from)) {}

  [[nodiscard]] const std::shared_ptr<EngineProcess>& engine() const noexcept { return engine_; }

  /** Whether it concerns an instance that is in this engine, or in none. */
  [[nodiscard]] bool concerns(const EngineProcess* present) const noexcept {
    return from_ == nullptr || from_.get() == present;
  }

  /** Says how it ended; the first time counts. */
  void finish(const End& end);

  /** Waits for the end. */
  [[nodiscard]] End await();

 private:
  const std::shared_ptr<EngineProcess> engine_;
  const std::shared_ptr<EngineProcess> from_;
  std::mutex mutex_;
  std::condition_variable change_;
  bool finished_ = false;
  End end_;
};

/** What a swap came to. */
struct SwapReport {
  bool known = false;             ///< whether there is such an instance
  std::vector<std::string> errors;  ///< a sentence each; where there is none, all have been swapped
  int swapped = 0;
};

/**
 * Copies jars, starts an engine with the copies beside the one that plays, and has the instances of this library's bundle go over to it, one after the
 * other; where each instance has an engine of its own, an engine for each. Waits for all of it, and for swaps that were begun before; not on a
 * thread of the host.
 *
 * @param instance the id of an instance's region, or nothing for all of them
 * @param jars absolute paths; the bundle's other jars stay
 */
[[nodiscard]] SwapReport swapEngines(const std::string& instance, const std::vector<std::string>& jars);

/** The same with copies that are made already. */
[[nodiscard]] SwapReport swapEngines(const std::string& instance, const Jars& jars);

/** The same for the instances of one engine, with the jars that it has; where there is a spare, it takes the place. */
[[nodiscard]] SwapReport renewEngine(const std::shared_ptr<EngineProcess>& worn);

}  // namespace patchbay::bridge
