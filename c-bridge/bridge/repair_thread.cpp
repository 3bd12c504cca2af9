// SPDX-License-Identifier: Apache-2.0
#include "repair_thread.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>

#include <chrono>
#include <exception>
#include <utility>

#include "clock.h"
#include "log.h"

namespace patchbay::bridge {

RepairThread::RepairThread(std::function<void(RepairThread&)> job) : job_(std::move(job)) {}

RepairThread::~RepairThread() { stop(); }

bool RepairThread::request() noexcept {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (stop_) {
    return false;
  }
  wanted_ = true;
  if (!thread_.joinable()) {
    try {
      thread_ = std::thread([this] { run(); });
    } catch (const std::exception& failure) {
      log(std::string("no thread can be had to start a process again: ") + failure.what());
      return false;
    }
  }
  change_.notify_all();
  return true;
}

bool RepairThread::sleepUntil(std::int64_t nanos) {
  std::unique_lock<std::mutex> lock(mutex_);
  for (std::int64_t now = nowNanos(); !stop_ && now < nanos; now = nowNanos()) {
    change_.wait_for(lock, std::chrono::nanoseconds(nanos - now), [this] { return stop_; });
  }
  return !stop_;
}

bool RepairThread::wanted() noexcept {
  const std::lock_guard<std::mutex> lock(mutex_);
  return !stop_;
}

void RepairThread::dismiss() noexcept {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    stop_ = true;
  }
  change_.notify_all();
}

void RepairThread::stop() noexcept {
  dismiss();
  if (thread_.joinable()) {
    thread_.join();
  }
}

void RepairThread::run() {
  // No signal of the host is ever handled here, and nothing here is as urgent as whoever asked.
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, nullptr);
  const sched_param parameter = {};
  pthread_setschedparam(pthread_self(), SCHED_OTHER, &parameter);
  pthread_setname_np(pthread_self(), "patchbay-repair");
  std::unique_lock<std::mutex> lock(mutex_);
  for (;;) {
    change_.wait(lock, [this] { return stop_ || wanted_; });
    if (stop_) {
      return;
    }
    wanted_ = false;
    lock.unlock();
    try {
      job_(*this);
    } catch (const std::exception& failure) {
      log(std::string("a process could not be started again: ") + failure.what());
    }
    lock.lock();
  }
}

}  // namespace patchbay::bridge
