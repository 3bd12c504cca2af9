// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sndfile.h>

#include <atomic>
#include <cstdint>
#include <thread>
#include <vector>

#include "output_file.h"

namespace patchbay::host {

/**
 * Writes interleaved 32-bit float WAV from a thread of its own. The audio thread hands blocks over through a ring that
 * is allocated up front: it makes no system call for a file and takes no lock. Renders of any length need the same
 * memory.
 */
class WavWriter {
 public:
  /** @param frames the render's length; beyond 4 GiB the file becomes RF64, which readers of long WAV files know */
  WavWriter(const std::filesystem::path& path, double sampleRate, std::int32_t channels, std::int64_t frames,
            std::int32_t maxBlock);
  ~WavWriter();
  WavWriter(const WavWriter&) = delete;
  WavWriter& operator=(const WavWriter&) = delete;

  /**
   * Appends one block; audio thread only. When the ring is full, which takes seconds of a stalled disk in real time but
   * happens at full speed, it sleeps until there is room. False once writing has failed; finish() tells why.
   */
  bool append(const float* const* channels, std::int32_t samples) noexcept;

  /** Writes what is left and closes the WAV, still under its temporary name. @throws Failure */
  void finish();
  void commit() { file_.commit(); }

 private:
  void run();

  OutputFile file_;
  std::int32_t channels_;
  std::size_t capacity_;  // frames
  std::vector<float> ring_;
  std::atomic<std::uint64_t> written_{0};   // frames put in by append
  std::atomic<std::uint64_t> consumed_{0};  // frames taken out by run
  std::atomic<bool> finished_{false};
  std::atomic<bool> failed_{false};
  SNDFILE* sound_ = nullptr;
  std::thread thread_;
};

}  // namespace patchbay::host
