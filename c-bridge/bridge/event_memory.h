// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include <patchbay/standard.h>

namespace patchbay::bridge {

/**
 * What an engine that begins in the middle of the music has to be told: the notes that are held, and the last position of each
 * controller, wheel and transport. Parameters have values of their own. Allocates only when it is made; one thread.
 */
class EventMemory {
 public:
  EventMemory();

  void clear() noexcept { count_ = 0; }

  /** Takes note of an event that was sent. */
  void remember(const pb_event& event) noexcept;

  /** No note is held any more. */
  void forgetNotes() noexcept;

  /** What is remembered, oldest first; what sets the scene and what is a note are told apart by isNote. */
  [[nodiscard]] std::size_t size() const noexcept { return count_; }
  [[nodiscard]] const pb_event& operator[](std::size_t index) const noexcept { return events_[index]; }

  /** Whether it is of one note, so it makes sense only after what is for all of them. */
  [[nodiscard]] static bool isNote(const pb_event& event) noexcept;

 private:
  template <class Condition>
  void removeIf(Condition condition) noexcept;

  std::vector<pb_event> events_;
  std::size_t count_ = 0;
};

}  // namespace patchbay::bridge
