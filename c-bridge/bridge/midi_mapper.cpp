// SPDX-License-Identifier: Apache-2.0
#include "midi_mapper.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>

namespace patchbay::bridge {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

/** So close, in parts of the range, a controller of 7 bits has come to a value. */
constexpr double kNear = 1.0 / 127;
constexpr double kLargest7 = 127;
constexpr double kLargest14 = 16'383;
constexpr std::int32_t kAny = -1;
constexpr int kNone = -1;
constexpr int kPairOfData = 6;
constexpr int kDataFine = 38;
constexpr int kDataIncrement = 96;
constexpr int kDataDecrement = 97;
constexpr int kNrpnFine = 98;
constexpr int kNrpnCoarse = 99;
constexpr int kRpnCoarse = 101;
constexpr int kFirstMode = 120;
constexpr int kNullNumber = 0x3FFF;

/** One list for each controller and pair, one for each other source. */
constexpr std::int32_t kFirstPair = 128;
constexpr std::int32_t kFirstOther = kFirstPair + 32;
constexpr std::int32_t kLists = kFirstOther + PB_MIDI_SOURCE_NRPN + 1;

bool isReserved(int number) noexcept {
  return number == kPairOfData || number == kDataFine || (number >= kDataIncrement && number <= kRpnCoarse) ||
         number >= kFirstMode;
}

bool isRelative(std::int32_t mode) noexcept { return mode >= PB_MIDI_MODE_TWOS_COMPLEMENT; }

/** Whether a source may have this number: MidiSource.admits in Java. */
bool admits(std::int32_t source, std::int32_t number) noexcept {
  switch (source) {
    case PB_MIDI_SOURCE_CONTROLLER: return number >= 0 && number <= 127 && !isReserved(number);
    case PB_MIDI_SOURCE_CONTROLLER_PAIR: return number >= 0 && number <= 31 && number != kPairOfData;
    case PB_MIDI_SOURCE_CHANNEL_PRESSURE:
    case PB_MIDI_SOURCE_PITCH_BEND: return number == 0;
    case PB_MIDI_SOURCE_POLY_PRESSURE: return number >= kAny && number <= 127;
    case PB_MIDI_SOURCE_NRPN: return number >= 0 && number <= kNullNumber;
    default: return false;
  }
}

/** What a message of a relative controller means: MidiMode.steps in Java. */
int steps(std::int32_t mode, int value) noexcept {
  switch (mode) {
    case PB_MIDI_MODE_TWOS_COMPLEMENT: return value < 64 ? value : value - 128;
    case PB_MIDI_MODE_BINARY_OFFSET: return value - 64;
    case PB_MIDI_MODE_SIGN_BIT: return value < 64 ? value : 64 - value;
    default: return 0;
  }
}

bool isPart(double value) noexcept { return value >= 0 && value <= 1; }

}  // namespace

void MidiMovement::start(const pb_standard_midi_mapping& entry) noexcept {
  entry_ = entry;
  place_ = kNan;
  given_ = std::numeric_limits<float>::quiet_NaN();
}

void MidiMovement::place(Target& target, double now) noexcept {
  const double before = std::exchange(place_, now);
  switch (entry_.mode) {
    case PB_MIDI_MODE_PICK_UP:
      if (hasPickedUp(target.value(entry_.parameter_index), before, now)) {
        give(target, valueAt(curved(now)));
      }
      break;
    case PB_MIDI_MODE_SCALE:
      scale(target, before, now);
      break;
    default:
      give(target, valueAt(curved(now)));
  }
}

void MidiMovement::step(Target& target, int count) noexcept {
  if (count == 0) {
    return;
  }
  const double way = entry_.maximum >= entry_.minimum ? entry_.step : -entry_.step;
  const double moved = static_cast<double>(target.value(entry_.parameter_index)) + count * way;
  const auto [low, high] = std::minmax(entry_.minimum, entry_.maximum);
  give(target, std::max(low, std::min(high, moved)));
}

bool MidiMovement::hasPickedUp(float current, double before, double now) noexcept {
  if (std::equal_to<float>()(current, given_)) {
    return true;
  }
  given_ = std::numeric_limits<float>::quiet_NaN();
  const auto [low, high] = std::minmax(entry_.minimum, entry_.maximum);
  const double sought = std::max(low, std::min(high, static_cast<double>(current)));
  const double gap = valueAt(curved(now)) - sought;
  const double gapBefore = valueAt(curved(before)) - sought;
  // A gap of NaN, where the controller has not been seen before, is no passing.
  return std::abs(gap) <= kNear * (high - low) || gap * gapBefore <= 0;
}

