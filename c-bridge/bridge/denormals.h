// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#if defined(__x86_64__)
#include <xmmintrin.h>
#endif

namespace patchbay::bridge {

/** Lets the calling thread take denormal numbers as 0 while this lives: the host's own code is none of ours. Real-time safe. */
class DenormalsAsZero {
 public:
#if defined(__x86_64__)
  // FTZ and DAZ of MXCSR.
  DenormalsAsZero() noexcept : mode_(_mm_getcsr()) { _mm_setcsr(mode_ | 0x8040u); }
  ~DenormalsAsZero() { _mm_setcsr(mode_); }

 private:
  const unsigned mode_;
#elif defined(__aarch64__)
  // FZ of FPCR.
  DenormalsAsZero() noexcept {
    asm volatile("mrs %0, fpcr" : "=r"(mode_));
    asm volatile("msr fpcr, %0" : : "r"(mode_ | (UINT64_C(1) << 24)));
  }
  ~DenormalsAsZero() { asm volatile("msr fpcr, %0" : : "r"(mode_)); }

 private:
  std::uint64_t mode_ = 0;
#else
#error "Where this processor has its mode for denormal numbers has to be added here."
#endif

 public:
  DenormalsAsZero(const DenormalsAsZero&) = delete;
  DenormalsAsZero& operator=(const DenormalsAsZero&) = delete;
};

}  // namespace patchbay::bridge
