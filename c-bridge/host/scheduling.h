// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace patchbay::host {

/**
 * Gives the calling thread SCHED_FIFO with a priority, as hosts give their audio threads.
 *
 * @param priority 1 to 99; 0 asks for nothing
 * @return what the thread has now, such as "SCHED_FIFO 70", or "SCHED_OTHER" and why
 */
[[nodiscard]] std::string scheduleAudioThread(int priority);

}  // namespace patchbay::host
