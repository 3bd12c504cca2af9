// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>

#include "options.h"

namespace patchbay::host {

/** Declares what "play" takes beside the plug-in. @param options filled when the command line is parsed */
void addPlayOptions(CLI::App& play, Options& options);

}  // namespace patchbay::host
