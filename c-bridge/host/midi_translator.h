// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "plugin_instance.h"
#include "pluginterfaces/vst/ivstevents.h"
#include "pluginterfaces/vst/ivstmidicontrollers.h"

namespace patchbay::host {

/** What a plug-in is given for one MIDI channel message: an event, a parameter change, or nothing. */
struct MidiTranslation {
  enum class Kind { nothing, event, change };

  Kind kind = Kind::nothing;
  Steinberg::Vst::Event event = {};  ///< without offset and position
  Steinberg::Vst::ParamID id = 0;
  Steinberg::Vst::ParamValue value = 0;
};

/**
 * Translates MIDI channel messages into what VST3 has for them: notes and key pressure become events; controllers, channel
 * pressure and pitch bend go to the parameters that IMidiMapping assigns; program changes to a program parameter.
 */
class MidiTranslator {
 public:
  /** Asks the plug-in for all its assignments; main thread. */
  explicit MidiTranslator(const PluginInstance& plugin);

  /**
   * Neither allocates nor locks; any thread.
   *
   * @param bytes a status byte of 0x80 to 0xEF and its data bytes; 0 where there is no second one
   */
  [[nodiscard]] MidiTranslation translate(const std::array<std::uint8_t, 3>& bytes) const noexcept;

  /** Whether the plug-in takes notes and system exclusive messages. */
  [[nodiscard]] bool takesEvents() const noexcept { return takesEvents_; }

  /** The parameters that messages can move, each once. */
  [[nodiscard]] std::vector<Steinberg::Vst::ParamID> parameters() const;

 private:
  static constexpr std::size_t channels = 16;

  struct Program {
    Steinberg::Vst::ParamID id = Steinberg::Vst::kNoParamId;
    Steinberg::int32 last = 0;  ///< the highest program
  };
  using Controllers = std::array<Steinberg::Vst::ParamID, Steinberg::Vst::kPitchBend + 1>;

  void translateEvent(const std::array<std::uint8_t, 3>& bytes, MidiTranslation& result) const noexcept;
  void translateController(std::size_t channel, std::size_t number, double value,
                           MidiTranslation& result) const noexcept;
  void translateProgram(std::size_t channel, std::uint8_t program, MidiTranslation& result) const noexcept;

  bool takesEvents_;
  std::array<Controllers, channels> controllers_;
  std::array<Program, channels> programs_;
};

}  // namespace patchbay::host
