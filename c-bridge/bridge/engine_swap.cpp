// SPDX-License-Identifier: Apache-2.0
#include "engine_swap.h"

#include <unistd.h>

#include <algorithm>
#include <utility>

#include "engine_pool.h"
#include "instance.h"
#include "live_instances.h"
#include "log.h"

namespace patchbay::bridge {
namespace {

/** What is to go over, and to what. */
struct Plan {
  std::shared_ptr<const Bundle> bundle;
  std::string instance;                 ///< the id of one region, or nothing for all
  std::shared_ptr<EngineProcess> from;  ///< the engine that is to be left, or null for all
  std::vector<std::string> jars;        ///< of the new one
};

bool contains(const std::vector<std::string>& list, const std::string& one) {
  return std::find(list.begin(), list.end(), one) != list.end();
}

/** The first instance of the plan that was not asked before; no id where there is none. */
std::string nextInstance(const Plan& plan, const std::vector<std::string>& before) {
  std::string next;
  LiveInstances::ofThisLibrary().each([&](Instance& one) {
    const std::string id = one.regionId();
    if (next.empty() && !id.empty() && (plan.instance.empty() || id == plan.instance) && !contains(before, id)) {
      next = id;
    }
  });
  return next;
}

/** Asks an instance; null where it is gone or goes over already. */
std::shared_ptr<SwapOrder> ask(const std::string& id, const std::shared_ptr<EngineProcess>& engine, const Plan& plan) {
  auto order = std::make_shared<SwapOrder>(engine, plan.from);
  bool asked = false;
  LiveInstances::ofThisLibrary().each([&](Instance& one) { asked = asked || (one.regionId() == id && one.swapEngine(order)); });
  return asked ? order : nullptr;
}

/** The engine that the instances of a plan go over to, held until the next one or the end. */
class NewEngine {
 public:
  explicit NewEngine(const Plan& plan)
      : plan_(plan), leads_(plan.from == nullptr || EnginePool::ofThisLibrary().preferred(plan.from)) {}
  ~NewEngine() { letGo(); }
  NewEngine(const NewEngine&) = delete;
  NewEngine& operator=(const NewEngine&) = delete;

  /** Null with a sentence in error where none can be had. */
  const std::shared_ptr<EngineProcess>& get(std::string& error) {
    if (engine_ == nullptr) {
      engine_ = EnginePool::ofThisLibrary().prepare(plan_.bundle, plan_.jars, error);
    }
    return engine_;
  }

  /** It has shown that it can play. One that only takes a worn one's place is what that was, and its jars are not new. */
  void prefer() {
    EnginePool& pool = EnginePool::ofThisLibrary();
    if (plan_.from == nullptr) {
      pool.useJars(*plan_.bundle, plan_.jars);
    }
    if (leads_) {
      pool.prefer(plan_.bundle, engine_);
    }
  }

  /** Those who went over keep it. */
  void letGo() {
    if (engine_ != nullptr && EnginePool::ofThisLibrary().leave(engine_)) {
      engine_->end(kEndMillis);
    }
    engine_ = nullptr;
  }

 private:
  const Plan& plan_;
  const bool leads_;  ///< whether instances that come later are to join it
  std::shared_ptr<EngineProcess> engine_;
};

void execute(const Plan& plan, SwapReport& report) {
  // Two at a time would have an instance go from one new engine to another, in an order that nobody knows.
  static std::mutex mutex;
  const std::lock_guard<std::mutex> lock(mutex);
  NewEngine engine(plan);
  std::vector<std::string> asked;
  // Also those that come meanwhile; they stop coming to the former engine once the new one is preferred.
  for (std::string id = nextInstance(plan, asked); !id.empty(); id = nextInstance(plan, asked)) {
    asked.push_back(id);
    std::string error;
    if (engine.get(error) == nullptr) {
      report.errors.push_back(error);
      break;
    }
    const std::shared_ptr<SwapOrder> order = ask(id, engine.get(error), plan);
    if (order == nullptr) {
      continue;
    }
    const SwapOrder::End end = order->await();
    if (!end.error.empty()) {
      report.errors.push_back(end.error);
      if (report.swapped == 0) {
        break;
      }
    } else if (end.swapped) {
      order->engine()->takePlace();
      if (++report.swapped == 1) {
        engine.prefer();
      }
    }
    if (!plan.bundle->engine->shared) {
      engine.letGo();
    }
  }
  for (const std::string& error : report.errors) {
    log(plan.bundle->image->name, error);
  }
}

/** What speaks against a swap to these jars from the start. */
std::vector<std::string> objections(const Bundle& bundle, const std::vector<std::string>& jars) {
  std::vector<std::string> found;
  const std::vector<std::string>& words = bundle.image->modules[PB_STANDARD_ROLE_RT].arguments;
  if (!contains(words, "-cp")) {
    found.emplace_back("The RT module of " + bundle.folder + " is started without a class path, so it has no jar to be "
                       "swapped.");
  }
  for (const std::string& jar : jars) {
    if (jar.empty() || jar[0] != '/' || jar.find(':') != std::string::npos || access(jar.c_str(), R_OK) != 0) {
      found.push_back("The jar \"" + jar + "\" cannot be read by the host, or its path is not absolute or has a colon, "
                      "which no class path can hold.");
    }
  }
  return found;
}

}  // namespace

void SwapOrder::finish(const End& end) {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (finished_) {
      return;
    }
    finished_ = true;
    end_ = end;
  }
  change_.notify_all();
}

SwapOrder::End SwapOrder::await() {
  std::unique_lock<std::mutex> lock(mutex_);
  change_.wait(lock, [this] { return finished_; });
  return end_;
}

SwapReport swapEngines(const std::string& instance, const std::vector<std::string>& jars) {
  SwapReport report;
  Plan plan = {nullptr, instance, nullptr, jars};
  LiveInstances::ofThisLibrary().each([&](Instance& one) {
    const std::string id = one.regionId();
    if (!id.empty() && (instance.empty() || id == instance)) {
      plan.bundle = one.bundle();
    }
  });
  report.known = plan.bundle != nullptr;
  if (report.known) {
    report.errors = objections(*plan.bundle, jars);
    if (report.errors.empty()) {
      execute(plan, report);
    }
  }
  return report;
}

SwapReport renewEngine(const std::shared_ptr<EngineProcess>& worn) {
  SwapReport report;
  report.known = true;
  execute({worn->bundle(), "", worn, worn->jars()}, report);
  return report;
}

}  // namespace patchbay::bridge
