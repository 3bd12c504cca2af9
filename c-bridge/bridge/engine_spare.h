// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "engine_process.h"
#include "repair_thread.h"
#include "restart_policy.h"

namespace patchbay::bridge {

/** What an engine is warm for. */
struct EngineSetup {
  double sampleRate = 0;
  std::int32_t maxFrames = 0;
};

/**
 * A second engine process of a bundle: it is started and warmed up beside the living ones, and takes the place of the first that
 * dies; then another is prepared. There is one as long as an instance holds this. All work is done on a thread of its own, which
 * never runs while it is not needed. Any thread but an audio thread.
 */
class EngineSpare {
 public:
  /** @param jars what comes before the bundle's own jars */
  EngineSpare(std::shared_ptr<const Bundle> bundle, Jars jars);

  /** Ends the spare process. */
  ~EngineSpare();

  EngineSpare(const EngineSpare&) = delete;
  EngineSpare& operator=(const EngineSpare&) = delete;

  /**
   * An instance plays in real time: from now on a spare that is warm for it is kept. The last instance to say so decides for what. A
   * spare that was given up, since it died too often, is tried again. Does not wait.
   *
   * @param region of the instance; its counters tell whether a spare is ready
   */
  void keep(const std::shared_ptr<Region>& region, EngineSetup setup);

  /**
   * Engines have other jars from now on: one with the former jars takes no place any more, and another is prepared. Does not wait, and
   * does not look at what the jars hold.
   */
  void change(Jars jars);

  /**
   * Lets the spare take a dead engine's place. One that is still warming up is taken as well: it is ready sooner than one that is
   * started now.
   *
   * @return null where there is none
   */
  std::shared_ptr<EngineProcess> take();

  /**
   * Lets the spare try to take the place of an engine whose heap runs low; no other is prepared until the end of the loan.
   *
   * @param jars of the worn engine
   * @return null where there is none, or one that has other jars, or that is worn itself by what it has rehearsed
   */
  std::shared_ptr<EngineProcess> lend(const Jars& jars);

  /**
   * The end of a loan, if there is one.
   *
   * @param unused the spare, if it is to be that again; else null, and another is prepared
   * @return whether it is the spare again
   */
  bool endLoan(const std::shared_ptr<EngineProcess>& unused);

  /** Whether take would find one. */
  [[nodiscard]] bool atHand();

 private:
  /** Which process is known to have ended; its end listener shares it with us and may outlive us. */
  using Ended = std::atomic<pid_t>;

  void prepare();
  [[nodiscard]] std::optional<std::int64_t> due();
  void startOne();
  void watch(EngineProcess& engine);
  [[nodiscard]] EngineProcess::Outcome warmUp(const std::shared_ptr<EngineProcess>& engine, EngineSetup setup,
                                              std::string& error);
  [[nodiscard]] EngineProcess::Outcome rehearse(EngineProcess& engine, EngineSetup setup, std::uint32_t generation,
                                                std::string& error);
  [[nodiscard]] bool isSpare(const std::shared_ptr<EngineProcess>& engine);
  [[nodiscard]] bool settle(const std::shared_ptr<EngineProcess>& engine, EngineProcess::Outcome outcome,
                            const std::string& error);
  void lost(pid_t pid);
  [[nodiscard]] std::shared_ptr<EngineProcess> handOut();
  [[nodiscard]] bool there() const;
  [[nodiscard]] bool lives() const;
  void tellReady(bool ready);
  void say(const std::string& sentence) const;

  const std::shared_ptr<const Bundle> bundle_;
  const std::shared_ptr<Ended> ended_;
  std::atomic<bool> wanted_{true};  ///< whether what is being warmed up is of use

  std::mutex mutex_;  ///< guards what follows
  std::vector<std::weak_ptr<Region>> regions_;
  std::shared_ptr<EngineProcess> engine_;  ///< the spare, once it was started
  EngineSetup setup_;                      ///< what instances play with
  EngineSetup warm_;                       ///< what engine_ was started for
  Jars jars_;                              ///< what comes before the bundle's own
  std::uint32_t edition_ = 0;              ///< how often they have changed
  std::uint32_t made_ = 0;                 ///< the edition of engine_
  std::int64_t after_ = 0;                 ///< none is started before this
  bool ready_ = false;     ///< what the instances' counters say
  bool lent_ = false;
  bool givenUp_ = false;
  bool closed_ = false;
  RestartPolicy restarts_;
  std::uint64_t obeyed_ = 0;  ///< the number of its last decision

  const std::shared_ptr<RepairThread> thread_;  ///< last: it uses all of the above
};

}  // namespace patchbay::bridge
