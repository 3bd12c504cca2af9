// SPDX-License-Identifier: Apache-2.0
#include "audio_thread.h"

#include <sched.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>

namespace patchbay::bridge {
namespace {

#ifndef SCHED_RESET_ON_FORK
#define SCHED_RESET_ON_FORK 0x40000000
#endif

/** What a thread knows of itself. */
struct Self {
  std::uint32_t activation;  ///< when it asked; 0: never
  std::int32_t thread;
  std::int32_t policy;
  std::int32_t priority;
};

std::atomic<std::uint32_t> activation{1};

/** Initial-exec, since the first access to a library's other thread-local variables allocates: on the audio thread. */
__attribute__((tls_model("initial-exec"))) thread_local Self self = {};

void ask(std::uint32_t now) noexcept {
  self.activation = now;
  self.thread = static_cast<std::int32_t>(syscall(SYS_gettid));
  const int policy = sched_getscheduler(0);
  sched_param parameter = {};
  if (policy < 0 || sched_getparam(0, &parameter) != 0) {
    // A sandbox may forbid the question; such a thread counts as one without a priority.
    self.policy = SCHED_OTHER;
    self.priority = 0;
    return;
  }
  self.policy = policy & ~SCHED_RESET_ON_FORK;
  self.priority = parameter.sched_priority;
}

}  // namespace

void AudioThread::forget() noexcept {
  // Zero is what a thread that has never asked has; relaxed, since nothing is published by it.
  if (activation.fetch_add(1, std::memory_order_relaxed) + 1 == 0) {
    activation.fetch_add(1, std::memory_order_relaxed);
  }
}

void AudioThread::follow(const pb_section& snapshot) noexcept {
  const std::uint32_t now = activation.load(std::memory_order_relaxed);
  if (self.activation != now) {
    ask(now);
  }
  if (self.policy == policy_ && self.priority == priority_) {
    return;
  }
  policy_ = self.policy;
  priority_ = self.priority;
  const pb_standard_audio_thread thread = {self.thread, self.policy, self.priority, 0};
  pb_snapshot_write(&snapshot, &thread);
}

}  // namespace patchbay::bridge
