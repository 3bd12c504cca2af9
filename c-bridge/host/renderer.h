// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <vector>

#include "audio_buffers.h"
#include "block_clock.h"
#include "measurements.h"
#include "plugin_instance.h"
#include "tempo_map.h"
#include "timeline.h"
#include "wav_input.h"
#include "wav_writer.h"

namespace patchbay::host {

struct RenderSettings {
  double sampleRate = 48000;
  std::int32_t block = 256;
  std::int64_t frames = 0;
  Steinberg::Vst::ProcessModes mode = Steinberg::Vst::kOffline;
  bool paced = false;            ///< each block at its time, not as fast as possible
  bool keepBlockStarts = false;  ///< remember when each block started
};

/** The channels of the main output; of more than eight only the first eight are kept. */
[[nodiscard]] std::int32_t recordedChannels(const PluginInstance& plugin);

/**
 * Calls process for every block of a render. Made on the main thread with the plug-in active, run once on the audio
 * thread; the results are for the main thread afterwards. Within the loop nothing allocates, locks, prints or touches a
 * file.
 */
class Renderer {
 public:
  /** @param wav null to keep nothing of the sound  @param input null for silence */
  Renderer(PluginInstance& plugin, const RenderSettings& settings, const Timeline& timeline, const TempoMap& tempo,
           WavWriter* wav, const WavInput* input = nullptr);

  /** Returns early when a stop is requested or the WAV cannot be written. */
  void run() noexcept;

  /** How far it has come; any thread. */
  [[nodiscard]] std::int64_t framesDone() const noexcept { return framesDone_.load(std::memory_order_relaxed); }

  [[nodiscard]] const SignalMeter& signal() const { return signal_; }
  [[nodiscard]] const BlockTimes& times() const { return times_; }
  [[nodiscard]] const OutputParameters& outputs() const { return outputParameters_; }
  [[nodiscard]] const TimelineReader& sent() const { return timeline_; }
  [[nodiscard]] std::uint64_t overruns() const { return clock_.overruns(); }
  [[nodiscard]] std::uint64_t processErrors() const { return processErrors_; }
  [[nodiscard]] std::optional<std::uint64_t> firstErrorBlock() const { return firstErrorBlock_; }
  [[nodiscard]] Steinberg::tresult firstError() const { return firstError_; }
  [[nodiscard]] double wallSeconds() const { return static_cast<double>(endNanos_ - startNanos_) * 1.0e-9; }

 private:
  void processBlock(std::uint64_t number, std::int64_t start, std::int32_t length) noexcept;
  void updateContext(std::int64_t start) noexcept;

  PluginInstance& plugin_;
  RenderSettings settings_;
  const TempoMap& tempo_;
  WavWriter* wav_;
  const WavInput* input_;
  TimelineReader timeline_;
  EventList outputEvents_;
  ParameterChanges outputChanges_;
  AudioBuffers inputs_;
  AudioBuffers outputs_;
  std::int32_t recorded_;
  Steinberg::Vst::ProcessContext context_ = {};
  Steinberg::Vst::ProcessData data_;
  BlockClock clock_;
  SignalMeter signal_;
  BlockTimes times_;
  OutputParameters outputParameters_;
  std::atomic<std::int64_t> framesDone_{0};
  std::uint64_t processErrors_ = 0;
  std::optional<std::uint64_t> firstErrorBlock_;
  Steinberg::tresult firstError_ = Steinberg::kResultOk;
  std::int64_t startNanos_ = 0;
  std::int64_t endNanos_ = 0;
};

}  // namespace patchbay::host
