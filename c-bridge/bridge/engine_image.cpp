// SPDX-License-Identifier: Apache-2.0
#include "engine_image.h"

#include <patchbay/engine.h>

#include <cstring>

#include "image_check.h"

namespace patchbay::bridge {

std::shared_ptr<const EngineImage> EngineImage::parse(std::vector<std::uint8_t> bytes, std::string& error) {
  std::shared_ptr<EngineImage> image(new EngineImage);
  image->bytes_ = std::move(bytes);
  error = image->read();
  return error.empty() ? image : nullptr;
}

std::string EngineImage::read() {
  pb_region region = {};
  std::string error = checkImage(bytes_, region);
  if (!error.empty()) {
    return error;
  }
  pb_section section;
  if (!PB_FIND(&region, PB_ENGINE_INFO, &section) || section.stride < sizeof(pb_engine_info)) {
    return std::string("its section \"") + PB_ENGINE_INFO_NAME +
           "\" is missing or of another shape than this bridge was built for";
  }
  pb_engine_info info;
  std::memcpy(&info, pb_section_element(&section, 0), sizeof info);
  if (info.share != PB_SHARE_BUNDLE && info.share != PB_SHARE_INSTANCE) {
    return "its share mode is " + std::to_string(info.share) + ", expected " + std::to_string(PB_SHARE_BUNDLE) +
           " or " + std::to_string(PB_SHARE_INSTANCE);
  }
  if (info.spare != 0 && info.spare != 1) {
    return "its word for a spare is " + std::to_string(info.spare) + ", expected 0 or 1";
  }
  spare = info.spare == 1;
  shared = info.share == PB_SHARE_BUNDLE;
  return {};
}

}  // namespace patchbay::bridge
