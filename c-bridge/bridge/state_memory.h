// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace patchbay::bridge {

/**
 * Where a state lies that has no room in the region: StateReference in Java, whose bytes stand in the region's blob in the place of the state,
 * and which says how writer and reader get along.
 */
struct StateReference {
  std::uint64_t offset = 0;
  std::uint64_t length = 0;

  /** Whether bytes begin like one, so that a state of these bytes has to travel by one. */
  [[nodiscard]] static bool begins(const std::uint8_t* bytes, std::size_t length) noexcept;

  /** False where the bytes say what cannot be. */
  [[nodiscard]] bool decode(const std::uint8_t* bytes, std::size_t count) noexcept;

  [[nodiscard]] std::vector<std::uint8_t> encode() const;
};

/**
 * A memory for such states: a memfd of ours, which other processes find under /proc by its name. It is never mapped, so whatever they do to
 * its length ends in an error here and in no signal. One thread at a time.
 */
class StateMemory {
 public:
  /** Null with a sentence in error where there is none to be had. */
  static std::unique_ptr<StateMemory> create(const std::string& name, std::string& error);

  ~StateMemory();
  StateMemory(const StateMemory&) = delete;
  StateMemory& operator=(const StateMemory&) = delete;

  /** Writes bytes to where neither the last ones nor those before them lie. False with a sentence in error. */
  [[nodiscard]] bool write(const std::vector<std::uint8_t>& bytes, StateReference& reference, std::string& error);

  /** Gives what was written back; what is published now lies elsewhere. */
  void clear() noexcept;

  /** False where not all of the bytes are there. */
  [[nodiscard]] bool read(const StateReference& reference, std::vector<std::uint8_t>& bytes) const;

 private:
  explicit StateMemory(int fd) : fd_(fd) {}
  [[nodiscard]] std::uint64_t freePlace(std::uint64_t length) const noexcept;

  const int fd_;
  StateReference last_;
  StateReference beforeLast_;
};

}  // namespace patchbay::bridge
