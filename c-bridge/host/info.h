// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "plugin_instance.h"

namespace patchbay::host {

/** What a plug-in says about itself without being activated, as a JSON text. */
[[nodiscard]] std::string describePlugin(const Module& module, const std::vector<PluginClass>& classes,
                                         const PluginInstance& plugin);

}  // namespace patchbay::host
