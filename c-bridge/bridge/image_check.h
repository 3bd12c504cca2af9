// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <patchbay/standard.h>

namespace patchbay::bridge {

/**
 * Checks the bytes of an image as those of a region. An image is what a region starts as, so its own ready word is 0; here it is
 * complete as soon as it is read, and the word is 0 again afterwards.
 *
 * @param region receives where the bytes lie, for looking sections up
 * @return what is wrong, as the end of a sentence that starts with the file's name; empty where nothing is
 */
[[nodiscard]] std::string checkImage(std::vector<std::uint8_t>& bytes, pb_region& region);

}  // namespace patchbay::bridge
