// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "block_exchange.h"
#include "buses.h"
#include "pluginterfaces/vst/ivstaudioprocessor.h"

namespace patchbay::bridge {

/**
 * Copies part of the host's inputs into the slot of the next request, from 32 or 64 bits. Channels that are missing, not in use or marked
 * as silent become silence. Real-time safe.
 *
 * @param buses of the instance
 * @param data of the host's block
 * @param start where the part begins
 * @param frames of the part
 * @param target whose next request it is for
 */
void copyInputs(const Buses& buses, const Steinberg::Vst::ProcessData& data, std::int32_t start, std::int32_t frames,
                const BlockExchange& target) noexcept;

}  // namespace patchbay::bridge
