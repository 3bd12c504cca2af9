// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "options.h"

namespace patchbay::host {

/** Runs `patchbay-host render`. @throws Failure or Interrupted; then no output file has appeared */
void renderCommand(const Options& options);

/** Runs `patchbay-host info`. @throws Failure */
void infoCommand(const Options& options);

}  // namespace patchbay::host
