// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include <patchbay/module.h>

#include "native_parameters.h"
#include "native_sections.h"

namespace patchbay::bridge {

/** The events of a whole block in the order of their frames: EventList in Java. All but the constructor is real-time safe. */
class NativeEventList {
 public:
  explicit NativeEventList(std::size_t capacity) : events_(capacity) {}

  void clear() noexcept;
  /** Appends an event; what the queues cannot hold together is left out. */
  void add(const pb_rt_event& event, std::int32_t frame) noexcept;

  [[nodiscard]] std::size_t count() const noexcept { return count_; }
  [[nodiscard]] const pb_rt_event* data() const noexcept { return events_.data(); }

 private:
  std::vector<pb_rt_event> events_;
  std::size_t count_ = 0;
  std::int32_t last_ = 0;
};

/**
 * Changes parameters within a block, by MIDI or automation: BlockChanges in Java. Where the block is split, a change is there at once. A
 * module that gets whole blocks finds the changes in its list; of more than that has room for, only the last value of each parameter plays,
 * from the next block on. All but the constructor is real-time safe.
 */
class BlockChanges {
 public:
  /** The list is null where the block is split. */
  BlockChanges(NativeSections& sections, NativeParameters& parameters, NativeEventList* list, std::uint32_t mostListed);

  /** Begins a block, after all that holds from its first frame on. */
  void begin() noexcept;
  /** The value at the frame that the block has come to. */
  [[nodiscard]] float value(std::int32_t index) const noexcept;
  /** Hears of a change that is in the list already. */
  void listed(std::int32_t index, float normalized) noexcept;
  /** Changes a parameter; tells says whether control, before, and the host, after it, are to know that it was changed here. */
  void change(std::int32_t index, float normalized, std::int32_t frame, bool tells) noexcept;
  /** Ends a whole block, after the module has played it: only now the parameters get what the list says. */
  void end() noexcept;

 private:
  void tellControl(std::int32_t index, float normalized, std::int32_t frame) noexcept;
  void tellHost(std::int32_t index) noexcept;

  NativeSections& sections_;
  NativeParameters& parameters_;
  NativeEventList* const list_;
  const std::uint32_t mostListed_;
  std::vector<float> within_;  ///< for whole blocks: the values as they are within the block
  std::vector<std::uint8_t> moved_;
  std::vector<std::uint8_t> told_;
  bool anyMoved_ = false;
  std::int32_t lastFrame_ = 0;
  std::uint64_t version_ = ~std::uint64_t{0};
  std::uint32_t listed_ = 0;
};

}  // namespace patchbay::bridge
