// SPDX-License-Identifier: Apache-2.0
#include "engine_swap.h"

#include <unistd.h>

#include <algorithm>
#include <utility>

#include "engine_pool.h"
#include "instance.h"
#include "live_instances.h"

namespace patchbay::bridge {
namespace {

constexpr int kEndMillis = 1500;

/** An instance that is asked. */
struct Asked {
  std::string id;
  std::shared_ptr<SwapOrder> order;
};

/** The first instance that was not asked before; no id where there is none. */
Asked askNext(const std::string& instance, const std::shared_ptr<EngineProcess>& engine,
              const std::vector<std::string>& before) {
  Asked asked;
  LiveInstances::ofThisLibrary().each([&](Instance& one) {
    const std::string id = one.regionId();
    if (!asked.id.empty() || id.empty() || (!instance.empty() && id != instance) ||
        std::find(before.begin(), before.end(), id) != before.end()) {
      return;
    }
    auto order = std::make_shared<SwapOrder>(engine);
    if (one.swapEngine(order)) {
      asked = {id, std::move(order)};
    }
  });
  return asked;
}

}  // namespace

void SwapOrder::finish(const std::string& error) {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (finished_) {
      return;
    }
    finished_ = true;
    error_ = error;
  }
  change_.notify_all();
}

std::string SwapOrder::await() {
  std::unique_lock<std::mutex> lock(mutex_);
  change_.wait(lock, [this] { return finished_; });
  return error_;
}

SwapReport swapEngines(const std::string& instance, const std::vector<std::string>& jars) {
  SwapReport report;
  std::shared_ptr<const Bundle> bundle;
  LiveInstances::ofThisLibrary().each([&](Instance& one) {
    const std::string id = one.regionId();
    if (!id.empty() && (instance.empty() || id == instance)) {
      bundle = one.bundle();
    }
  });
  report.known = bundle != nullptr;
  if (!report.known) {
    return report;
  }
  const std::vector<std::string>& words = bundle->image->modules[PB_STANDARD_ROLE_RT].arguments;
  if (std::find(words.begin(), words.end(), "-cp") == words.end()) {
    report.errors.emplace_back("The RT module of " + bundle->folder + " is started without a class path, so it has no jar "
                               "to be swapped.");
  }
  for (const std::string& jar : jars) {
    if (jar.empty() || jar[0] != '/' || jar.find(':') != std::string::npos || access(jar.c_str(), R_OK) != 0) {
      report.errors.push_back("The jar \"" + jar + "\" cannot be read by the host, or its path is not absolute or has a "
                              "colon, which no class path can hold.");
    }
  }
  std::string error;
  EnginePool& pool = EnginePool::ofThisLibrary();
  const std::shared_ptr<EngineProcess> engine = report.errors.empty() ? pool.prepare(bundle, jars, error) : nullptr;
  if (engine == nullptr) {
    if (!error.empty()) {
      report.errors.push_back(error);
    }
    return report;
  }
  std::vector<std::string> asked;
  // Also those that come meanwhile; they stop coming to the former engine once this one is preferred.
  for (Asked next = askNext(instance, engine, asked); !next.id.empty(); next = askNext(instance, engine, asked)) {
    asked.push_back(next.id);
    const std::string failure = next.order->await();
    if (!failure.empty()) {
      report.errors.push_back(failure);
      if (report.swapped == 0) {
        break;
      }
    } else if (++report.swapped == 1) {
      pool.prefer(bundle, engine, jars);
    }
  }
  if (pool.leave(engine)) {
    engine->end(kEndMillis);
  }
  return report;
}

}  // namespace patchbay::bridge
