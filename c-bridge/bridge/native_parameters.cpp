// SPDX-License-Identifier: Apache-2.0
#include "native_parameters.h"

#include <functional>

namespace patchbay::bridge {
namespace {

float* cell(const pb_section& cells, std::size_t index) noexcept {
  return static_cast<float*>(pb_section_element(&cells, static_cast<std::uint32_t>(index)));
}

}  // namespace

NativeParameters::NativeParameters(const ParameterTable& table, const pb_section& cells)
    : table_(table), cells_(cells), normalized_(table.size()), plain_(table.size()) {
  for (std::size_t i = 0; i < table.size(); ++i) {
    normalized_[i] = pb_float_get_acquire(cell(cells, i));
    plain_[i] = static_cast<float>(table[i].toPlain(static_cast<double>(normalized_[i])));
  }
}

bool NativeParameters::accepts(std::int32_t index, float value) const noexcept {
  return index >= 0 && index < count() && value >= 0 && value <= 1;
}

bool NativeParameters::set(std::int32_t index, float value) noexcept {
  if (!accepts(index, value)) {
    return false;
  }
  const auto at = static_cast<std::size_t>(index);
  if (std::equal_to<float>()(normalized_[at], value)) {
    return false;
  }
  normalized_[at] = value;
  plain_[at] = static_cast<float>(table_[at].toPlain(static_cast<double>(value)));
  ++version_;
  // Release: pairs with the acquires of control, tools and takeChanges.
  pb_float_set_release(cell(cells_, at), value);
  return true;
}

ChangesReader::ChangesReader(const pb_section& triple) : triple_(triple) {
  const auto* changes = static_cast<const pb_parameter_change*>(pb_triple_reader(&triple_));
  for (std::uint32_t i = 0; i < triple_.count; ++i) {
    if (pb_parameter_changes_is_newer(changes[i].transaction, applied_) != 0) {
      applied_ = changes[i].transaction;
    }
  }
}

}  // namespace patchbay::bridge
