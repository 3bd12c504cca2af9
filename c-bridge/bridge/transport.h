// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include <patchbay/standard.h>

#include "pluginterfaces/vst/ivstprocesscontext.h"

namespace patchbay::bridge {

/** Follows the host's position and publishes it. One thread. */
class Transport {
 public:
  /** Takes what the host says for a block; null: it says nothing, and stands where it was. */
  void update(const Steinberg::Vst::ProcessContext* context, double sampleRate) noexcept;

  /** Publishes the position this many frames into the block. */
  void publish(const pb_section& snapshot, std::int32_t offset) const noexcept;

 private:
  pb_transport now_ = {0, 0, 120, 0, 4, 4, 0, 0};
};

}  // namespace patchbay::bridge
