// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace patchbay::host::test {

/** A folder of its own for each test, removed afterwards. */
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  [[nodiscard]] std::string file(const std::string& name) const { return (path_ / name).string(); }
  std::string write(const std::string& name, const std::vector<std::uint8_t>& bytes) const;
  std::string write(const std::string& name, const std::string& text) const;
  /** The names in it, sorted; hidden ones included. */
  [[nodiscard]] std::vector<std::string> names() const;

 private:
  std::filesystem::path path_;
};

struct HostResult {
  int status = -1;  ///< of exit, or -signal
  std::string out;
  std::string err;
};

/** A patchbay-host that runs beside the test; killed by the destructor if it was not awaited. */
class RunningHost {
 public:
  /** @param fault for the test plug-in to show */
  explicit RunningHost(const std::vector<std::string>& arguments, const std::string& fault = "");
  ~RunningHost();
  RunningHost(const RunningHost&) = delete;
  RunningHost& operator=(const RunningHost&) = delete;

  /** Sends a signal, but not before it would be caught. */
  void stop(int signal, int afterMillis = 0);

  [[nodiscard]] bool running() const;
  /** What it has written to stderr so far. */
  [[nodiscard]] std::string errors() const;
  /** Waits for its end. */
  HostResult wait();

 private:
  TemporaryFolder folder_;
  pid_t process_ = -1;
};

/**
 * Runs patchbay-host with a fault for the test plug-in to show.
 *
 * @param stopAfterMillis when not 0, the process gets this signal so long after its start
 */
HostResult runHost(const std::vector<std::string>& arguments, const std::string& fault = "", int stopSignal = 0,
                   int stopAfterMillis = 0);

struct Wav {
  int channels = 0;
  int rate = 0;
  std::vector<float> samples;  ///< interleaved

  [[nodiscard]] std::size_t frames() const { return samples.size() / static_cast<std::size_t>(channels); }
  [[nodiscard]] float at(std::size_t frame, int channel) const {
    return samples[frame * static_cast<std::size_t>(channels) + static_cast<std::size_t>(channel)];
  }
  /** The frames of a channel that are not zero, with their values. */
  [[nodiscard]] std::vector<std::pair<std::size_t, float>> nonZero(int channel) const;
};

[[nodiscard]] Wav readWav(const std::string& path);
[[nodiscard]] std::string readText(const std::string& path);

}  // namespace patchbay::host::test
