// SPDX-License-Identifier: Apache-2.0
#include "shared_region.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cinttypes>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "log.h"

namespace patchbay::bridge {
namespace {

/** Linux 6.3's MFD_NOEXEC_SEAL, which older headers lack. */
constexpr unsigned kNoExecSeal = 0x0008u;

bool fillRandom(void* target, std::size_t length) {
  ssize_t got;
  do {
    got = getrandom(target, length, 0);
  } while (got < 0 && errno == EINTR);
  return got == static_cast<ssize_t>(length);
}

std::string failed(const char* what) {
  return std::string("the shared region cannot be made: ") + what + " failed: " + errorText(errno);
}

}  // namespace

int makeMemory(const std::string& name) {
  const int fd = memfd_create(name.c_str(), MFD_CLOEXEC | MFD_ALLOW_SEALING | kNoExecSeal);
  // An older kernel refuses the flag that it does not know.
  return fd >= 0 || errno != EINVAL ? fd : memfd_create(name.c_str(), MFD_CLOEXEC | MFD_ALLOW_SEALING);
}

std::uint64_t processStartTime(int pid) {
  const std::string path = "/proc/" + std::to_string(pid) + "/stat";
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) {
    return 0;
  }
  char text[1024];
  const ssize_t length = read(fd, text, sizeof text - 1);
  close(fd);
  if (length <= 0) {
    return 0;
  }
  text[length] = 0;
  // The second field, the command in parentheses, may itself hold spaces and parentheses.
  const char* at = std::strrchr(text, ')');
  for (int field = 2; at != nullptr && field < 22; ++field) {
    at = std::strchr(at + 1, ' ');
  }
  return at == nullptr ? 0 : std::strtoull(at + 1, nullptr, 10);
}

SharedRegion::~SharedRegion() {
  pb_region_detach(&region_);
  if (fd_ >= 0) {
    close(fd_);
  }
}

std::string SharedRegion::make(const char* prefix, const std::vector<std::uint8_t>& image) {
  if (!fillRandom(instanceId_, sizeof instanceId_)) {
    return failed("getrandom");
  }
  char digits[33];
  std::snprintf(digits, sizeof digits, "%016" PRIx64 "%016" PRIx64, instanceId_[0], instanceId_[1]);
  id_ = digits;
  const std::size_t length = image.size();
  fd_ = makeMemory(prefix + id_);
  if (fd_ < 0) {
    return failed("memfd_create");
  }
  if (fchmod(fd_, S_IRUSR | S_IWUSR) != 0) {
    return failed("fchmod");
  }
  // All pages now: "no memory" is an error here, never a SIGBUS while audio runs.
  int result;
  do {
    result = fallocate(fd_, 0, 0, static_cast<off_t>(length));
  } while (result != 0 && errno == EINTR);
  if (result != 0) {
    return failed(("reserving " + std::to_string(length) + " bytes").c_str());
  }
  // MAP_POPULATE: the audio thread takes no page fault on its first block.
  void* base = mmap(nullptr, length, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, fd_, 0);
  if (base == MAP_FAILED) {
    return failed("mmap");
  }
  region_.base = static_cast<std::uint8_t*>(base);
  region_.length = length;
  if (madvise(base, length, MADV_DONTFORK) != 0) {
    return failed("madvise");
  }
  fill(image);
  if (fcntl(fd_, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) != 0) {
    return failed("sealing");
  }
  return {};
}

void SharedRegion::fill(const std::vector<std::uint8_t>& image) {
  std::memcpy(region_.base, image.data(), image.size());
  auto* header = reinterpret_cast<pb_region_header*>(region_.base);
  std::memcpy(header->instance_id, instanceId_, sizeof instanceId_);
  header->creator_pid = getpid();
  header->creator_start_time = processStartTime(getpid());
  // Release: pairs with the acquire in pb_region_validate and RegionValidator, so who sees it sees all of the above.
  __atomic_store_n(&header->ready, PB_READY, __ATOMIC_RELEASE);
}

void SharedRegion::takePart() noexcept {
  pb_role* bridge = role(PB_STANDARD_ROLE_BRIDGE);
  bridge->pid = getpid();
  bridge->start_time = processStartTime(getpid());
  bridge->generation = 1;
  pb_role_cell_state(bridge, PB_ROLE_STATE_READY);
}

std::string SharedRegion::path() const {
  return "/proc/" + std::to_string(getpid()) + "/fd/" + std::to_string(fd_);
}

pb_role* SharedRegion::role(std::uint32_t number) const noexcept {
  return static_cast<pb_role*>(pb_section_element(&roles, number));
}

void SharedRegion::vacate(std::uint32_t number) const noexcept {
  pb_role* cell = role(number);
  pb_role_cell_state(cell, PB_ROLE_STATE_NONE);
  __atomic_store_n(&cell->pid, 0, __ATOMIC_RELEASE);
  pb_role_cell_message(cell, "");
}

std::int32_t SharedRegion::roleState(std::uint32_t number, pid_t pid) const noexcept {
  const pb_role* cell = role(number);
  const std::int32_t state = pb_role_cell_state_of(cell);
  return __atomic_load_n(&cell->pid, __ATOMIC_RELAXED) == pid ? state : PB_ROLE_STATE_NONE;
}

std::string SharedRegion::roleMessage(std::uint32_t number) const {
  char message[sizeof(pb_role::message)];
  pb_role_cell_message_of(role(number), message);
  std::string text = message;
  std::replace_if(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < ' '; }, ' ');
  return text.empty() ? "it does not say why" : text;
}

}  // namespace patchbay::bridge
