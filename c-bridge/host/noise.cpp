// SPDX-License-Identifier: Apache-2.0
#include "noise.h"

#include <cerrno>
#include <cmath>
#include <ctime>
#include <nlohmann/json.hpp>
#include <thread>
#include <vector>

#include "block_clock.h"
#include "failure.h"
#include "output_file.h"
#include "scheduling.h"
#include "stop_signal.h"

namespace patchbay::host {
namespace {

constexpr std::int64_t nanosPerSecond = 1'000'000'000;

struct Wakes {
  std::vector<std::int64_t> dueNanos;
  std::vector<std::int64_t> lateNanos;
  std::uint64_t missed = 0;  ///< times for which the thread woke only after the next one
  std::string scheduling;
};

void sleepUntil(std::int64_t nanos) {
  const timespec until = {static_cast<std::time_t>(nanos / nanosPerSecond), static_cast<long>(nanos % nanosPerSecond)};
  while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, nullptr) == EINTR && requestedStop() == 0) {
  }
}

/** The vectors are as long as they will ever be: nothing is allocated here. */
void wake(Wakes& wakes, double periodNanos, std::size_t count) {
  const std::int64_t start = monotonicNanos();
  std::size_t noted = 0;
  for (std::size_t number = 1; number <= count && requestedStop() == 0; ++number) {
    const std::int64_t due = start + std::llround(static_cast<double>(number) * periodNanos);
    std::int64_t now = monotonicNanos();
    if (static_cast<double>(now - due) > periodNanos) {
      ++wakes.missed;
      continue;
    }
    sleepUntil(due);
    now = monotonicNanos();
    wakes.dueNanos[noted] = due;
    wakes.lateNanos[noted] = now - due;
    ++noted;
  }
  wakes.dueNanos.resize(noted);
  wakes.lateNanos.resize(noted);
}

}  // namespace

void noiseCommand(const Options& options) {
  OutputFile json(*options.json);
  const double period = options.block * 1.0e9 / options.rate;
  const auto count = static_cast<std::size_t>(*options.seconds * 1.0e9 / period);
  constexpr std::size_t most = std::size_t{1} << 24;
  if (count < 1 || count > most) {
    throw Failure(ExitStatus::usage, std::to_string(*options.seconds) + " s are " + std::to_string(count) +
                                         " blocks, expected 1 to " + std::to_string(most));
  }
  Wakes wakes;
  // Filling touches the pages.
  wakes.dueNanos.assign(count, 0);
  wakes.lateNanos.assign(count, 0);
  std::thread thread([&] {
    wakes.scheduling = scheduleAudioThread(options.fifo);
    wake(wakes, period, count);
  });
  thread.join();
  throwIfStopRequested();
  nlohmann::ordered_json report = {
      {"periodNanos", period},
      {"scheduling", wakes.scheduling},
      {"wakes", wakes.lateNanos.size()},
      {"missed", wakes.missed},
      {"dueNanos", wakes.dueNanos},
      {"lateNanos", wakes.lateNanos},
  };
  json.write(report.dump() + "\n");
  json.commit();
}

}  // namespace patchbay::host