void MidiMovement::scale(Target& target, double before, double now) noexcept {
  const double span = entry_.maximum - entry_.minimum;
  // The first message says where the controller is, and moves nothing.
  if (std::isnan(before) || std::equal_to<double>()(span, 0)) {
    return;
  }
  const double current = static_cast<double>(target.value(entry_.parameter_index));
  const double part = std::max(0.0, std::min(1.0, (current - entry_.minimum) / span));
  const double from = curved(before);
  const double to = curved(now);
  if (to >= 1 || to <= 0) {
    give(target, valueAt(to));
  } else if (to > from) {
    give(target, valueAt(part + (1 - part) * (to - from) / (1 - from)));
  } else if (to < from) {
    give(target, valueAt(part * to / from));
  }
}

double MidiMovement::curved(double at) const noexcept {
  return std::equal_to<double>()(entry_.exponent, 1) ? at : std::pow(at, entry_.exponent);
}

double MidiMovement::valueAt(double part) const noexcept {
  // Exact at both ends.
  return part >= 1 ? entry_.maximum : entry_.minimum + part * (entry_.maximum - entry_.minimum);
}

void MidiMovement::give(Target& target, double value) noexcept {
  given_ = static_cast<float>(std::max(0.0, std::min(1.0, value)));
  target.change(entry_.parameter_index, given_);
}

MidiMapper::MidiMapper(const pb_section& map, std::int32_t parameters, MidiMovement::Target& target)
    : map_(map),
      parameters_(parameters),
      target_(target),
      first_(kLists, kNone),
      next_(map.count),
      movements_(map.count),
      pairs_(static_cast<std::size_t>(kChannels) * kPairs) {
  std::fill(std::begin(nrpnCoarse_), std::end(nrpnCoarse_), kNone);
  std::fill(std::begin(nrpnFine_), std::end(nrpnFine_), kNone);
}

void MidiMapper::refresh() noexcept {
  // The first time in any case: until then, another reader may have taken what was on offer.
  if (pb_triple_refresh(&map_) != 0 || !loaded_) {
    loaded_ = true;
    load();
  }
}

void MidiMapper::load() noexcept {
  std::fill(first_.begin(), first_.end(), kNone);
  const auto* entries = static_cast<const pb_standard_midi_mapping*>(pb_triple_reader(&map_));
  std::size_t end = 0;
  while (end < movements_.size() && entries[end].source != 0) {
    ++end;
  }
  // From the end, since each is put before those of its list.
  for (std::size_t i = end; i-- > 0;) {
    // A copy: what is checked is what is used.
    const pb_standard_midi_mapping entry = entries[i];
    if (!isValid(entry)) {
      continue;
    }
    movements_[i].start(entry);
    const std::size_t at = list(entry.source, entry.number);
    next_[i] = first_[at];
    first_[at] = static_cast<std::int32_t>(i);
  }
}

bool MidiMapper::isValid(const pb_standard_midi_mapping& entry) const noexcept {
  return admits(entry.source, entry.number) && entry.mode >= PB_MIDI_MODE_JUMP && entry.mode <= PB_MIDI_MODE_SIGN_BIT &&
         entry.channel >= kAny && entry.channel < kChannels &&
         !(isRelative(entry.mode) && entry.source != PB_MIDI_SOURCE_CONTROLLER) && entry.parameter_index >= 0 &&
         entry.parameter_index < parameters_ && isPart(entry.minimum) && isPart(entry.maximum) && entry.exponent > 0 &&
         entry.exponent <= PB_MIDI_MAX_EXPONENT && entry.step > 0 && entry.step <= 1;
}

std::size_t MidiMapper::list(std::int32_t source, std::int32_t number) const noexcept {
  switch (source) {
    case PB_MIDI_SOURCE_CONTROLLER: return static_cast<std::size_t>(number);
    case PB_MIDI_SOURCE_CONTROLLER_PAIR: return static_cast<std::size_t>(kFirstPair + number);
    default: return static_cast<std::size_t>(kFirstOther + source);
  }
}

