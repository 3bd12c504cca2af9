// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include <patchbay/standard.h>

namespace patchbay::bridge {

/**
 * Tells RT how the host's audio thread is scheduled, so that RT's thread can follow. The kernel is asked once for each
 * thread and activation, whichever instance it processes first; a host that gives a thread another priority later is
 * followed from its next activation on. One instance's; one thread at a time.
 */
class AudioThread {
 public:
  /** An activation: every thread is asked anew. */
  static void forget() noexcept;

  /** The calling thread processes. Publishes how it is scheduled, where that differs from what was published last. */
  void follow(const pb_section& snapshot) noexcept;

 private:
  std::int32_t policy_ = -1;  ///< as it was published last; -1: nothing was
  std::int32_t priority_ = 0;
};

}  // namespace patchbay::bridge
