// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "pluginterfaces/vst/vsttypes.h"

namespace patchbay::bridge {

/** The text of a fixed field: up to its first 0 byte, or all of it. */
template <std::size_t Room>
[[nodiscard]] std::string fieldText(const char (&field)[Room]) {
  const std::string_view all(field, Room);
  return std::string(all.substr(0, all.find('\0')));
}

/** Copies UTF-8 into a 0-terminated UTF-16 field; what does not fit is cut off between characters. */
void copyUtf16(std::string_view utf8, Steinberg::Vst::TChar* target, std::size_t room);

/** UTF-8 of at most room UTF-16 units, up to the first 0. Lone surrogates become U+FFFD. */
[[nodiscard]] std::string fromUtf16(const Steinberg::Vst::TChar* text, std::size_t room);

/** A plain value for people, with as many decimals as its size calls for; the same in every locale. */
[[nodiscard]] std::string formatPlain(double value);

/** The shortest text that reads back as this number. */
[[nodiscard]] std::string formatShortest(double value);

/** What people type for a number. */
struct TypedNumber {
  double value = 0;
  std::string rest;  ///< what follows the digits, trimmed: a unit, perhaps
};

/** Reads the number at the start; a decimal comma counts as a point. */
[[nodiscard]] std::optional<TypedNumber> parseNumber(std::string_view text);

[[nodiscard]] std::string_view trimmed(std::string_view text);
[[nodiscard]] bool equalIgnoringCase(std::string_view a, std::string_view b);

}  // namespace patchbay::bridge
