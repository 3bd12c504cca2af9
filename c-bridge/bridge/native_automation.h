// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "automation_reader.h"
#include "block_changes.h"
#include "native_hands.h"
#include "song_time.h"

namespace patchbay::bridge {

/**
 * Plays the region's automation for a native RT module while the host plays: Automation in Java, with the same values at the same frames. A
 * parameter that a hand holds is left to it; else its lane has the last word. All but the constructor is real-time safe.
 */
class NativeAutomation {
 public:
  /** The transport is refreshed by whoever has this, before begin. */
  NativeAutomation(NativeSections& sections, NativeParameters& parameters, BlockChanges& changes,
                   const pb_transport& transport, double sampleRate);

  /** Notes that control has changed a parameter in bulk; before the block begins. */
  void changedByControl(std::int32_t index) noexcept { hands_.changedByControl(index); }
  /** Begins a block, after the bulk changes: what is automated has its value from the first frame on. */
  void begin(std::int32_t frames) noexcept;
  /** The next frame at which a lane may change its parameter; NativeHands::kNever where none does in this block. */
  [[nodiscard]] std::int32_t next() const noexcept { return next_; }
  /** Goes to the frame that next has told. */
  void play() noexcept;
  /** Whether an event that sets this parameter is passed over: its lane has the last word. */
  [[nodiscard]] bool overrules(std::int32_t parameter, std::int32_t frame) const noexcept;
  /** A controller is about to move a parameter: a hand takes it, and has it until the controller has been still for a while. */
  void take(std::int32_t parameter, std::int32_t frame) noexcept;
  /** A controller has moved a parameter. */
  void moved(std::int32_t parameter, float normalized, std::int32_t frame) noexcept;
  /** Ends a block, after its last frame. */
  void end() noexcept;

 private:
  /** A lane that goes on within the block, and at which frame it does. */
  struct Busy {
    std::int32_t lane;
    std::int32_t frame;
  };

  void letGo() noexcept;
  std::int32_t play(std::int32_t lane, std::int32_t frame) noexcept;
  float value(std::int32_t lane, std::int32_t frame) noexcept;
  [[nodiscard]] std::int32_t goesOn(std::int32_t lane, std::int32_t frame) const noexcept;
  void await(std::int32_t lane, std::int32_t frame) noexcept;
  void soonest() noexcept;

  NativeSections& sections_;
  NativeParameters& parameters_;
  BlockChanges& changes_;
  AutomationReader reader_;
  SongTime time_;
  NativeHands hands_;
  std::vector<std::uint8_t> owned_;  ///< whether a parameter was a lane's
  std::vector<Busy> busy_;           ///< in no order
  std::size_t busyCount_ = 0;
  std::int32_t next_ = NativeHands::kNever;
  std::int32_t total_ = 0;
  bool playing_ = false;
};

}  // namespace patchbay::bridge
