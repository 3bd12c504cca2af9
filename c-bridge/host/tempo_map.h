// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

namespace patchbay::host {

/** Where the music stands at one sample. */
struct MusicalPosition {
  double quarters = 0;     ///< quarter notes since the start
  double barStart = 0;     ///< quarter notes from the start to the current bar
  double beatsPerMinute = 120;
  std::int32_t numerator = 4;
  std::int32_t denominator = 4;
};

/**
 * Converts between ticks and samples. Times are kept as whole numbers of (microsecond x ticks per quarter note), so no
 * rounding accumulates over tempo changes: a tick's sample is rounded once, from an exact quotient.
 */
class TempoMap {
 public:
  /** @param ticksPerQuarter 1 to 32767 */
  explicit TempoMap(std::int32_t ticksPerQuarter = 480);

  /** Changes are added in the order of their ticks; of several at one tick the last one counts. */
  void addTempo(std::int32_t tick, std::int32_t microsPerQuarter);
  void addTimeSignature(std::int32_t tick, std::int32_t numerator, std::int32_t denominator);

  /** The sample nearest to the tick; halves round up. */
  [[nodiscard]] std::int64_t sampleOf(std::int32_t tick, double sampleRate) const;
  [[nodiscard]] double quartersOf(std::int32_t tick) const;
  /** Lock-free, does not allocate. */
  [[nodiscard]] MusicalPosition at(std::int64_t sample, double sampleRate) const noexcept;

 private:
  struct Tempo {
    std::int32_t tick;
    std::int32_t microsPerQuarter;
    std::int64_t scaledTime;  ///< seconds x 1e6 x ticksPerQuarter; below 2^55 for 2^31 ticks of 2^24 us
  };
  struct TimeSignature {
    std::int32_t tick;
    std::int32_t numerator;
    std::int32_t denominator;
  };

  std::int32_t ticksPerQuarter_;
  std::vector<Tempo> tempos_;
  std::vector<TimeSignature> signatures_;
};

}  // namespace patchbay::host
