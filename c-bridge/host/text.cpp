// SPDX-License-Identifier: Apache-2.0
#include "text.h"

#include <cstdint>
#include <cstdio>

namespace patchbay::host {
namespace {

void appendUtf8(std::string& out, std::uint32_t codePoint) {
  const auto byte = [&out](std::uint32_t value) { out.push_back(static_cast<char>(value)); };
  if (codePoint < 0x80) {
    byte(codePoint);
  } else if (codePoint < 0x800) {
    byte(0xC0 | codePoint >> 6);
    byte(0x80 | (codePoint & 0x3F));
  } else if (codePoint < 0x10000) {
    byte(0xE0 | codePoint >> 12);
    byte(0x80 | (codePoint >> 6 & 0x3F));
    byte(0x80 | (codePoint & 0x3F));
  } else {
    byte(0xF0 | codePoint >> 18);
    byte(0x80 | (codePoint >> 12 & 0x3F));
    byte(0x80 | (codePoint >> 6 & 0x3F));
    byte(0x80 | (codePoint & 0x3F));
  }
}

}  // namespace

std::string toUtf8(const Steinberg::char16* text, std::size_t capacity) {
  constexpr std::uint32_t replacement = 0xFFFD;
  std::string out;
  for (std::size_t i = 0; i < capacity && text[i] != 0; ++i) {
    const std::uint32_t unit = text[i];
    const bool leads = unit >= 0xD800 && unit < 0xDC00;
    const bool trails = unit >= 0xDC00 && unit < 0xE000;
    if (leads && i + 1 < capacity && text[i + 1] >= 0xDC00 && text[i + 1] < 0xE000) {
      const std::uint32_t low = text[++i];
      appendUtf8(out, 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00));
    } else {
      appendUtf8(out, leads || trails ? replacement : unit);
    }
  }
  return out;
}

void toUtf16(std::string_view text, Steinberg::char16* target, std::size_t capacity) {
  std::size_t length = 0;
  for (; length < text.size() && length + 1 < capacity; ++length) {
    target[length] = static_cast<Steinberg::char16>(static_cast<unsigned char>(text[length]));
  }
  target[length] = 0;
}

std::string quotedBytes(std::string_view bytes) {
  std::string out = "\"";
  for (const char c : bytes) {
    if (c >= ' ' && c <= '~' && c != '"' && c != '\\') {
      out.push_back(c);
    } else {
      char escaped[5];
      std::snprintf(escaped, sizeof escaped, "\\x%02x", static_cast<unsigned>(static_cast<unsigned char>(c)));
      out += escaped;
    }
  }
  return out + "\"";
}

}  // namespace patchbay::host
