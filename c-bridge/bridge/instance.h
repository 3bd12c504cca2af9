// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include "block_exchange.h"
#include "block_processor.h"
#include "bundle.h"
#include "buses.h"
#include "control_socket.h"
#include "engine_link.h"
#include "engine_spare.h"
#include "engine_seat.h"
#include "engine_swap.h"
#include "fork_guard.h"
#include "gate.h"
#include "handover.h"
#include "heap_care.h"
#include "host_edits.h"
#include "instance_status.h"
#include "jar_watch.h"
#include "launcher.h"
#include "module_process.h"
#include "native_engine.h"
#include "pluginterfaces/base/ibstream.h"
#include "pluginterfaces/vst/ivstaudioprocessor.h"
#include "repair_thread.h"
#include "restart_policy.h"
#include "rt_log.h"
#include "state_store.h"

namespace patchbay::bridge {

/**
 * One instance of the plug-in, without the faces that VST3 wants: its life from activation to the end of its processes,
 * its state and its blocks. A process that ends while it is active is started again by a thread of its own (see
 * instance_repair.cpp). Every method may be called at any time, from any thread; only process from an audio thread.
 * In a fork of the host's process all of them do nothing.
 */
class Instance {
 public:
  explicit Instance(std::shared_ptr<const Bundle> bundle);
  ~Instance();
  Instance(const Instance&) = delete;
  Instance& operator=(const Instance&) = delete;

  [[nodiscard]] const PluginImage& image() const noexcept { return *bundle_->image; }

  /** Takes rate, largest block and mode; while active only what changes neither rate nor largest block. */
  bool setUp(const Steinberg::Vst::ProcessSetup& setup);

  /** Makes the region, starts the processes and waits until RT is warm. Why it fails is on stderr. */
  bool activate();

  /** RT closes its module; the processes stay. */
  void deactivate();

  /** Ends the processes and gives the region back; a later activation starts anew. */
  void close();

  [[nodiscard]] bool active() const noexcept { return active_.load(std::memory_order_acquire); }

  [[nodiscard]] Steinberg::tresult process(Steinberg::Vst::ProcessData& data) noexcept;

  [[nodiscard]] std::uint32_t tailSamples() const noexcept { return tail_.load(std::memory_order_relaxed); }

  /** As of the last block, or of the activation; 0 before the first. */
  [[nodiscard]] std::uint32_t latencySamples() const noexcept { return latency_.load(std::memory_order_relaxed); }

  [[nodiscard]] Steinberg::tresult saveState(Steinberg::IBStream& stream);

  /** Replaces the state, or nothing where it is not whole. */
  [[nodiscard]] Steinberg::tresult loadState(Steinberg::IBStream& stream);

  /** Lets the controller's view follow a state of the component. */
  [[nodiscard]] Steinberg::tresult loadView(Steinberg::IBStream& stream);

  /** The id of its region; empty where it has none. */
  [[nodiscard]] std::string regionId();

  [[nodiscard]] const std::shared_ptr<const Bundle>& bundle() const noexcept { return bundle_; }

  /** Lets it go over to another engine, on a thread of its own, which finishes the order. False where that cannot be. */
  [[nodiscard]] bool swapEngine(const std::shared_ptr<SwapOrder>& order);

  /** How it is, for people; asks nobody. */
  [[nodiscard]] InstanceStatus status();

  /** A view opens, which has the host's UI thread; that thread, as the next three. */
  void openEdits() noexcept;

  /** A view closes. @param handler the host's; may be null */
  void closeEdits(Steinberg::Vst::IComponentHandler* handler);

  /** Tells the host what control and RT have changed of the parameters. @param handler may be null */
  void deliverEdits(Steinberg::Vst::IComponentHandler* handler);

  /** Tells the host if control's part of the state has changed. @param handler may be null */
  void deliverDirt(Steinberg::Vst::IComponentHandler* handler);

  /** What the controller shows. */
  ParameterValues view;

  /** The buses, as the host has arranged them. */
  Buses buses;

 private:
  /** What became of an attempt to have an engine play. */
  enum class Start {
    ready,
    refused,      ///< the engine or its module does not want to; asking again is useless
    gone,         ///< the engine has ended, or could not be started
    interrupted,  ///< a call of the host was waiting
    stuck         ///< an engine may still use the region, so nobody else can
  };

  /**
   * What needs at once what a repair or a swap may have for seconds, which then ends early, for good: a call of the host, after which the
   * instance is not active, or a repair, which makes a swap useless.
   */
  class UrgentCall;

  /** The threads that bring processes back. */
  struct Repairs {
    std::shared_ptr<RepairThread> engine;
    std::shared_ptr<RepairThread> control;
  };

  [[nodiscard]] std::shared_ptr<Region> shownRegion();
  [[nodiscard]] bool ensureRegion();
  [[nodiscard]] Start startEngine(const std::atomic<bool>& wanted);
  [[nodiscard]] Start seatEngine(const std::atomic<bool>& wanted);
  [[nodiscard]] Start seatNative();

