// SPDX-License-Identifier: Apache-2.0
#include "live_instances.h"

#include <algorithm>
#include <chrono>
#include <exception>
#include <thread>

#include "engine_pool.h"
#include "instance.h"
#include "log.h"

namespace patchbay::bridge {

LiveInstances& LiveInstances::ofThisLibrary() {
  static LiveInstances instances;
  return instances;
}

LiveInstances::LiveInstances() {
  // Made before us, so it is there until we are gone: the instances that we close leave their engines.
  EnginePool::ofThisLibrary();
}

void LiveInstances::add(Instance* instance) {
  const std::lock_guard<std::mutex> lock(mutex_);
  instances_.push_back(instance);
}

void LiveInstances::remove(Instance* instance) noexcept {
  const std::lock_guard<std::mutex> lock(mutex_);
  instances_.erase(std::remove(instances_.begin(), instances_.end(), instance), instances_.end());
}

void LiveInstances::each(const std::function<void(Instance&)>& visit) {
  std::unique_lock<std::mutex> lock(mutex_, std::defer_lock);
  // Whoever closes them has the mutex, and waits for threads that come here.
  while (!lock.try_lock()) {
    if (closing_) {
      return;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  for (Instance* instance : instances_) {
    visit(*instance);
  }
}

void LiveInstances::closeAll() noexcept {
  // A fork of the host may have inherited the mutex locked; its copies of the instances have nothing to close.
  if (!guard_.inOriginalProcess()) {
    return;
  }
  const std::lock_guard<std::mutex> lock(mutex_);
  closing_ = true;
  for (Instance* instance : instances_) {
    try {
      instance->close();
    } catch (const std::exception& failure) {
      log(failure.what());
    }
  }
  closing_ = false;
}

}  // namespace patchbay::bridge
