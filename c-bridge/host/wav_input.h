// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "pluginterfaces/vst/ivstaudioprocessor.h"

namespace patchbay::host {

/** A sound file that is played into a plug-in's main input: read whole, before the render. */
class WavInput {
 public:
  /** @throws Failure where it cannot be read, or has another rate than the render */
  WavInput(const std::filesystem::path& path, std::int32_t sampleRate);

  /**
   * Fills the channels of a bus with the frames from a position on; what is behind the file's end stays as it is. A file of one channel
   * goes to all of them, else channels beyond the file's stay silent. Neither allocates nor waits.
   */
  void fill(Steinberg::Vst::AudioBusBuffers& bus, std::int64_t start, std::int32_t frames) const noexcept;

 private:
  std::vector<float> samples_;  ///< interleaved
  std::int32_t channels_ = 0;
  std::int64_t frames_ = 0;
};

}  // namespace patchbay::host
