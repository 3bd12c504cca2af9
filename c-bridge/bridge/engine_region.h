// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include <patchbay/engine.h>

#include "engine_image.h"
#include "shared_region.h"

namespace patchbay::bridge {

/** The shared memory of an engine process: commands and their answers. */
class EngineRegion final : public SharedRegion {
 public:
  /** @return null with a sentence in error where the memory cannot be had */
  static std::shared_ptr<EngineRegion> create(const EngineImage& image, std::string& error);

  [[nodiscard]] pb_engine_command* command(std::uint32_t number) const noexcept;
  [[nodiscard]] const pb_engine_answer* answer(std::uint32_t number) const noexcept;

  /** How many commands may be open. */
  [[nodiscard]] std::uint32_t slots() const noexcept { return commands.count; }

  /** Whether the engine says that little is left of a heap that nothing frees. Acquire: pairs with the gauge's release. */
  [[nodiscard]] bool heapIsLow() const noexcept {
    return pb_counter_get_acquire(&counters, PB_ENGINE_COUNTERS_HEAP_IS_LOW) != 0;
  }

  pb_engine_bridge_bell* bridgeBell = nullptr;
  pb_engine_rt_bell* rtBell = nullptr;
  pb_section commands = {};
  pb_section answers = {};
  pb_section counters = {};

 private:
  EngineRegion() = default;
  [[nodiscard]] std::string findSections();
};

}  // namespace patchbay::bridge