  /** What is to happen when the engine of the region that it has now ends unexpectedly; called on the launcher's thread. */
  [[nodiscard]] std::function<void()> onEngineEnd();
  void askToQuit();
  /** The log of the engine process; empty where there is none. */
  [[nodiscard]] std::string engineLog() const { return seat_ != nullptr ? seat_->engine().logFile() : std::string(); }
  void ensureControl();

  /** Waits until control has taken the state that it was given, or has refused it, has ended or takes too long. */
  void awaitControl();
  [[nodiscard]] bool leaveEngine(int millis);
  void closeLocked();
  /** What an engine is asked for so that it plays as the host has set up. */
  [[nodiscard]] BlockRequest activation();
  [[nodiscard]] Start requestActivation(const std::atomic<bool>& wanted);
  [[nodiscard]] Answer request(const BlockRequest& request, int millis, const std::atomic<bool>& wanted);
  [[nodiscard]] Steinberg::Vst::ProcessSetup setup();
  [[nodiscard]] std::int32_t largestBlock(const Steinberg::Vst::ProcessSetup& setup) const;
  void deactivateLocked();
  void note(const Answered& answered) noexcept;
  void tellLatency(Steinberg::Vst::IParameterChanges* changes) noexcept;

  [[nodiscard]] bool engineMissing() const;
  [[nodiscard]] bool controlMissing() const;
  void keepSpare(const Steinberg::Vst::ProcessSetup& setup);
  void repairEngine(RepairThread& repair);
  void replaceEngines(RepairThread& repair);
  [[nodiscard]] Start replaceEngine();
  void repairControl(RepairThread& repair);
  [[nodiscard]] Repairs dismissRepairs() noexcept;

  /** The thread that brings another engine, and what it was asked for last. */
  struct Swap {
    std::shared_ptr<RepairThread> thread;
    std::shared_ptr<SwapOrder> order;
  };

  void obeySwap();
  void finishSwap(const std::shared_ptr<SwapOrder>& order, const SwapOrder::End& end);
  [[nodiscard]] Swap dismissSwap();
  [[nodiscard]] std::string changeEngine(const std::shared_ptr<EngineProcess>& engine);
  [[nodiscard]] std::string makeReady(EngineSeat& seat, Handover& handover);
  [[nodiscard]] std::string playOver(Handover& handover);
  [[nodiscard]] std::string settleIn(std::unique_ptr<EngineSeat> seat, Handover& handover,
                                     const std::shared_ptr<Region>& scratch);
  void leaveScratch(EngineSeat& seat, Handover& handover);
  [[nodiscard]] bool awaitAudio(Handover& handover, Handover::Stage stage);
  [[nodiscard]] std::int64_t blocksSeen() const;

  void say(const std::string& sentence) const noexcept;

  const std::shared_ptr<const Bundle> bundle_;
  ForkGuard guard_;
  StateStore state_;
  HostEdits edits_;
  Gate gate_;
  std::atomic<bool> active_{false};
  std::atomic<std::uint32_t> tail_{0};
  std::atomic<std::uint32_t> latency_{0};
  std::uint32_t latencyTold_ = 0;  ///< as a change of LatencyParameter; the audio thread, else the one that activates

  const std::shared_ptr<EngineLink> link_;

  std::mutex setupMutex_;
  Steinberg::Vst::ProcessSetup setup_;  ///< guarded by setupMutex_

  std::mutex callsMutex_;
  int calls_ = 0;                       ///< that are urgent and wait; guarded by callsMutex_
  std::atomic<bool> undisturbed_{true};  ///< whether there are none

  std::mutex swapMutex_;
  std::shared_ptr<RepairThread> engineSwap_;  ///< guarded by swapMutex_, as the next
  std::shared_ptr<SwapOrder> swapOrder_;      ///< null: none is open
  std::string regionId_;
  std::weak_ptr<Region> shownRegion_;  ///< the same region; for what only looks

  std::mutex lifecycle_;  ///< guards what follows; the audio thread uses it only inside the gate
  std::shared_ptr<Region> region_;
  std::uint32_t generation_ = 0;  ///< how many engines the region has had
  std::int32_t lastEngine_ = 0;   ///< the pid of the last one, 0 where it could not be started
  std::shared_ptr<RestartPolicy> engineRestarts_;
  RestartPolicy controlRestarts_;
  Repairs repairs_;
  std::unique_ptr<EngineSeat> seat_;
  std::unique_ptr<NativeEngine> native_;  ///< where the RT module is a library: instead of a seat
  std::shared_ptr<EngineSpare> spare_;  ///< held from the first activation in real time on, where the bundle wants one
  std::unique_ptr<ModuleProcess> control_;
  std::shared_ptr<ControlSocket> socket_;
  std::shared_ptr<HeapCare> heapCare_;
  std::shared_ptr<JarWatch> jarWatch_;
  std::shared_ptr<RtLog> rtLog_;
  std::shared_ptr<Launcher::Chore> logging_;
  std::unique_ptr<BlockExchange> exchange_;
  std::unique_ptr<BlockProcessor> processor_;
};

}  // namespace patchbay::bridge
