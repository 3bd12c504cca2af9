// SPDX-License-Identifier: Apache-2.0
#include "engine_pool.h"

#include <algorithm>
#include <utility>

namespace patchbay::bridge {

EnginePool& EnginePool::ofThisLibrary() {
  static EnginePool pool;
  return pool;
}

std::shared_ptr<EngineProcess> EnginePool::join(const std::shared_ptr<const Bundle>& bundle, std::string& error) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (std::shared_ptr<EngineProcess> engine = joinable(*bundle); engine != nullptr) {
    Entry& entry = *entryOf(engine);
    ++entry.users;
    if (isHeirOfDead(entry)) {
      entry.heirOf.reset();
      entry.shared = bundle->engine->shared;
      engine->takePlace();
    }
    return engine;
  }
  const std::shared_ptr<EngineSpare> spare = spareOf(*bundle);
  std::shared_ptr<EngineProcess> engine = spare != nullptr ? spare->take() : nullptr;
  if (engine == nullptr) {
    engine = EngineProcess::create(bundle, jarsOf(*bundle), error);
    if (engine == nullptr || !engine->start(error)) {
      return nullptr;
    }
  }
  entries_.push_back({bundle->folder, engine, engine->region(), 1, bundle->engine->shared});
  return engine;
}

bool EnginePool::atHand(const Bundle& bundle) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const std::shared_ptr<EngineSpare> spare = spareOf(bundle);
  return joinable(bundle) != nullptr || (spare != nullptr && spare->atHand());
}

std::shared_ptr<EngineSpare> EnginePool::spare(const std::shared_ptr<const Bundle>& bundle) {
  if (!bundle->engine->spare) {
    return nullptr;
  }
  const std::lock_guard<std::mutex> lock(mutex_);
  std::shared_ptr<EngineSpare> spare = spareOf(*bundle);
  if (spare == nullptr) {
    spare = std::make_shared<EngineSpare>(bundle, jarsOf(*bundle));
    spares_[bundle->folder] = spare;
  }
  return spare;
}

/** The living engine that whoever comes joins, or null; with the mutex, as the next ones. */
std::shared_ptr<EngineProcess> EnginePool::joinable(const Bundle& bundle) const {
  for (const Entry& entry : entries_) {
    std::shared_ptr<EngineProcess> engine = entry.engine.lock();
    if ((entry.shared || isHeirOfDead(entry)) && entry.bundle == bundle.folder && engine != nullptr && engine->alive()) {
      return engine;
    }
  }
  return nullptr;
}

/** Whether it was to take the place of an engine that has died before. */
bool EnginePool::isHeirOfDead(const Entry& entry) {
  const std::shared_ptr<EngineProcess> worn = entry.heirOf.lock();
  return worn != nullptr && !worn->alive();
}

EnginePool::Entries::iterator EnginePool::entryOf(const std::shared_ptr<EngineProcess>& engine) {
  return std::find_if(entries_.begin(), entries_.end(),
                      [&engine](const Entry& entry) { return entry.engine.lock() == engine; });
}

/** What comes before the bundle's own jars. */
Jars EnginePool::jarsOf(const Bundle& bundle) const {
  const auto found = jars_.find(bundle.folder);
  return found == jars_.end() ? nullptr : found->second;
}

std::shared_ptr<EngineSpare> EnginePool::spareOf(const Bundle& bundle) const {
  const auto found = spares_.find(bundle.folder);
  return found == spares_.end() ? nullptr : found->second.lock();
}

std::shared_ptr<EngineProcess> EnginePool::prepare(const std::shared_ptr<const Bundle>& bundle, const Jars& jars,
                                                   std::string& error) {
  std::shared_ptr<EngineProcess> engine = EngineProcess::create(bundle, jars, error);
  if (engine == nullptr) {
    return nullptr;
  }
  engine->beSuccessor();
  if (!engine->start(error)) {
    return nullptr;
  }
  const std::lock_guard<std::mutex> lock(mutex_);
  entries_.push_back({bundle->folder, engine, engine->region(), 1, false});
  return engine;
}

