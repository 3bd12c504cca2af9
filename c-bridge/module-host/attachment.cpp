// SPDX-License-Identifier: Apache-2.0
#include "attachment.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cinttypes>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <system_error>
#include <thread>

#include "shared_region.h"

#ifndef SYS_pidfd_open
#define SYS_pidfd_open 434
#endif

namespace patchbay::modulehost {

bool Options::parse(int argc, char** argv, std::string& error) {
  std::map<std::string, std::string> found;
  int at = 1;
  for (; at < argc && std::strncmp(argv[at], "--", 2) != 0; ++at) {
    ignored.emplace_back(argv[at]);
  }
  for (; at + 1 < argc; at += 2) {
    found[argv[at]] = argv[at + 1];
  }
  for (const char* name : {"--region", "--id", "--host", "--generation", "--bundle", "--library"}) {
    if (at != argc || found.size() != 6 || found[name].empty()) {
      error = "patchbay-module-host is started by a plug-in, with --region PATH --id HEX --host PID --generation N "
              "--bundle FOLDER --library PATH";
      return false;
    }
  }
  region = found["--region"];
  id = found["--id"];
  bundle = found["--bundle"];
  library = found["--library"];
  host = static_cast<pid_t>(std::strtol(found["--host"].c_str(), nullptr, 10));
  generation = static_cast<std::uint32_t>(std::strtoul(found["--generation"].c_str(), nullptr, 10));
  return true;
}

Attachment::~Attachment() {
  pb_region_detach(&region);
  if (fd_ >= 0) {
    close(fd_);
  }
}

std::string Attachment::attach(const Options& options) {
  fd_ = open(options.region.c_str(), O_RDWR | O_CLOEXEC);
  if (fd_ < 0) {
    return "the region " + options.region + " cannot be opened: " + std::strerror(errno);
  }
  if (pb_region_attach(&region, fd_) == 0) {
    return "the region " + options.region + " cannot be used: " + (region.error != nullptr ? region.error : "no reason");
  }
  const auto* header = reinterpret_cast<const pb_region_header*>(region.base);
  char digits[33];
  std::snprintf(digits, sizeof digits, "%016" PRIx64 "%016" PRIx64, header->instance_id[0], header->instance_id[1]);
  if (options.id != digits) {
    return "the region " + options.region + " has the id " + digits + ", expected " + options.id +
           ": its owner has another one there now";
  }
  std::string error = findSections();
  if (!error.empty()) {
    return error;
  }
  own_ = static_cast<pb_role*>(pb_section_element(&roles_, PB_STANDARD_ROLE_CONTROL));
  own_->start_time = bridge::processStartTime(getpid());
  own_->generation = options.generation;
  char collector[sizeof own_->collector] = "none: native code";
  const pb_section text = pb_role_cell_text(own_, own_->collector, sizeof own_->collector);
  pb_snapshot_write(&text, collector);
  message("");
  // Release: who sees the pid sees what is above.
  __atomic_store_n(&own_->pid, getpid(), __ATOMIC_RELEASE);
  state(PB_ROLE_STATE_ATTACHED);
  return {};
}

std::string Attachment::findSections() {
#define PB_CONTROL_NEEDS(SECTION, member, condition)                                                  \
  if (!PB_FIND(&region, SECTION, &(member)) || !(condition)) {                                        \
    return std::string("the region's section \"") + SECTION##_NAME +                                  \
           "\" is missing or of another shape than this program was built for; rebuild the bundle"; \
  }
  pb_section plugin;
  PB_CONTROL_NEEDS(PB_STANDARD_ROLES, roles_, roles_.count >= PB_STANDARD_ROLE_COUNT)
  PB_CONTROL_NEEDS(PB_STANDARD_PLUGIN, plugin, plugin.stride >= sizeof(pb_standard_plugin_info))
  PB_CONTROL_NEEDS(PB_STANDARD_PARAMETER_INFO, parameterInfo, parameterInfo.stride >= sizeof(pb_parameter_info))
  const std::int32_t count = pb_standard_plugin_at(&plugin, 0)->parameter_count;
  parameterCount = count > 0 ? static_cast<std::uint32_t>(count) : 0;
  PB_CONTROL_NEEDS(PB_STANDARD_PARAMETERS, parameters, parameters.count >= parameterCount)
  PB_CONTROL_NEEDS(PB_STANDARD_PARAMETERS_FROM_CONTROL, changes, changes.copies == 3 && changes.count >= parameterCount)
  PB_CONTROL_NEEDS(PB_STANDARD_STATE_TO_CONTROL, stateToControl, stateToControl.copies == 2)
  PB_CONTROL_NEEDS(PB_STANDARD_STATE_FROM_CONTROL, stateFromControl, stateFromControl.copies == 2)
  PB_CONTROL_NEEDS(PB_STANDARD_CONTROL_COUNTERS, counters, counters.count >= PB_STANDARD_CONTROL_COUNTERS_COUNT)
#undef PB_CONTROL_NEEDS
  return parameterInfo.count >= parameterCount ? "" : "the region has more parameters than descriptions of them";
}

void Attachment::beat(std::int64_t nanos) noexcept {
  // Relaxed: a time, behind which nothing is read.
  __atomic_store_n(&own_->heartbeat_nanos, static_cast<std::uint64_t>(nanos), __ATOMIC_RELAXED);
}

bool Attachment::bridgeLeaves() const noexcept {
  const auto* bridge = static_cast<const pb_role*>(pb_section_element(&roles_, PB_STANDARD_ROLE_BRIDGE));
  return pb_role_cell_state_of(bridge) == PB_ROLE_STATE_LEAVING;
}

std::string watchHost(pid_t host) {
  const int fd = static_cast<int>(syscall(SYS_pidfd_open, host, 0));
  if (fd < 0) {
    return "the host " + std::to_string(host) + " cannot be watched: " + std::strerror(errno);
  }
  try {
    std::thread([fd] {
      pollfd end = {fd, POLLIN, 0};
      while (poll(&end, 1, -1) <= 0) {
      }
      // Whatever the module is doing: nobody hears it any more.
      _exit(0);
    }).detach();
  } catch (const std::system_error& failure) {
    return std::string("the host cannot be watched: ") + failure.what();
  }
  return {};
}

}  // namespace patchbay::modulehost
