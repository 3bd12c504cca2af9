// SPDX-License-Identifier: Apache-2.0
#include "native_hands.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace patchbay::bridge {
namespace {

/** How long a controller is still when the hand that moved it counts as gone: Hands in Java. */
constexpr double kStillSeconds = 0.5;

}  // namespace

NativeHands::NativeHands(NativeSections& sections, std::int32_t parameters, const BlockChanges& changes,
                         const SongTime& time, double sampleRate)
    : sections_(sections),
      changes_(changes),
      time_(time),
      stillFrames_(static_cast<std::int32_t>(std::nearbyint(kStillSeconds * sampleRate))),
      flags_(static_cast<std::size_t>(parameters)),
      marked_(flags_.size()),
      until_(flags_.size()),
      began_(flags_.size()),
      changed_(flags_.size()) {}

bool NativeHands::has(std::int32_t parameter, std::int32_t flag) const noexcept {
  return (flags_[static_cast<std::size_t>(parameter)] & flag) != 0;
}

bool NativeHands::reload() noexcept {
  bool changed = false;
  // The first time in any case: until then, another reader may have taken what was on offer.
  if (pb_triple_refresh(&sections_.automationHands) != 0 || !loaded_) {
    loaded_ = true;
    changed = true;
    markedCount_ = 0;
    const auto* hands = static_cast<const pb_standard_automation_hand*>(pb_triple_reader(&sections_.automationHands));
    for (std::size_t i = 0; i < flags_.size(); ++i) {
      flags_[i] = hands[i].flags;
      pid_ = hands[i].pid;
      if (flags_[i] != 0) {
        marked_[markedCount_++] = static_cast<std::int32_t>(i);
      }
    }
  }
  const auto* gone = static_cast<const std::int32_t*>(pb_section_element(&sections_.gone, PB_STANDARD_ROLE_CONTROL));
  // Acquire: pairs with the release in Region::gone.
  if (markedCount_ > 0 && pid_ == __atomic_load_n(gone, __ATOMIC_ACQUIRE)) {
    std::fill(flags_.begin(), flags_.end(), 0);
    markedCount_ = 0;
    changed = true;
  }
  return changed;
}

void NativeHands::refresh() noexcept {
  if (reload()) {
    for (std::size_t i = 0; i < began_.size(); ++i) {
      if (!has(static_cast<std::int32_t>(i), PB_AUTOMATION_HAND_RECORDED)) {
        began_[i] = 0;
      }
    }
  }
}

void NativeHands::changedByControl(std::int32_t parameter) noexcept {
  // The region has room for more parameters than the module has.
  if (static_cast<std::size_t>(parameter) < flags_.size() && changedCount_ < changed_.size()) {
    changed_[changedCount_++] = parameter;
  }
}

bool NativeHands::holds(std::int32_t parameter, std::int32_t frame) const noexcept {
  return has(parameter, PB_AUTOMATION_HAND_HELD) || until_[static_cast<std::size_t>(parameter)] > played_ + frame;
}

std::int32_t NativeHands::freeFrom(std::int32_t parameter) const noexcept {
  return has(parameter, PB_AUTOMATION_HAND_HELD)
             ? kNever
             : static_cast<std::int32_t>(
                   std::min<std::int64_t>(kNever, until_[static_cast<std::size_t>(parameter)] - played_));
}

void NativeHands::letGo() noexcept {
  for (std::size_t i = 0; i < markedCount_; ++i) {
    if (!holds(marked_[i], 0)) {
      release(marked_[i], 0);
    }
  }
}

void NativeHands::begin() noexcept {
  for (std::size_t i = 0; i < markedCount_; ++i) {
    if (holds(marked_[i], 0) && has(marked_[i], PB_AUTOMATION_HAND_RECORDED)) {
      start(marked_[i], 0);
    }
  }
  for (std::size_t i = 0; i < changedCount_; ++i) {
    if (holds(changed_[i], 0)) {
      moved(changed_[i], changes_.value(changed_[i]), 0);
    }
  }
  changedCount_ = 0;
}

void NativeHands::start(std::int32_t parameter, std::int32_t frame) noexcept {
  if (std::exchange(began_[static_cast<std::size_t>(parameter)], std::uint8_t{1}) == 0) {
    tell(PB_AUTOMATION_PHASE_BEGAN, parameter, changes_.value(parameter), frame);
  }
}

void NativeHands::take(std::int32_t parameter, std::int32_t frame) noexcept {
  until_[static_cast<std::size_t>(parameter)] = played_ + frame + stillFrames_;
  anyTaken_ = true;
  if (has(parameter, PB_AUTOMATION_HAND_RECORDED)) {
    start(parameter, frame);
  }
}

void NativeHands::moved(std::int32_t parameter, float normalized, std::int32_t frame) noexcept {
  if (began_[static_cast<std::size_t>(parameter)] != 0) {
    tell(PB_AUTOMATION_PHASE_MOVED, parameter, normalized, frame);
  }
}

void NativeHands::release(std::int32_t parameter, std::int32_t frame) noexcept {
  if (std::exchange(began_[static_cast<std::size_t>(parameter)], std::uint8_t{0}) != 0) {
    tell(PB_AUTOMATION_PHASE_ENDED, parameter, changes_.value(parameter), frame);
  }
}

void NativeHands::endAll() noexcept {
  for (std::size_t i = 0; i < began_.size(); ++i) {
    if (std::exchange(began_[i], std::uint8_t{0}) != 0) {
      const auto parameter = static_cast<std::int32_t>(i);
      offer(PB_AUTOMATION_PHASE_ENDED, parameter, changes_.value(parameter), 0,
            time_.lastEnd(has(parameter, PB_AUTOMATION_HAND_SECONDS)));
    }
  }
  if (std::exchange(anyTaken_, false)) {
    std::fill(until_.begin(), until_.end(), 0);
  }
}

void NativeHands::tell(std::int16_t phase, std::int32_t parameter, float normalized, std::int32_t frame) noexcept {
  offer(phase, parameter, normalized, frame, time_.at(frame, has(parameter, PB_AUTOMATION_HAND_SECONDS)));
}

void NativeHands::offer(std::int16_t phase, std::int32_t parameter, float normalized, std::int32_t frame,
                        double songTime) noexcept {
  pb_event event;
  pb_event_parameter(&event, frame, parameter, static_cast<double>(normalized));
  event.channel = phase;
  event.detail = songTime;
  // A full queue counts what it refuses; the end of what a hand does tells the last value.
  pb_event_queue_offer(&sections_.notifications, &event);
}

}  // namespace patchbay::bridge
