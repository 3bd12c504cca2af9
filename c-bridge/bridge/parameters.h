// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <patchbay/standard.h>

namespace patchbay::bridge {

/** One parameter as the image describes it: Parameter in Java, with the same arithmetic. */
class Parameter {
 public:
  explicit Parameter(const pb_parameter_info& info);

  /** The plain value; normalized values outside 0 to 1 are clamped, NaN counts as 0. */
  [[nodiscard]] double toPlain(double normalized) const noexcept;

  /** The normalized value; plain values outside the range are clamped, NaN counts as the minimum. */
  [[nodiscard]] double toNormalized(double plain) const noexcept;

  /** A value for people: its name where values have names, else the plain value without its unit. */
  [[nodiscard]] std::string format(double normalized) const;

  /** Reads what format wrote or a person typed into a normalized value. False where it is neither name nor number. */
  [[nodiscard]] bool parse(const std::string& text, double& normalized) const;

  [[nodiscard]] bool has(int flag) const noexcept { return (flags & flag) != 0; }

  /** Why the description makes no sense; empty where it does. */
  [[nodiscard]] std::string complaint() const;

  std::uint32_t id;
  double minimum;
  double maximum;
  double defaultNormalized;
  double exponent;
  std::int32_t stepCount;
  std::int32_t scale;
  std::int32_t flags;
  std::string name;
  std::string shortName;
  std::string unit;
  std::string group;  ///< empty: none
  std::vector<std::string> valueNames;  ///< empty, or stepCount + 1 of them

 private:
  [[nodiscard]] int stepOf(double normalized) const noexcept;
};

/** The parameters in the region's order, and the way from a stable id to that order. Immutable. */
class ParameterTable {
 public:
  ParameterTable() = default;
  explicit ParameterTable(std::vector<Parameter> parameters);

  [[nodiscard]] std::size_t size() const noexcept { return parameters_.size(); }
  [[nodiscard]] const Parameter& operator[](std::size_t index) const noexcept { return parameters_[index]; }

  /** The index of an id, or -1. Any thread, the audio thread included. */
  [[nodiscard]] std::int32_t indexOf(std::uint32_t id) const noexcept;

  /** Why the table makes no sense; empty where it does. */
  [[nodiscard]] std::string complaint() const;

 private:
  std::vector<Parameter> parameters_;
  std::vector<std::pair<std::uint32_t, std::int32_t>> byId_;
};

/** Normalized values, exact as the host gave them. Each stands alone, so they are loaded and stored relaxed. */
class ParameterValues {
 public:
  explicit ParameterValues(const ParameterTable& table);

  [[nodiscard]] double get(std::size_t index) const noexcept { return values_[index].load(std::memory_order_relaxed); }
  void set(std::size_t index, double value) noexcept { values_[index].store(value, std::memory_order_relaxed); }

  /** Sets it unless another thread changed it since it was read. */
  bool replace(std::size_t index, double read, double value) noexcept {
    return values_[index].compare_exchange_strong(read, value, std::memory_order_relaxed);
  }

 private:
  std::unique_ptr<std::atomic<double>[]> values_;
};

/** 0 to 1; NaN becomes 0. */
[[nodiscard]] inline double clampNormalized(double value) noexcept {
  return value > 0 ? (value < 1 ? value : 1.0) : 0.0;
}

}  // namespace patchbay::bridge
