// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "bundle.h"
#include "engine_region.h"
#include "jar_copies.h"
#include "module_process.h"
#include "region.h"

namespace patchbay::bridge {

/**
 * One engine process: the RT modules of some instances, each on a thread of its own over a region of its own. It is started once;
 * after its end another object takes its place. Any thread but an audio thread; commands are given, and answered, one after the
 * other.
 */
class EngineProcess {
 public:
  /** Called once, on the launcher's thread, when the process has ended while the instance was in it; must not wait. */
  using EndListener = std::function<void(const ChildEnd& end, bool expected)>;

  /** What became of a command. */
  enum class Outcome {
    done,
    refused,  ///< the engine says why
    missed,   ///< no answer in time, or while it was wanted; it may still be obeyed later
    gone,     ///< the process has ended
    unasked   ///< it was not wanted any more before it was given
  };

  /**
   * @param jars what comes before the bundle's own on the class path
   * @return null with a sentence in error where its region cannot be had
   */
  static std::shared_ptr<EngineProcess> create(std::shared_ptr<const Bundle> bundle, Jars jars, std::string& error);

  /**
   * It is the spare of a living one until it takes a place. The listener is told of its end until then.
   *
   * @return false where it has ended already, and nobody is told
   */
  [[nodiscard]] bool standBy(EndListener listener);

  /** Before it is started: it is to take over from an engine that plays, and until it takes that place nobody hears it. */
  void beSuccessor();

  /** It has the place that it was started for. */
  void takePlace();

  /** Starts the process, without waiting for it. False with a sentence in error where that fails. Once only. */
  bool start(std::string& error);

  /**
   * Has it serve an instance, whose role cell of RT is vacant: waits until the process has attached to its own region and then for
   * the answer. The instance's next requests go to the engine.
   *
   * @param generation 1 for the instance's first engine, and so on
   * @param listener told of the end of the process, until remove
   * @param wanted where this becomes false, the wait ends
   * @param error a sentence where the outcome is not done, or nothing where it has been told already
   */
  Outcome add(const std::shared_ptr<Region>& region, std::uint32_t generation, EndListener listener,
              const std::atomic<bool>& wanted, std::string& error);

  /**
   * Prepares it to go on with an instance in another region, whose role cell of RT is vacant, when the instance is asked to move. From
   * then on the instance is that of the other region, whose listener is told of the end.
   */
  Outcome move(const Region& from, const std::shared_ptr<Region>& to, std::uint32_t generation, EndListener listener,
               int millis, std::string& error);

  /**
   * Has it let go of an instance, which was asked to quit through its own region before. Unless the outcome is done or gone, the
   * instance's thread may still touch the region.
   */
  Outcome remove(const Region& region, int millis, std::string& error);

  /** Asks it to end, and ends it by force where it has not done so after this long. Its end is no news from now on. */
  void end(int millis);

  /** Ends it by force. */
  void kill() { process_.kill(); }

  /** Waits until it has ended and that was told, or this much time has passed. */
  void awaitEnd(int millis) const { process_.awaitEnd(millis); }

  /** As ModuleProcess. */
  [[nodiscard]] std::string endText() const { return process_.endText(); }

  [[nodiscard]] bool alive() const { return process_.alive(); }
  [[nodiscard]] pid_t pid() const { return process_.pid(); }
  [[nodiscard]] int readyMillis() const { return process_.readyMillis(); }
  [[nodiscard]] const std::string& logFile() const { return process_.logFile(); }
  [[nodiscard]] const std::shared_ptr<EngineRegion>& region() const noexcept { return region_; }
  [[nodiscard]] const std::shared_ptr<const Bundle>& bundle() const noexcept { return bundle_; }

  /** Those that come before the bundle's own on the class path. */
  [[nodiscard]] const Jars& jars() const noexcept { return jars_; }

 private:
  /** The instances in the process; the end listener shares it with us and may outlive us. */
  struct Tenants {
    std::mutex mutex;
    std::map<std::string, EndListener> listeners;  ///< by the region's id; that of a spare by kSpare
    bool ended = false;
  };

  EngineProcess(std::shared_ptr<const Bundle> bundle, Jars jars, std::shared_ptr<EngineRegion> region);

  /** How long to wait for an answer. */
  struct Limit {
    int millis;
    const std::atomic<bool>* wanted = nullptr;  ///< if given, the wait ends when this becomes false
  };

  /** What a command speaks of. */
  struct Subject {
    const Region* region = nullptr;
    std::uint32_t generation = 0;
    const Region* from = nullptr;
  };

  Outcome command(std::int32_t kind, const Subject& subject, Limit limit, std::string& text);
  [[nodiscard]] Outcome awaitTurn(std::unique_lock<std::timed_mutex>& turn, std::int64_t deadline,
                                  const std::atomic<bool>* wanted) const;
  [[nodiscard]] std::uint32_t done() const noexcept;
  [[nodiscard]] Outcome await(std::uint32_t number, std::int64_t deadline, const std::atomic<bool>* wanted);

  const std::shared_ptr<const Bundle> bundle_;
  const Jars jars_;
  const std::shared_ptr<EngineRegion> region_;
  const std::shared_ptr<Tenants> tenants_;
  ModuleProcess process_;
  std::timed_mutex commands_;  ///< guards what follows, and the bridge's side of the commands
  std::uint32_t sent_ = 0;     ///< number of the last command; our own copy, since others can write the region
};

}  // namespace patchbay::bridge
