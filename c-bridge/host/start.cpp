// SPDX-License-Identifier: Apache-2.0
#include "start.h"

#include <cmath>
#include <future>
#include <memory>
#include <nlohmann/json.hpp>
#include <vector>

#include "block_clock.h"
#include "failure.h"
#include "module.h"
#include "output_file.h"
#include "plugin_instance.h"
#include "process_memory.h"
#include "renderer.h"
#include "stop_signal.h"
#include "timeline.h"

namespace patchbay::host {
namespace {

using Json = nlohmann::ordered_json;

constexpr double nanosPerMilli = 1.0e6;

/** How long each instance plays, in seconds: an instance that is ready makes a sound. */
constexpr double playSeconds = 0.05;

constexpr double patienceMillis = 15'000;

double millisSince(std::int64_t nanos) { return static_cast<double>(monotonicNanos() - nanos) / nanosPerMilli; }

/** A note from the first sample on. */
MidiSong oneNote() {
  MidiSong song;
  song.messages = {{0, {0x90, 69, 100}}, {480, {0x80, 69, 0}}};
  song.endTick = 480;
  return song;
}

Json memory() {
  Json processes = Json::array();
  for (const ProcessMemory& process : memoryOfThisAndItsChildren()) {
    processes.push_back({{"pid", process.pid},
                         {"command", process.command},
                         {"proportionalBytes", process.proportional},
                         {"residentBytes", process.resident}});
  }
  return processes;
}

/** Plays a moment on a thread of its own, as hosts do. @throws Failure where the plug-in refuses a block */
bool isHeard(PluginInstance& plugin, const RenderSettings& settings, const MidiSong& song, int number) {
  const Timeline timeline = makeTimeline(song, plugin, settings.sampleRate, {});
  Renderer renderer(plugin, settings, timeline, song.tempo, nullptr);
  std::async(std::launch::async, [&renderer] { renderer.run(); }).wait();
  throwIfStopRequested();
  if (renderer.processErrors() > 0) {
    throw Failure(ExitStatus::pluginRun, "instance " + std::to_string(number) +
                                             " was activated, but its process call failed with " +
                                             resultName(renderer.firstError()) + "; see the plug-in's own log");
  }
  return renderer.signal().peakDb().has_value();
}

/** On a busy machine blocks are late, and silent: only a plug-in that stays so makes no sound. @throws Failure for such a one */
void checkSound(PluginInstance& plugin, const RenderSettings& settings, const MidiSong& song, int number) {
  const std::int64_t begin = monotonicNanos();
  while (!isHeard(plugin, settings, song, number)) {
    if (millisSince(begin) > patienceMillis) {
      throw Failure(ExitStatus::pluginRun, "instance " + std::to_string(number) +
                                               " was activated, but makes no sound when a note is played; see the "
                                               "plug-in's own log");
    }
  }
}

}  // namespace

void startCommand(const Options& options) {
  OutputFile file(*options.json);
  RenderSettings settings;
  settings.sampleRate = options.rate;
  settings.block = options.block;
  settings.mode = options.mode;
  settings.frames = std::llround(playSeconds * options.rate);
  Steinberg::Vst::ProcessSetup setup = {};
  setup.processMode = settings.mode;
  setup.symbolicSampleSize = Steinberg::Vst::kSample32;
  setup.maxSamplesPerBlock = settings.block;
  setup.sampleRate = settings.sampleRate;
  const MidiSong song = oneNote();

  Json report = {{"before", memory()}};
  const std::int64_t begin = monotonicNanos();
  Module module(options.plugin);
  const PluginClass pluginClass =
      selectClass(listClasses(module.factory()), options.pluginClass, options.plugin.string());
  report["scanMillis"] = millisSince(begin);
  std::vector<std::unique_ptr<PluginInstance>> instances;
  Json started = Json::array();
  for (int number = 1; number <= options.instances; ++number) {
    throwIfStopRequested();
    const std::int64_t made = monotonicNanos();
    instances.push_back(std::make_unique<PluginInstance>(module, pluginClass));
    PluginInstance& plugin = *instances.back();
    plugin.arrangeBuses();
    const double instantiateMillis = millisSince(made);
    const std::int64_t activated = monotonicNanos();
    plugin.activate(setup);
    const double activateMillis = millisSince(activated);
    checkSound(plugin, settings, song, number);
    started.push_back({{"instantiateMillis", instantiateMillis},
                       {"activateMillis", activateMillis},
                       {"processes", memory()}});
  }
  report["instances"] = std::move(started);
  for (const auto& plugin : instances) {
    plugin->deactivate();
  }
  file.write(report.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
  file.commit();
}

}  // namespace patchbay::host
