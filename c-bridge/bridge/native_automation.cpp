// SPDX-License-Identifier: Apache-2.0
#include "native_automation.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace patchbay::bridge {
namespace {

/** So many frames a value on a way stays the same: Automation.GRID in Java. */
constexpr std::int32_t kGrid = 32;

}  // namespace

NativeAutomation::NativeAutomation(NativeSections& sections, NativeParameters& parameters, BlockChanges& changes,
                                   const pb_transport& transport, double sampleRate)
    : sections_(sections),
      parameters_(parameters),
      changes_(changes),
      reader_(sections.automation, parameters.count()),
      time_(transport, sampleRate),
      hands_(sections, parameters.count(), changes, time_, sampleRate),
      owned_(static_cast<std::size_t>(parameters.count())),
      busy_(owned_.size()) {}

void NativeAutomation::begin(std::int32_t frames) noexcept {
  total_ = frames;
  busyCount_ = 0;
  next_ = NativeHands::kNever;
  const bool others = reader_.refresh();
  hands_.refresh();
  const bool wasPlaying = std::exchange(playing_, time_.begin());
  changes_.begin();
  if (wasPlaying && (!playing_ || time_.jumped())) {
    hands_.endAll();
  }
  if ((wasPlaying && !playing_) || others) {
    letGo();
  }
  if (!playing_) {
    hands_.forgetChanges();
    return;
  }
  // Before the lanes take what they let go.
  hands_.letGo();
  for (std::int32_t lane = 0; lane < reader_.lanes(); ++lane) {
    const std::int32_t parameter = reader_.parameter(lane);
    owned_[static_cast<std::size_t>(parameter)] = 1;
    if (hands_.holds(parameter, 0)) {
      await(lane, hands_.freeFrom(parameter));
    } else {
      parameters_.set(parameter, value(lane, 0));
      await(lane, goesOn(lane, 0));
    }
  }
  soonest();
  // The lanes have changed values.
  changes_.begin();
  hands_.begin();
}

void NativeAutomation::letGo() noexcept {
  for (std::size_t i = 0; i < owned_.size(); ++i) {
    if (owned_[i] != 0 && (!playing_ || reader_.laneOf(static_cast<std::int32_t>(i)) == AutomationReader::kNone)) {
      owned_[i] = 0;
      pb_dirty_set(&sections_.dirty, static_cast<std::uint32_t>(i));
    }
  }
}

void NativeAutomation::play() noexcept {
  const std::int32_t frame = next_;
  for (std::size_t i = busyCount_; i-- > 0;) {
    if (busy_[i].frame == frame) {
      busy_[i].frame = play(busy_[i].lane, frame);
      if (busy_[i].frame >= total_) {
        --busyCount_;
        busy_[i] = busy_[busyCount_];
      }
    }
  }
  soonest();
}

std::int32_t NativeAutomation::play(std::int32_t lane, std::int32_t frame) noexcept {
  const std::int32_t parameter = reader_.parameter(lane);
  if (hands_.holds(parameter, frame)) {
    return hands_.freeFrom(parameter);
  }
  hands_.release(parameter, frame);
  changes_.change(parameter, value(lane, frame), frame, false);
  return goesOn(lane, frame);
}

float NativeAutomation::value(std::int32_t lane, std::int32_t frame) noexcept {
  const bool seconds = reader_.isInSeconds(lane);
  const double length = time_.frame(seconds);
  reader_.move(lane, time_.at(frame, seconds), length / 2);
  return reader_.value(lane, time_.sinceGrid(frame, kGrid) * length);
}

std::int32_t NativeAutomation::goesOn(std::int32_t lane, std::int32_t frame) const noexcept {
  const double away = reader_.untilNext(lane) / time_.frame(reader_.isInSeconds(lane));
  // What is no number, or behind: the next frame looks again.
  const double frames = away > 1 ? std::max(1.0, std::min(static_cast<double>(total_), std::ceil(away))) : 1;
  const std::int32_t point = frame + static_cast<std::int32_t>(frames);
  return reader_.isMoving(lane) ? std::min(point, frame + kGrid - time_.sinceGrid(frame, kGrid)) : point;
}

void NativeAutomation::await(std::int32_t lane, std::int32_t frame) noexcept {
  if (frame < total_) {
    busy_[busyCount_++] = {lane, frame};
  }
}

void NativeAutomation::soonest() noexcept {
  next_ = NativeHands::kNever;
  for (std::size_t i = 0; i < busyCount_; ++i) {
    next_ = std::min(next_, busy_[i].frame);
  }
}

bool NativeAutomation::overrules(std::int32_t parameter, std::int32_t frame) const noexcept {
  return playing_ && reader_.laneOf(parameter) != AutomationReader::kNone && !hands_.holds(parameter, frame);
}

void NativeAutomation::take(std::int32_t parameter, std::int32_t frame) noexcept {
  if (!playing_) {
    return;
  }
  hands_.take(parameter, frame);
  const std::int32_t lane = reader_.laneOf(parameter);
  const Busy* begin = busy_.data();
  const bool isBusy = std::any_of(begin, begin + busyCount_, [lane](const Busy& busy) { return busy.lane == lane; });
  if (lane != AutomationReader::kNone && !isBusy) {
    await(lane, hands_.freeFrom(parameter));
    soonest();
  }
}

void NativeAutomation::moved(std::int32_t parameter, float normalized, std::int32_t frame) noexcept {
  if (playing_) {
    hands_.moved(parameter, normalized, frame);
  }
}

void NativeAutomation::end() noexcept {
  hands_.end(total_);
  time_.end(total_);
}

}  // namespace patchbay::bridge
