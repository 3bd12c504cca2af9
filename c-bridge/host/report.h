// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "renderer.h"

namespace patchbay::host {

/** What is known about a render besides what the renderer measured. */
struct RenderFacts {
  std::string plugin;             ///< path as given
  std::uint64_t eventsIgnored = 0;
  double activateMillis = 0;      ///< setupProcessing to setActive, together
  std::uint32_t latencySamples = 0;
  std::uint32_t tailSamples = 0;
  bool blocks = false;            ///< whether to list every block
  std::string scheduling;         ///< of the audio thread
};

/** The measurements of a finished render as a JSON text. */
[[nodiscard]] std::string renderReport(const Renderer& renderer, const RenderSettings& settings,
                                       const PluginInstance& plugin, const RenderFacts& facts);

}  // namespace patchbay::host
