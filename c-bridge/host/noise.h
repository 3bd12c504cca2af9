// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "options.h"

namespace patchbay::host {

/**
 * Runs `patchbay-host noise`: a thread that does nothing but wake at the times of blocks, and notes how late it woke. What it shows
 * is the machine's own, whatever plays beside it.
 *
 * @throws Failure or Interrupted; then no output file has appeared
 */
void noiseCommand(const Options& options);

}  // namespace patchbay::host
