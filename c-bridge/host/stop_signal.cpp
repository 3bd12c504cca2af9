// SPDX-License-Identifier: Apache-2.0
#include "stop_signal.h"

#include <atomic>
#include <csignal>

#include "failure.h"

namespace patchbay::host {
namespace {

std::atomic<int> stopSignal{0};
static_assert(std::atomic<int>::is_always_lock_free, "a signal handler may only use lock-free atomics");

extern "C" void rememberStopSignal(int signal) { stopSignal.store(signal, std::memory_order_relaxed); }

}  // namespace

void installStopHandlers() {
  struct sigaction action = {};
  action.sa_handler = rememberStopSignal;
  sigemptyset(&action.sa_mask);
  // Once only: a plug-in that never returns from process() can still be ended by a second Ctrl-C.
  action.sa_flags = static_cast<int>(SA_RESETHAND) | SA_RESTART;
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
}

int requestedStop() noexcept { return stopSignal.load(std::memory_order_relaxed); }

void throwIfStopRequested() {
  if (const int signal = requestedStop(); signal != 0) {
    throw Interrupted(signal);
  }
}

}  // namespace patchbay::host
