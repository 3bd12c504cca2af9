// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include <patchbay/standard.h>

namespace patchbay::bridge {

/** Where each frame of a block is in the host's song, in quarter notes and in seconds: SongTime in Java. All is real-time safe. */
class SongTime {
 public:
  /** Of a transport that whoever has this refreshes before each block. */
  SongTime(const pb_transport& transport, double sampleRate) : transport_(transport), sampleRate_(sampleRate) {}

  /** Begins a block. Whether the host plays. */
  bool begin() noexcept {
    samples_ = transport_.position_samples;
    quarters_ = transport_.position_quarters;
    quartersPerFrame_ = (transport_.tempo > 0 ? transport_.tempo : 120) / 60 / sampleRate_;
    return transport_.playing != 0;
  }

  /** Whether this block does not begin where the last one ended. */
  [[nodiscard]] bool jumped() const noexcept { return samples_ != expected_; }

  /** The time of a frame of this block. */
  [[nodiscard]] double at(std::int32_t frame, bool inSeconds) const noexcept {
    return inSeconds ? static_cast<double>(number(frame)) / sampleRate_ : quarters_ + frame * quartersPerFrame_;
  }

  /** How long a frame is. */
  [[nodiscard]] double frame(bool inSeconds) const noexcept { return inSeconds ? 1 / sampleRate_ : quartersPerFrame_; }

  /** Where the last block ended. */
  [[nodiscard]] double lastEnd(bool inSeconds) const noexcept { return inSeconds ? endSeconds_ : endQuarters_; }

  /** How many frames ago was the last one whose number in the song is a multiple of the grid. */
  [[nodiscard]] std::int32_t sinceGrid(std::int32_t frame, std::int32_t grid) const noexcept {
    const auto rest = static_cast<std::int32_t>(number(frame) % grid);
    return rest < 0 ? rest + grid : rest;
  }

  /** Ends a block. */
  void end(std::int32_t frames) noexcept {
    expected_ = number(frames);
    endQuarters_ = at(frames, false);
    endSeconds_ = at(frames, true);
  }

 private:
  /** Modulo 2^64, as Java counts: what a host says may be anything. */
  [[nodiscard]] std::int64_t number(std::int32_t frame) const noexcept {
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(samples_) + static_cast<std::uint64_t>(frame));
  }

  const pb_transport& transport_;
  const double sampleRate_;
  std::int64_t samples_ = 0;
  double quarters_ = 0;
  double quartersPerFrame_ = 0;
  std::int64_t expected_ = 0;
  double endQuarters_ = 0;
  double endSeconds_ = 0;
};

}  // namespace patchbay::bridge
