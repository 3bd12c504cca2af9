// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace patchbay::bridge {

/** The initial image of an engine process's region, checked, and what it says about the engine. Immutable. */
class EngineImage {
 public:
  /**
   * Checks the bytes of an engine.image.
   *
   * @param error receives what is wrong, as the end of a sentence that starts with the file's name
   * @return null where the bytes cannot be used
   */
  static std::shared_ptr<const EngineImage> parse(std::vector<std::uint8_t> bytes, std::string& error);

  /** The image, its ready word still 0: whoever copies it sets that word last. */
  [[nodiscard]] const std::vector<std::uint8_t>& bytes() const noexcept { return bytes_; }

  /** Whether all instances in this host process share one engine process; else each has its own. */
  bool shared = true;

  /** Whether a second engine process is kept warm, to take the place of one that dies. */
  bool spare = false;

 private:
  EngineImage() = default;
  [[nodiscard]] std::string read();

  std::vector<std::uint8_t> bytes_;
};

}  // namespace patchbay::bridge
