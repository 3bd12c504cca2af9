// SPDX-License-Identifier: Apache-2.0
#include "companions.h"

#include "failure.h"

namespace patchbay::host {

namespace fs = std::filesystem;

namespace {

fs::path numbered(const fs::path& out, std::size_t number) {
  fs::path path = out;
  return path.replace_filename(out.stem().string() + "-" + std::to_string(number) + out.extension().string());
}

}  // namespace

Companions::Companions(Module& module, const PluginClass& pluginClass, int count)
    : companions_(static_cast<std::size_t>(count)) {
  for (Companion& companion : companions_) {
    companion.plugin = std::make_unique<PluginInstance>(module, pluginClass);
  }
}

void Companions::loadState(const std::vector<char>& state) {
  for (Companion& companion : companions_) {
    companion.plugin->loadState(state);
  }
}

void Companions::arrangeBuses() {
  for (Companion& companion : companions_) {
    companion.plugin->arrangeBuses();
  }
}

void Companions::activate(const Steinberg::Vst::ProcessSetup& setup) {
  for (Companion& companion : companions_) {
    companion.plugin->activate(setup);
  }
}

void Companions::start(const RenderSettings& settings, const Timeline& timeline, const TempoMap& tempo,
                       const std::optional<fs::path>& out) {
  // All is made before the first one plays: none starts while another still allocates.
  std::size_t number = 1;
  for (Companion& companion : companions_) {
    ++number;
    if (out) {
      companion.wav = std::make_unique<WavWriter>(numbered(*out, number), settings.sampleRate,
                                                  recordedChannels(*companion.plugin), settings.frames,
                                                  settings.block);
    }
    companion.renderer =
        std::make_unique<Renderer>(*companion.plugin, settings, timeline, tempo, companion.wav.get());
  }
  for (Companion& companion : companions_) {
    companion.done = std::async(std::launch::async, [renderer = companion.renderer.get()] { renderer->run(); });
  }
}

void Companions::finish() {
  for (Companion& companion : companions_) {
    companion.done.wait();
    if (companion.wav != nullptr) {
      companion.wav->finish();
    }
    companion.plugin->deactivate();
  }
}

void Companions::commit() {
  std::size_t number = 1;
  for (Companion& companion : companions_) {
    ++number;
    if (companion.wav != nullptr) {
      companion.wav->commit();
    }
    const Renderer& renderer = *companion.renderer;
    if (renderer.processErrors() > 0) {
      throw Failure(ExitStatus::pluginRun, std::to_string(renderer.processErrors()) + " of " +
                                               std::to_string(renderer.times().count()) +
                                               " process calls of instance " + std::to_string(number) +
                                               " failed, the first with " + resultName(renderer.firstError()) +
                                               ", expected kResultOk; see the plug-in's own log");
    }
  }
}

}  // namespace patchbay::host