void MidiMapper::event(const pb_event& event) noexcept {
  switch (event.type) {
    case PB_EVENT_CONTROLLER:
      controller(event.channel, pb_event_controller_number(&event), pb_event_controller_value(&event));
      break;
    case PB_EVENT_PITCH_BEND:
      place(PB_MIDI_SOURCE_PITCH_BEND, event.channel, 0, (pb_event_bend(&event) + 1) / 2);
      break;
    case PB_EVENT_CHANNEL_PRESSURE:
      place(PB_MIDI_SOURCE_CHANNEL_PRESSURE, event.channel, 0, pb_event_pressure(&event));
      break;
    case PB_EVENT_POLY_PRESSURE:
      place(PB_MIDI_SOURCE_POLY_PRESSURE, event.channel, pb_event_key(&event), pb_event_pressure(&event));
      break;
    default:
      // It moves no parameter by the map.
      break;
  }
}

void MidiMapper::controller(int channel, int number, double value) noexcept {
  const int data = static_cast<int>(std::nearbyint(value * kLargest7));
  if (number >= kNrpnFine && number <= kRpnCoarse) {
    select(channel, number, data);
  } else if (number == kDataIncrement || number == kDataDecrement) {
    stepNumber(channel, number == kDataIncrement ? 1 : -1);
  } else if (number < 2 * kPairs) {
    pair(channel, number, data);
  }
  if (isReserved(number)) {
    return;
  }
  for (std::int32_t i = first_[static_cast<std::size_t>(number)]; i != kNone; i = next_[static_cast<std::size_t>(i)]) {
    const auto at = static_cast<std::size_t>(i);
    if (!hears(at, channel)) {
      continue;
    }
    if (const std::int32_t mode = movements_[at].entry().mode; isRelative(mode)) {
      movements_[at].step(target_, steps(mode, data));
    } else {
      movements_[at].place(target_, value);
    }
  }
}

void MidiMapper::pair(int channel, int number, int data) noexcept {
  const int which = number % kPairs;
  Pair& of = pairs_[static_cast<std::size_t>(channel * kPairs + which)];
  double at = kNan;
  if (number < kPairs) {
    const int before = std::exchange(of.coarse, data);
    if (!of.isFine) {
      at = data / kLargest7;
    } else if (data != before) {
      of.fine = data > before ? 0 : 127;
      at = (of.coarse << 7 | of.fine) / kLargest14;
    }
  } else if (of.coarse >= 0) {
    of.isFine = true;
    of.fine = data;
    at = (of.coarse << 7 | of.fine) / kLargest14;
  }
  if (std::isnan(at)) {
    return;
  }
  if (which != kPairOfData) {
    place(PB_MIDI_SOURCE_CONTROLLER_PAIR, channel, which, at);
  } else if (const int parameter = nrpn(channel); parameter != kNone) {
    place(PB_MIDI_SOURCE_NRPN, channel, parameter, at);
  }
}

void MidiMapper::select(int channel, int number, int data) noexcept {
  if (number == kNrpnCoarse) {
    nrpnCoarse_[channel] = data;
  } else if (number == kNrpnFine) {
    nrpnFine_[channel] = data;
  } else {
    // A registered number takes the place of a non-registered one, and leaves the data to itself.
    nrpnCoarse_[channel] = kNone;
    nrpnFine_[channel] = kNone;
  }
  pairs_[static_cast<std::size_t>(channel * kPairs + kPairOfData)] = Pair();
}

int MidiMapper::nrpn(int channel) const noexcept {
  if (nrpnCoarse_[channel] == kNone || nrpnFine_[channel] == kNone) {
    return kNone;
  }
  const int number = nrpnCoarse_[channel] << 7 | nrpnFine_[channel];
  return number == kNullNumber ? kNone : number;
}

void MidiMapper::stepNumber(int channel, int count) noexcept {
  const int number = nrpn(channel);
  if (number == kNone) {
    return;
  }
  for (std::int32_t i = first_[list(PB_MIDI_SOURCE_NRPN, number)]; i != kNone; i = next_[static_cast<std::size_t>(i)]) {
    const auto at = static_cast<std::size_t>(i);
    if (hears(at, channel) && movements_[at].entry().number == number) {
      movements_[at].step(target_, count);
    }
  }
}

void MidiMapper::place(std::int32_t source, int channel, int number, double now) noexcept {
  for (std::int32_t i = first_[list(source, number)]; i != kNone; i = next_[static_cast<std::size_t>(i)]) {
    const auto at = static_cast<std::size_t>(i);
    const std::int32_t wanted = movements_[at].entry().number;
    if (hears(at, channel) && (wanted == number || wanted == kAny)) {
      movements_[at].place(target_, now);
    }
  }
}

bool MidiMapper::hears(std::size_t entry, int channel) const noexcept {
  const std::int32_t wanted = movements_[entry].entry().channel;
  return wanted == kAny || wanted == channel;
}

}  // namespace patchbay::bridge
