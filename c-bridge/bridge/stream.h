// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "pluginterfaces/base/ibstream.h"

namespace patchbay::bridge {

/** Reads exactly this many bytes, in whatever pieces the host hands them out. False where the stream ends before. */
[[nodiscard]] bool readExactly(Steinberg::IBStream& stream, void* target, std::size_t length);

/** The same into a vector that grows with what really comes, so that a wrong length costs no memory. */
[[nodiscard]] bool readExactly(Steinberg::IBStream& stream, std::vector<std::uint8_t>& target, std::size_t length);

/** Writes all bytes. False where the host takes no more. */
[[nodiscard]] bool writeAll(Steinberg::IBStream& stream, const std::vector<std::uint8_t>& bytes);

}  // namespace patchbay::bridge
