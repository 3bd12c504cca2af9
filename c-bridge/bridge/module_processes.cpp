// SPDX-License-Identifier: Apache-2.0
#include "module_processes.h"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <thread>
#include <utility>

#include "child_environment.h"
#include "clock.h"
#include "launch_options.h"
#include "log.h"

namespace patchbay::bridge {
namespace {

constexpr int kDefaultReadyMillis = 10'000;

/** A killed process that is still there after this long hangs in the kernel; nothing more can be done. */
constexpr int kKilledMillis = 2000;

const char* roleName(std::uint32_t role) {
  return role == PB_STANDARD_ROLE_RT ? "rt" : role == PB_STANDARD_ROLE_CONTROL ? "control" : "ui";
}

std::string logHint(const std::string& logFile) { return logFile.empty() ? "" : " Its log: " + logFile; }

/** The role's own words, whole, and made fit for one line. */
std::string roleMessage(const Region& region, std::uint32_t role) {
  char message[sizeof(pb_role::message)];
  pb_role_cell_message_of(region.role(role), message);
  std::string text = message;
  std::replace_if(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < ' '; }, ' ');
  return text.empty() ? "it does not say why" : text;
}

/** Acquire: pairs with the process's release, so its message and all else in its cell are seen. */
std::int32_t roleState(const Region& region, std::uint32_t role, pid_t pid) {
  const pb_role* cell = region.role(role);
  const std::int32_t state = pb_role_cell_state_of(cell);
  return __atomic_load_n(&cell->pid, __ATOMIC_RELAXED) == pid ? state : PB_ROLE_STATE_NONE;
}

std::string refusalText(const Region& region, std::uint32_t role, const std::string& logFile) {
  std::string message = roleMessage(region, role);
  if (message.back() != '.') {
    message += '.';
  }
  return std::string("the ") + roleTitle(role) + " module refused: " + message + logHint(logFile);
}

}  // namespace

const char* roleTitle(std::uint32_t role) { return role == PB_STANDARD_ROLE_RT ? "RT" : roleName(role); }

ModuleProcesses::ModuleProcesses(std::shared_ptr<const Bundle> bundle, std::shared_ptr<Region> region)
    : bundle_(std::move(bundle)), region_(std::move(region)), launcher_(Launcher::acquire()) {
  std::string complaint;
  logs_ = logFolder(complaint);
  if (!complaint.empty()) {
    log(bundle_->image->name, complaint);
  }
}

bool ModuleProcesses::alive(std::uint32_t role) const {
  return slots_[role].child != nullptr && !slots_[role].child->ended();
}

pid_t ModuleProcesses::pid(std::uint32_t role) const {
  return slots_[role].child != nullptr ? slots_[role].child->pid() : 0;
}

int ModuleProcesses::readyMillis(std::uint32_t role) const {
  return command(role).readyMillis > 0 ? command(role).readyMillis : kDefaultReadyMillis;
}

std::string ModuleProcesses::expand(const std::string& argument, std::uint32_t role) const {
  const std::pair<const char*, std::string> names[] = {
      {"{bundle}", bundle_->folder},
      {"{pid}", std::to_string(getpid())},
      {"{region}", region_->path()},
      {"{id}", region_->id()},
      {"{logs}", logs_.empty() ? "/tmp" : logs_},
      {"{generation}", std::to_string(slots_[role].generation)},
  };
  std::string result;
  for (std::size_t at = 0; at < argument.size();) {
    const auto* found = std::find_if(std::begin(names), std::end(names), [&](const auto& name) {
      return argument.compare(at, std::strlen(name.first), name.first) == 0;
    });
    if (found != std::end(names)) {
      result += found->second;
      at += std::strlen(found->first);
    } else {
      result += argument[at++];
    }
  }
  return result;
}

void ModuleProcesses::resetRole(std::uint32_t role) noexcept {
  // The cell's owner has ended, so nobody else writes it. Its successor must not be taken for READY by what it left.
  pb_role* cell = region_->role(role);
  pb_role_cell_state(cell, PB_ROLE_STATE_NONE);
  __atomic_store_n(&cell->pid, 0, __ATOMIC_RELEASE);
  pb_role_cell_message(cell, "");
}

bool ModuleProcesses::start(std::uint32_t role, std::string& error) {
  Slot& slot = slots_[role];
  ++slot.generation;
  resetRole(role);
  SpawnPlan plan;
  const LaunchOptions options = launchOptions(bundle_->folder, roleName(role), command(role).arguments);
  for (const std::string& word : options.words) {
    plan.arguments.push_back(expand(word, role));
  }
  for (const std::string& note : options.notes) {
    log(bundle_->image->name, expand(note, role));
  }
  slot.debugger = options.debugger;
  plan.program = findProgram(plan.arguments.front());
  plan.environment = childEnvironment();
  if (!logs_.empty()) {
    plan.folder = logs_;
    plan.logFile = logs_ + "/" + roleName(role) + "-" + std::to_string(getpid()) + "-" + region_->id().substr(0, 8) +
                   ".log";
  }
  slot.logFile = plan.logFile;
  slot.watch = std::make_shared<Watch>();
  slot.startedAt = nowNanos();
  slot.child = launcher_->start(plan, listener(role), error);
  return slot.child != nullptr;
}

