// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include <patchbay/standard.h>

namespace patchbay::bridge {

/**
 * Answers the requests of a BlockExchange within this process, on the thread that asks: the alternative to an engine process, which is
 * asked by doorbells.
 */
class BlockServer {
 public:
  virtual ~BlockServer() = default;

  /** Does what the slot asks for, and writes the answer into it. Real-time safe where it asks for a block. */
  virtual void serve(pb_audio_slot& slot) noexcept = 0;

 protected:
  BlockServer() = default;
  BlockServer(const BlockServer&) = default;
  BlockServer& operator=(const BlockServer&) = default;
};

}  // namespace patchbay::bridge
