// SPDX-License-Identifier: Apache-2.0
#include "state_container.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <iterator>

#include "stream.h"

namespace patchbay::bridge {
namespace {

constexpr char kMagic[4] = {'P', 'B', 'S', 'T'};
constexpr std::uint32_t kVersion = 1;

/** Far above what any plug-in has, and small enough to be read in an instant. */
constexpr std::uint32_t kMostParameters = 1u << 16;

// The generated header refuses big-endian machines, so memory order is file order.
template <class Number>
std::uint8_t* put(std::uint8_t* at, Number number) {
  std::memcpy(at, &number, sizeof number);
  return at + sizeof number;
}

template <class Number>
bool take(Steinberg::IBStream& stream, Number& number) {
  return readExactly(stream, &number, sizeof number);
}

bool tooShort(std::string& error, const char* where) {
  error = std::string("the state ends within ") + where;
  return false;
}

}  // namespace

std::vector<std::uint8_t> encodeState(const ParameterTable& table, const State& state) {
  constexpr std::size_t fixed = sizeof kMagic + sizeof kVersion + 2 * sizeof(std::uint32_t);
  constexpr std::size_t each = sizeof(std::uint32_t) + sizeof(double);
  std::vector<std::uint8_t> bytes(fixed + table.size() * each + state.blob.size());
  std::uint8_t* at = std::copy(std::begin(kMagic), std::end(kMagic), bytes.data());
  at = put(at, kVersion);
  at = put(at, static_cast<std::uint32_t>(table.size()));
  for (std::size_t i = 0; i < table.size(); ++i) {
    at = put(at, table[i].id);
    at = put(at, state.values[i]);
  }
  at = put(at, static_cast<std::uint32_t>(state.blob.size()));
  std::copy(state.blob.begin(), state.blob.end(), at);
  return bytes;
}

bool decodeState(Steinberg::IBStream& stream, const ParameterTable& table, State& state, std::string& error) {
  char magic[sizeof kMagic] = {};
  std::uint32_t version = 0;
  std::uint32_t count = 0;
  if (!readExactly(stream, magic, sizeof magic) || !take(stream, version) || !take(stream, count)) {
    return tooShort(error, "its first bytes");
  }
  if (std::memcmp(magic, kMagic, sizeof kMagic) != 0) {
    error = "the state is not one of Patchbay: it does not start with PBST";
    return false;
  }
  if (version != kVersion) {
    error = "the state has version " + std::to_string(version) + ", but this bridge reads version " +
            std::to_string(kVersion) + "; it was saved by a newer build of the plug-in";
    return false;
  }
  if (count > kMostParameters) {
    error = "the state says that it has " + std::to_string(count) + " parameters, but at most " +
            std::to_string(kMostParameters) + " are possible";
    return false;
  }
  state.values.resize(table.size());
  for (std::size_t i = 0; i < table.size(); ++i) {
    state.values[i] = table[i].defaultNormalized;
  }
  for (std::uint32_t i = 0; i < count; ++i) {
    std::uint32_t id = 0;
    double value = 0;
    if (!take(stream, id) || !take(stream, value)) {
      return tooShort(error, "its parameters");
    }
    if (std::isnan(value)) {
      error = "the state's value for the parameter " + std::to_string(id) + " is not a number";
      return false;
    }
    if (const std::int32_t index = table.indexOf(id); index >= 0) {
      state.values[static_cast<std::size_t>(index)] = clampNormalized(value);
    }
  }
  std::uint32_t length = 0;
  if (!take(stream, length)) {
    return tooShort(error, "its parameters");
  }
  if (length > kMostBlobBytes) {
    error = "the state says that control's part has " + std::to_string(length) + " bytes, but at most " +
            std::to_string(kMostBlobBytes) + " are possible";
    return false;
  }
  return readExactly(stream, state.blob, length) || tooShort(error, "control's part");
}

}  // namespace patchbay::bridge
