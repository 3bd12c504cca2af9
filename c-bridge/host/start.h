// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "options.h"

namespace patchbay::host {

/**
 * Runs `patchbay-host start`: loads a plug-in, makes instance after instance ready, and notes after each how long it took and what
 * memory this process and all that it has started have. @throws Failure, also where an instance makes no sound
 */
void startCommand(const Options& options);

}  // namespace patchbay::host
