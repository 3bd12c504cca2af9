// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "block_changes.h"
#include "song_time.h"

namespace patchbay::bridge {

/** The hands at the parameters while the host plays: Hands and HandsReader in Java. All but the constructor is real-time safe. */
class NativeHands {
 public:
  /** Behind each block. */
  static constexpr std::int32_t kNever = INT32_MAX;

  NativeHands(NativeSections& sections, std::int32_t parameters, const BlockChanges& changes, const SongTime& time,
              double sampleRate);

  /** Takes what control says. What is recorded no more has nobody to be told. */
  void refresh() noexcept;
  /** Notes a bulk change of control: what a hand in its panel does comes so. */
  void changedByControl(std::int32_t parameter) noexcept;
  void forgetChanges() noexcept { changedCount_ = 0; }
  /** Whether a hand has a parameter at a frame of this block. */
  [[nodiscard]] bool holds(std::int32_t parameter, std::int32_t frame) const noexcept;
  /** The frame of this block from which on no controller holds the parameter, as far as is known. */
  [[nodiscard]] std::int32_t freeFrom(std::int32_t parameter) const noexcept;
  /** Tells control which hands have let go up to the first frame, with the values that they leave. */
  void letGo() noexcept;
  /** Tells control which hands are there at the first frame, and what they have done. */
  void begin() noexcept;
  /** A controller takes a parameter at a frame. */
  void take(std::int32_t parameter, std::int32_t frame) noexcept;
  /** A hand has given a parameter a value. */
  void moved(std::int32_t parameter, float normalized, std::int32_t frame) noexcept;
  /** No hand holds the parameter any more. */
  void release(std::int32_t parameter, std::int32_t frame) noexcept;
  /** The song stops or jumps: what hands did ends where the last block did. */
  void endAll() noexcept;
  /** Ends a block. */
  void end(std::int32_t frames) noexcept { played_ += frames; }

 private:
  [[nodiscard]] bool has(std::int32_t parameter, std::int32_t flag) const noexcept;
  bool reload() noexcept;
  void start(std::int32_t parameter, std::int32_t frame) noexcept;
  void tell(std::int16_t phase, std::int32_t parameter, float normalized, std::int32_t frame) noexcept;
  void offer(std::int16_t phase, std::int32_t parameter, float normalized, std::int32_t frame, double songTime) noexcept;

  NativeSections& sections_;
  const BlockChanges& changes_;
  const SongTime& time_;
  const std::int32_t stillFrames_;
  std::vector<std::int32_t> flags_;
  std::vector<std::int32_t> marked_;
  std::size_t markedCount_ = 0;
  std::int32_t pid_ = 0;
  bool loaded_ = false;

  std::int64_t played_ = 0;          ///< frames since the start
  std::vector<std::int64_t> until_;  ///< up to which of them a controller holds a parameter
  bool anyTaken_ = false;
  std::vector<std::uint8_t> began_;
  std::vector<std::int32_t> changed_;
  std::size_t changedCount_ = 0;
};

}  // namespace patchbay::bridge