Child::EndListener ModuleProcesses::listener(std::uint32_t role) const {
  const Slot& slot = slots_[role];
  return [region = region_, name = bundle_->image->name, watch = slot.watch, logFile = slot.logFile,
          role](const ChildEnd& end) {
    region->setGone(role, end.pid);
    // A process() that waits for RT sees it at once.
    region->ringDone();
    if (end.byUs || watch->expected.load(std::memory_order_acquire)) {
      return;
    }
    pb_counter_add(&region->counters, role == PB_STANDARD_ROLE_RT ? PB_STANDARD_BRIDGE_COUNTERS_RT_ENDED
                                                         : PB_STANDARD_BRIDGE_COUNTERS_CONTROL_ENDED, 1);
    if (watch->reported.exchange(true)) {
      return;
    }
    if (roleState(*region, role, end.pid) == PB_ROLE_STATE_FAILED) {
      log(name, refusalText(*region, role, logFile));
      return;
    }
    log(name, std::string("the ") + roleTitle(role) + " process " + std::to_string(end.pid) +
                  " ended unexpectedly (" + end.how + "); " +
                  (role == PB_STANDARD_ROLE_RT ? "the output is silent" : "the sound goes on without it") +
                  " until the plug-in is activated again." + logHint(logFile));
  };
}

bool ModuleProcesses::awaitAttached(std::uint32_t role, std::string& error) {
  const Slot& slot = slots_[role];
  const int limit = readyMillis(role);
  for (;;) {
    // First the process, then its state: what it wrote before it ended is seen.
    const bool ended = slot.child->ended();
    const std::int32_t state = roleState(*region_, role, slot.child->pid());
    if (state == PB_ROLE_STATE_ATTACHED || state == PB_ROLE_STATE_READY) {
      tellDebugger(role);
      return true;
    }
    if (state == PB_ROLE_STATE_FAILED || ended) {
      // Whoever is first tells it: this thread or the launcher's.
      if (!slot.watch->reported.exchange(true)) {
        error = state == PB_ROLE_STATE_FAILED ? refusal(role)
                                              : std::string("the ") + roleTitle(role) + " process " +
                                                    std::to_string(slot.child->pid()) +
                                                    " ended before it was ready." + logHint(slot.logFile);
      }
      return false;
    }
    if (nowNanos() - slot.startedAt > limit * kNanosPerMilli) {
      slot.watch->reported.store(true);
      error = std::string("the ") + roleTitle(role) + " process " + std::to_string(slot.child->pid()) +
              " was not ready within " + std::to_string(limit) + " ms." + logHint(slot.logFile);
      return false;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
}

void ModuleProcesses::tellDebugger(std::uint32_t role) const {
  const Slot& slot = slots_[role];
  if (!slot.debugger) {
    return;
  }
  // The JVM listens, and has said so, before it runs the first class.
  const std::string address = debuggerAddress(slot.logFile);
  log(bundle_->image->name,
      address.empty() ? std::string("the ") + roleTitle(role) + " process was to listen for a debugger, but does not say where." +
                            logHint(slot.logFile)
                      : std::string("the ") + roleTitle(role) + " process " + std::to_string(slot.child->pid()) +
                            " listens for a debugger: attach to " + address +
                            ". A JVM with a debugger stops its threads: what is measured now are not the figures of "
                            "production");
}

std::string ModuleProcesses::refusal(std::uint32_t role) const {
  return refusalText(*region_, role, slots_[role].logFile);
}

void ModuleProcesses::expectEnd(std::uint32_t role) {
  if (slots_[role].watch != nullptr) {
    // Release: pairs with the acquire in the end listener.
    slots_[role].watch->expected.store(true, std::memory_order_release);
  }
}

void ModuleProcesses::kill(std::uint32_t role) {
  if (alive(role)) {
    expectEnd(role);
    slots_[role].child->kill();
    slots_[role].child->waitEnded(kKilledMillis);
  }
}

void ModuleProcesses::endAll(int millis) {
  const std::int64_t deadline = nowNanos() + millis * kNanosPerMilli;
  for (std::uint32_t role = 0; role < PB_STANDARD_ROLE_COUNT; ++role) {
    if (alive(role)) {
      const std::int64_t left = std::max<std::int64_t>(0, deadline - nowNanos());
      slots_[role].child->waitEnded(static_cast<int>(left / kNanosPerMilli));
    }
  }
  for (std::uint32_t role = 0; role < PB_STANDARD_ROLE_COUNT; ++role) {
    kill(role);
  }
}

}  // namespace patchbay::bridge
