// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <future>

#include "renderer.h"

namespace patchbay::host {

/**
 * Waits for the audio thread on the main thread and meanwhile shows how far it is: one line that is rewritten on a
 * terminal, a line every five seconds elsewhere.
 */
void waitShowingProgress(const std::future<void>& done, const Renderer& renderer, const RenderSettings& settings,
                         bool quiet);

}  // namespace patchbay::host
