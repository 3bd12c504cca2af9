// SPDX-License-Identifier: Apache-2.0
#include "tempo_map.h"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace patchbay::host {
namespace {

/** The last element whose key is not above the value; the first one always qualifies. */
template <class Elements, class Value, class Key>
const auto& lastNotAbove(const Elements& elements, Value value, Key key) {
  const auto after = std::upper_bound(elements.begin() + 1, elements.end(), value,
                                      [&key](Value wanted, const auto& element) { return wanted < key(element); });
  return *std::prev(after);
}

}  // namespace

TempoMap::TempoMap(std::int32_t ticksPerQuarter)
    : ticksPerQuarter_(ticksPerQuarter), tempos_{{0, 500000, 0}}, signatures_{{0, 4, 4}} {}

void TempoMap::addTempo(std::int32_t tick, std::int32_t microsPerQuarter) {
  Tempo& last = tempos_.back();
  if (last.tick == tick) {
    last.microsPerQuarter = microsPerQuarter;
    return;
  }
  const std::int64_t scaledTime = last.scaledTime + std::int64_t{tick - last.tick} * last.microsPerQuarter;
  tempos_.push_back({tick, microsPerQuarter, scaledTime});
}

void TempoMap::addTimeSignature(std::int32_t tick, std::int32_t numerator, std::int32_t denominator) {
  if (signatures_.back().tick == tick) {
    signatures_.pop_back();
  }
  signatures_.push_back({tick, numerator, denominator});
}

std::int64_t TempoMap::sampleOf(std::int32_t tick, double sampleRate) const {
  const Tempo& tempo = lastNotAbove(tempos_, tick, [](const Tempo& t) { return t.tick; });
  const std::int64_t scaledTime = tempo.scaledTime + std::int64_t{tick - tempo.tick} * tempo.microsPerQuarter;
  // With the 64-bit significand of x87 the product is exact below 2^64 (an hour at 960 ticks and 48 kHz is 2^58), so
  // a quotient of exactly one half is seen as such; the quad format of aarch64 is exact throughout.
  const long double product = static_cast<long double>(scaledTime) * static_cast<long double>(sampleRate);
  return std::llround(product / (1.0e6L * static_cast<long double>(ticksPerQuarter_)));
}

double TempoMap::quartersOf(std::int32_t tick) const {
  return static_cast<double>(tick) / static_cast<double>(ticksPerQuarter_);
}

MusicalPosition TempoMap::at(std::int64_t sample, double sampleRate) const noexcept {
  const auto scaledTime = static_cast<long double>(sample) * 1.0e6L * static_cast<long double>(ticksPerQuarter_) /
                          static_cast<long double>(sampleRate);
  const Tempo& tempo =
      lastNotAbove(tempos_, scaledTime, [](const Tempo& t) { return static_cast<long double>(t.scaledTime); });
  const long double tick =
      tempo.tick + (scaledTime - static_cast<long double>(tempo.scaledTime)) / tempo.microsPerQuarter;
  const TimeSignature& signature =
      lastNotAbove(signatures_, tick, [](const TimeSignature& s) { return static_cast<long double>(s.tick); });

  MusicalPosition position;
  position.quarters = static_cast<double>(tick / ticksPerQuarter_);
  position.beatsPerMinute = 60.0e6 / tempo.microsPerQuarter;
  position.numerator = signature.numerator;
  position.denominator = signature.denominator;
  // Bars are counted from the change of time signature, which starts one.
  const double origin = quartersOf(signature.tick);
  const double barLength = 4.0 * signature.numerator / signature.denominator;
  position.barStart = origin + std::floor((position.quarters - origin) / barLength) * barLength;
  return position;
}

}  // namespace patchbay::host
