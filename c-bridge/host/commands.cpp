// SPDX-License-Identifier: Apache-2.0
#include "commands.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <future>
#include <memory>

#include "companions.h"
#include "failure.h"
#include "info.h"
#include "module.h"
#include "output_file.h"
#include "plugin_instance.h"
#include "progress.h"
#include "renderer.h"
#include "report.h"
#include "scheduling.h"
#include "state_file.h"
#include "stop_signal.h"
#include "timeline.h"
#include "wav_writer.h"

namespace patchbay::host {
namespace {

namespace fs = std::filesystem;

void print(const std::string& text) {
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() || std::fflush(stdout) != 0) {
    throw Failure(ExitStatus::output, "the standard output cannot be written; check where it leads");
  }
}

/** The results that appear together at the end, or not at all. */
class Results {
 public:
  explicit Results(const Options& options) : toStandardOutput_(options.json && *options.json == "-") {
    // All are created before the render: a wrong folder is told at once, not after an hour.
    if (options.json && !toStandardOutput_) {
      json_ = std::make_unique<OutputFile>(*options.json);
    }
    if (options.stateOut) {
      state_ = std::make_unique<OutputFile>(*options.stateOut);
    }
  }

  void openWav(const fs::path& path, const RenderSettings& settings, std::int32_t channels) {
    wav_ = std::make_unique<WavWriter>(path, settings.sampleRate, channels, settings.frames, settings.block);
  }

  [[nodiscard]] WavWriter* wav() const { return wav_.get(); }
  [[nodiscard]] bool wantsState() const { return state_ != nullptr; }
  [[nodiscard]] bool wantsReport() const { return json_ != nullptr || toStandardOutput_; }

  void complete(const std::string& report, const std::vector<char>& state) {
    if (state_) {
      state_->write({state.data(), state.size()});
    }
    if (json_) {
      json_->write(report);
    }
    if (wav_) {
      wav_->commit();
    }
    if (state_) {
      state_->commit();
    }
    if (json_) {
      json_->commit();
    } else if (toStandardOutput_) {
      print(report);
    }
  }

 private:
  bool toStandardOutput_;
  std::unique_ptr<OutputFile> json_;
  std::unique_ptr<OutputFile> state_;
  std::unique_ptr<WavWriter> wav_;
};

std::vector<ScheduledChange> scheduleSettings(const Options& options, const PluginInstance& plugin) {
  std::vector<ScheduledChange> changes;
  for (const ParameterSetting& setting : options.settings) {
    const auto known = plugin.parameters();
    if (std::none_of(known.begin(), known.end(), [&](const Parameter& p) { return p.info.id == setting.id; })) {
      throw Failure(ExitStatus::usage, "the plug-in has no parameter with the id " + std::to_string(setting.id) +
                                           "; patchbay-host info lists its " + std::to_string(known.size()) +
                                           " parameters");
    }
    changes.push_back({std::llround(setting.seconds * options.rate), setting.id, setting.value});
    if (setting.seconds <= 0) {
      // As a host's own slider would: the controller shows what the processor is about to be told.
      plugin.controller()->setParamNormalized(setting.id, setting.value);
    }
  }
  return changes;
}

std::int64_t renderLength(const Options& options, const Timeline& timeline) {
  const auto samples = [&options](double seconds) -> std::int64_t { return std::llround(seconds * options.rate); };
  if (options.seconds) {
    return samples(*options.seconds);
  }
  // One sample more than the last event, so that even without a tail every note off is delivered.
  const std::int64_t lastEvent = timeline.events.empty() ? -1 : timeline.events.back().sample;
  const std::int64_t lastChange = timeline.changes.empty() ? -1 : timeline.changes.back().sample;
  return std::max({timeline.endOfSong + samples(options.tail), lastEvent + 1, lastChange + 1});
}

void checkSettingsInside(const Options& options, std::int64_t frames) {
  for (const ParameterSetting& setting : options.settings) {
    if (std::llround(setting.seconds * options.rate) >= frames) {
      throw Failure(ExitStatus::usage, "the parameter " + std::to_string(setting.id) + " is to be set at " +
                                           std::to_string(setting.seconds) + " s, but the render ends after " +
                                           std::to_string(static_cast<double>(frames) / options.rate) + " s");
    }
  }
}

/** Every block's duration is kept for the percentiles: a broken file that lasts for years must not fill the memory. */
void checkBlockCount(const RenderSettings& settings) {
  const std::int64_t most = settings.keepBlockStarts ? std::int64_t{1} << 22 : std::int64_t{1} << 26;
  if (const std::int64_t blocks = settings.frames / settings.block; blocks > most) {
    throw Failure(ExitStatus::usage, "the render would last " +
                                         std::to_string(static_cast<double>(settings.frames) / settings.sampleRate) +
                                         " s in " + std::to_string(blocks) + " blocks, expected at most " +
                                         std::to_string(most) + "; give fewer --seconds or a larger --block");
  }
}

Steinberg::Vst::ProcessSetup setupOf(const RenderSettings& settings) {
  Steinberg::Vst::ProcessSetup setup = {};
  setup.processMode = settings.mode;
  setup.symbolicSampleSize = Steinberg::Vst::kSample32;
  setup.maxSamplesPerBlock = settings.block;
  setup.sampleRate = settings.sampleRate;
  return setup;
}

double activate(PluginInstance& plugin, const RenderSettings& settings) {
  const std::int64_t before = monotonicNanos();
  plugin.activate(setupOf(settings));
  return static_cast<double>(monotonicNanos() - before) * 1.0e-6;
}

void applyOutputParameters(const Renderer& renderer, const PluginInstance& plugin) {
  if (plugin.controller() == nullptr) {
    return;
  }
  for (const auto& [id, value] : renderer.outputs().lastValues()) {
    plugin.controller()->setParamNormalized(id, value);
  }
}

void reportProcessErrors(const Renderer& renderer) {
  if (renderer.processErrors() > 0) {
    throw Failure(ExitStatus::pluginRun,
                  std::to_string(renderer.processErrors()) + " of " + std::to_string(renderer.times().count()) +
                      " process calls failed, the first for block " + std::to_string(*renderer.firstErrorBlock()) +
                      " with " + resultName(renderer.firstError()) + ", expected kResultOk; see the plug-in's own log");
  }
}

}  // namespace

