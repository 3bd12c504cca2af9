// SPDX-License-Identifier: Apache-2.0
#include "state_memory.h"

#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <patchbay/standard.h>

#include "log.h"
#include "shared_region.h"
#include "state_container.h"

namespace patchbay::bridge {
namespace {

constexpr std::uint32_t kMagic = PB_STATE_REFERENCE_MAGIC;
constexpr std::uint32_t kVersion = PB_STATE_REFERENCE_VERSION;

}  // namespace

// The generated header refuses big-endian machines, so memory order is the order of the bytes.
bool StateReference::begins(const std::uint8_t* bytes, std::size_t length) noexcept {
  return length >= sizeof kMagic && std::memcmp(bytes, &kMagic, sizeof kMagic) == 0;
}

bool StateReference::decode(const std::uint8_t* bytes, std::size_t count) noexcept {
  std::uint32_t version = 0;
  if (count != PB_STATE_REFERENCE_BYTES || !begins(bytes, count)) {
    return false;
  }
  std::memcpy(&version, bytes + 4, sizeof version);
  std::memcpy(&offset, bytes + 8, sizeof offset);
  std::memcpy(&length, bytes + 16, sizeof length);
  return version == kVersion && length <= kMostBlobBytes && offset <= INT64_MAX - length;
}

std::vector<std::uint8_t> StateReference::encode() const {
  std::vector<std::uint8_t> bytes(PB_STATE_REFERENCE_BYTES);
  std::memcpy(bytes.data(), &kMagic, sizeof kMagic);
  std::memcpy(bytes.data() + 4, &kVersion, sizeof kVersion);
  std::memcpy(bytes.data() + 8, &offset, sizeof offset);
  std::memcpy(bytes.data() + 16, &length, sizeof length);
  return bytes;
}

std::unique_ptr<StateMemory> StateMemory::create(const std::string& name, std::string& error) {
  const int fd = makeMemory(name);
  if (fd < 0) {
    error = "a memory for large states cannot be made: memfd_create failed: " + errorText(errno);
    return nullptr;
  }
  if (fchmod(fd, S_IRUSR | S_IWUSR) != 0) {
    error = "a memory for large states cannot be made: fchmod failed: " + errorText(errno);
    close(fd);
    return nullptr;
  }
  return std::unique_ptr<StateMemory>(new StateMemory(fd));
}

StateMemory::~StateMemory() { close(fd_); }

std::uint64_t StateMemory::freePlace(std::uint64_t length) const noexcept {
  std::uint64_t at = 0;
  // At most two are in the way.
  for (int i = 0; i < 2; ++i) {
    for (const StateReference* used : {&last_, &beforeLast_}) {
      if (at < used->offset + used->length && used->offset < at + length) {
        at = used->offset + used->length;
      }
    }
  }
  return at;
}

bool StateMemory::write(const std::vector<std::uint8_t>& bytes, StateReference& reference, std::string& error) {
  reference = {freePlace(bytes.size()), bytes.size()};
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t now = pwrite(fd_, bytes.data() + done, bytes.size() - done, static_cast<off_t>(reference.offset + done));
    if (now < 0 && errno != EINTR) {
      error = errorText(errno);
      return false;
    }
    done += now > 0 ? static_cast<std::size_t>(now) : 0;
  }
  beforeLast_ = last_;
  last_ = reference;
  return true;
}

void StateMemory::clear() noexcept {
  // Where it fails, the memory is used again by the next large state.
  if (last_.length > 0 && ftruncate(fd_, 0) == 0) {
    last_ = {};
    beforeLast_ = {};
  }
}

bool StateMemory::read(const StateReference& reference, std::vector<std::uint8_t>& bytes) const {
  struct stat status = {};
  // Before any memory is asked for: the length is another process's word.
  if (fstat(fd_, &status) != 0 || reference.offset + reference.length > static_cast<std::uint64_t>(status.st_size)) {
    return false;
  }
  bytes.resize(reference.length);
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t now = pread(fd_, bytes.data() + done, bytes.size() - done, static_cast<off_t>(reference.offset + done));
    if (now == 0 || (now < 0 && errno != EINTR)) {
      return false;
    }
    done += now > 0 ? static_cast<std::size_t>(now) : 0;
  }
  return true;
}

}  // namespace patchbay::bridge
