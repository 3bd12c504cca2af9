// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <cstdint>

namespace patchbay::bridge {

/**
 * Tells whether this is still the process in which it was made. A fork of the host that does not exec inherits our
 * objects, but neither our threads nor our child processes nor the region, so it must not touch them. The kernel
 * empties a page of ours in every fork (MADV_WIPEONFORK, since Linux 4.14), so asking costs one load.
 */
class ForkGuard {
 public:
  ForkGuard() noexcept;
  ~ForkGuard();
  ForkGuard(const ForkGuard&) = delete;
  ForkGuard& operator=(const ForkGuard&) = delete;

  /** Any thread, the audio thread included. */
  [[nodiscard]] bool inOriginalProcess() const noexcept;

 private:
  volatile std::uint32_t* page_ = nullptr;
  pid_t pid_;
};

}  // namespace patchbay::bridge
