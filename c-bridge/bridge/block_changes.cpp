// SPDX-License-Identifier: Apache-2.0
#include "block_changes.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace patchbay::bridge {

void NativeEventList::clear() noexcept {
  count_ = 0;
  last_ = 0;
}

void NativeEventList::add(const pb_rt_event& event, std::int32_t frame) noexcept {
  if (count_ < events_.size()) {
    last_ = std::max(last_, frame);
    events_[count_] = event;
    events_[count_].event.sample_offset = last_;
    ++count_;
  }
}

BlockChanges::BlockChanges(NativeSections& sections, NativeParameters& parameters, NativeEventList* list,
                           std::uint32_t mostListed)
    : sections_(sections),
      parameters_(parameters),
      list_(list),
      mostListed_(mostListed),
      within_(list == nullptr ? 0 : static_cast<std::size_t>(parameters.count())),
      moved_(within_.size()),
      told_(within_.size()) {}

void BlockChanges::begin() noexcept {
  listed_ = 0;
  if (list_ != nullptr && version_ != parameters_.version()) {
    version_ = parameters_.version();
    std::copy_n(parameters_.allNormalized(), within_.size(), within_.begin());
  }
}

float BlockChanges::value(std::int32_t index) const noexcept {
  return list_ == nullptr ? parameters_.normalized(index) : within_[static_cast<std::size_t>(index)];
}

void BlockChanges::listed(std::int32_t index, float normalized) noexcept {
  if (list_ != nullptr) {
    within_[static_cast<std::size_t>(index)] = normalized;
  }
}

void BlockChanges::change(std::int32_t index, float normalized, std::int32_t frame, bool tells) noexcept {
  if (!parameters_.accepts(index, normalized) || std::equal_to<float>()(value(index), normalized)) {
    return;
  }
  if (list_ == nullptr) {
    if (tells) {
      tellControl(index, normalized, frame);
    }
    parameters_.set(index, normalized);
    if (tells) {
      tellHost(index);
    }
    return;
  }
  const auto at = static_cast<std::size_t>(index);
  within_[at] = normalized;
  moved_[at] = 1;
  told_[at] = told_[at] != 0 || tells ? 1 : 0;
  anyMoved_ = true;
  lastFrame_ = frame;
  if (listed_ < mostListed_) {
    ++listed_;
    pb_rt_event change = {};
    pb_event_parameter(&change.event, frame, index, static_cast<double>(normalized));
    list_->add(change, frame);
  }
}

void BlockChanges::end() noexcept {
  if (anyMoved_) {
    for (std::size_t i = 0; i < told_.size(); ++i) {
      const auto index = static_cast<std::int32_t>(i);
      if (told_[i] != 0 && !std::equal_to<float>()(parameters_.normalized(index), within_[i])) {
        tellControl(index, within_[i], lastFrame_);
      }
    }
  }
  for (std::size_t i = 0; i < list_->count(); ++i) {
    const pb_event& event = list_->data()[i].event;
    if (event.type == PB_EVENT_PARAMETER) {
      parameters_.set(pb_event_parameter_index(&event), static_cast<float>(pb_event_normalized(&event)));
    }
  }
  if (!std::exchange(anyMoved_, false)) {
    return;
  }
  for (std::size_t i = 0; i < moved_.size(); ++i) {
    if (std::exchange(moved_[i], std::uint8_t{0}) != 0) {
      parameters_.set(static_cast<std::int32_t>(i), within_[i]);
      if (std::exchange(told_[i], std::uint8_t{0}) != 0) {
        tellHost(static_cast<std::int32_t>(i));
      }
    }
  }
}

void BlockChanges::tellControl(std::int32_t index, float normalized, std::int32_t frame) noexcept {
  // Before the value, so that control, which sees the value, finds who has changed it. A full queue counts what it refuses.
  pb_event event;
  pb_event_parameter(&event, frame, index, static_cast<double>(normalized));
  pb_event_queue_offer(&sections_.notifications, &event);
}

void BlockChanges::tellHost(std::int32_t index) noexcept {
  // The host does not know what is changed here: the bit goes up after the value.
  pb_dirty_set(&sections_.dirty, static_cast<std::uint32_t>(index));
}

}  // namespace patchbay::bridge
