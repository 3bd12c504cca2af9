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
  explicit SwapOrder(std::shared_ptr<EngineProcess> engine) : engine_(std::move(engine)) {}

  [[nodiscard]] const std::shared_ptr<EngineProcess>& engine() const noexcept { return engine_; }

  /** Says how it ended; the first time counts. No error: the instance plays, or will play, in the engine. */
  void finish(const std::string& error);

  /** Waits for the end; the error, or nothing. */
  [[nodiscard]] std::string await();

 private:
  const std::shared_ptr<EngineProcess> engine_;
  std::mutex mutex_;
  std::condition_variable change_;
  bool finished_ = false;
  std::string error_;
};

/** What a swap came to. */
struct SwapReport {
  bool known = false;             ///< whether there is such an instance
  std::vector<std::string> errors;  ///< a sentence each; where there is none, all have been swapped
  int swapped = 0;
};

/**
 * Starts an engine with other jars beside the one that plays, and has the instances of this library's bundle go over to it, one after the
 * other. Waits for all of it; not on a thread of the host.
 *
 * @param instance the id of an instance's region, or nothing for all of them
 * @param jars absolute paths; the bundle's other jars stay
 */
[[nodiscard]] SwapReport swapEngines(const std::string& instance, const std::vector<std::string>& jars);

}  // namespace patchbay::bridge
