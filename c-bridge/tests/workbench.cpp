// SPDX-License-Identifier: Apache-2.0
#include "workbench.h"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>

namespace patchbay::bridge::test {

namespace fs = std::filesystem;

namespace {

/** The regions that this process holds: those of instances, and of engines with their rehearsals if wanted. */
std::vector<std::string> regionPaths(bool engines) {
  std::vector<std::string> found;
  for (const fs::directory_entry& entry : fs::directory_iterator("/proc/self/fd")) {
    std::error_code error;
    const std::string target = fs::read_symlink(entry.path(), error).string();
    const bool engine = target.rfind("/memfd:patchbay-engine-", 0) == 0;
    const bool rehearsal = target.rfind("/memfd:patchbay_rehearsal-", 0) == 0;
    if ((target.rfind("/memfd:patchbay-", 0) == 0 && (engines || !engine)) || (engines && rehearsal)) {
      found.push_back("/proc/" + std::to_string(getpid()) + "/fd/" + entry.path().filename().string());
    }
  }
  return found;
}

std::string onlyPath() {
  const std::vector<std::string> paths = regionPaths(false);
  if (paths.size() != 1) {
    throw std::runtime_error("expected one region, found " + std::to_string(paths.size()));
  }
  return paths.front();
}

/** Fields 3 and 4 of the stat file in a folder of /proc: the state and the parent. */
bool status(const std::string& folder, char& state, pid_t& parent) {
  const std::string text = readText(folder + "/stat");
  const std::size_t end = text.rfind(')');
  return end != std::string::npos && std::sscanf(text.c_str() + end + 1, " %c %d", &state, &parent) == 2;
}

bool status(pid_t pid, char& state, pid_t& parent) {
  return status("/proc/" + std::to_string(pid), state, parent);
}

void number(std::string& to, std::uint32_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) {
    to += static_cast<char>(value >> 8 * i & 0xff);
  }
}

}  // namespace

Fake::Fake(const std::string& words) { setenv("PATCHBAY_FAKE", words.c_str(), 1); }

Fake::~Fake() { unsetenv("PATCHBAY_FAKE"); }

std::string errorsOf(const std::function<void()>& work) {
  const std::string path = std::string(std::getenv("PATCHBAY_LOG_DIR")) + "/stderr";
  const int file = open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  const int saved = dup(STDERR_FILENO);
  dup2(file, STDERR_FILENO);
  work();
  dup2(saved, STDERR_FILENO);
  close(saved);
  close(file);
  return readText(path);
}

std::string errorsYet() { return readText(std::string(std::getenv("PATCHBAY_LOG_DIR")) + "/stderr"); }

int occurrences(const std::string& text, const std::string& part) {
  int count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
    ++count;
  }
  return count;
}

std::string bundlePath(const std::string& name) {
  return name.front() == '/' ? name : std::string(PB_TEST_BUNDLES) + "/" + name + ".vst3";
}

std::string libraryPath(const std::string& name) {
  return bundlePath(name) + "/Contents/" PB_TEST_ARCHITECTURE "-linux/" + name + ".so";
}

RegionView::RegionView() : RegionView(onlyPath()) {}

std::vector<std::unique_ptr<RegionView>> RegionView::all() {
  std::vector<std::unique_ptr<RegionView>> views;
  for (const std::string& path : regionPaths(false)) {
    views.push_back(std::unique_ptr<RegionView>(new RegionView(path)));
  }
  return views;
}

std::unique_ptr<RegionView> RegionView::ofEngine() {
  const std::vector<std::string> instances = regionPaths(false);
  for (const std::string& path : regionPaths(true)) {
    if (std::find(instances.begin(), instances.end(), path) == instances.end()) {
      return std::unique_ptr<RegionView>(new RegionView(path));
    }
  }
  throw std::runtime_error("this process holds no engine's region");
}

RegionView::RegionView(std::string path) : path_(std::move(path)) {
  const int fd = open(path_.c_str(), O_RDWR | O_CLOEXEC);
  const bool attached = fd >= 0 && pb_region_attach(&region_, fd) != 0;
  close(fd);
  if (!attached) {
    throw std::runtime_error(path_ + ": " + (region_.error != nullptr ? region_.error : "cannot be opened"));
  }
}

RegionView::~RegionView() { pb_region_detach(&region_); }

int RegionView::count() { return static_cast<int>(regionPaths(true).size()); }

pb_section RegionView::section(const char* name, std::uint64_t hash) const {
  pb_section section;
  if (pb_region_find(&region_, name, hash, &section) == 0) {
    throw std::runtime_error(std::string("no section ") + name);
  }
  return section;
}

std::int64_t RegionView::counter(std::uint32_t index) const {
  const pb_section counters = section(PB_STANDARD_BRIDGE_COUNTERS_NAME, PB_STANDARD_BRIDGE_COUNTERS_HASH);
  return pb_counter_get_acquire(&counters, index);
}

pb_role RegionView::role(std::uint32_t number) const {
  const pb_section roles = section(PB_STANDARD_ROLES_NAME, PB_STANDARD_ROLES_HASH);
  pb_role copy;
  std::memcpy(&copy, pb_section_element(&roles, number), sizeof copy);
  return copy;
}

