// SPDX-License-Identifier: Apache-2.0
#include "region.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

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

int makeMemory(const std::string& name) {
  const int fd = memfd_create(name.c_str(), MFD_CLOEXEC | MFD_ALLOW_SEALING | kNoExecSeal);
  // An older kernel refuses the flag that it does not know.
  return fd >= 0 || errno != EINVAL ? fd : memfd_create(name.c_str(), MFD_CLOEXEC | MFD_ALLOW_SEALING);
}

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

std::shared_ptr<Region> Region::create(const PluginImage& image, std::string& error) {
  std::shared_ptr<Region> region(new Region);
  error = region->make(image);
  return error.empty() ? region : nullptr;
}

Region::~Region() {
  pb_region_detach(&region_);
  if (fd_ >= 0) {
    close(fd_);
  }
}

std::string Region::make(const PluginImage& image) {
  if (!fillRandom(instanceId_, sizeof instanceId_)) {
    return failed("getrandom");
  }
  char digits[33];
  std::snprintf(digits, sizeof digits, "%016" PRIx64 "%016" PRIx64, instanceId_[0], instanceId_[1]);
  id_ = digits;
  const std::size_t length = image.bytes().size();
  fd_ = makeMemory("patchbay-" + id_);
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
  return findSections(image);
}

void Region::fill(const PluginImage& image) {
  std::memcpy(region_.base, image.bytes().data(), image.bytes().size());
  auto* header = reinterpret_cast<pb_region_header*>(region_.base);
  std::memcpy(header->instance_id, instanceId_, sizeof instanceId_);
  header->creator_pid = getpid();
  header->creator_start_time = processStartTime(getpid());
  // Release: pairs with the acquire in pb_region_validate and RegionValidator, so who sees it sees all of the above.
  __atomic_store_n(&header->ready, PB_READY, __ATOMIC_RELEASE);
}

std::string Region::findSections(const PluginImage& image) {
  const auto missing = [](const char* name) {
    return std::string("the shared region cannot be used: its section \"") + name +
           "\" is missing or of another shape than this bridge was built for; rebuild the bundle";
  };
#define PB_BRIDGE_NEEDS(SECTION, member, condition)                       \
  if (!PB_FIND(&region_, SECTION, &(member)) || !(condition)) {         \
    return missing(SECTION##_NAME);                                       \
  }
  const auto used = static_cast<std::uint32_t>(image.parameters.size());
  PB_BRIDGE_NEEDS(PB_STANDARD_ROLES, roles, roles.count >= PB_STANDARD_ROLE_COUNT && roles.stride >= sizeof(pb_role))
  PB_BRIDGE_NEEDS(PB_STANDARD_GONE, goneWords, goneWords.count >= PB_STANDARD_ROLE_COUNT)
  PB_BRIDGE_NEEDS(PB_STANDARD_PARAMETERS, parameters, parameters.count >= used)
  PB_BRIDGE_NEEDS(PB_STANDARD_PARAMETERS_FROM_HOST, parametersFromHost,
                  parametersFromHost.count >= used && parametersFromHost.copies == 3)
  PB_BRIDGE_NEEDS(PB_STANDARD_DIRTY_FROM_RT, dirtyFromRt, std::uint64_t{dirtyFromRt.count} * 64 >= used)
  PB_BRIDGE_NEEDS(PB_STANDARD_TRANSPORT, transport, transport.stride == sizeof(pb_transport))
  PB_BRIDGE_NEEDS(PB_STANDARD_HOST_EVENTS, hostEventSlots,
                  pb_event_queue_over(&hostEvents, &hostEventSlots) == nullptr)
  PB_BRIDGE_NEEDS(PB_STANDARD_HOST_EVENT_DATA, hostEventBytes,
                  pb_ring_over(&hostEventData, &hostEventBytes) == nullptr)
  PB_BRIDGE_NEEDS(PB_STANDARD_AUDIO, audio, audio.count >= 2)
  PB_BRIDGE_NEEDS(PB_STANDARD_STATE_FROM_CONTROL, stateFromControl, stateFromControl.copies == 2)
  PB_BRIDGE_NEEDS(PB_STANDARD_STATE_TO_CONTROL, stateToControl, stateToControl.copies == 2)
  PB_BRIDGE_NEEDS(PB_STANDARD_BRIDGE_COUNTERS, counters, counters.count >= PB_STANDARD_BRIDGE_COUNTERS_COUNT)
  PB_BRIDGE_NEEDS(PB_STANDARD_ROUND_TRIP_HISTOGRAM, roundTrips, roundTrips.count >= 1)
  PB_BRIDGE_NEEDS(PB_STANDARD_RT_LOG, rtLogBytes, pb_ring_over(&rtLog, &rtLogBytes) == nullptr)
#undef PB_BRIDGE_NEEDS
  pb_role* bridge = role(PB_STANDARD_ROLE_BRIDGE);
  bridge->pid = getpid();
  bridge->start_time = processStartTime(getpid());
  bridge->generation = 1;
  setBridgeState(PB_ROLE_STATE_READY);
  return {};
}

std::string Region::path() const {
  return "/proc/" + std::to_string(getpid()) + "/fd/" + std::to_string(fd_);
}

pb_role* Region::role(std::uint32_t number) const noexcept {
  return static_cast<pb_role*>(pb_section_element(&roles, number));
}

void Region::setBridgeState(std::int32_t state) noexcept {
  __atomic_store_n(&role(PB_STANDARD_ROLE_BRIDGE)->state, state, __ATOMIC_RELEASE);
}

std::int32_t Region::gone(std::uint32_t number) const noexcept {
  return __atomic_load_n(static_cast<const std::int32_t*>(pb_section_element(&goneWords, number)), __ATOMIC_ACQUIRE);
}

void Region::setGone(std::uint32_t number, std::int32_t pid) noexcept {
  __atomic_store_n(static_cast<std::int32_t*>(pb_section_element(&goneWords, number)), pid, __ATOMIC_RELEASE);
}

void Region::ringDone() noexcept { pb_futex_wake(&audioHead()->done); }

pb_audio_head* Region::audioHead() const noexcept { return reinterpret_cast<pb_audio_head*>(audio.base); }

}  // namespace patchbay::bridge
