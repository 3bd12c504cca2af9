// SPDX-License-Identifier: Apache-2.0
#include "image_check.h"

#include <algorithm>
#include <cstddef>
#include <cstring>

namespace patchbay::bridge {

std::string checkImage(std::vector<std::uint8_t>& bytes, pb_region& region) {
  if (bytes.size() < sizeof(pb_region_header)) {
    return "it is shorter than a region's header";
  }
  const auto setReady = [&bytes](std::uint32_t ready) {
    std::memcpy(bytes.data() + offsetof(pb_region_header, ready), &ready, sizeof ready);
  };
  setReady(PB_READY);
  region.base = bytes.data();
  region.length = bytes.size();
  if (pb_region_validate(region.base, region.length, &region.refusal) == 0) {
    char sentence[512];
    const std::size_t length = pb_refusal_text(&region.refusal, sentence, sizeof sentence);
    // Without the final stop: the reason is part of a sentence.
    return {sentence, std::min(length, sizeof sentence) - 1};
  }
  setReady(0);
  return {};
}

}  // namespace patchbay::bridge
