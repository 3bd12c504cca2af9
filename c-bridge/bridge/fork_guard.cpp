// SPDX-License-Identifier: Apache-2.0
#include "fork_guard.h"

#include <sys/mman.h>
#include <unistd.h>

namespace patchbay::bridge {
namespace {

/** The kernel rounds it up to a page. */
constexpr std::size_t kBytes = sizeof(std::uint32_t);

}  // namespace

ForkGuard::ForkGuard() noexcept : pid_(getpid()) {
  void* page = mmap(nullptr, kBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (page == MAP_FAILED) {
    return;
  }
  if (madvise(page, kBytes, MADV_WIPEONFORK) != 0) {
    munmap(page, kBytes);
    return;
  }
  page_ = static_cast<volatile std::uint32_t*>(page);
  *page_ = 1;
}

ForkGuard::~ForkGuard() {
  if (page_ != nullptr) {
    munmap(const_cast<std::uint32_t*>(page_), kBytes);
  }
}

bool ForkGuard::inOriginalProcess() const noexcept { return page_ != nullptr ? *page_ == 1 : getpid() == pid_; }

}  // namespace patchbay::bridge
