// SPDX-License-Identifier: Apache-2.0
#include "scheduling.h"

#include <pthread.h>
#include <sched.h>

#include <cstring>

namespace patchbay::host {

std::string scheduleAudioThread(int priority) {
  if (priority == 0) {
    return "SCHED_OTHER";
  }
  sched_param wanted = {};
  wanted.sched_priority = priority;
  const int error = pthread_setschedparam(pthread_self(), SCHED_FIFO, &wanted);
  if (error != 0) {
    return "SCHED_OTHER, since SCHED_FIFO " + std::to_string(priority) + " was refused: " + std::strerror(error);
  }
  return "SCHED_FIFO " + std::to_string(priority);
}

}  // namespace patchbay::host
