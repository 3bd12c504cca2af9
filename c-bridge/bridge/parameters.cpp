// SPDX-License-Identifier: Apache-2.0
#include "parameters.h"

#include <algorithm>
#include <cmath>

#include "text.h"

namespace patchbay::bridge {
namespace {

std::vector<std::string> lines(const std::string& text) {
  std::vector<std::string> found;
  for (std::size_t start = 0; !text.empty() && start <= text.size();) {
    const std::size_t end = std::min(text.find('\n', start), text.size());
    found.push_back(text.substr(start, end - start));
    start = end + 1;
  }
  return found;
}

}  // namespace

Parameter::Parameter(const pb_parameter_info& info)
    : id(info.id),
      minimum(info.minimum),
      maximum(info.maximum),
      defaultNormalized(clampNormalized(info.default_normalized)),
      exponent(info.exponent),
      stepCount(info.step_count),
      scale(info.scale),
      flags(info.flags),
      name(fieldText(info.name)),
      shortName(fieldText(info.short_name)),
      unit(fieldText(info.unit)),
      group(fieldText(info.group_name)),
      valueNames(lines(fieldText(info.value_names))) {}

std::string Parameter::complaint() const {
  if (id >= UINT32_C(1) << 30) {
    return "its id is " + std::to_string(id) + ", but ids end before 2^30";
  }
  if (!(std::isfinite(minimum) && std::isfinite(maximum) && minimum < maximum)) {
    return "its range is " + formatShortest(minimum) + " to " + formatShortest(maximum);
  }
  if (stepCount < 0) {
    return "its step count is " + std::to_string(stepCount);
  }
  if (scale != PB_SCALE_LINEAR && scale != PB_SCALE_LOGARITHMIC && scale != PB_SCALE_POWER) {
    return "its scale is " + std::to_string(scale) + ", which this bridge does not know";
  }
  if (scale == PB_SCALE_LOGARITHMIC && !(minimum > 0)) {
    return "its scale is logarithmic, but its minimum is " + formatShortest(minimum);
  }
  if (scale == PB_SCALE_POWER && !(exponent > 0 && std::isfinite(exponent))) {
    return "its exponent is " + formatShortest(exponent);
  }
  if (!valueNames.empty() && valueNames.size() != static_cast<std::size_t>(stepCount) + 1) {
    return "it has " + std::to_string(valueNames.size()) + " value names for " + std::to_string(stepCount) + " steps";
  }
  return {};
}

int Parameter::stepOf(double normalized) const noexcept {
  return static_cast<int>(std::min<double>(stepCount, std::floor(clampNormalized(normalized) * (stepCount + 1.0))));
}

double Parameter::toPlain(double normalized) const noexcept {
  const double n = clampNormalized(normalized);
  if (stepCount > 0) {
    return minimum + stepOf(n) * (maximum - minimum) / stepCount;
  }
  switch (scale) {
    case PB_SCALE_LOGARITHMIC: return minimum * std::pow(maximum / minimum, n);
    case PB_SCALE_POWER: return minimum + (maximum - minimum) * std::pow(n, exponent);
    default: return minimum + n * (maximum - minimum);
  }
}

double Parameter::toNormalized(double plain) const noexcept {
  const double p = plain > minimum ? std::min(plain, maximum) : minimum;
  if (stepCount > 0) {
    return std::nearbyint((p - minimum) / (maximum - minimum) * stepCount) / stepCount;
  }
  switch (scale) {
    case PB_SCALE_LOGARITHMIC: return std::log(p / minimum) / std::log(maximum / minimum);
    case PB_SCALE_POWER: return std::pow((p - minimum) / (maximum - minimum), 1 / exponent);
    default: return (p - minimum) / (maximum - minimum);
  }
}

std::string Parameter::format(double normalized) const {
  if (!valueNames.empty()) {
    return valueNames[static_cast<std::size_t>(stepOf(normalized))];
  }
  const double plain = toPlain(normalized);
  return stepCount > 0 && plain == std::floor(plain) ? formatShortest(plain) : formatPlain(plain);
}

bool Parameter::parse(const std::string& text, double& normalized) const {
  const std::string_view typed = trimmed(text);
  for (std::size_t i = 0; i < valueNames.size(); ++i) {
    if (equalIgnoringCase(typed, valueNames[i])) {
      normalized = toNormalized(minimum + static_cast<double>(i) * (maximum - minimum) / std::max(1, stepCount));
      return true;
    }
  }
  const auto number = parseNumber(typed);
  if (!number) {
    return false;
  }
  // "1.5 k" or "1.5 kHz" for a parameter in Hz is 1500.
  const bool thousands = !number->rest.empty() && (number->rest[0] == 'k' || number->rest[0] == 'K') &&
                         (number->rest.size() == 1 || equalIgnoringCase(number->rest.substr(1), unit));
  normalized = toNormalized(thousands && !unit.empty() && !equalIgnoringCase(number->rest, unit) ? number->value * 1000
                                                                                                 : number->value);
  return true;
}

ParameterTable::ParameterTable(std::vector<Parameter> parameters) : parameters_(std::move(parameters)) {
  byId_.reserve(parameters_.size());
  for (std::size_t i = 0; i < parameters_.size(); ++i) {
    byId_.emplace_back(parameters_[i].id, static_cast<std::int32_t>(i));
  }
  std::sort(byId_.begin(), byId_.end());
}

std::int32_t ParameterTable::indexOf(std::uint32_t id) const noexcept {
  const auto found = std::lower_bound(byId_.begin(), byId_.end(), std::make_pair(id, std::int32_t{0}));
  return found != byId_.end() && found->first == id ? found->second : -1;
}

std::string ParameterTable::complaint() const {
  for (const Parameter& parameter : parameters_) {
    if (const std::string what = parameter.complaint(); !what.empty()) {
      return "the parameter \"" + parameter.name + "\" makes no sense: " + what;
    }
  }
  for (std::size_t i = 1; i < byId_.size(); ++i) {
    if (byId_[i].first == byId_[i - 1].first) {
      return "two parameters share the id " + std::to_string(byId_[i].first);
    }
  }
  return {};
}

ParameterValues::ParameterValues(const ParameterTable& table)
    : values_(std::make_unique<std::atomic<double>[]>(table.size())) {
  for (std::size_t i = 0; i < table.size(); ++i) {
    set(i, table[i].defaultNormalized);
  }
}

}  // namespace patchbay::bridge
