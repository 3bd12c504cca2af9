// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "engine_process.h"
#include "engine_spare.h"
#include "restart_policy.h"

namespace patchbay::bridge {

/**
 * The engine processes of this loaded library: which one an instance uses, and when one is used no more. With the share mode
 * "bundle" all instances of a bundle use one; with "instance" each has one of its own. Any thread but an audio thread.
 */
class EnginePool {
 public:
  static EnginePool& ofThisLibrary();

  /**
   * Finds the living engine of a bundle or starts one, without waiting for it; leave comes after.
   *
   * @return null with a sentence in error where that fails
   */
  std::shared_ptr<EngineProcess> join(const std::shared_ptr<const Bundle>& bundle, std::string& error);

  /** Whether join has not to start an engine for an instance whose own has died: others are in one already, or there is a spare. */
  [[nodiscard]] bool atHand(const Bundle& bundle);

  /**
   * The spare engine of a bundle, shared by all its instances in either share mode; it is there as long as one of them holds it. Null
   * where the bundle wants none.
   */
  [[nodiscard]] std::shared_ptr<EngineSpare> spare(const std::shared_ptr<const Bundle>& bundle);

  /**
   * Starts a further engine of a bundle, with other jars, which nobody else joins until it is preferred; leave comes after.
   *
   * @return null with a sentence in error where that fails
   */
  [[nodiscard]] std::shared_ptr<EngineProcess> prepare(const std::shared_ptr<const Bundle>& bundle,
                                         const std::vector<std::string>& jars, std::string& error);

  /** Joins this engine; leave comes after. False where nobody uses it any more. */
  [[nodiscard]] bool join(const std::shared_ptr<EngineProcess>& engine);

  /** From now on whoever joins the bundle's engine gets this one, where its instances share one. */
  void prefer(const std::shared_ptr<const Bundle>& bundle, const std::shared_ptr<EngineProcess>& engine);

  /** Whether it is the one that is joined. */
  [[nodiscard]] bool preferred(const std::shared_ptr<EngineProcess>& engine);

  /** An engine that is started from now on has these jars before the bundle's own; so has the spare, which is made anew. */
  void useJars(const Bundle& bundle, const std::vector<std::string>& jars);

  /** Whether an engine that is in use says that its heap runs low. Does not wait, and so may overlook one for once. */
  [[nodiscard]] bool someHeapIsLow();

  /** Those that say so. */
  [[nodiscard]] std::vector<std::shared_ptr<EngineProcess>> worn();

  /**
   * Gives back what join found.
   *
   * @return whether nobody uses the engine any more; the caller then ends it
   */
  [[nodiscard]] bool leave(const std::shared_ptr<EngineProcess>& engine);

  /** When the engine of a bundle is started again: one policy for all who share an engine. */
  [[nodiscard]] std::shared_ptr<RestartPolicy> restarts(const Bundle& bundle);

 private:
  /**
   * No entry keeps its engine: in a fork of the host the pool goes with the library, and the engine belongs to the process that was
   * forked from.
   */
  struct Entry {
    std::string bundle;
    std::weak_ptr<EngineProcess> engine;
    std::weak_ptr<EngineRegion> region;  ///< the engine's own
    int users = 0;
    bool shared = false;
  };

  using Entries = std::vector<Entry>;

  EnginePool() = default;

  [[nodiscard]] std::shared_ptr<EngineProcess> joinable(const Bundle& bundle) const;
  [[nodiscard]] Entries::iterator entryOf(const std::shared_ptr<EngineProcess>& engine);
  [[nodiscard]] std::shared_ptr<EngineSpare> spareOf(const Bundle& bundle) const;
  [[nodiscard]] std::vector<std::string> jarsOf(const Bundle& bundle) const;

  std::mutex mutex_;
  Entries entries_;
  std::map<std::string, std::vector<std::string>> jars_;  ///< by the bundle's folder, where they are not the bundle's
  std::map<std::string, std::shared_ptr<RestartPolicy>> restarts_;  ///< by the bundle's folder
  std::map<std::string, std::weak_ptr<EngineSpare>> spares_;        ///< likewise
};

}  // namespace patchbay::bridge