bool RegionView::answered() const {
  const pb_section audio = section(PB_STANDARD_AUDIO_NAME, PB_STANDARD_AUDIO_HASH);
  const auto* head = reinterpret_cast<const pb_audio_head*>(audio.base);
  return __atomic_load_n(&head->done, __ATOMIC_ACQUIRE) == __atomic_load_n(&head->request, __ATOMIC_ACQUIRE);
}

const pb_region_header& RegionView::header() const {
  return *reinterpret_cast<const pb_region_header*>(region_.base);
}

std::vector<pid_t> children() {
  std::vector<pid_t> found;
  for (const fs::directory_entry& entry : fs::directory_iterator("/proc")) {
    const std::string name = entry.path().filename().string();
    char state = 0;
    pid_t parent = 0;
    if (name.find_first_not_of("0123456789") == std::string::npos && status(std::stoi(name), state, parent) &&
        parent == getpid()) {
      found.push_back(std::stoi(name));
    }
  }
  return found;
}

std::int64_t restarts(const RegionView& region) { return region.counter(PB_STANDARD_BRIDGE_COUNTERS_RT_RESTARTS); }

std::vector<pid_t> engines() {
  std::vector<pid_t> found;
  for (const pid_t pid : children()) {
    if (readText("/proc/" + std::to_string(pid) + "/cmdline").find("fake-rt") != std::string::npos) {
      found.push_back(pid);
    }
  }
  return found;
}

pid_t spareOf(const RegionView& region) {
  const auto ready = [&region] { return region.counter(PB_STANDARD_BRIDGE_COUNTERS_RT_SPARES_READY) == 1; };
  if (eventually(ready)) {
    for (const pid_t pid : engines()) {
      if (pid != region.pid(PB_STANDARD_ROLE_RT)) {
        return pid;
      }
    }
  }
  throw std::runtime_error("there is no spare");
}

std::string jarOf(const std::string& text) {
  const std::string name = "a.txt";
  const auto sizes = [&](std::string& to) {
    number(to, 0, 4);
    number(to, static_cast<std::uint32_t>(text.size()), 4);
    number(to, static_cast<std::uint32_t>(text.size()), 4);
    number(to, static_cast<std::uint32_t>(name.size()), 2);
    number(to, 0, 2);
  };
  std::string jar = "PK\x03\x04";
  number(jar, 20, 2);
  number(jar, 0, 8);
  sizes(jar);
  jar += name + text;
  const auto start = static_cast<std::uint32_t>(jar.size());
  jar += "PK\x01\x02";
  number(jar, 20, 4);
  number(jar, 0, 8);
  sizes(jar);
  number(jar, 0, 4);
  number(jar, 0, 4);
  number(jar, 0, 4);
  number(jar, 0, 2);
  jar += name;
  const auto size = static_cast<std::uint32_t>(jar.size()) - start;
  jar += "PK\x05\x06";
  number(jar, 0, 4);
  number(jar, 1, 2);
  number(jar, 1, 2);
  number(jar, size, 4);
  number(jar, start, 4);
  number(jar, 0, 2);
  return jar;
}

std::string jarOn(pid_t pid) {
  const std::string words = readText("/proc/" + std::to_string(pid) + "/cmdline");
  const std::size_t at = words.find(std::string("-cp") + '\0') + 4;
  return readText(words.substr(at, words.find_first_of(std::string(":") + '\0', at) - at));
}

std::vector<std::string> copies() {
  std::vector<std::string> found;
  for (const fs::directory_entry& entry : fs::directory_iterator(std::getenv("PATCHBAY_RUNTIME_DIR"))) {
    if (entry.path().filename().string().rfind("jars-", 0) == 0) {
      found.push_back(entry.path().string());
    }
  }
  return found;
}

bool running(pid_t pid) {
  char state = 0;
  pid_t parent = 0;
  return status(pid, state, parent) && state != 'Z' && state != 'X';
}

bool stopped(pid_t pid) {
  std::error_code error;
  const fs::directory_iterator threads("/proc/" + std::to_string(pid) + "/task", error);
  return !error && std::all_of(begin(threads), end(threads), [](const fs::directory_entry& thread) {
    char state = 0;
    pid_t parent = 0;
    return status(thread.path().string(), state, parent) && state == 'T';
  });
}

void halt(pid_t pid) {
  kill(pid, SIGSTOP);
  if (!eventually([pid] { return stopped(pid); })) {
    throw std::runtime_error("process " + std::to_string(pid) + " does not stop");
  }
}

void goOn(pid_t pid) {
  if (!eventually([pid] { return stopped(pid); })) {
    throw std::runtime_error("process " + std::to_string(pid) + " does not stop");
  }
  kill(pid, SIGCONT);
}

bool asleep(pid_t thread) {
  char state = 0;
  pid_t parent = 0;
  return status("/proc/self/task/" + std::to_string(thread), state, parent) && state == 'S';
}

bool eventually(const std::function<bool()>& condition, int millis) {
  const std::int64_t deadline = nowMillis() + millis;
  while (!condition()) {
    if (nowMillis() > deadline) {
      return false;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  return true;
}

std::int64_t nowMillis() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

bool contains(const std::vector<char>& state, const std::string& text) {
  return std::search(state.begin(), state.end(), text.begin(), text.end()) != state.end();
}

std::string readText(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  // Not by iterators, which throw where a process in /proc ends meanwhile.
  text << file.rdbuf();
  return text.str();
}

}  // namespace patchbay::bridge::test
