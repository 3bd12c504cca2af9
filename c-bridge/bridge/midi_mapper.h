// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include <patchbay/standard.h>

namespace patchbay::bridge {

/** One entry of the map as it is played: MidiMovement in Java. Real-time safe. */
class MidiMovement {
 public:
  /** The parameters. */
  class Target {
   public:
    /** The parameter's value now, normalized. */
    [[nodiscard]] virtual float value(std::int32_t index) const noexcept = 0;
    virtual void change(std::int32_t index, float normalized) noexcept = 0;

   protected:
    Target() = default;
    ~Target() = default;
    Target(const Target&) = default;
    Target& operator=(const Target&) = default;
  };

  void start(const pb_standard_midi_mapping& entry) noexcept;

  /** The controller is at a place now, 0 to 1. */
  void place(Target& target, double now) noexcept;

  /** The controller has made some steps; the parameter stays within the range. */
  void step(Target& target, int steps) noexcept;

  [[nodiscard]] const pb_standard_midi_mapping& entry() const noexcept { return entry_; }

 private:
  [[nodiscard]] bool hasPickedUp(float current, double before, double now) noexcept;
  void scale(Target& target, double before, double now) noexcept;
  [[nodiscard]] double curved(double at) const noexcept;
  [[nodiscard]] double valueAt(double part) const noexcept;
  void give(Target& target, double value) noexcept;

  pb_standard_midi_mapping entry_ = {};
  double place_ = std::numeric_limits<double>::quiet_NaN();  ///< where the controller was last
  float given_ = std::numeric_limits<float>::quiet_NaN();    ///< the value that this entry gave last
};

/**
 * Plays the region's MIDI map for an RT module that is a library: MidiMapper in Java, which has the rules, and whose decisions this
 * repeats one by one. One thread, the section's reader. All but the constructor is real-time safe.
 */
class MidiMapper {
 public:
  MidiMapper(const pb_section& map, std::int32_t parameters, MidiMovement::Target& target);

  /** Takes a new map, if there is one; the first time, the one that was published last. Once a block. */
  void refresh() noexcept;

  /** Takes a valid event of the host. */
  void event(const pb_event& event) noexcept;

 private:
  static constexpr int kChannels = 16;
  static constexpr int kPairs = 32;

  /** A value of 14 bits that comes as two messages: MidiPairs in Java. */
  struct Pair {
    int coarse = -1;
    int fine = 0;
    bool isFine = false;
  };

  void load() noexcept;
  [[nodiscard]] bool isValid(const pb_standard_midi_mapping& entry) const noexcept;
  [[nodiscard]] std::size_t list(std::int32_t source, std::int32_t number) const noexcept;
  void controller(int channel, int number, double value) noexcept;
  void pair(int channel, int number, int data) noexcept;
  void select(int channel, int number, int data) noexcept;
  [[nodiscard]] int nrpn(int channel) const noexcept;
  void stepNumber(int channel, int steps) noexcept;
  void place(std::int32_t source, int channel, int number, double place) noexcept;
  [[nodiscard]] bool hears(std::size_t entry, int channel) const noexcept;

  const pb_section map_;
  const std::int32_t parameters_;
  MidiMovement::Target& target_;
  std::vector<std::int32_t> first_;  ///< the first entry of each list; -1: none
  std::vector<std::int32_t> next_;
  std::vector<MidiMovement> movements_;
  std::vector<Pair> pairs_;
  int nrpnCoarse_[kChannels];
  int nrpnFine_[kChannels];
  bool loaded_ = false;
};

}  // namespace patchbay::bridge
