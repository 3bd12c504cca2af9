// SPDX-License-Identifier: Apache-2.0
#include "options.h"

#include <CLI/CLI.hpp>
#include <charconv>
#include <cmath>
#include <iostream>
#include <map>
#include <string_view>

#include "failure.h"
#include "play_options.h"

namespace patchbay::host {
namespace {

using Steinberg::Vst::ProcessModes;

constexpr const char* exitStatuses =
    "Exit statuses:\n"
    "  0      success\n"
    "  2      wrong command line, or an unreadable state\n"
    "  3      the MIDI file is missing or unusable\n"
    "  4      the plug-in cannot be loaded\n"
    "  5      the plug-in failed to initialise, activate or process; after failed process calls\n"
    "         the output files are complete, with silence for the failed blocks\n"
    "  6      an output file cannot be written\n"
    "  7      there is no JACK, or no answer from its server\n"
    "  128+N  stopped by signal N; nothing is written then, unless --keep is given";

/** A year: beyond that a number is a slip of the finger, and sample counts stay far from overflowing. */
constexpr double maxSeconds = 366.0 * 86400.0;

/** CLI11's own range check lets NaN pass. */
const CLI::Validator secondsRange(
    [](std::string& text) {
      double value = 0;
      const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
      const bool whole = error == std::errc() && end == text.data() + text.size();
      return whole && value >= 0 && value <= maxSeconds ? std::string()
                                                        : text + " is not a number of seconds from 0 to a year";
    },
    "");

[[noreturn]] void usage(const std::string& sentence) { throw Failure(ExitStatus::usage, sentence); }

double parseNumber(std::string_view text, const std::string& argument, double low, double high,
                   const std::string& expected) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !(value >= low && value <= high)) {
    usage("the option " + argument + " has the number \"" + std::string(text) + "\", expected " + expected);
  }
  return value;
}

/** ID=NORMALIZED, the ID decimal or, after 0x, hexadecimal. */
ParameterSetting parseSetting(std::string_view text, const std::string& argument) {
  const std::size_t equals = text.find('=');
  std::string_view idText = text.substr(0, equals);
  const bool hexadecimal = idText.substr(0, 2) == "0x";
  idText.remove_prefix(hexadecimal ? 2 : 0);
  ParameterSetting setting;
  const auto [end, error] =
      std::from_chars(idText.data(), idText.data() + idText.size(), setting.id, hexadecimal ? 16 : 10);
  if (equals == std::string_view::npos || error != std::errc() || end != idText.data() + idText.size()) {
    usage("the option " + argument + " has no parameter id and value, expected ID=NORMALIZED; patchbay-host info lists "
          "the ids");
  }
  setting.value = parseNumber(text.substr(equals + 1), argument, 0, 1, "a normalised value of 0 to 1");
  return setting;
}

ParameterSetting parseTimedSetting(const std::string& text) {
  const std::string argument = "--param-at " + text;
  const std::size_t colon = text.find(':');
  if (colon == std::string::npos) {
    usage("the option " + argument + " has no time, expected SECONDS:ID=NORMALIZED");
  }
  ParameterSetting setting = parseSetting(std::string_view(text).substr(colon + 1), argument);
  setting.seconds =
      parseNumber(std::string_view(text).substr(0, colon), argument, 0, maxSeconds, "a time in seconds of 0 or more");
  return setting;
}

void checkRender(Options& options, const std::optional<std::string>& mode) {
  static const std::map<std::string, ProcessModes> modes = {
      {"realtime", Steinberg::Vst::kRealtime},
      {"offline", Steinberg::Vst::kOffline},
      {"prefetch", Steinberg::Vst::kPrefetch}};
  options.mode = options.realtime ? Steinberg::Vst::kRealtime : Steinberg::Vst::kOffline;
  if (mode) {
    options.mode = modes.at(*mode);
  }
  if (!options.midi && !options.seconds) {
    usage("there is nothing to say how long to render; give --midi FILE, --seconds N or both");
  }
  if (options.jsonBlocks && !options.json) {
    usage("--json-blocks adds to the report of --json, which is not given");
  }
}

}  // namespace

