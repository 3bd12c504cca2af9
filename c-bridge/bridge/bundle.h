// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "engine_image.h"
#include "plugin_image.h"

namespace patchbay::bridge {

/** The bundle that this very library was loaded from. */
struct Bundle {
  std::string folder;  ///< absolute: .../X.vst3
  std::shared_ptr<const PluginImage> image;
  std::shared_ptr<const EngineImage> engine;
};

/**
 * Finds the bundle around this library and reads its images; no other file is opened. A bundle that cannot be used is
 * reported on stderr.
 *
 * @return null where an image is not usable
 */
[[nodiscard]] std::shared_ptr<const Bundle> openBundle();

}  // namespace patchbay::bridge
