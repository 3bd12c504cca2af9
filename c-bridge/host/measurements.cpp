// SPDX-License-Identifier: Apache-2.0
#include "measurements.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace patchbay::host {

using namespace Steinberg;

void SignalMeter::add(const float* const* channels, std::int32_t channelCount, std::int32_t samples) noexcept {
  bool silent = true;
  for (std::int32_t channel = 0; channel < channelCount; ++channel) {
    for (std::int32_t i = 0; i < samples; ++i) {
      const double value = channels[channel][i];
      if (value == 0.0) {
        continue;
      }
      silent = false;
      if (!std::isfinite(value)) {
        ++nan_;
        continue;
      }
      const double magnitude = std::fabs(value);
      peak_ = std::max(peak_, magnitude);
      squares_ += value * value;
      clipped_ += magnitude > 1.0 ? 1 : 0;
    }
  }
  samples_ += static_cast<std::uint64_t>(channelCount) * static_cast<std::uint64_t>(samples);
  if (silent) {
    if (!firstSilentAfterSound_ && silentBlocks_ < blocks_) {
      firstSilentAfterSound_ = blocks_;
    }
    ++silentBlocks_;
    ++trailingSilent_;
  } else {
    trailingSilent_ = 0;
  }
  ++blocks_;
}

std::optional<double> SignalMeter::peakDb() const {
  return peak_ > 0 ? std::optional(20.0 * std::log10(peak_)) : std::nullopt;
}

std::optional<double> SignalMeter::rmsDb() const {
  const std::uint64_t finite = samples_ - nan_;
  return squares_ > 0 ? std::optional(10.0 * std::log10(squares_ / static_cast<double>(finite))) : std::nullopt;
}

// Filling, not reserving: the pages must be there before the first block, or each first touch is a page fault.
BlockTimes::BlockTimes(std::size_t blocks, bool keepStarts)
    : durations_(blocks, 0), starts_(keepStarts ? blocks : 0, 0) {}

void BlockTimes::add(std::int64_t startNanos, std::int64_t durationNanos) noexcept {
  if (count_ >= durations_.size()) {
    return;
  }
  // A block of more than four seconds reads as just that.
  constexpr std::int64_t longest = std::numeric_limits<std::uint32_t>::max();
  durations_[count_] = static_cast<std::uint32_t>(std::clamp<std::int64_t>(durationNanos, 0, longest));
  if (!starts_.empty()) {
    starts_[count_] = startNanos;
  }
  ++count_;
}

std::vector<std::uint32_t> BlockTimes::durations() const {
  return {durations_.begin(), durations_.begin() + static_cast<std::ptrdiff_t>(count_)};
}

std::vector<std::int64_t> BlockTimes::starts() const {
  return {starts_.begin(), starts_.begin() + static_cast<std::ptrdiff_t>(std::min(count_, starts_.size()))};
}

OutputParameters::OutputParameters(const std::vector<Vst::ParamID>& ids) {
  for (const Vst::ParamID id : ids) {
    slots_.push_back({id, false, 0});
  }
  std::sort(slots_.begin(), slots_.end(), [](const Slot& a, const Slot& b) { return a.id < b.id; });
}

void OutputParameters::add(Vst::IParameterChanges& changes) noexcept {
  const int32 count = changes.getParameterCount();
  for (int32 index = 0; index < count; ++index) {
    Vst::IParamValueQueue* queue = changes.getParameterData(index);
    const int32 points = queue->getPointCount();
    points_ += static_cast<std::uint64_t>(points);
    const Vst::ParamID id = queue->getParameterId();
    const auto before = [](const Slot& candidate, Vst::ParamID wanted) { return candidate.id < wanted; };
    const auto slot = std::lower_bound(slots_.begin(), slots_.end(), id, before);
    int32 offset = 0;
    if (slot != slots_.end() && slot->id == id && queue->getPoint(points - 1, offset, slot->value) == kResultOk) {
      slot->changed = true;
    }
  }
}

std::map<Vst::ParamID, Vst::ParamValue> OutputParameters::lastValues() const {
  std::map<Vst::ParamID, Vst::ParamValue> values;
  for (const Slot& slot : slots_) {
    if (slot.changed) {
      values[slot.id] = slot.value;
    }
  }
  return values;
}

}  // namespace patchbay::host
