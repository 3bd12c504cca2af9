// SPDX-License-Identifier: Apache-2.0
#include "engine_pool.h"

#include <algorithm>

namespace patchbay::bridge {

EnginePool& EnginePool::ofThisLibrary() {
  static EnginePool pool;
  return pool;
}

std::shared_ptr<EngineProcess> EnginePool::join(const std::shared_ptr<const Bundle>& bundle, std::string& error) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (std::shared_ptr<EngineProcess> engine = joinable(*bundle); engine != nullptr) {
    ++entryOf(engine)->users;
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
    if (entry.shared && entry.bundle == bundle.folder && engine != nullptr && engine->alive()) {
      return engine;
    }
  }
  return nullptr;
}

EnginePool::Entries::iterator EnginePool::entryOf(const std::shared_ptr<EngineProcess>& engine) {
  return std::find_if(entries_.begin(), entries_.end(),
                      [&engine](const Entry& entry) { return entry.engine.lock() == engine; });
}

/** What comes before the bundle's own jars. */
std::vector<std::string> EnginePool::jarsOf(const Bundle& bundle) const {
  const auto found = jars_.find(bundle.folder);
  return found == jars_.end() ? std::vector<std::string>() : found->second;
}

std::shared_ptr<EngineSpare> EnginePool::spareOf(const Bundle& bundle) const {
  const auto found = spares_.find(bundle.folder);
  return found == spares_.end() ? nullptr : found->second.lock();
}

std::shared_ptr<EngineProcess> EnginePool::prepare(const std::shared_ptr<const Bundle>& bundle,
                                                   const std::vector<std::string>& jars, std::string& error) {
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
    }
  }
}

bool EnginePool::preferred(const std::shared_ptr<EngineProcess>& engine) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto found = entryOf(engine);
  return found != entries_.end() && found->shared;
}

void EnginePool::useJars(const Bundle& bundle, const std::vector<std::string>& jars) {
  const std::lock_guard<std::mutex> lock(mutex_);
  jars_[bundle.folder] = jars;
  if (const std::shared_ptr<EngineSpare> spare = spareOf(bundle); spare != nullptr) {
    spare->change(jars);
  }
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