std::optional<Options> parseOptions(int argumentCount, const char* const* arguments) {
  Options options;
  std::optional<std::string> mode;
  std::vector<std::string> sets;
  std::vector<std::string> timedSets;

  CLI::App app("Plays a VST3 plug-in without a screen or sound card: renders a MIDI file, or describes the plug-in.",
               "patchbay-host");
  app.footer(exitStatuses);
  app.require_subcommand(1);
  app.set_help_all_flag("--help-all", "Print the help of all commands");
  app.set_version_flag("--version", PB_HOST_VERSION);

  CLI::App* render = app.add_subcommand("render", "Render a MIDI file, or silence, through a plug-in");
  CLI::App* info = app.add_subcommand("info", "Print a JSON description of a plug-in without activating it");
  CLI::App* play = app.add_subcommand("play", "Play a plug-in against JACK or PipeWire, until Ctrl-C");
  for (CLI::App* command : {render, info, play}) {
    command->footer(exitStatuses);
    CLI::Option* plugin = command->add_option(command == play ? "--plugin,--bundle" : "--plugin", options.plugin,
                                              "A .vst3 bundle, or its .so");
    plugin->required(command != play)->type_name("PATH");
    command->add_option("--class", options.pluginClass, "The class to use, if there are several")
        ->type_name("NAME_OR_UID");
  }
  render->add_option("--midi", options.midi, "Standard MIDI File of format 0 or 1")->type_name("FILE");
  render->add_option("--out", options.out, "Write the main output as a 32-bit float WAV")->type_name("FILE");
  render->add_option("--json", options.json, "Write the measurements; - for standard output")->type_name("FILE");
  render->add_flag("--json-blocks", options.jsonBlocks, "Add start and duration of every block to the measurements");
  render
      ->add_option("--instances", options.instances,
                   "Play so many instances in this process at once, each on an audio thread of its own; the sound of "
                   "number N from 2 on goes to a file beside --out whose name ends in -N, the measurements are of the "
                   "first")
      ->check(CLI::Range(1, 64))
      ->type_name("N")
      ->capture_default_str();
  render->add_flag("--realtime", options.realtime, "Process each block at its time instead of at full speed");
  render->add_option("--mode", mode, "The process mode that the plug-in is told [offline, or realtime with --realtime]")
      ->check(CLI::IsMember({"realtime", "offline", "prefetch"}))
      ->type_name("MODE");
  render->add_option("--tail", options.tail, "Seconds to render after the end of the MIDI file")
      ->check(secondsRange)
      ->type_name("SECONDS")
      ->capture_default_str();
  render->add_option("--seconds", options.seconds, "Seconds to render in all, instead of the MIDI file and the tail")
      ->check(secondsRange)
      ->type_name("SECONDS");
  render->add_option("--set", sets, "Set a parameter at the start; can be repeated")
      ->allow_extra_args(false)
      ->type_name("ID=NORMALIZED");
  render->add_option("--param-at", timedSets, "Set a parameter at a time; can be repeated")
      ->allow_extra_args(false)
      ->type_name("SECONDS:ID=NORMALIZED");
  render->add_option("--state-in", options.stateIn, "Load this component state first")->type_name("FILE");
  render->add_option("--state-out", options.stateOut, "Save the component state after the render")->type_name("FILE");
  addPlayOptions(*play, options);
  CLI::App* noise =
      app.add_subcommand("noise", "Wake at the times of blocks, do nothing, and tell how late each was");
  noise->footer(exitStatuses);
  noise->add_option("--json", options.json, "Write what was measured")->required()->type_name("FILE");
  noise->add_option("--seconds", options.seconds, "How long")->required()->check(secondsRange)->type_name("SECONDS");
  for (CLI::App* command : {render, noise}) {
    command->add_option("--rate", options.rate, "Sample rate in Hz")
        ->check(CLI::Range(1000, 1500000))
        ->type_name("HZ")
        ->capture_default_str();
    command->add_option("--block", options.block, "Samples of a block")
        ->check(CLI::Range(1, 8192))
        ->type_name("SAMPLES")
        ->capture_default_str();
    command
        ->add_option("--fifo", options.fifo,
                     "Ask for SCHED_FIFO with this priority for the audio thread; the report says what was granted")
        ->check(CLI::Range(1, 99))
        ->type_name("PRIORITY");
  }
  render->add_flag("--keep", options.keep, "When a signal stops the render, write what was rendered until then and succeed");
  render->add_flag("--quiet", options.quiet, "Show no progress");

  try {
    app.parse(argumentCount, arguments);
  } catch (const CLI::Success& success) {
    app.exit(success, std::cout, std::cerr);
    return std::nullopt;
  } catch (const CLI::ParseError& error) {
    usage(std::string(error.what()) + "; patchbay-host --help-all lists commands and options");
  }
  options.command = render->parsed()  ? Options::Command::render
                    : noise->parsed() ? Options::Command::noise
                    : play->parsed()  ? Options::Command::play
                                      : Options::Command::info;
  if (options.command == Options::Command::play && options.plugin.empty() && !options.listPorts) {
    usage("play has no plug-in; give one with --plugin PATH, or --list");
  }
  if (options.command == Options::Command::render) {
    for (const std::string& text : sets) {
      options.settings.push_back(parseSetting(text, "--set " + text));
    }
    for (const std::string& text : timedSets) {
      options.settings.push_back(parseTimedSetting(text));
    }
    checkRender(options, mode);
  }
  return options;
}

}  // namespace patchbay::host
