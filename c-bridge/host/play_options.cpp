// SPDX-License-Identifier: Apache-2.0
#include "play_options.h"

namespace patchbay::host {
namespace {

/** An option whose value may be left out, which then is the empty text. */
void addOptional(CLI::App& app, const std::string& name, std::optional<std::string>& target, const std::string& help) {
  app.add_option_function<std::vector<std::string>>(
         name,
         [&target](const std::vector<std::string>& values) { target = values.empty() ? std::string() : values.front(); },
         help)
      ->expected(0, 1)
      ->type_name("[NAME]");
}

}  // namespace

void addPlayOptions(CLI::App& play, Options& options) {
  play.add_option("-n,--server", options.server, "The JACK server [JACK_DEFAULT_SERVER, or \"default\"]")
      ->type_name("NAME");
  play.add_option("--client", options.clientName, "The name as a JACK client [that of the plug-in]")->type_name("NAME");
  addOptional(play, "--connect", options.connect,
              "Connect the main output to the sound card, or to the ports whose names contain NAME");
  addOptional(play, "--midi-in", options.midiIn,
              "Connect all keyboards, also those plugged in later, or the ports whose names contain NAME");
  addOptional(play, "--audio-in", options.audioIn,
              "Connect the sound card's inputs to the main input, or the ports whose names contain NAME");
  play.add_option("--state", options.state, "Load this component state first, if it is there, and save it at the end")
      ->type_name("FILE");
  play.add_flag("--list", options.listPorts, "List what can be connected, and end");
  play.add_flag("--quiet", options.quiet, "Show no levels and say nothing");
}

}  // namespace patchbay::host
