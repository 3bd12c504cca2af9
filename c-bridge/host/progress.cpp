// SPDX-License-Identifier: Apache-2.0
#include "progress.h"

#include <unistd.h>

#include <chrono>
#include <cstdio>

namespace patchbay::host {
namespace {

using Clock = std::chrono::steady_clock;

void show(const Renderer& renderer, const RenderSettings& settings, Clock::duration elapsed, const char* start,
          const char* end) {
  const auto done = static_cast<double>(renderer.framesDone());
  const double seconds = done / settings.sampleRate;
  const double wall = std::chrono::duration<double>(elapsed).count();
  std::fprintf(stderr, "%srendered %.1f of %.1f s (%.0f %%), %.1f times real time%s", start, seconds,
               static_cast<double>(settings.frames) / settings.sampleRate,
               100.0 * done / static_cast<double>(settings.frames), wall > 0 ? seconds / wall : 0.0, end);
  std::fflush(stderr);
}

}  // namespace

void waitShowingProgress(const std::future<void>& done, const Renderer& renderer, const RenderSettings& settings,
                         bool quiet) {
  if (quiet || settings.frames == 0) {
    done.wait();
    return;
  }
  const bool terminal = isatty(STDERR_FILENO) != 0;
  const auto interval = terminal ? std::chrono::milliseconds(250) : std::chrono::milliseconds(5000);
  const Clock::time_point start = Clock::now();
  bool shown = false;
  while (done.wait_for(interval) != std::future_status::ready) {
    show(renderer, settings, Clock::now() - start, terminal ? "\r" : "", terminal ? "\x1b[K" : "\n");
    shown = true;
  }
  if (terminal && shown) {
    std::fputs("\r\x1b[K", stderr);
  }
}

}  // namespace patchbay::host
