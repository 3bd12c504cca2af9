// SPDX-License-Identifier: Apache-2.0
#include "text.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>

namespace patchbay::bridge {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

/** Takes one code point off the front of a text that is not empty; what is not UTF-8 becomes U+FFFD, byte by byte. */
char32_t takeUtf8(std::string_view& text) {
  const auto lead = static_cast<unsigned char>(text.front());
  const std::size_t length = lead < 0x80 ? 1 : lead >= 0xC2 && lead < 0xE0 ? 2 : lead >= 0xE0 && lead < 0xF0 ? 3
                             : lead >= 0xF0 && lead < 0xF5 ? 4 : 0;
  if (length == 0 || length > text.size()) {
    text.remove_prefix(1);
    return kReplacement;
  }
  char32_t point = length == 1 ? lead : lead & (0x7Fu >> length);
  for (std::size_t i = 1; i < length; ++i) {
    const auto next = static_cast<unsigned char>(text[i]);
    if ((next & 0xC0u) != 0x80u) {
      text.remove_prefix(1);
      return kReplacement;
    }
    point = (point << 6) | (next & 0x3Fu);
  }
  constexpr char32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
  text.remove_prefix(length);
  const bool valid = point >= smallest[length] && point <= 0x10FFFF && (point < 0xD800 || point > 0xDFFF);
  return valid ? point : kReplacement;
}

void appendUtf8(std::string& text, char32_t point) {
  const auto put = [&text](char32_t byte) { text.push_back(static_cast<char>(static_cast<unsigned char>(byte))); };
  if (point < 0x80) {
    put(point);
  } else if (point < 0x800) {
    put(0xC0 | (point >> 6));
    put(0x80 | (point & 0x3F));
  } else if (point < 0x10000) {
    put(0xE0 | (point >> 12));
    put(0x80 | ((point >> 6) & 0x3F));
    put(0x80 | (point & 0x3F));
  } else {
    put(0xF0 | (point >> 18));
    put(0x80 | ((point >> 12) & 0x3F));
    put(0x80 | ((point >> 6) & 0x3F));
    put(0x80 | (point & 0x3F));
  }
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

void copyUtf16(std::string_view utf8, Steinberg::Vst::TChar* target, std::size_t room) {
  std::size_t used = 0;
  while (!utf8.empty()) {
    const char32_t point = takeUtf8(utf8);
    const std::size_t units = point < 0x10000 ? 1 : 2;
    if (used + units >= room) {
      break;
    }
    if (units == 1) {
      target[used++] = static_cast<Steinberg::Vst::TChar>(point);
    } else {
      target[used++] = static_cast<Steinberg::Vst::TChar>(0xD800 + ((point - 0x10000) >> 10));
      target[used++] = static_cast<Steinberg::Vst::TChar>(0xDC00 + ((point - 0x10000) & 0x3FF));
    }
  }
  std::fill(target + used, target + room, Steinberg::Vst::TChar{0});
}

std::string fromUtf16(const Steinberg::Vst::TChar* text, std::size_t room) {
  std::string result;
  for (std::size_t i = 0; i < room && text[i] != 0; ++i) {
    const auto unit = static_cast<char32_t>(static_cast<std::uint16_t>(text[i]));
    const auto next = i + 1 < room ? static_cast<char32_t>(static_cast<std::uint16_t>(text[i + 1])) : U'\0';
    if (unit >= 0xD800 && unit < 0xDC00 && next >= 0xDC00 && next < 0xE000) {
      appendUtf8(result, 0x10000 + ((unit - 0xD800) << 10) + (next - 0xDC00));
      ++i;
    } else {
      appendUtf8(result, unit >= 0xD800 && unit < 0xE000 ? kReplacement : unit);
    }
  }
  return result;
}

std::string formatPlain(double value) {
  const double size = std::fabs(value);
  const int decimals = size >= 1000 ? 0 : size >= 100 ? 1 : size >= 1 || size == 0 ? 2 : 3;
  // The longest: a sign and 309 digits.
  char buffer[330];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::fixed, decimals);
  std::string text(buffer, end.ptr);
  if (text.find_first_not_of("-0.") == std::string::npos && text.front() == '-') {
    text.erase(0, 1);
  }
  return text;
}

std::string formatShortest(double value) {
  // Fixed, since "1e+05" is shorter than "100000" but nothing to show to a person; the smallest double has 1077 places.
  char buffer[1100];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, value == 0 ? 0.0 : value, std::chars_format::fixed);
  return std::string(buffer, end.ptr);
}

std::optional<TypedNumber> parseNumber(std::string_view text) {
  std::string copy(trimmed(text));
  if (copy.find('.') == std::string::npos) {
    std::replace(copy.begin(), copy.end(), ',', '.');
  }
  const std::size_t sign = !copy.empty() && copy.front() == '+' ? 1 : 0;
  TypedNumber number;
  const auto end = std::from_chars(copy.data() + sign, copy.data() + copy.size(), number.value);
  if (end.ec != std::errc() || !std::isfinite(number.value)) {
    return std::nullopt;
  }
  number.rest = trimmed(std::string_view(end.ptr, static_cast<std::size_t>(copy.data() + copy.size() - end.ptr)));
  return number;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  const std::size_t first = text.find_first_not_of(blanks);
  return first == std::string_view::npos ? std::string_view()
                                         : text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

bool equalIgnoringCase(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace patchbay::bridge
