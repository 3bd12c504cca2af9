// SPDX-License-Identifier: Apache-2.0
#include "midi_map.h"

namespace patchbay::bridge {

MidiMap::MidiMap(const pb_standard_plugin_info& info) {
  static_assert(kNumbers <= sizeof info.controllers, "the image has no room for all controllers");
  for (std::int16_t number = 0; number < kNumbers; ++number) {
    if (info.controllers[number] != 0) {
      declared_.push_back(number);
      position_[number] = static_cast<std::int16_t>(declared_.size());
    }
  }
}

MidiMap::Target MidiMap::find(std::uint32_t id) const noexcept {
  const std::uint32_t code = id - kFirstId;
  const std::uint32_t number = code & 0xFFu;
  const std::uint32_t channel = code >> 8;
  if (id < kFirstId || channel >= kChannels || number >= kNumbers || position_[number] == 0) {
    return {};
  }
  return {static_cast<std::int16_t>(channel), static_cast<std::int16_t>(number)};
}

std::uint32_t MidiMap::idOf(int channel, int number) const noexcept {
  if (channel < 0 || channel >= kChannels || number < 0 || number >= kNumbers || position_[number] == 0) {
    return 0;
  }
  return kFirstId + static_cast<std::uint32_t>(channel) * 256u + static_cast<std::uint32_t>(number);
}

MidiMap::Target MidiMap::at(std::size_t index) const noexcept {
  return {static_cast<std::int16_t>(index / declared_.size()), declared_[index % declared_.size()]};
}

std::size_t MidiMap::positionOf(Target target) const noexcept {
  return static_cast<std::size_t>(target.channel) * declared_.size() +
         static_cast<std::size_t>(position_[target.number] - 1);
}

pb_event MidiMap::event(Target target, double normalized) noexcept {
  pb_event event;
  if (target.number == kPitchBend) {
    pb_event_pitch_bend(&event, 0, target.channel, 2 * normalized - 1);
  } else if (target.number == kChannelPressure) {
    pb_event_channel_pressure(&event, 0, target.channel, normalized);
  } else {
    pb_event_controller(&event, 0, target.channel, target.number, normalized);
  }
  return event;
}

double MidiMap::defaultOf(int number) noexcept {
  switch (number) {
    case 7: return 100.0 / 127.0;
    case 8:
    case 10:
    case kPitchBend: return 0.5;
    case 11: return 1.0;
    default: return 0.0;
  }
}

std::string MidiMap::nameOf(Target target) {
  const std::string what = target.number == kPitchBend         ? "pitch bend"
                           : target.number == kChannelPressure ? "channel pressure"
                                                               : "controller " + std::to_string(target.number);
  return "MIDI " + std::to_string(target.channel + 1) + " " + what;
}

}  // namespace patchbay::bridge
