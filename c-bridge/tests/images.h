// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <doctest/doctest.h>

#include <cstdint>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "plugin_image.h"
#include "region.h"
#include "workbench.h"

namespace patchbay::bridge::test {

/** A file of a bundle's that the bridge reads. */
inline std::vector<std::uint8_t> resourceOf(const std::string& bundle, const std::string& name) {
  const std::string text = readText(bundlePath(bundle) + "/Contents/Resources/" + name);
  return {text.begin(), text.end()};
}

inline std::shared_ptr<const PluginImage> imageOf(const std::string& bundle) {
  std::string error;
  auto image = PluginImage::parse(resourceOf(bundle, "region.image"), error);
  REQUIRE_MESSAGE(image != nullptr, error);
  return image;
}

inline std::shared_ptr<Region> regionOf(const PluginImage& image) {
  std::string error;
  auto region = Region::create(image, error);
  REQUIRE_MESSAGE(region != nullptr, error);
  return region;
}

}  // namespace patchbay::bridge::test
