// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "bridge/gate.h"
#include "event_list.h"
#include "measurements.h"
#include "midi_translator.h"
#include "parameter_changes.h"
#include "plugin_instance.h"
#include "pluginterfaces/vst/ivstprocesscontext.h"

namespace patchbay::host {

/** Where the audio server's transport is at the start of a block. */
struct LivePosition {
  bool rolling = false;
  std::int64_t frame = 0;
  double beatsPerMinute = 120;
  std::int32_t numerator = 4;
  std::int32_t denominator = 4;
  std::optional<double> quarters;  ///< since the start of the song, where the server knows
};

/** What was played since the last look. */
struct LiveReading {
  float peak = 0;                     ///< of all outputs, 1 is full scale
  std::uint64_t nonFinite = 0;        ///< samples that were no numbers, and were made silent; since the start
  std::uint64_t processErrors = 0;    ///< since the start
  std::uint64_t silentBlocks = 0;     ///< blocks that came while the plug-in was being set up; since the start
  std::uint64_t eventsDropped = 0;    ///< messages that found no room in their block; since the start
  std::uint64_t notes = 0;            ///< since the start
};

/**
 * Plays a plug-in with the blocks that an audio server asks for. The audio thread never waits for the main thread: while
 * the plug-in is set up anew, its outputs are silent.
 */
class LiveProcessor {
 public:
  /** @param plugin loaded, its buses arranged, not active */
  explicit LiveProcessor(PluginInstance& plugin);
  ~LiveProcessor();
  LiveProcessor(const LiveProcessor&) = delete;
  LiveProcessor& operator=(const LiveProcessor&) = delete;

  /** Activates the plug-in and lets blocks in; main thread. @throws Failure if the plug-in refuses */
  void start(double sampleRate, std::int32_t mostFrames);

  /** Waits until the block under way is done, keeps further ones out and deactivates the plug-in; main thread. */
  void stop();

  /** Asks the plug-in anew which parameters MIDI moves; a block that falls into it is silent. Main thread, while started. */
  void assignMidi();

  /** The channels of each bus, in the order of the pointers that process takes. */
  [[nodiscard]] const std::vector<std::int32_t>& inputChannels() const { return inputs_.channels; }
  [[nodiscard]] const std::vector<std::int32_t>& outputChannels() const { return outputs_.channels; }

  /** Begins a block; audio thread. False while the plug-in is not active: then only silence is due, and no other call. */
  [[nodiscard]] bool begin(std::int32_t frames) noexcept;

  /** A MIDI message of the block that was begun; its bytes must stay until process returns. In order of time. */
  void midi(std::int32_t offset, const std::uint8_t* bytes, std::size_t size) noexcept;

  /** Plays the block that was begun. @param inputs, outputs one pointer for each channel of each bus */
  void process(float* const* inputs, float* const* outputs, const LivePosition& position, bool offline) noexcept;

  /** Main thread, or the one that shows levels. */
  [[nodiscard]] LiveReading read() noexcept;

  /** Tells the controller what the processor has changed; main thread, while stopped. */
  void updateController();

 private:
  struct Side {
    std::vector<std::int32_t> channels;
    std::vector<Steinberg::Vst::AudioBusBuffers> buses;
    std::vector<float*> pointers;

    explicit Side(const PluginInstance& plugin, Steinberg::Vst::BusDirections direction);
    void point(float* const* buffers) noexcept;
  };

  void translateMidi();
  void updateContext(const LivePosition& position) noexcept;
  void measure() noexcept;
  void silence() noexcept;

  PluginInstance& plugin_;
  Side inputs_;
  Side outputs_;
  bridge::Gate gate_;
  // Set while the gate is closed, read inside.
  std::unique_ptr<MidiTranslator> translator_;
  std::unique_ptr<EventList> events_;
  std::unique_ptr<ParameterChanges> changes_;
  std::unique_ptr<EventList> outputEvents_;
  std::unique_ptr<ParameterChanges> outputChanges_;
  std::int32_t mostFrames_ = 0;
  // The audio thread's.
  std::unique_ptr<OutputParameters> outputParameters_;
  Steinberg::Vst::ProcessContext context_ = {};
  Steinberg::Vst::ProcessData data_;
  std::int64_t played_ = 0;
  // From the audio thread to the display; relaxed, since each stands for itself.
  std::atomic<float> peak_{0};
  std::atomic<std::uint64_t> nonFinite_{0};
  std::atomic<std::uint64_t> processErrors_{0};
  std::atomic<std::uint64_t> silentBlocks_{0};
  std::atomic<std::uint64_t> eventsDropped_{0};
  std::atomic<std::uint64_t> notes_{0};
};

}  // namespace patchbay::host
