// SPDX-License-Identifier: Apache-2.0
#include "automation_reader.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

#include "automation_shape.h"

namespace patchbay::bridge {
namespace {

/** So many points are passed one by one before the search begins. */
constexpr int kSteps = 8;

/** A search takes at most as many halvings as a count has bits. */
constexpr int kHalvings = 32;

}  // namespace

AutomationReader::AutomationReader(const pb_section& table, std::int32_t parameters)
    : table_(table),
      capacity_(static_cast<std::int32_t>(table.count)),
      laneOf_(static_cast<std::size_t>(parameters), kNone),
      all_(static_cast<std::size_t>(parameters)) {}

bool AutomationReader::refresh() noexcept {
  // The first time in any case: until then, another reader may have taken what was on offer.
  if (pb_triple_refresh(&table_) != 0 || !loaded_) {
    loaded_ = true;
    load();
    return true;
  }
  return false;
}

std::int32_t AutomationReader::laneOf(std::int32_t parameter) const noexcept {
  const bool there = parameter >= 0 && static_cast<std::size_t>(parameter) < laneOf_.size();
  return there ? laneOf_[static_cast<std::size_t>(parameter)] : kNone;
}

void AutomationReader::load() noexcept {
  std::fill(laneOf_.begin(), laneOf_.end(), kNone);
  lanes_ = 0;
  entries_ = static_cast<const pb_standard_automation_entry*>(pb_triple_reader(&table_));
  // Each parameter has one lane at most.
  const auto parameters = static_cast<std::int32_t>(laneOf_.size());
  const std::int32_t most = std::max(0, std::min(std::min(entries_[0].count, parameters), capacity_ - 1));
  for (std::int32_t i = 0; i < most; ++i) {
    // A copy: what is checked is what is used.
    const pb_standard_automation_entry entry = entries_[1 + i];
    load(entry);
  }
}

void AutomationReader::load(const pb_standard_automation_entry& entry) noexcept {
  const bool inSeconds = entry.kind == PB_AUTOMATION_BASE_SECONDS;
  const bool isParameter =
      entry.parameter_index >= 0 && static_cast<std::size_t>(entry.parameter_index) < laneOf_.size();
  if (!isParameter || laneOf(entry.parameter_index) != kNone || (!inSeconds && entry.kind != PB_AUTOMATION_BASE_QUARTERS) ||
      entry.first < 1 || entry.count < 1 || entry.first > capacity_ || entry.count > capacity_ - entry.first ||
      !(entry.time >= 0 && entry.time <= std::numeric_limits<double>::max())) {
    return;
  }
  laneOf_[static_cast<std::size_t>(entry.parameter_index)] = lanes_;
  all_[static_cast<std::size_t>(lanes_)] = {entry.parameter_index, inSeconds, entry.time, entry.first, entry.count, kNone, 0, 0};
  ++lanes_;
}

void AutomationReader::move(std::int32_t number, double time, double half) noexcept {
  Lane& lane = all_[static_cast<std::size_t>(number)];
  double reach = time + half;
  if (lane.loop > 0) {
    reach -= std::floor(reach / lane.loop) * lane.loop;
    // What is rounded up to the end is the beginning.
    reach = reach >= 0 && reach < lane.loop ? reach : 0;
  }
  lane.time = reach - half;
  lane.reach = reach;
  lane.cursor = find(lane, lane.cursor, reach);
}

std::int32_t AutomationReader::find(const Lane& lane, std::int32_t from, double reach) const noexcept {
  std::int32_t low = from;
  std::int32_t high = lane.count;
  if (low != kNone && point(lane, low).time > reach) {
    high = low;
    low = kNone;
  } else {
    for (int step = 0; step < kSteps; ++step) {
      if (low + 1 >= lane.count || !(point(lane, low + 1).time <= reach)) {
        return low;
      }
      ++low;
    }
  }
  // All up to low are reached, and none from high on.
  for (int halving = 0; halving < kHalvings && high - low > 1; ++halving) {
    const std::int32_t middle = low + (high - low) / 2;
    if (point(lane, middle).time <= reach) {
      low = middle;
    } else {
      high = middle;
    }
  }
  return low;
}

float AutomationReader::value(std::int32_t number, double before) const noexcept {
  const Lane& lane = of(number);
  if (lane.cursor == kNone) {
    return point(lane, 0).value;
  }
  const pb_standard_automation_entry& begin = point(lane, lane.cursor);
  const float from = begin.value;
  if (lane.cursor + 1 >= lane.count) {
    return from;
  }
  const pb_standard_automation_entry& end = point(lane, lane.cursor + 1);
  const float to = end.value;
  if (std::equal_to<float>()(from, to) || (begin.kind != PB_AUTOMATION_SHAPE_LINEAR && begin.kind != PB_AUTOMATION_SHAPE_CURVE)) {
    return from;
  }
  const double passed = (lane.time - before - begin.time) / (end.time - begin.time);
  // Outside of its way, and up to half a frame within, a point's value is exact. What is no number stays none.
  const double time = passed <= 0 ? 0 : passed >= 1 ? 1 : passed;
  const double part = automationPart(begin.kind, time, static_cast<double>(begin.curve));
  return static_cast<float>(static_cast<double>(from) + part * static_cast<double>(to - from));
}

bool AutomationReader::isMoving(std::int32_t number) const noexcept {
  const Lane& lane = of(number);
  return lane.cursor != kNone && lane.cursor + 1 < lane.count && point(lane, lane.cursor).kind != PB_AUTOMATION_SHAPE_HOLD &&
         !std::equal_to<float>()(point(lane, lane.cursor).value, point(lane, lane.cursor + 1).value);
}

double AutomationReader::untilNext(std::int32_t number) const noexcept {
  const Lane& lane = of(number);
  const double end = lane.loop > 0 ? lane.loop : std::numeric_limits<double>::infinity();
  if (lane.cursor + 1 >= lane.count) {
    return end - lane.reach;
  }
  const double time = point(lane, lane.cursor + 1).time;
  // A time that is no number stays none.
  return (end < time ? end : time) - lane.reach;
}

}  // namespace patchbay::bridge
