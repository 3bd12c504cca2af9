// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "engine_process.h"
#include "region.h"

namespace patchbay::bridge {

/**
 * An instance's place in an engine process. Whoever makes one leaves it, too; the last to leave an engine ends it. One thread at a
 * time, and never an audio thread.
 */
class EngineSeat {
 public:
  /**
   * Joins the engine of the bundle, which is started if there is none.
   *
   * @return null with a sentence in error where that fails
   */
  static std::unique_ptr<EngineSeat> reserve(const std::shared_ptr<const Bundle>& bundle,
                                             std::shared_ptr<Region> region, std::string& error);

  /** Joins this engine, for a region of its own making; null where nobody uses it any more. */
  static std::unique_ptr<EngineSeat> reserve(std::shared_ptr<EngineProcess> engine, std::shared_ptr<Region> region);

  EngineSeat(const EngineSeat&) = delete;
  EngineSeat& operator=(const EngineSeat&) = delete;

  /**
   * Waits for the engine and has it serve the region.
   *
   * @param generation 1 for the region's first engine, and so on
   * @param ended called on the launcher's thread when the process has ended unexpectedly; must not wait
   * @param wanted where this becomes false, the wait ends
   */
  EngineProcess::Outcome take(std::uint32_t generation, std::function<void()> ended, const std::atomic<bool>& wanted,
                              std::string& error);

  /**
   * Prepares the engine to go on in another region, which nobody serves; from then on the place is there.
   *
   * @param generation of that region's engine
   * @param ended as in take
   */
  EngineProcess::Outcome move(std::shared_ptr<Region> to, std::uint32_t generation, std::function<void()> ended,
                              int millis, std::string& error);

  /**
   * Gives the place up; the instance was asked to quit before. The last one to leave ends the engine.
   *
   * @param error a sentence where the engine keeps the region
   * @return whether nobody in the engine touches the region any more; if not, it cannot be used again
   */
  bool leave(int millis, std::string& error);

  [[nodiscard]] bool alive() const { return engine_->alive(); }
  [[nodiscard]] EngineProcess& engine() const { return *engine_; }

 private:
  EngineSeat(std::shared_ptr<EngineProcess> engine, std::shared_ptr<Region> region);

  const std::shared_ptr<EngineProcess> engine_;
  std::shared_ptr<Region> region_;
};

}  // namespace patchbay::bridge
