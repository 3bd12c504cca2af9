// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include <patchbay/standard.h>

#include "parameters.h"

namespace patchbay::bridge {

/** The parameters as a native RT module plays them: one copy for the module, and the cells that tell everyone else. ParameterState in
    Java. All but the constructor is real-time safe. */
class NativeParameters {
 public:
  /** Starts from what the cells hold. */
  NativeParameters(const ParameterTable& table, const pb_section& cells);

  /** Whether a value is a number in its range, and of a parameter. */
  [[nodiscard]] bool accepts(std::int32_t index, float value) const noexcept;

  /** Takes a value; one that is none, or of no parameter, is refused. Whether the value is new. */
  bool set(std::int32_t index, float value) noexcept;

  [[nodiscard]] std::int32_t count() const noexcept { return static_cast<std::int32_t>(normalized_.size()); }
  [[nodiscard]] float normalized(std::int32_t index) const noexcept {
    return normalized_[static_cast<std::size_t>(index)];
  }
  [[nodiscard]] const float* allNormalized() const noexcept { return normalized_.data(); }
  [[nodiscard]] const float* allPlain() const noexcept { return plain_.data(); }
  [[nodiscard]] std::uint64_t version() const noexcept { return version_; }

 private:
  const ParameterTable& table_;
  const pb_section cells_;
  std::vector<float> normalized_;
  std::vector<float> plain_;
  std::uint64_t version_ = 0;
};

/** The reader's side of one writer's bulk changes: ParameterChangesReader in Java. */
class ChangesReader {
 public:
  /** What an earlier reader has taken counts as applied. */
  explicit ChangesReader(const pb_section& triple);

  /** Gives target(index, value) what is new. Real-time safe if that is. */
  template <class Target>
  void poll(Target target) noexcept {
    if (pb_triple_refresh(&triple_) == 0) {
      return;
    }
    const auto* changes = static_cast<const pb_parameter_change*>(pb_triple_reader(&triple_));
    std::uint32_t newest = applied_;
    for (std::uint32_t i = 0; i < triple_.count; ++i) {
      const pb_parameter_change change = changes[i];
      if (pb_parameter_changes_is_newer(change.transaction, applied_) != 0) {
        target(static_cast<std::int32_t>(i), change.value);
        newest = pb_parameter_changes_is_newer(change.transaction, newest) != 0 ? change.transaction : newest;
      }
    }
    applied_ = newest;
  }

 private:
  const pb_section triple_;
  std::uint32_t applied_ = 0;
};

}  // namespace patchbay::bridge
