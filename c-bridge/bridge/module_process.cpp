// SPDX-License-Identifier: Apache-2.0
#include "module_process.h"

#include <sys/stat.h>
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

/** How long a file is; 0 where there is none. */
std::int64_t fileBytes(const std::string& path) {
  struct stat status = {};
  return stat(path.c_str(), &status) == 0 ? status.st_size : 0;
}

}  // namespace

const char* roleTitle(std::uint32_t role) { return role == PB_STANDARD_ROLE_RT ? "RT" : roleName(role); }

std::string logHint(const std::string& logFile) { return logFile.empty() ? "" : " Its log: " + logFile; }

std::string refusalText(const SharedRegion& region, std::uint32_t role, const std::string& logFile) {
  std::string message = region.roleMessage(role);
  if (message.back() != '.') {
    message += '.';
  }
  return std::string("the ") + roleTitle(role) + " module refused: " + message + logHint(logFile);
}

ModuleProcess::ModuleProcess(std::shared_ptr<const Bundle> bundle, Place place)
    : bundle_(std::move(bundle)),
      place_(std::move(place)),
      consequence_(std::make_shared<std::atomic<const char*>>(place_.consequence)),
      launcher_(Launcher::acquire()) {
  std::string complaint;
  logs_ = logFolder(complaint);
  if (!complaint.empty()) {
    log(bundle_->image->name, complaint);
  }
}

int ModuleProcess::readyMillis() const {
  return command().readyMillis > 0 ? command().readyMillis : kDefaultReadyMillis;
}

std::string ModuleProcess::expand(const std::string& argument) const {
  const std::pair<const char*, std::string> names[] = {
      {"{bundle}", bundle_->folder},
      {"{pid}", std::to_string(getpid())},
      {"{region}", place_.region->path()},
      {"{id}", place_.region->id()},
      {"{logs}", logs_},
      {"{generation}", std::to_string(generation_)},
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

bool ModuleProcess::start(EndListener listener, std::string& error) {
  ++generation_;
  // The cell's owner has ended. Its successor must not be taken for READY by what it left.
  place_.region->vacate(place_.role);
  SpawnPlan plan;
  const std::vector<std::string>& words = command().arguments;
  const LaunchOptions options =
      launchOptions(bundle_->folder, roleName(place_.role), !logs_.empty(),
                    place_.jars.empty() ? words : withJars(bundle_->folder, words, place_.jars));
  for (const std::string& word : options.words) {
    plan.arguments.push_back(expand(word));
  }
  for (const std::string& note : options.notes) {
    log(bundle_->image->name, expand(note));
  }
  plan.program = findProgram(plan.arguments.front());
  plan.environment = childEnvironment();
  if (!logs_.empty()) {
    plan.folder = logs_;
    plan.logFile = logs_ + "/" + roleName(place_.role) + "-" + std::to_string(getpid()) + "-" +
                   place_.region->id().substr(0, 8) + ".log";
  }
  logFile_ = plan.logFile;
  watch_ = std::make_shared<Watch>();
  startedAt_ = nowNanos();
  // A process that takes the place of another writes on in its log.
  const std::int64_t written = fileBytes(logFile_);
  child_ = launcher_->start(plan, watching(std::move(listener)), error);
  debugger_ = nullptr;
  if (child_ != nullptr && options.debugger) {
    watchDebugger(written);
  }
  return child_ != nullptr;
}

Child::EndListener ModuleProcess::watching(EndListener listener) const {
  return [place = place_, name = bundle_->image->name, watch = watch_, logFile = logFile_,
          consequence = consequence_, told = std::move(listener)](const ChildEnd& end) {
    // Acquire: pairs with the release in expectEnd.
    const bool expected = end.byUs || watch->expected.load(std::memory_order_acquire);
    told(end, expected);
    if (expected || watch->reported.exchange(true)) {
      return;
    }
    if (place.region->roleState(place.role, end.pid) == PB_ROLE_STATE_FAILED) {
      log(name, refusalText(*place.region, place.role, logFile));
      return;
    }
    log(name, std::string("the ") + roleTitle(place.role) + " process " + std::to_string(end.pid) +
                  " ended unexpectedly (" + end.how + "); " + consequence->load(std::memory_order_relaxed) + " until another takes its place." + logHint(logFile));
  };
}

bool ModuleProcess::awaitAttached(const std::atomic<bool>& wanted, std::string& error) {
  const int limit = readyMillis();
  const std::string process = std::string("the ") + roleTitle(place_.role) + " process " + std::to_string(pid());
  for (;;) {
    // First the process, then its state: what it wrote before it ended is seen.
    const bool ended = child_->ended();
    const std::int32_t state = place_.region->roleState(place_.role, pid());
    if (state == PB_ROLE_STATE_ATTACHED || state == PB_ROLE_STATE_READY) {
      return true;
    }
    if (state == PB_ROLE_STATE_FAILED || ended) {
      // Whoever is first tells it: this thread or the launcher's.
      if (!watch_->reported.exchange(true)) {
        error = endText();
      }
      return false;
    }
    if (nowNanos() - startedAt_ > limit * kNanosPerMilli) {
      watch_->reported.store(true);
      error = process + " was not ready within " + std::to_string(limit) + " ms." + logHint(logFile_);
      return false;
    }
    if (!wanted.load(std::memory_order_relaxed)) {
      return false;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
}

std::string ModuleProcess::endText() const {
  return refused() ? refusalText(*place_.region, place_.role, logFile_)
                   : std::string("the ") + roleTitle(place_.role) + " process " + std::to_string(pid()) +
                         " ended before it was ready." + logHint(logFile_);
}

void ModuleProcess::awaitEnd(int millis) const {
  if (child_ != nullptr) {
    child_->waitEnded(millis);
  }
}

/** On the launcher's thread, a few times until the process has said where: nobody waits for control to attach. */
void ModuleProcess::watchDebugger(std::int64_t from) {
  const std::string process = std::string("the ") + roleTitle(place_.role) + " process " + std::to_string(pid());
  debugger_ = launcher_->repeat(
      [name = bundle_->image->name, process, child = child_, file = logFile_, from, told = false]() mutable noexcept {
        if (told) {
          return;
        }
        try {
          const bool ended = child->ended();
          const std::string address = debuggerAddress(file, from);
          told = ended || !address.empty();
          if (!address.empty()) {
            log(name, process + " listens for a debugger: attach to " + address +
                          ". A JVM with a debugger stops its threads: what is measured now are not the figures of "
                          "production");
          } else if (ended) {
            log(name, process + " was to listen for a debugger, but has not said where." + logHint(file));
          }
        } catch (...) {
          // Out of memory: the line is lost, the host goes on.
          told = true;
        }
      });
}

void ModuleProcess::expectEnd() {
  if (watch_ != nullptr) {
    // Release: pairs with the acquire in the end listener.
    watch_->expected.store(true, std::memory_order_release);
  }
}

void ModuleProcess::kill() {
  if (alive()) {
    expectEnd();
    child_->kill();
    child_->waitEnded(kKilledMillis);
  }
}

void ModuleProcess::endWithin(std::int64_t millis) {
  if (alive()) {
    child_->waitEnded(static_cast<int>(std::max<std::int64_t>(0, millis)));
  }
  kill();
}

}  // namespace patchbay::bridge
