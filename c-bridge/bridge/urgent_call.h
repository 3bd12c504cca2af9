// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <mutex>

#include "instance.h"

namespace patchbay::bridge {

/** Locks the lifecycle. Whoever has it and waits for an engine looks at undisturbed_ meanwhile. */
class Instance::UrgentCall {
 public:
  explicit UrgentCall(Instance& instance) : instance_(instance) {
    {
      const std::lock_guard<std::mutex> lock(instance_.callsMutex_);
      ++instance_.calls_;
      instance_.undisturbed_.store(false, std::memory_order_relaxed);
    }
    instance_.lifecycle_.lock();
    const std::lock_guard<std::mutex> lock(instance_.callsMutex_);
    --instance_.calls_;
    instance_.undisturbed_.store(instance_.calls_ == 0, std::memory_order_relaxed);
  }

  ~UrgentCall() { instance_.lifecycle_.unlock(); }

  UrgentCall(const UrgentCall&) = delete;
  UrgentCall& operator=(const UrgentCall&) = delete;

 private:
  Instance& instance_;
};

}  // namespace patchbay::bridge
