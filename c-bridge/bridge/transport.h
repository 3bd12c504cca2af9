// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include <patchbay/standard.h>

#include "pluginterfaces/vst/ivstprocesscontext.h"

namespace patchbay::bridge {

/** Follows the host's position and publishes it, and tells what has changed. One thread. */
class Transport {
 public:
  /** Forgets what was told, since RT starts afresh. */
  void reset() noexcept;

  /** Takes what the host says for a block of this many frames; null: it says nothing, so a song that plays goes on. */
  void update(const Steinberg::Vst::ProcessContext* context, double sampleRate, std::int32_t frames) noexcept;

  /** What has changed with the last update, for the first frame of its block. VST 3 says it once a block. */
  [[nodiscard]] const std::vector<pb_event>& changes() const noexcept { return changes_; }

  /** Publishes the position this many frames into the block. */
  void publish(const pb_section& snapshot, std::int32_t offset) const noexcept;

 private:
  void follow(const Steinberg::Vst::ProcessContext& context) noexcept;
  void compare(const pb_transport& before) noexcept;
  void tell(std::int32_t change) noexcept;

  pb_transport now_ = {0, 0, 120, 0, 4, 4, 0, 0};
  bool tempoTold_ = false;
  std::int64_t expected_ = 0;      ///< the sample at which the next block begins if the song goes on
  std::int32_t passed_ = 0;        ///< the frames of the last block
  std::vector<pb_event> changes_ = std::vector<pb_event>(2);  ///< as many as there can be; allocated once
};

}  // namespace patchbay::bridge
