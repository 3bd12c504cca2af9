// SPDX-License-Identifier: Apache-2.0
#include "host_process.h"

#include <fcntl.h>
#include <signal.h>
#include <sndfile.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace patchbay::host::test {

namespace fs = std::filesystem;

namespace {

/** Waits until a process has a handler for a signal, or has ended. */
void awaitHandler(pid_t process, int signal) {
  for (;;) {
    const std::string status = readText("/proc/" + std::to_string(process) + "/status");
    const std::size_t caught = status.find("SigCgt:");
    if (caught == std::string::npos || status.find("State:\tZ") != std::string::npos ||
        (std::stoull(status.substr(caught + 7), nullptr, 16) >> (signal - 1) & 1U) != 0) {
      return;
    }
    usleep(1000);
  }
}

}  // namespace

TemporaryFolder::TemporaryFolder() {
  std::string pattern = (fs::temp_directory_path() / "patchbay-host-test.XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) {
    throw std::runtime_error("no temporary folder");
  }
  path_ = pattern;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code error;
  fs::remove_all(path_, error);
}

std::string TemporaryFolder::write(const std::string& name, const std::vector<std::uint8_t>& bytes) const {
  return write(name, std::string(bytes.begin(), bytes.end()));
}

std::string TemporaryFolder::write(const std::string& name, const std::string& text) const {
  std::ofstream(path_ / name, std::ios::binary) << text;
  return file(name);
}

std::vector<std::string> TemporaryFolder::names() const {
  std::vector<std::string> found;
  for (const fs::directory_entry& entry : fs::directory_iterator(path_)) {
    found.push_back(entry.path().filename().string());
  }
  std::sort(found.begin(), found.end());
  return found;
}

RunningHost::RunningHost(const std::vector<std::string>& arguments, const std::string& fault) {
  const std::string out = folder_.file("out");
  const std::string err = folder_.file("err");
  std::vector<char*> argv = {const_cast<char*>(PB_HOST_EXECUTABLE)};
  for (const std::string& argument : arguments) {
    argv.push_back(const_cast<char*>(argument.c_str()));
  }
  argv.push_back(nullptr);

  process_ = fork();
  if (process_ == 0) {
    setenv("PB_IMPULSE_FAULT", fault.c_str(), 1);
    dup2(open(out.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600), STDOUT_FILENO);
    dup2(open(err.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600), STDERR_FILENO);
    execv(argv[0], argv.data());
    _exit(127);
  }
}

RunningHost::~RunningHost() {
  if (process_ > 0) {
    kill(process_, SIGKILL);
    waitpid(process_, nullptr, 0);
  }
}

void RunningHost::stop(int signal, int afterMillis) {
  awaitHandler(process_, signal);
  usleep(static_cast<useconds_t>(afterMillis) * 1000);
  kill(process_, signal);
}

bool RunningHost::running() const {
  siginfo_t info = {};
  return waitid(P_PID, static_cast<id_t>(process_), &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid == 0;
}

std::string RunningHost::errors() const { return readText(folder_.file("err")); }

HostResult RunningHost::wait() {
  int status = 0;
  waitpid(process_, &status, 0);
  process_ = -1;
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status), readText(folder_.file("out")), errors()};
}

HostResult runHost(const std::vector<std::string>& arguments, const std::string& fault, int stopSignal,
                   int stopAfterMillis) {
  RunningHost host(arguments, fault);
  if (stopSignal != 0) {
    // Not before it would be caught, however slow the machine is; and then somewhere in the middle.
    host.stop(stopSignal, stopAfterMillis);
  }
  return host.wait();
}

std::string readText(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

Wav readWav(const std::string& path) {
  SF_INFO info = {};
  SNDFILE* sound = sf_open(path.c_str(), SFM_READ, &info);
  if (sound == nullptr) {
    throw std::runtime_error(path + ": " + sf_strerror(nullptr));
  }
  Wav wav;
  wav.channels = info.channels;
  wav.rate = info.samplerate;
  wav.samples.resize(static_cast<std::size_t>(info.frames * info.channels));
  sf_readf_float(sound, wav.samples.data(), info.frames);
  sf_close(sound);
  return wav;
}

std::vector<std::pair<std::size_t, float>> Wav::nonZero(int channel) const {
  std::vector<std::pair<std::size_t, float>> found;
  for (std::size_t frame = 0; frame < frames(); ++frame) {
    if (at(frame, channel) != 0.0F) {
      found.emplace_back(frame, at(frame, channel));
    }
  }
  return found;
}

}  // namespace patchbay::host::test
