// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <future>
#include <memory>
#include <optional>
#include <vector>

#include "plugin_instance.h"
#include "renderer.h"
#include "wav_writer.h"

namespace patchbay::host {

/**
 * Further instances of a plug-in in this process, which play the same music as the first, each on an audio thread of its own, as
 * the tracks of a song do. The main thread calls; the destructor undoes whatever was reached.
 */
class Companions {
 public:
  Companions(Module& module, const PluginClass& pluginClass, int count);

  void loadState(const std::vector<char>& state);
  void arrangeBuses();
  void activate(const Steinberg::Vst::ProcessSetup& setup);

  /**
   * Starts to play.
   *
   * @param out where the first one's sound goes; that of number N goes beside it, to NAME-N.wav; nothing to keep none
   */
  void start(const RenderSettings& settings, const Timeline& timeline, const TempoMap& tempo,
             const std::optional<std::filesystem::path>& out);

  /** Waits until all have played, and deactivates them. The files are whole then, under their temporary names. */
  void finish();

  /** Gives the files their names. @throws Failure also where a process call has failed */
  void commit();

 private:
  struct Companion {
    std::unique_ptr<PluginInstance> plugin;
    std::unique_ptr<WavWriter> wav;
    std::unique_ptr<Renderer> renderer;
    std::future<void> done;
  };

  std::vector<Companion> companions_;
};

}  // namespace patchbay::host
