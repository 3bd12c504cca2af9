// SPDX-License-Identifier: Apache-2.0
#include <exception>
#include <utility>

#include "clock.h"
#include "engine_pool.h"
#include "instance.h"
#include "urgent_call.h"

namespace patchbay::bridge {
namespace {

/** How long an engine that is not needed any more may hold up a call of the host. */
constexpr int kHurryMillis = 200;

std::string givenUp(const char* process, const char* consequence) {
  return std::string("the ") + process + " process has ended " + std::to_string(RestartPolicy::kMostEnds) +
         " times within " + std::to_string(RestartPolicy::kWindowSeconds) + " s; it is not started again, and " +
         consequence + ", until the plug-in is activated again";
}

}  // namespace

Instance::Repairs Instance::dismissRepairs() noexcept {
  Repairs dismissed;
  std::swap(dismissed, repairs_);
  for (const std::shared_ptr<RepairThread>& repair : {dismissed.engine, dismissed.control}) {
    if (repair != nullptr) {
      repair->dismiss();
    }
  }
  return dismissed;
}

bool Instance::engineMissing() const {
  if (native_ != nullptr) {
    return false;
  }
  return seat_ == nullptr || !seat_->alive() || region_->gone(PB_STANDARD_ROLE_RT) == seat_->engine().pid();
}

bool Instance::controlMissing() const {
  return control_->declared() &&
         (!control_->alive() || region_->gone(PB_STANDARD_ROLE_CONTROL) == control_->pid());
}

void Instance::repairEngine(RepairThread& repair) {
  try {
    replaceEngines(repair);
  } catch (const std::exception&) {
    // An offline render must not wait for what does not come.
    link_->giveUp();
    throw;
  }
}

void Instance::replaceEngines(RepairThread& repair) {
  const std::int64_t began = nowNanos();
  std::uint64_t obeyed = 0;
  for (;;) {
    RestartPolicy::Decision decision = {};
    {
      // A swap that gets another engine ready is of no use any more.
      const UrgentCall call(*this);
      if (!repair.wanted() || !active() || !engineMissing()) {
        return;
      }
      // Its end is told a moment before it counts as ended.
      if (seat_ != nullptr) {
        seat_->engine().awaitEnd(kEndMillis);
      }
      link_->close();
      // What it changed at last counts, before the host changes more.
      processor_->takeChanges(state_.replacements());
      decision = engineRestarts_->ended(lastEngine_, obeyed, nowNanos());
      obeyed = decision.number;
      if (!decision.again) {
        link_->giveUp();
        if (decision.first) {
          say(givenUp("RT", "the output is silent"));
        }
        return;
      }
    }
    // An engine that is there costs nothing, however often another has died.
    if (!repair.sleepUntil(EnginePool::ofThisLibrary().atHand(*bundle_) ? 0 : decision.at)) {
      return;
    }
    const std::lock_guard<std::mutex> lock(lifecycle_);
    if (!repair.wanted() || !active() || !engineMissing()) {
      return;
    }
    switch (replaceEngine()) {
      case Start::ready:
        if (decision.first) {
          say("the RT process " + std::to_string(lastEngine_) + " has taken the place of the process that ended, " +
              std::to_string((nowNanos() - began) / kNanosPerMilli) + " ms after that was known");
        }
        return;
      case Start::gone:
        break;
      case Start::refused:
        link_->giveUp();
        return;
      case Start::interrupted:
        // The host deactivates or closes, or both; the next activation starts an engine again.
        return;
      case Start::stuck:
        gate_.close();
        active_.store(false, std::memory_order_release);
        link_->giveUp();
        closeLocked();
        return;
    }
  }
}

Instance::Start Instance::replaceEngine() {
  state_.publishValues();
  Start start = startEngine(undisturbed_);
  const bool wanted = undisturbed_.load(std::memory_order_relaxed);
  if (start == Start::stuck) {
    askToQuit();
    // The last user of an engine ends it, and then the region is free.
    if (leaveEngine(wanted ? kEndMillis : kHurryMillis)) {
      start = wanted ? Start::gone : Start::interrupted;
    }
  }
  if (start == Start::ready) {
    // With what the host said meanwhile.
    state_.publishValues();
    pb_counter_add(&region_->counters, PB_STANDARD_BRIDGE_COUNTERS_RT_RESTARTS, 1);
    link_->open();
  }
  return start;
}

void Instance::keepSpare(const Steinberg::Vst::ProcessSetup& setup) {
  // A library has no process that could end. Nobody misses the sound of an offline render for a while.
  if (native_ != nullptr || setup.processMode == Steinberg::Vst::kOffline) {
    return;
  }
  if (spare_ == nullptr) {
    spare_ = EnginePool::ofThisLibrary().spare(bundle_);
  }
  if (spare_ != nullptr) {
    spare_->keep(region_, {setup.sampleRate, largestBlock(setup)});
  }
}

void Instance::repairControl(RepairThread& repair) {
  std::uint64_t obeyed = 0;
  for (;;) {
    RestartPolicy::Decision decision = {};
    {
      const std::lock_guard<std::mutex> lock(lifecycle_);
      if (!repair.wanted() || !active() || !controlMissing()) {
        return;
      }
      // Its end is told a moment before it counts as ended.
      control_->awaitEnd(kEndMillis);
      if (control_->refused()) {
        return;
      }
      decision = controlRestarts_.ended(control_->pid(), obeyed, nowNanos());
      obeyed = decision.number;
      if (!decision.again) {
        say(givenUp("control", "the sound goes on without it"));
        return;
      }
    }
    if (!repair.sleepUntil(decision.at)) {
      return;
    }
    const std::lock_guard<std::mutex> lock(lifecycle_);
    if (!repair.wanted() || !active() || !controlMissing()) {
      return;
    }
    ensureControl();
    // Not "alive": where this machine is busy, a process whose end was told may count as alive for long, and none was started.
    if (!controlMissing()) {
      pb_counter_add(&region_->counters, PB_STANDARD_BRIDGE_COUNTERS_CONTROL_RESTARTS, 1);
      return;
    }
  }
}

}  // namespace patchbay::bridge
