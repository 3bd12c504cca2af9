// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "pluginterfaces/vst/ivstaudioprocessor.h"
#include "pluginterfaces/vst/vsttypes.h"

namespace patchbay::host {

struct ParameterSetting {
  double seconds = 0;
  Steinberg::Vst::ParamID id = 0;
  Steinberg::Vst::ParamValue value = 0;
};

/** A checked command line. */
struct Options {
  enum class Command { render, info, noise, play };

  Command command = Command::render;
  std::filesystem::path plugin;
  std::string pluginClass;  ///< name or uid; empty for the first

  std::optional<std::filesystem::path> midi;
  std::optional<std::filesystem::path> out;
  std::optional<std::filesystem::path> json;  ///< "-" for standard output
  bool jsonBlocks = false;
  std::int32_t rate = 48000;
  std::int32_t block = 256;
  int instances = 1;
  bool realtime = false;
  Steinberg::Vst::ProcessModes mode = Steinberg::Vst::kOffline;
  double tail = 2;
  std::optional<double> seconds;
  std::vector<ParameterSetting> settings;  ///< of --set and --param-at, in this order
  std::optional<std::filesystem::path> stateIn;
  std::optional<std::filesystem::path> stateOut;
  bool quiet = false;
  bool keep = false;  ///< a signal ends the render, and what there is by then is written

  // Of play alone.
  std::string server;                   ///< of JACK; empty for the one of the environment
  std::string clientName;               ///< empty for the plug-in's name
  std::optional<std::string> connect;   ///< a part of the names of ports for the main output; empty for the hardware
  std::optional<std::string> midiIn;    ///< likewise for MIDI
  std::optional<std::string> audioIn;   ///< likewise for the main input
  std::optional<std::filesystem::path> state;
  bool listPorts = false;

  int fifo = 0;  ///< priority of the audio thread; 0 to leave it as it is
};

/**
 * Reads the command line. Prints the help or version and returns nothing if that was asked for.
 *
 * @throws Failure with ExitStatus::usage
 */
[[nodiscard]] std::optional<Options> parseOptions(int argumentCount, const char* const* arguments);

}  // namespace patchbay::host
