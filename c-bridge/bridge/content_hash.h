// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace patchbay::bridge {

/**
 * A 64-bit hash of bytes that finds out accidents, such as a jar that was replaced, and no malice. The algorithm is stated in
 * ContentHash.java of the tools, whose values are the same; tests/content_hashes.txt ties the two. About 3 GB/s.
 */
class ContentHash {
 public:
  /** All but the last call with a multiple of 8 bytes. */
  void add(const std::uint8_t* bytes, std::size_t count) noexcept;

  /** The hash of all bytes so far; the last call. */
  [[nodiscard]] std::uint64_t finish() noexcept;

 private:
  void mix(std::uint64_t word) noexcept {
    state_ = (state_ ^ word) * 0x9e3779b97f4a7c15U;
    state_ ^= state_ >> 32U;
  }

  std::uint64_t state_ = 0xcbf29ce484222325U;
  std::uint64_t length_ = 0;
};

/** Hashes a file. False with errno set where it cannot be read. */
[[nodiscard]] bool hashFile(const std::string& path, std::uint64_t& length, std::uint64_t& hash);

}  // namespace patchbay::bridge
