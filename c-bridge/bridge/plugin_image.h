// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <patchbay/standard.h>

#include "midi_map.h"
#include "parameters.h"
#include "units.h"

namespace patchbay::bridge {

/** Where the samples of the audio slots lie; a private copy, so that nobody can change it under us. */
struct AudioGeometry {
  std::uint32_t maxFrames = 0;
  std::uint32_t inputChannels = 0;
  std::uint32_t outputChannels = 0;
  std::uint32_t samplesOffset = 0;
  std::uint32_t channelStride = 0;
};

/** A bus as the plug-in declares it. */
struct AudioBus {
  std::string name;
  bool output = false;
  bool sideChain = false;
  std::uint32_t firstChannel = 0;  ///< among those of its direction
  std::uint32_t channels = 0;      ///< of its largest arrangement
  std::vector<std::uint64_t> arrangements;  ///< at least one; the first is the default
};

/** A note expression as the plug-in declares it. */
struct NoteExpression {
  std::string name;
  std::string shortName;
  std::string unit;
  double minimum = 0;  ///< what a normalized 0 stands for
  double maximum = 0;  ///< what a normalized 1 stands for
  double neutral = 0;  ///< normalized
  std::uint32_t type = 0;  ///< as VST 3 has it
  std::int32_t gesture = PB_GESTURE_NONE;
};

/** How one module is started; no arguments where the plug-in has no such module. */
struct ModuleCommand {
  std::vector<std::string> arguments;  ///< the process's, or the path of the library below the bundle
  int readyMillis = 0;
  bool library = false;  ///< called within the host's process
};

/**
 * The initial image of the region, checked, and what it says about the plug-in. Everything that a host asks before it
 * activates the plug-in is answered from here. Immutable and shared by all instances of a bundle.
 */
class PluginImage {
 public:
  /**
   * Checks the bytes of a region.image.
   *
   * @param error receives what is wrong, as the end of a sentence that starts with the file's name
   * @return null where the bytes cannot be used
   */
  static std::shared_ptr<const PluginImage> parse(std::vector<std::uint8_t> bytes, std::string& error);

  /** The image, its ready word still 0: whoever copies it sets that word last. */
  [[nodiscard]] const std::vector<std::uint8_t>& bytes() const noexcept { return bytes_; }

  std::string name;
  std::string vendor;
  std::string version;
  std::string url;
  std::string email;
  std::string category;
  char uid[16] = {};  ///< the class id
  bool instrument = false;
  ParameterTable parameters;
  Units units;
  MidiMap midi;
  bool eventOutput = false;
  std::vector<NoteExpression> noteExpressions;
  std::vector<AudioBus> buses;  ///< inputs first
  AudioGeometry audio;
  ModuleCommand modules[PB_STANDARD_ROLE_COUNT];

 private:
  PluginImage() = default;
  [[nodiscard]] std::string read();
  [[nodiscard]] std::string readIdentity(const pb_region& region);
  [[nodiscard]] std::string readAudio(const pb_region& region);
  [[nodiscard]] std::string readBuses(const pb_region& region, std::int32_t count);
  [[nodiscard]] std::string readNoteExpressions(const pb_region& region, std::int32_t count);
  [[nodiscard]] std::string readModules(const pb_region& region);
  [[nodiscard]] std::string readParameters(const pb_region& region, std::int32_t count);

  std::vector<std::uint8_t> bytes_;
};

}  // namespace patchbay::bridge
