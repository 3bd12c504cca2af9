// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include <patchbay/module.h>

#include "block_changes.h"
#include "midi_mapper.h"
#include "native_automation.h"
#include "native_library.h"
#include "native_parameters.h"
#include "native_sections.h"
#include "plugin_image.h"

namespace patchbay::bridge {

/** A module of a native library, and what its functions are given. */
struct NativeModule {
  const RtFunctions& functions;
  void* self;
  bool wholeBlocks;
  std::int32_t maxFrames;
};

/**
 * Renders blocks with a native module over one region: merges parameters, plays automation, splits the block at its events or lists
 * them, and meters what comes out. BlockRenderer and MidiMoves in Java, in the same order. All but the constructor is real-time safe if the module is.
 */
class NativeRenderer final : private MidiMovement::Target {
 public:
  NativeRenderer(const PluginImage& image, const NativeSections& sections, const NativeModule& module, double sampleRate,
                 pb_meter_writer& voiceLevels);
  NativeRenderer(const NativeRenderer&) = delete;
  NativeRenderer& operator=(const NativeRenderer&) = delete;

  /** Renders the block of a slot into it. The time it took in nanoseconds. */
  std::int64_t render(pb_audio_slot& slot) noexcept;

 private:
  [[nodiscard]] float value(std::int32_t index) const noexcept override;
  void change(std::int32_t index, float normalized) noexcept override;

  static void hostEvent(void* renderer, const pb_event* event);
  static void controlEvent(void* renderer, const pb_event* event);
  void takeHostEvent(const pb_event& event) noexcept;
  void take(const pb_event& event) noexcept;
  void takeMessage(const pb_event& event) noexcept;
  void hear(const pb_event& event) noexcept;
  void hand(const pb_rt_event& event) noexcept;
  void renderStretches(std::uint64_t eventsEnd) noexcept;
  void automate(std::int32_t last) noexcept;
  void renderUpTo(std::int32_t frame) noexcept;
  void renderWhole() noexcept;
  void process(std::int32_t from, std::int32_t frames) noexcept;
  [[nodiscard]] float* channel(pb_audio_slot& slot, std::uint32_t number) const noexcept;
  void count(std::uint32_t counter) noexcept { pb_counter_add(&sections_.counters, counter, 1); }

  const AudioGeometry geometry_;
  NativeSections sections_;
  const NativeModule module_;
  NativeParameters parameters_;
  ChangesReader fromHost_;
  ChangesReader fromControl_;
  pb_transport transport_ = {};
  NativeEventList events_;  ///< of a whole block; as many as the queues hold
  BlockChanges changes_;
  NativeAutomation automation_;
  MidiMapper midi_;
  pb_sysex_reader messages_ = {};
  std::vector<pb_meter_sums> outputSums_;
  pb_meter_writer outputLevels_ = {};
  pb_meter_writer& voiceLevels_;

  std::vector<const float*> inputs_;   ///< as the module is given them
  std::vector<float*> outputs_;
  std::vector<const float*> inputStarts_;  ///< of the block
  std::vector<float*> outputStarts_;

  std::int32_t total_ = 0;       ///< frames of the block
  std::int32_t rendered_ = 0;    ///< of them, those that are done
  std::int32_t eventFrame_ = 0;  ///< of the event that is handled
  bool offline_ = false;
};

}  // namespace patchbay::bridge
