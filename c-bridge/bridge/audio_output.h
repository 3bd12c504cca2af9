// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "buses.h"
#include "pluginterfaces/vst/ivstaudioprocessor.h"

namespace patchbay::bridge {

/** Writes silence to every output there is, whatever the sample size, and marks it as such. */
void silenceOutputs(Steinberg::Vst::ProcessData& data) noexcept;

/**
 * The outputs as the host hears them: RT's samples, or a short fade from the last of them into silence, in 32 or 64 bits. Copes with
 * missing buses, channels and buffers. Allocates only when it is made; one thread.
 */
class AudioOutput {
 public:
  static constexpr std::int32_t kFadeFrames = 64;

  /** @param buses whose outputs these are; outlives this */
  explicit AudioOutput(const Buses& buses);

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
  /** A channel's samples in the host's memory; without any, what is written goes nowhere. */
  struct Buffer {
    float* narrow = nullptr;
    double* wide = nullptr;

    void set(std::int32_t at, float sample) const noexcept;
    void add(std::int32_t at, float sample) const noexcept;
    [[nodiscard]] bool silent(std::int32_t frames) const noexcept;
  };

  struct Channel {
    Buffer buffer;
    float last = 0;             ///< the last sample that RT made
    std::int32_t faded = kFadeFrames;  ///< frames since then
    float under = 0;                   ///< the last sample of the engine before
    std::int32_t underFaded = kFadeFrames;
  };

  static void fadeUnder(Channel& channel, std::int32_t start, std::int32_t frames) noexcept;
  [[nodiscard]] Buffer bufferOf(const Steinberg::Vst::ProcessData& data, std::size_t bus, std::uint32_t channel) const noexcept;

  const Buses& buses_;
  std::vector<std::size_t> outputs_;  ///< the numbers of the output buses
  std::vector<Channel> channels_;
};

}  // namespace patchbay::bridge
