// SPDX-License-Identifier: Apache-2.0
#pragma once

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