void renderCommand(const Options& options) {
  // The MIDI file first: it is checked in milliseconds, a plug-in may take seconds to load.
  const MidiSong song = options.midi ? loadMidiFile(*options.midi) : MidiSong();
  const std::vector<char> initialState = options.stateIn ? readState(*options.stateIn, "--state-out") : std::vector<char>();
  Results results(options);

  Module module(options.plugin);
  PluginInstance plugin(module,
                        selectClass(listClasses(module.factory()), options.pluginClass, options.plugin.string()));
  Companions companions(module, plugin.pluginClass(), options.instances - 1);
  if (options.stateIn) {
    plugin.loadState(initialState);
    companions.loadState(initialState);
  }
  plugin.arrangeBuses();
  companions.arrangeBuses();
  Timeline timeline = makeTimeline(song, plugin, options.rate, scheduleSettings(options, plugin));

  RenderSettings settings;
  settings.sampleRate = options.rate;
  settings.block = options.block;
  settings.mode = options.mode;
  settings.paced = options.realtime;
  settings.keepBlockStarts = options.jsonBlocks;
  settings.frames = renderLength(options, timeline);
  checkBlockCount(settings);
  checkSettingsInside(options, settings.frames);
  timeline.cutAt(settings.frames);
  if (options.out) {
    const std::int32_t channels = recordedChannels(plugin);
    if (channels == 0) {
      throw Failure(ExitStatus::pluginRun, "the plug-in \"" + plugin.pluginClass().name +
                                               "\" has no audio output to write to " + options.out->string() +
                                               "; leave out --out");
    }
    results.openWav(*options.out, settings, channels);
  }

  throwIfStopRequested();
  RenderFacts facts;
  facts.activateMillis = activate(plugin, settings);
  companions.activate(setupOf(settings));
  facts.plugin = options.plugin.string();
  facts.eventsIgnored = timeline.ignored;
  facts.latencySamples = plugin.processor().getLatencySamples();
  facts.tailSamples = plugin.processor().getTailSamples();
  facts.blocks = options.jsonBlocks;

  Renderer renderer(plugin, settings, timeline, song.tempo, results.wav());
  companions.start(settings, timeline, song.tempo, options.out);
  const std::future<void> done = std::async(std::launch::async, [&renderer, &facts, &options] {
    facts.scheduling = scheduleAudioThread(options.fifo);
    renderer.run();
  });
  waitShowingProgress(done, renderer, settings, options.quiet);
  companions.finish();
  if (!options.keep) {
    throwIfStopRequested();
  }
  if (results.wav() != nullptr) {
    results.wav()->finish();
  }
  applyOutputParameters(renderer, plugin);
  const std::vector<char> finalState = results.wantsState() ? plugin.saveState() : std::vector<char>();
  plugin.deactivate();
  results.complete(results.wantsReport() ? renderReport(renderer, settings, plugin, facts) : std::string(), finalState);
  companions.commit();
  reportProcessErrors(renderer);
}

void infoCommand(const Options& options) {
  Module module(options.plugin);
  const std::vector<PluginClass> classes = listClasses(module.factory());
  const PluginInstance plugin(module, selectClass(classes, options.pluginClass, options.plugin.string()));
  print(describePlugin(module, classes, plugin));
}

}  // namespace patchbay::host
