// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <patchbay/standard.h>

namespace patchbay::bridge {

/**
 * The MIDI controllers that the plug-in declared. VST3 hosts pass controllers only as changes of parameters, so each
 * declared one is a hidden parameter per channel; its id lies above all others, which end before 2^30.
 */
class MidiMap {
 public:
  static constexpr std::uint32_t kFirstId = UINT32_C(1) << 30;
  static constexpr int kChannels = 16;
  static constexpr int kChannelPressure = 128;
  static constexpr int kPitchBend = 129;
  static constexpr int kNumbers = 130;

  MidiMap() = default;
  explicit MidiMap(const pb_standard_plugin_info& info);

  /** What an id stands for. */
  struct Target {
    std::int16_t channel = 0;
    std::int16_t number = -1;  ///< -1: not a declared controller
  };

  /** Any thread, the audio thread included. */
  [[nodiscard]] Target find(std::uint32_t id) const noexcept;

  /** The id for a controller of a channel, or 0 where the plug-in did not declare it. */
  [[nodiscard]] std::uint32_t idOf(int channel, int number) const noexcept;

  /** All parameters in a stable order, channel by channel. */
  [[nodiscard]] std::size_t size() const noexcept { return declared_.size() * kChannels; }
  [[nodiscard]] Target at(std::size_t index) const noexcept;

  /** Where in that order a declared controller is. */
  [[nodiscard]] std::size_t positionOf(Target target) const noexcept;

  /** The event for a new value of a declared controller, at sample offset 0. */
  [[nodiscard]] static pb_event event(Target target, double normalized) noexcept;

  /** What an instrument starts with: General MIDI's volume and pan, full expression, a centred wheel. */
  [[nodiscard]] static double defaultOf(int number) noexcept;

  [[nodiscard]] static std::string nameOf(Target target);

 private:
  std::int16_t position_[kNumbers] = {};  ///< 1 + the place in declared_; 0: not declared
  std::vector<std::int16_t> declared_;
};

}  // namespace patchbay::bridge
