// SPDX-License-Identifier: Apache-2.0
#include "process_memory.h"

#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include "failure.h"

namespace patchbay::host {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t bytesPerKib = 1024;

/** A pid where the name of a folder of /proc is one, else 0. */
pid_t pidOf(const fs::path& folder) {
  const std::string name = folder.filename().string();
  pid_t pid = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), pid);
  return error == std::errc() && end == name.data() + name.size() ? pid : 0;
}

std::string contents(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

/** The parent of a process; 0 where it has ended. Its name, in parentheses, may hold anything. */
pid_t parentOf(pid_t pid) {
  const std::string stat = contents("/proc/" + std::to_string(pid) + "/stat");
  const std::size_t name = stat.rfind(')');
  if (name == std::string::npos || name + 4 >= stat.size()) {
    return 0;
  }
  pid_t parent = 0;
  std::from_chars(stat.data() + name + 4, stat.data() + stat.size(), parent);
  return parent;
}

/** The sum that the kernel gives of a process's pages; -1 where it gives none. */
std::int64_t pages(const std::string& rollup, const std::string& key) {
  const std::size_t at = rollup.find("\n" + key + ":");
  if (at == std::string::npos) {
    return -1;
  }
  const std::size_t digits = rollup.find_first_of("0123456789", at);
  std::int64_t kib = 0;
  std::from_chars(rollup.data() + digits, rollup.data() + rollup.size(), kib);
  return kib * bytesPerKib;
}

bool read(ProcessMemory& process) {
  const std::string folder = "/proc/" + std::to_string(process.pid);
  const std::string rollup = contents(folder + "/smaps_rollup");
  process.proportional = pages(rollup, "Pss");
  process.resident = pages(rollup, "Rss");
  process.command = contents(folder + "/cmdline");
  std::replace(process.command.begin(), process.command.end(), '\0', ' ');
  return process.proportional >= 0 && process.resident >= 0;
}

/** This process and its descendants, in the order in which they are found: parents first. */
std::vector<pid_t> family() {
  std::multimap<pid_t, pid_t> children;
  for (const fs::directory_entry& entry : fs::directory_iterator("/proc")) {
    if (const pid_t pid = pidOf(entry.path()); pid != 0) {
      children.emplace(parentOf(pid), pid);
    }
  }
  std::vector<pid_t> found = {getpid()};
  for (std::size_t i = 0; i < found.size(); ++i) {
    const auto [begin, end] = children.equal_range(found[i]);
    std::transform(begin, end, std::back_inserter(found), [](const auto& child) { return child.second; });
  }
  std::sort(found.begin() + 1, found.end());
  return found;
}

}  // namespace

std::vector<ProcessMemory> memoryOfThisAndItsChildren() {
  std::vector<ProcessMemory> all;
  for (const pid_t pid : family()) {
    ProcessMemory process;
    process.pid = pid;
    if (read(process)) {
      all.push_back(std::move(process));
    } else if (pid == getpid()) {
      throw Failure(ExitStatus::pluginRun,
                    "/proc/self/smaps_rollup cannot be read, so the memory cannot be told; expected Linux 4.14 or later");
    }
  }
  return all;
}

}  // namespace patchbay::host
