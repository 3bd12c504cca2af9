// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include <patchbay/standard.h>

namespace patchbay::bridge {

/**
 * Reads the compiled automation to play it: AutomationReader in Java, with the same arithmetic. Whatever a broken writer leaves in the
 * table, nothing outside of it is read; what is no value is given as it is, and refused by the parameters. All but the constructor is
 * real-time safe.
 */
class AutomationReader {
 public:
  static constexpr std::int32_t kNone = -1;

  AutomationReader(const pb_section& table, std::int32_t parameters);

  /** Takes new automation, if there is any; the first time, what was published last. Whether the lanes are others now. */
  bool refresh() noexcept;

  [[nodiscard]] std::int32_t lanes() const noexcept { return lanes_; }
  /** The lane of a parameter, or kNone. */
  [[nodiscard]] std::int32_t laneOf(std::int32_t parameter) const noexcept;
  [[nodiscard]] std::int32_t parameter(std::int32_t lane) const noexcept { return of(lane).parameter; }
  [[nodiscard]] bool isInSeconds(std::int32_t lane) const noexcept { return of(lane).seconds; }

  /** Goes to a time; half is half the length of a frame, both as the lane counts. */
  void move(std::int32_t lane, double time, double half) noexcept;
  /** The value at the time that was gone to, or a while before it, but not before the last point that was reached. */
  [[nodiscard]] float value(std::int32_t lane, double before) const noexcept;
  /** Whether the value changes before the next point. */
  [[nodiscard]] bool isMoving(std::int32_t lane) const noexcept;
  /** From half a frame after the time that was gone to up to the next point, or to where the lane begins anew. */
  [[nodiscard]] double untilNext(std::int32_t lane) const noexcept;

 private:
  struct Lane {
    std::int32_t parameter;
    bool seconds;
    double loop;
    std::int32_t first;
    std::int32_t count;
    std::int32_t cursor;
    double time;
    double reach;
  };

  [[nodiscard]] const Lane& of(std::int32_t lane) const noexcept { return all_[static_cast<std::size_t>(lane)]; }
  void load() noexcept;
  void load(const pb_standard_automation_entry& entry) noexcept;
  [[nodiscard]] std::int32_t find(const Lane& lane, std::int32_t from, double reach) const noexcept;
  [[nodiscard]] const pb_standard_automation_entry& point(const Lane& lane, std::int32_t number) const noexcept {
    return entries_[lane.first + number];
  }

  const pb_section table_;
  const std::int32_t capacity_;
  std::vector<std::int32_t> laneOf_;
  std::vector<Lane> all_;
  const pb_standard_automation_entry* entries_ = nullptr;
  std::int32_t lanes_ = 0;
  bool loaded_ = false;
};

}  // namespace patchbay::bridge
