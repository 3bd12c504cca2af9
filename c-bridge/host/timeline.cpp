// SPDX-License-Identifier: Apache-2.0
#include "timeline.h"

#include <algorithm>
#include <set>

#include "midi_translator.h"

namespace patchbay::host {
namespace {

using namespace Steinberg;

class TimelineMaker {
 public:
  TimelineMaker(const MidiSong& song, const PluginInstance& plugin, double sampleRate)
      : song_(song),
        sampleRate_(sampleRate),
        translator_(plugin) {}

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
    if (message.isNoteOn() || message.isNoteOff()) {
      std::uint32_t& sounding = sounding_[message.channel()][message.bytes[1]];
      if (message.isNoteOn()) {
        ++sounding;
      } else if (sounding > 0) {
        --sounding;
      }
    }
    add(message);
  }

  void add(const MidiMessage& message) {
    MidiTranslation translation = translator_.translate(message.bytes);
    switch (translation.kind) {
      case MidiTranslation::Kind::event:
        translation.event.ppqPosition = song_.tempo.quartersOf(message.tick);
        timeline_.events.push_back({sampleOf(message), translation.event});
        break;
      case MidiTranslation::Kind::change:
        timeline_.changes.push_back({sampleOf(message), translation.id, translation.value});
        break;
      case MidiTranslation::Kind::nothing:
        ++timeline_.ignored;
        break;
    }
  }

  void systemExclusive(const SystemExclusive& message) {
    if (!translator_.takesEvents()) {
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

  void endSoundingNotes() {
    for (std::uint8_t channel = 0; channel < 16; ++channel) {
      for (std::uint8_t pitch = 0; pitch < 128; ++pitch) {
        for (std::uint32_t count = sounding_[channel][pitch]; count > 0; --count) {
          add({song_.endTick, {static_cast<std::uint8_t>(0x80U | channel), pitch, 0}});
        }
      }
    }
  }

  [[nodiscard]] std::int64_t sampleOf(const MidiMessage& message) const {
    return song_.tempo.sampleOf(message.tick, sampleRate_);
  }

  const MidiSong& song_;
  double sampleRate_;
  MidiTranslator translator_;
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
