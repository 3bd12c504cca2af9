// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "pluginterfaces/vst/ivstaudioprocessor.h"
#include "pluginterfaces/vst/ivstparameterchanges.h"

namespace patchbay::host {

/** Level and defects of the rendered sound, over all channels of the main output. */
class SignalMeter {
 public:
  /** One block; silent means that every sample is exactly zero. Does not allocate. */
  void add(const float* const* channels, std::int32_t channelCount, std::int32_t samples) noexcept;

  [[nodiscard]] std::optional<double> peakDb() const;  ///< relative to full scale; none if silent
  [[nodiscard]] std::optional<double> rmsDb() const;
  [[nodiscard]] std::uint64_t nanSamples() const { return nan_; }          ///< not a number or infinite
  [[nodiscard]] std::uint64_t clippedSamples() const { return clipped_; }  ///< beyond full scale
  [[nodiscard]] std::uint64_t silentBlocks() const { return silentBlocks_; }
  [[nodiscard]] std::uint64_t trailingSilentBlocks() const { return trailingSilent_; }
  /** The number of the first silent block after one with sound. */
  [[nodiscard]] std::optional<std::uint64_t> firstSilentAfterSound() const { return firstSilentAfterSound_; }

 private:
  double peak_ = 0;
  double squares_ = 0;
  std::uint64_t samples_ = 0;
  std::uint64_t nan_ = 0;
  std::uint64_t clipped_ = 0;
  std::uint64_t blocks_ = 0;
  std::uint64_t silentBlocks_ = 0;
  std::uint64_t trailingSilent_ = 0;
  std::optional<std::uint64_t> firstSilentAfterSound_;
};

/** When each process call began and how long it took; allocated up front for a known number of blocks. */
class BlockTimes {
 public:
  BlockTimes(std::size_t blocks, bool keepStarts);

  void add(std::int64_t startNanos, std::int64_t durationNanos) noexcept;

  /** Of the blocks so far, in order; nanoseconds. */
  [[nodiscard]] std::vector<std::uint32_t> durations() const;
  /** CLOCK_MONOTONIC; empty unless asked for. */
  [[nodiscard]] std::vector<std::int64_t> starts() const;
  [[nodiscard]] std::uint64_t count() const noexcept { return count_; }

 private:
  std::vector<std::uint32_t> durations_;
  std::vector<std::int64_t> starts_;
  std::size_t count_ = 0;
};

/** The last value of each parameter that the plug-in changed by itself during process. */
class OutputParameters {
 public:
  /** @param ids all parameters of the plug-in; changes of others are only counted */
  explicit OutputParameters(const std::vector<Steinberg::Vst::ParamID>& ids);

  /** Takes over one block's changes. Does not allocate. */
  void add(Steinberg::Vst::IParameterChanges& changes) noexcept;

  [[nodiscard]] std::uint64_t points() const noexcept { return points_; }
  [[nodiscard]] std::map<Steinberg::Vst::ParamID, Steinberg::Vst::ParamValue> lastValues() const;

 private:
  struct Slot {
    Steinberg::Vst::ParamID id;
    bool changed;
    Steinberg::Vst::ParamValue value;
  };

  std::vector<Slot> slots_;  // sorted by id
  std::uint64_t points_ = 0;
};

}  // namespace patchbay::host
