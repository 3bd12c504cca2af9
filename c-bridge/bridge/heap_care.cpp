// SPDX-License-Identifier: Apache-2.0
#include "heap_care.h"

#include <map>
#include <mutex>
#include <string>

#include "clock.h"
#include "engine_pool.h"
#include "engine_swap.h"
#include "log.h"
#include "repair_thread.h"

namespace patchbay::bridge {
namespace {

/** A module that fills a fresh heap faster than this is not helped by one more; its process ends when the heap is full. */
constexpr std::int64_t kBetweenNanos = 10 * kNanosPerSecond;

/** So often an attempt is made for one process. */
constexpr int kMostAttempts = 3;

}  // namespace

/** What the launcher's thread and ours share. */
struct HeapCare::State {
  State() : worker([this](RepairThread&) { renew(); }) {}

  void renew() {
    for (const std::shared_ptr<EngineProcess>& worn : EnginePool::ofThisLibrary().worn()) {
      const std::string& name = worn->bundle()->image->name;
      const std::string process = "the RT process " + std::to_string(worn->pid());
      std::int64_t& last = renewedAt[worn->bundle()->folder];
      int& made = attempts[worn->region()->id()];
      if ((last != 0 && nowNanos() - last < kBetweenNanos) || made == kMostAttempts) {
        continue;
      }
      ++made;
      log(name, "the heap of " + process + " runs low, and nothing frees it: a fresh process is to take its place." +
                    logHint(worn->logFile()));
      const SwapReport report = renewEngine(worn);
      last = nowNanos();
      // None where it has died before.
      if (report.errors.empty() && report.swapped > 0) {
        log(name, "a fresh process has taken the place of " + process + " for " + std::to_string(report.swapped) +
                      (report.swapped == 1 ? " instance" : " instances"));
      }
    }
  }

  // The worker's alone.
  std::map<std::string, std::int64_t> renewedAt;  ///< by the bundle's folder
  std::map<std::string, int> attempts;            ///< by the id of the engine's region

  RepairThread worker;  ///< last: it ends before what it uses
};

std::shared_ptr<HeapCare> HeapCare::acquire() {
  static std::mutex mutex;
  static std::weak_ptr<HeapCare> current;
  const std::lock_guard<std::mutex> lock(mutex);
  std::shared_ptr<HeapCare> care = current.lock();
  if (care == nullptr) {
    care.reset(new HeapCare());
    current = care;
  }
  return care;
}

HeapCare::HeapCare()
    : state_(std::make_shared<State>()),
      launcher_(Launcher::acquire()),
      looking_(launcher_->repeat([shared = state_] {
        if (EnginePool::ofThisLibrary().someHeapIsLow()) {
          [[maybe_unused]] const bool asked = shared->worker.request();
        }
      })) {}

HeapCare::~HeapCare() {
  if (!guard_.inOriginalProcess()) {
    // The thread did not come along.
    [[maybe_unused]] const auto* kept = new std::shared_ptr<State>(state_);
    return;
  }
  looking_ = nullptr;
  state_->worker.stop();
}

}  // namespace patchbay::bridge
