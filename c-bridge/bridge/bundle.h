// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "plugin_image.h"

namespace patchbay::bridge {

/** The bundle that this very library was loaded from. */
struct Bundle {
  std::string folder;  ///< absolute: .../X.vst3
  std::shared_ptr<const PluginImage> image;
};

/**
 * Finds the bundle around this library and reads its image; no other file is opened. A bundle that cannot be used is
 * reported on stderr.
 *
 * @return null where there is no usable image
 */
[[nodiscard]] std::shared_ptr<const Bundle> openBundle();

}  // namespace patchbay::bridge