std::shared_ptr<EngineProcess> EnginePool::prepareHeir(const std::shared_ptr<EngineProcess>& worn, std::string& error) {
  const std::shared_ptr<const Bundle>& bundle = worn->bundle();
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    const std::shared_ptr<EngineSpare> spare = spareOf(*bundle);
    if (std::shared_ptr<EngineProcess> engine = spare != nullptr ? spare->lend(worn->jars()) : nullptr) {
      engine->beSuccessor();
      entries_.push_back({bundle->folder, engine, engine->region(), 1, false, worn});
      return engine;
    }
  }
  std::shared_ptr<EngineProcess> engine = prepare(bundle, worn->jars(), error);
  const std::lock_guard<std::mutex> lock(mutex_);
  if (const auto found = entryOf(engine); engine != nullptr && found != entries_.end()) {
    found->heirOf = worn;
  }
  return engine;
}

bool EnginePool::join(const std::shared_ptr<EngineProcess>& engine) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto found = entryOf(engine);
  if (found == entries_.end()) {
    return false;
  }
  ++found->users;
  return true;
}

void EnginePool::prefer(const std::shared_ptr<const Bundle>& bundle, const std::shared_ptr<EngineProcess>& engine) {
  const std::lock_guard<std::mutex> lock(mutex_);
  for (Entry& entry : entries_) {
    if (entry.bundle == bundle->folder) {
      entry.shared = bundle->engine->shared && entry.engine.lock() == engine;
      entry.heirOf.reset();
    }
  }
}

bool EnginePool::preferred(const std::shared_ptr<EngineProcess>& engine) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto found = entryOf(engine);
  return found != entries_.end() && found->shared;
}

void EnginePool::useJars(const Bundle& bundle, Jars jars) {
  // The files of those before are removed when the mutex is free again.
  Jars former = jars;
  const std::lock_guard<std::mutex> lock(mutex_);
  jars_[bundle.folder].swap(former);
  if (const std::shared_ptr<EngineSpare> spare = spareOf(bundle); spare != nullptr) {
    spare->change(std::move(jars));
  }
}

void EnginePool::forgetJars() {
  std::map<std::string, Jars> former;
  const std::lock_guard<std::mutex> lock(mutex_);
  jars_.swap(former);
}

std::shared_ptr<RestartPolicy> EnginePool::restarts(const Bundle& bundle) {
  if (!bundle.engine->shared) {
    return std::make_shared<RestartPolicy>();
  }
  const std::lock_guard<std::mutex> lock(mutex_);
  std::shared_ptr<RestartPolicy>& policy = restarts_[bundle.folder];
  if (policy == nullptr) {
    policy = std::make_shared<RestartPolicy>();
  }
  return policy;
}

bool EnginePool::someHeapIsLow() {
  // An engine that is started is started with the mutex, and waits for the launcher's thread, which may be the caller.
  const std::unique_lock<std::mutex> lock(mutex_, std::try_to_lock);
  return lock.owns_lock() && std::any_of(entries_.begin(), entries_.end(), [](const Entry& entry) {
           const std::shared_ptr<EngineRegion> region = entry.region.lock();
           return region != nullptr && region->heapIsLow();
         });
}

std::vector<std::shared_ptr<EngineProcess>> EnginePool::worn() {
  const std::lock_guard<std::mutex> lock(mutex_);
  std::vector<std::shared_ptr<EngineProcess>> worn;
  for (const Entry& entry : entries_) {
    std::shared_ptr<EngineProcess> engine = entry.engine.lock();
    if (engine != nullptr && engine->alive() && engine->region()->heapIsLow()) {
      worn.push_back(std::move(engine));
    }
  }
  return worn;
}

bool EnginePool::finish(const std::shared_ptr<EngineProcess>& engine) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto found = entryOf(engine);
  if (found == entries_.end()) {
    return false;
  }
  const bool nobody = --found->users == 0;
  const std::shared_ptr<EngineSpare> spare = spareOf(*engine->bundle());
  const bool kept = spare != nullptr && spare->endLoan(nobody && isHeirOfDead(*found) ? engine : nullptr);
  found->heirOf.reset();
  if (nobody) {
    entries_.erase(found);
  }
  return nobody && !kept;
}

bool EnginePool::leave(const std::shared_ptr<EngineProcess>& engine) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto found = entryOf(engine);
  if (found == entries_.end() || --found->users > 0) {
    return false;
  }
  entries_.erase(found);
  return true;
}

}  // namespace patchbay::bridge
