// SPDX-License-Identifier: Apache-2.0
#include "jar_watch.h"

#include <sys/stat.h>

#include <atomic>
#include <cstdlib>
#include <exception>
#include <mutex>
#include <tuple>
#include <vector>

#include "aot_cache.h"
#include "child_environment.h"
#include "engine_pool.h"
#include "engine_swap.h"
#include "jar_copies.h"
#include "launch_options.h"
#include "log.h"
#include "repair_thread.h"

namespace patchbay::bridge {
namespace {

/** Files that were the same for so many looks have been written. */
constexpr int kQuietLooks = 3;

/** A file as a look sees it: name, device and inode, length, time of the last change. */
using Seen = std::tuple<std::string, dev_t, ino_t, off_t, time_t, long>;

std::vector<Seen> look(const std::string& folder) {
  std::vector<Seen> seen;
  for (const std::string& name : jarsIn(folder)) {
    struct stat status = {};
    if (stat((folder + "/" + name).c_str(), &status) == 0) {
      seen.emplace_back(name, status.st_dev, status.st_ino, status.st_size, status.st_mtim.tv_sec,
                        status.st_mtim.tv_nsec);
    }
  }
  return seen;
}

}  // namespace

/** What the launcher's thread and ours share. */
struct JarWatch::State {
  State(std::shared_ptr<const Bundle> watched, std::string jars)
      : bundle(std::move(watched)), folder(std::move(jars)), worker([this](RepairThread&) { swap(); }) {}

  /** On the launcher's thread. */
  void lookAgain() {
    std::vector<Seen> now = look(folder);
    if (now != seen) {
      seen = std::move(now);
      quiet = 0;
    } else if (!seen.empty() && quiet < kQuietLooks && ++quiet == kQuietLooks) {
      [[maybe_unused]] const bool asked = worker.request();
    }
  }

  /** Copies the jars as they are; null where there is none, one is not complete or the files change. */
  Jars copy() {
    const std::vector<Seen> before = look(folder);
    std::vector<std::string> jars;
    for (const Seen& file : before) {
      jars.push_back(folder + "/" + std::get<0>(file));
    }
    if (jars.empty()) {
      return nullptr;
    }
    std::string error;
    Jars made = JarCopies::make(jars, error);
    if (made == nullptr) {
      log(bundle->image->name, "in development: " + error + " What plays goes on, and the jars are looked at again when they change");
    }
    // Where others have come, they are looked at again soon.
    return look(folder) == before ? made : nullptr;
  }

  /** The first engine's. */
  void begin() {
    current = copy();
    EnginePool::ofThisLibrary().useJars(*bundle, current);
  }

  void swap() {
    const Jars next = copy();
    if (next == nullptr || (current != nullptr && next->sameAs(*current))) {
      return;
    }
    const SwapReport report = swapEngines("", next);
    if (report.swapped == 0 && !report.errors.empty()) {
      return;
    }
    current = next;
    log(bundle->image->name, "in development: " + std::to_string(report.swapped) +
                                 (report.swapped == 1 ? " instance plays" : " instances play") + " the changed jars");
  }

  void end() {
    EnginePool::ofThisLibrary().useJars(*bundle, nullptr);
    current = nullptr;
  }

  const std::shared_ptr<const Bundle> bundle;
  const std::string folder;  ///< of the bundle's jars

  // The launcher's thread's.
  std::vector<Seen> seen;
  int quiet = 0;

  // The worker's, once it is asked.
  Jars current;

  RepairThread worker;  ///< last: it ends before what it uses
};

std::shared_ptr<JarWatch> JarWatch::acquire(const std::shared_ptr<const Bundle>& bundle, std::string& complaint) {
  static std::mutex mutex;
  static std::weak_ptr<JarWatch> current;
  const char* wanted = std::getenv("PATCHBAY_DEV");
  if (wanted == nullptr || std::string(wanted) != "on") {
    return nullptr;
  }
  const std::lock_guard<std::mutex> lock(mutex);
  std::shared_ptr<JarWatch> watch = current.lock();
  const std::string folder = jarFolder(bundle->folder, bundle->image->modules[PB_STANDARD_ROLE_RT].arguments);
  if (watch != nullptr || folder.empty()) {
    return watch;
  }
  if (runtimeFolder().empty()) {
    complaint = "in development: there is no runtime folder for copies of the jars; set PATCHBAY_RUNTIME_DIR to a folder of "
                "your own. Changes of the jars are not followed";
    return nullptr;
  }
  auto state = std::make_shared<State>(bundle, folder);
  state->begin();
  watch.reset(new JarWatch(std::move(state)));
  current = watch;
  log(bundle->image->name, "in development: changes of the jars in " + folder + " are played as they come");
  return watch;
}

JarWatch::JarWatch(std::shared_ptr<State> state)
    : state_(std::move(state)),
      launcher_(Launcher::acquire()),
      looking_(launcher_->repeat([shared = state_] {
        try {
          shared->lookAgain();
        } catch (const std::exception& failure) {
          log(shared->bundle->image->name, std::string("in development: the jars cannot be looked at: ") + failure.what());
        }
      })) {}

JarWatch::~JarWatch() {
  if (!guard_.inOriginalProcess()) {
    // The thread did not come along, and the files are the other process's.
    [[maybe_unused]] const auto* kept = new std::shared_ptr<State>(state_);
    return;
  }
  looking_ = nullptr;
  state_->worker.stop();
  state_->end();
}

}  // namespace patchbay::bridge
