// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "pluginterfaces/vst/ivstaudioprocessor.h"

namespace patchbay::host {

/** 32-bit sample buffers for all buses of one direction, whether active or not, as ProcessData wants them. */
class AudioBuffers {
 public:
  /** @param channels of each bus  @param maxBlock samples of each channel */
  AudioBuffers(const std::vector<std::int32_t>& channels, std::int32_t maxBlock);
  AudioBuffers(const AudioBuffers&) = delete;
  AudioBuffers& operator=(const AudioBuffers&) = delete;

  /** Zeroes all samples and sets the silence flags accordingly. */
  void silence(bool flagged) noexcept;

  [[nodiscard]] Steinberg::Vst::AudioBusBuffers* buses() noexcept { return buses_.empty() ? nullptr : buses_.data(); }
  [[nodiscard]] std::int32_t count() const noexcept { return static_cast<std::int32_t>(buses_.size()); }

 private:
  std::vector<float> samples_;
  std::vector<float*> channels_;
  std::vector<Steinberg::Vst::AudioBusBuffers> buses_;
};

}  // namespace patchbay::host
