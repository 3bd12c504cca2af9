// SPDX-License-Identifier: Apache-2.0
#include "timeline.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "pluginterfaces/vst/ivstmidicontrollers.h"
#include "pluginterfaces/vst/ivstunits.h"

namespace patchbay::host {
namespace {

using namespace Steinberg;

/** The parameters that a plug-in assigns to MIDI controllers and program changes. */
class MidiAssignments {
 public:
  explicit MidiAssignments(const PluginInstance& plugin)
      : mapping_(plugin.controller()), units_(plugin.controller()) {
    for (const Parameter& parameter : plugin.parameters()) {
      if ((parameter.info.flags & Vst::ParameterInfo::kIsProgramChange) != 0) {
        programs_.push_back(parameter.info);
      }
    }
  }

  std::optional<Vst::ParamID> controller(std::uint8_t channel, Vst::CtrlNumber number) {
    const auto [entry, isNew] = known_.try_emplace({channel, number});
    if (isNew && mapping_) {
      Vst::ParamID id = Vst::kNoParamId;
      if (mapping_->getMidiControllerAssignment(0, channel, number, id) == kResultOk) {
        entry->second = id;
      }
    }
    return entry->second;
  }

  /** The program parameter of the unit that plays the channel; the first one if the plug-in does not tell. */
  const Vst::ParameterInfo* program(std::uint8_t channel) {
    Vst::UnitID unit = Vst::kRootUnitId;
    if (units_ && units_->getUnitByBus(Vst::kEvent, Vst::kInput, 0, channel, unit) == kResultOk) {
      const auto found = std::find_if(programs_.begin(), programs_.end(),
                                      [unit](const Vst::ParameterInfo& info) { return info.unitId == unit; });
      if (found != programs_.end()) {
        return &*found;
      }
    }
    return programs_.empty() ? nullptr : &programs_.front();
  }

 private:
  FUnknownPtr<Vst::IMidiMapping> mapping_;
  FUnknownPtr<Vst::IUnitInfo> units_;
  std::vector<Vst::ParameterInfo> programs_;
  std::map<std::pair<std::uint8_t, Vst::CtrlNumber>, std::optional<Vst::ParamID>> known_;
};

class TimelineMaker {
 public:
  TimelineMaker(const MidiSong& song, const PluginInstance& plugin, double sampleRate)
      : song_(song),
        sampleRate_(sampleRate),
        assignments_(plugin),
        takesEvents_(plugin.component().getBusCount(Vst::kEvent, Vst::kInput) > 0) {}

  Timeline run(const std::vector<ScheduledChange>& explicitChanges) {
    timeline_.changes = explicitChanges;
    for (const SystemExclusive& message : song_.systemExclusive) {
      systemExclusive(message);
    }
    for (const MidiMessage& message : song_.messages) {
      translate(message);
    }
    timeline_.ignored += song_.systemMessages;
    timeline_.endOfSong = song_.tempo.sampleOf(song_.endTick, sampleRate_);
    endSoundingNotes();
    const auto earlier = [](const auto& a, const auto& b) { return a.sample < b.sample; };
    std::stable_sort(timeline_.events.begin(), timeline_.events.end(), earlier);
    std::stable_sort(timeline_.changes.begin(), timeline_.changes.end(), earlier);
    return std::move(timeline_);
  }

 private:
  void translate(const MidiMessage& message) {
    const double coarse = message.bytes[1] / 127.0;
    const double fine = message.bytes[2] / 127.0;
    switch (message.kind()) {
      case 0x80:
      case 0x90:
        note(message);
        break;
      case 0xA0:
        event(message, Vst::Event::kPolyPressureEvent);
        break;
      case 0xB0:
        controller(message, message.bytes[1], fine);
        break;
      case 0xC0:
        program(message);
        break;
      case 0xD0:
        controller(message, Vst::kAfterTouch, coarse);
        break;
      default:
        controller(message, Vst::kPitchBend, (message.bytes[1] | message.bytes[2] << 7) / 16383.0);
        break;
    }
  }

  void systemExclusive(const SystemExclusive& message) {
    if (!takesEvents_) {
      ++timeline_.ignored;
      return;
    }
    auto bytes = std::make_shared<const std::vector<std::uint8_t>>(message.bytes);
    Vst::Event event = {};
    event.ppqPosition = song_.tempo.quartersOf(message.tick);
    event.type = Vst::Event::kDataEvent;
    event.data.type = Vst::DataEvent::kMidiSysEx;
    event.data.size = static_cast<uint32>(bytes->size());
    event.data.bytes = bytes->data();
    const std::int64_t sample = song_.tempo.sampleOf(message.tick, sampleRate_);
    timeline_.events.push_back({sample, event, std::move(bytes)});
  }

  void note(const MidiMessage& message) {
    std::uint32_t& sounding = sounding_[message.channel()][message.bytes[1]];
    if (message.isNoteOn()) {
      ++sounding;
    } else if (sounding > 0) {
      --sounding;
    }
    event(message, message.isNoteOn() ? Vst::Event::kNoteOnEvent : Vst::Event::kNoteOffEvent);
  }

