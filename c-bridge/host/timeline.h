// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "event_list.h"
#include "midi_file.h"
#include "parameter_changes.h"
#include "plugin_instance.h"

namespace patchbay::host {

/** A parameter change at a sample of the render. */
struct ScheduledChange {
  std::int64_t sample;
  Steinberg::Vst::ParamID id;
  Steinberg::Vst::ParamValue value;
};

/** An event at a sample of the render; its own sampleOffset is set when its block is filled. */
struct ScheduledEvent {
  std::int64_t sample;
  Steinberg::Vst::Event event;
  std::shared_ptr<const std::vector<std::uint8_t>> bytes = nullptr;  ///< those that the event points to, if it does
};

/** All that is sent to the plug-in, in order of time. */
struct Timeline {
  std::vector<ScheduledEvent> events;
  std::vector<ScheduledChange> changes;
  std::uint64_t ignored = 0;      ///< MIDI messages that the plug-in has no bus or parameter for, or after the end
  std::int64_t endOfSong = 0;     ///< sample of the last tick

  /** Drops what lies at or after the sample and counts it as ignored. */
  void cutAt(std::int64_t sample);
};

/**
 * Translates a song into what VST3 has for it: notes and key pressure become events, system exclusive messages before
 * them; controllers, channel pressure and pitch bend go to the parameters that IMidiMapping assigns; program changes to a program parameter. Notes still
 * sounding at the song's end are ended there.
 *
 * @param explicitChanges come before the song's changes of the same sample
 */
[[nodiscard]] Timeline makeTimeline(const MidiSong& song, const PluginInstance& plugin, double sampleRate,
                                    const std::vector<ScheduledChange>& explicitChanges);

/** Hands out a timeline block by block. Neither allocates nor locks once constructed. */
class TimelineReader {
 public:
  TimelineReader(const Timeline& timeline, std::int32_t maxBlock);

  /** Fills the lists with what falls into [start, start + length); blocks must follow one another. */
  void fill(std::int64_t start, std::int32_t length) noexcept;

  [[nodiscard]] EventList& events() noexcept { return events_; }
  [[nodiscard]] ParameterChanges& changes() noexcept { return changes_; }
  [[nodiscard]] std::uint64_t notesSent() const noexcept { return notesSent_; }
  [[nodiscard]] std::uint64_t eventsSent() const noexcept { return nextEvent_; }
  [[nodiscard]] std::uint64_t changesSent() const noexcept { return nextChange_; }

 private:
  const Timeline& timeline_;
  EventList events_;
  ParameterChanges changes_;
  std::size_t nextEvent_ = 0;
  std::size_t nextChange_ = 0;
  std::uint64_t notesSent_ = 0;
};

}  // namespace patchbay::host
