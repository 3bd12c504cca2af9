// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "pluginterfaces/base/ftypes.h"

namespace patchbay::host {

/** UTF-8 of a UTF-16 text that ends at a NUL or after `capacity` units; lone surrogates become U+FFFD. */
[[nodiscard]] std::string toUtf8(const Steinberg::char16* text, std::size_t capacity);

/** UTF-16 of an ASCII text, cut to `capacity` - 1 units and ended by a NUL. */
void toUtf16(std::string_view text, Steinberg::char16* target, std::size_t capacity);

/** A fixed-size char field of the SDK's structs, which a careless plug-in leaves without a NUL. */
template <std::size_t N>
[[nodiscard]] std::string fromField(const Steinberg::char8 (&field)[N]) {
  const std::string_view all(field, N);
  return std::string(all.substr(0, all.find('\0')));
}

template <std::size_t N>
[[nodiscard]] std::string fromField(const Steinberg::char16 (&field)[N]) {
  return toUtf8(field, N);
}

/** The first bytes of a file as a C-like quoted text, for error messages. */
[[nodiscard]] std::string quotedBytes(std::string_view bytes);

}  // namespace patchbay::host
