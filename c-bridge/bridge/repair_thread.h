// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <thread>

namespace patchbay::bridge {

/**
 * Does a job on a thread of its own whenever it is asked to; the thread is started by the first request, so that a plug-in whose
 * processes live has none. Requests that come while the job waits for its turn are one.
 */
class RepairThread {
 public:
  /** @param job is given the thread that it runs on */
  explicit RepairThread(std::function<void(RepairThread&)> job);
  ~RepairThread();
  RepairThread(const RepairThread&) = delete;
  RepairThread& operator=(const RepairThread&) = delete;

  /**
   * Asks for the job; never waits for it. Any thread but an audio thread.
   *
   * @return false where it will not be done: the thread was stopped, or cannot be had
   */
  bool request() noexcept;

  /** For the job: sleeps until then, CLOCK_MONOTONIC in nanoseconds. False where the thread is to stop. */
  [[nodiscard]] bool sleepUntil(std::int64_t nanos);

  /** For the job: false where the thread is to stop. */
  [[nodiscard]] bool wanted() noexcept;

  /** From now on no job begins, and one that runs is not wanted any more. Waits for nothing. */
  void dismiss() noexcept;

  /** Dismisses, and waits for the end of the job and of the thread. Not from the job. */
  void stop() noexcept;

 private:
  void run();

  const std::function<void(RepairThread&)> job_;
  std::mutex mutex_;
  std::condition_variable change_;
  bool wanted_ = false;
  bool stop_ = false;
  std::thread thread_;
};

}  // namespace patchbay::bridge
