// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <patchbay/standard.h>

#include "parameters.h"
#include "pluginterfaces/base/ibstream.h"

namespace patchbay::bridge {

/** The most bytes of control's part. */
constexpr std::uint32_t kMostBlobBytes = PB_STATE_REFERENCE_MOST_BYTES;

/**
 * What a host saves of an instance. All numbers are little-endian; equal contents give equal bytes:
 *
 *     "PBST"  version u32 = 1
 *     count u32, then count times: id u32, normalized value f64
 *     length u32, then length bytes of control's state
 */
struct State {
  std::vector<double> values;      ///< one for each parameter of the table, in its order
  std::vector<std::uint8_t> blob;  ///< control's own state
};

[[nodiscard]] std::vector<std::uint8_t> encodeState(const ParameterTable& table, const State& state);

/**
 * Reads and checks a state. Parameters that it does not name get their defaults, ids that the table does not know are
 * skipped, values outside 0 to 1 are clamped.
 *
 * @param error receives what is wrong, as a sentence
 * @return whether state is whole; where it is not, state must not be used
 */
[[nodiscard]] bool decodeState(Steinberg::IBStream& stream, const ParameterTable& table, State& state,
                               std::string& error);

}  // namespace patchbay::bridge
