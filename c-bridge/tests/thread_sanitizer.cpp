// SPDX-License-Identifier: Apache-2.0
#ifdef __SANITIZE_THREAD__

#include <pthread.h>
#include <time.h>

#include "clock.h"

/**
 * What std::timed_mutex calls, and ThreadSanitizer of gcc 12 does not know: it would miss that the mutex is locked. It knows the older
 * call, whose clock may be set; for tests that is good enough. Seen by the plug-in's library, too, since this program exports it.
 */
extern "C" int pthread_mutex_clocklock(pthread_mutex_t* mutex, clockid_t clock, const timespec* until) noexcept {
  timespec now = {};
  timespec today = {};
  clock_gettime(clock, &now);
  clock_gettime(CLOCK_REALTIME, &today);
  const auto nanos = [](const timespec& time) { return time.tv_sec * patchbay::bridge::kNanosPerSecond + time.tv_nsec; };
  const timespec deadline = patchbay::bridge::toTimespec(nanos(today) + nanos(*until) - nanos(now));
  return pthread_mutex_timedlock(mutex, &deadline);
}

#endif
