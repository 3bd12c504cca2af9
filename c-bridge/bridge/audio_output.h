// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "pluginterfaces/vst/ivstaudioprocessor.h"

namespace patchbay::bridge {

/** Writes silence to every output there is, whatever the sample size, and marks it as such. */
void silenceOutputs(Steinberg::Vst::ProcessData& data) noexcept;

/**
 * The main output as the host hears it: RT's samples, or a short fade from the last of them into silence. Copes with
 * missing buses, channels and buffers. Allocates only when it is made; one thread.
 */
class AudioOutput {
 public:
  static constexpr std::int32_t kFadeFrames = 64;

  explicit AudioOutput(std::uint32_t channels);

  /** Forgets what was heard last. */
  void reset() noexcept;

  /** Begins a block: finds the buffers. */
  void begin(Steinberg::Vst::ProcessData& data) noexcept;

  /** Copies samples of a channel to where start is in the block. */
  void copy(std::uint32_t channel, const float* samples, std::int32_t start, std::int32_t frames) noexcept;

  /** Copies as copy does, the samples of two engines: from one to the other with equal power over these frames. */
  void crossfade(std::uint32_t channel, const float* before, const float* after, std::int32_t start,
                 std::int32_t frames) noexcept;

  /** Fades all channels out and keeps them silent. */
  void fade(std::int32_t start, std::int32_t frames) noexcept;

  /** Another engine's samples come now: what was heard last fades out under them. */
  void changeSource() noexcept;

  /** Ends the block: silences what the plug-in has no channels for, and marks channels in which every sample is 0. */
  void end(Steinberg::Vst::ProcessData& data) noexcept;

 private:
  struct Channel {
    float* buffer = nullptr;
    float last = 0;             ///< the last sample that RT made
    std::int32_t faded = kFadeFrames;  ///< frames since then
    float under = 0;                   ///< the last sample of the engine before
    std::int32_t underFaded = kFadeFrames;
  };

  static void fadeUnder(Channel& channel, std::int32_t start, std::int32_t frames) noexcept;

  Steinberg::Vst::AudioBusBuffers* bus_ = nullptr;
  std::vector<Channel> channels_;
};

}  // namespace patchbay::bridge