  void event(const MidiMessage& message, Vst::Event::EventTypes type) {
    if (!takesEvents_) {
      ++timeline_.ignored;
      return;
    }
    Vst::Event event = {};
    event.ppqPosition = song_.tempo.quartersOf(message.tick);
    event.type = static_cast<uint16>(type);
    const int16 channel = message.channel();
    const int16 pitch = message.bytes[1];
    const float strength = static_cast<float>(message.bytes[2]) / 127.0F;
    if (type == Vst::Event::kNoteOnEvent) {
      event.noteOn.channel = channel;
      event.noteOn.pitch = pitch;
      event.noteOn.velocity = strength;
      event.noteOn.noteId = -1;
    } else if (type == Vst::Event::kNoteOffEvent) {
      event.noteOff.channel = channel;
      event.noteOff.pitch = pitch;
      event.noteOff.velocity = strength;
      event.noteOff.noteId = -1;
    } else {
      event.polyPressure.channel = channel;
      event.polyPressure.pitch = pitch;
      event.polyPressure.pressure = strength;
      event.polyPressure.noteId = -1;
    }
    timeline_.events.push_back({sampleOf(message), event});
  }

  void controller(const MidiMessage& message, int number, double value) {
    if (const auto id = assignments_.controller(message.channel(), static_cast<Vst::CtrlNumber>(number))) {
      timeline_.changes.push_back({sampleOf(message), *id, value});
    } else {
      ++timeline_.ignored;
    }
  }

  void program(const MidiMessage& message) {
    const Vst::ParameterInfo* info = assignments_.program(message.channel());
    if (info == nullptr) {
      ++timeline_.ignored;
      return;
    }
    const int32 last = info->stepCount > 0 ? info->stepCount : 127;
    const double value = static_cast<double>(std::min<int32>(message.bytes[1], last)) / last;
    timeline_.changes.push_back({sampleOf(message), info->id, value});
  }

  void endSoundingNotes() {
    for (std::uint8_t channel = 0; channel < 16; ++channel) {
      for (std::uint8_t pitch = 0; pitch < 128; ++pitch) {
        for (std::uint32_t count = sounding_[channel][pitch]; count > 0; --count) {
          const MidiMessage off{song_.endTick, {static_cast<std::uint8_t>(0x80U | channel), pitch, 0}};
          event(off, Vst::Event::kNoteOffEvent);
        }
      }
    }
  }

  [[nodiscard]] std::int64_t sampleOf(const MidiMessage& message) const {
    return song_.tempo.sampleOf(message.tick, sampleRate_);
  }

  const MidiSong& song_;
  double sampleRate_;
  MidiAssignments assignments_;
  bool takesEvents_;
  Timeline timeline_;
  std::uint32_t sounding_[16][128] = {};
};

/** The greatest number of entries in any block that starts at a multiple of its length. */
template <class Entries>
std::size_t densestBlock(const Entries& entries, std::int64_t block) {
  std::size_t most = 0;
  std::size_t first = 0;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (entries[i].sample / block != entries[first].sample / block) {
      first = i;
    }
    most = std::max(most, i - first + 1);
  }
  return most;
}

std::size_t countParameters(const Timeline& timeline) {
  std::set<Vst::ParamID> ids;
  for (const ScheduledChange& change : timeline.changes) {
    ids.insert(change.id);
  }
  return ids.size();
}

}  // namespace

void Timeline::cutAt(std::int64_t sample) {
  const auto cut = [this, sample](auto& entries) {
    const auto outside = [sample](const auto& entry) { return entry.sample >= sample; };
    const auto first = std::find_if(entries.begin(), entries.end(), outside);
    ignored += static_cast<std::uint64_t>(entries.end() - first);
    entries.erase(first, entries.end());
  };
  cut(events);
  cut(changes);
}

Timeline makeTimeline(const MidiSong& song, const PluginInstance& plugin, double sampleRate,
                      const std::vector<ScheduledChange>& explicitChanges) {
  return TimelineMaker(song, plugin, sampleRate).run(explicitChanges);
}

TimelineReader::TimelineReader(const Timeline& timeline, std::int32_t maxBlock)
    : timeline_(timeline),
      events_(densestBlock(timeline.events, maxBlock)),
      changes_(countParameters(timeline), densestBlock(timeline.changes, maxBlock)) {}

void TimelineReader::fill(std::int64_t start, std::int32_t length) noexcept {
  const std::int64_t end = start + length;
  events_.clear();
  for (; nextEvent_ < timeline_.events.size() && timeline_.events[nextEvent_].sample < end; ++nextEvent_) {
    Vst::Event event = timeline_.events[nextEvent_].event;
    event.sampleOffset = static_cast<int32>(timeline_.events[nextEvent_].sample - start);
    notesSent_ += event.type == Vst::Event::kNoteOnEvent ? 1 : 0;
    events_.addEvent(event);
  }
  changes_.clear();
  for (; nextChange_ < timeline_.changes.size() && timeline_.changes[nextChange_].sample < end; ++nextChange_) {
    const ScheduledChange& change = timeline_.changes[nextChange_];
    changes_.add(change.id, static_cast<int32>(change.sample - start), change.value);
  }
}

}  // namespace patchbay::host
