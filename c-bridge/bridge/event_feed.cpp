// SPDX-License-Identifier: Apache-2.0
#include "event_feed.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <utility>

#include "pluginterfaces/vst/ivstevents.h"
#include "pluginterfaces/vst/ivstnoteexpression.h"
#include "pluginterfaces/vst/ivstparameterchanges.h"

namespace patchbay::bridge {

using namespace Steinberg;

namespace {

/** The most that is asked of a list or queue of the host: one with a wild count must not hold up the audio. */
constexpr int32 kMostAsked = 1 << 16;

std::int32_t clampOffset(std::int32_t offset, std::int32_t frames) noexcept {
  return std::max(0, std::min(offset, frames - 1));
}

/** Visits each point of each queue: (id, offset, value). */
template <class Visit>
void forEachPoint(Vst::IParameterChanges* changes, Visit visit) {
  if (changes == nullptr) {
    return;
  }
  const int32 queues = std::min(changes->getParameterCount(), kMostAsked);
  for (int32 q = 0; q < queues; ++q) {
    Vst::IParamValueQueue* queue = changes->getParameterData(q);
    if (queue == nullptr) {
      continue;
    }
    const Vst::ParamID id = queue->getParameterId();
    const int32 points = std::min(queue->getPointCount(), kMostAsked);
    for (int32 p = 0; p < points; ++p) {
      int32 offset = 0;
      Vst::ParamValue value = 0;
      if (queue->getPoint(p, offset, value) == kResultOk && !std::isnan(value)) {
        visit(id, offset, clampNormalized(value));
      }
    }
  }
}

pb_event parameterEvent(std::int32_t index, double value) noexcept {
  pb_event event;
  pb_event_parameter(&event, 0, index, value);
  return event;
}

/** RT indexes by these, so nothing outside of MIDI's ranges reaches it. */
bool isMidi(int16 channel, int16 pitch) noexcept {
  return channel >= 0 && channel < MidiMap::kChannels && pitch >= 0 && pitch < 128;
}

/** The number of one of the plug-in's own expressions, or the like. False for texts, which no event carries. */
bool translateExpression(const Vst::NoteExpressionValueEvent& from, pb_event& to) noexcept {
  if (std::isnan(from.value)) {
    return false;
  }
  // VST 3 has volume, pan, tuning, vibrato, expression and brightness in the order of ours.
  if (from.typeId <= Vst::kBrightnessTypeID) {
    pb_event_note_expression(&to, 0, 0, from.noteId, static_cast<std::int32_t>(from.typeId), from.value, 0);
    return true;
  }
  const bool custom = from.typeId >= Vst::kCustomStart && from.typeId <= Vst::kCustomEnd;
  if (custom) {
    pb_event_note_expression(&to, 0, 0, from.noteId, PB_EVENT_EXPRESSION_CUSTOM, from.value,
                             static_cast<double>(from.typeId - Vst::kCustomStart));
  }
  return custom;
}

/** False for what Patchbay has no event for. */
bool translate(const Vst::Event& from, pb_event& to) noexcept {
  switch (from.type) {
    case Vst::Event::kNoteOnEvent: {
      const Vst::NoteOnEvent& n = from.noteOn;
      const double tuning = std::isfinite(n.tuning) ? static_cast<double>(n.tuning) : 0;
      // MIDI's running status habit, which some hosts pass on: a note on without velocity is a note off.
      if (n.velocity > 0) {
        pb_event_note_on(&to, 0, n.channel, n.pitch, n.noteId, static_cast<double>(n.velocity), tuning);
      } else {
        pb_event_note_off(&to, 0, n.channel, n.pitch, n.noteId, 0);
      }
      return isMidi(n.channel, n.pitch);
    }
    case Vst::Event::kNoteOffEvent: {
      const Vst::NoteOffEvent& n = from.noteOff;
      pb_event_note_off(&to, 0, n.channel, n.pitch, n.noteId, static_cast<double>(n.velocity));
      return isMidi(n.channel, n.pitch);
    }
    case Vst::Event::kPolyPressureEvent: {
      const Vst::PolyPressureEvent& n = from.polyPressure;
      pb_event_poly_pressure(&to, 0, n.channel, n.pitch, n.noteId, static_cast<double>(n.pressure));
      return isMidi(n.channel, n.pitch);
    }
    case Vst::Event::kNoteExpressionValueEvent: return translateExpression(from.noteExpressionValue, to);
    default: return false;
  }
}

}  // namespace

void absorbParameters(Vst::IParameterChanges* changes, const PluginImage& image, ParameterValues& values) {
  forEachPoint(changes, [&](Vst::ParamID id, int32, double value) {
    const std::int32_t index = image.parameters.indexOf(id);
    if (index >= 0 && !image.parameters[static_cast<std::size_t>(index)].has(PB_PARAMETER_FLAG_READ_ONLY)) {
      values.set(static_cast<std::size_t>(index), value);
    }
  });
}

EventFeed::EventFeed(std::shared_ptr<const PluginImage> image, std::shared_ptr<Region> region, ParameterValues& values,
                     HostEdits& edits)
    : image_(std::move(image)),
      region_(std::move(region)),
      values_(values),
      edits_(edits),
      events_(region_->hostEvents.capacity),
      messages_(region_->hostEventData.capacity),
      packed_(region_->hostEventData.capacity),
      unsent_((image_->parameters.size() + 63) / 64) {}

void EventFeed::clear() noexcept {
  memory_.clear();
  count_ = carried_ = next_ = 0;
  messageBytes_ = 0;
  carriedFrames_ = 0;
  std::fill(unsent_.begin(), unsent_.end(), 0);
  anyUnsent_ = false;
  allNotesOff_ = false;
  lostInBlock_ = false;
}

void EventFeed::gather(const Vst::ProcessData& data, std::int32_t frames,
                       const std::vector<pb_event>& transport) noexcept {
  gatherUnsent();
  for (const pb_event& event : transport) {
    add(event, false);
  }
  gatherParameters(data.inputParameterChanges, frames);
  gatherEvents(data.inputEvents, frames);
  const auto earlier = [](const Timed& a, const Timed& b) { return a.order < b.order; };
  const auto end = events_.begin() + static_cast<std::ptrdiff_t>(count_);
  // In place and without allocation; the order's numbers are unique, so it need not be stable.
  if (!std::is_sorted(events_.begin(), end, earlier)) {
    std::sort(events_.begin(), end, earlier);
  }
}

void EventFeed::gatherUnsent() noexcept {
  if (!anyUnsent_) {
    return;
  }
  anyUnsent_ = false;
  for (std::size_t word = 0; word < unsent_.size(); ++word) {
    for (std::uint64_t bits = std::exchange(unsent_[word], 0); bits != 0; bits &= bits - 1) {
      const std::size_t index = word * 64 + static_cast<std::size_t>(__builtin_ctzll(bits));
      add(parameterEvent(static_cast<std::int32_t>(index), values_.get(index)), false);
    }
  }
}

void EventFeed::gatherParameters(Vst::IParameterChanges* changes, std::int32_t frames) noexcept {
  forEachPoint(changes, [&](Vst::ParamID id, int32 offset, double value) {
    pb_event event;
    if (const std::int32_t index = image_->parameters.indexOf(id); index >= 0) {
      if (image_->parameters[static_cast<std::size_t>(index)].has(PB_PARAMETER_FLAG_READ_ONLY) ||
          edits_.isEcho(static_cast<std::size_t>(index), value)) {
        return;
      }
      values_.set(static_cast<std::size_t>(index), value);
      event = parameterEvent(index, value);
    } else if (const MidiMap::Target target = image_->midi.find(id); target.number >= 0) {
      event = MidiMap::event(target, value);
    } else {
      return;
    }
    event.sample_offset = clampOffset(offset, frames);
    add(event, false);
  });
}

void EventFeed::gatherEvents(Vst::IEventList* events, std::int32_t frames) noexcept {
  if (events == nullptr) {
    return;
  }
  const int32 total = std::min(events->getEventCount(), kMostAsked);
  for (int32 i = 0; i < total; ++i) {
    Vst::Event from = {};
    pb_event event;
    if (events->getEvent(i, from) != kResultOk || from.busIndex != 0) {
      continue;
    }
    const std::int32_t offset = clampOffset(from.sampleOffset, frames);
    if (from.type == Vst::Event::kDataEvent) {
      gatherMessage(from, offset);
    } else if (translate(from, event)) {
      event.sample_offset = offset;
      add(event, true);
    }
  }
}

void EventFeed::gatherMessage(const Vst::Event& from, std::int32_t offset) noexcept {
  const Vst::DataEvent& data = from.data;
  if (data.type != Vst::DataEvent::kMidiSysEx || data.size == 0 || data.bytes == nullptr) {
    return;
  }
  if (data.size > region_->hostEventData.max_length || data.size > messages_.size() - messageBytes_) {
    refuseMessage();
    return;
  }
  std::memcpy(messages_.data() + messageBytes_, data.bytes, data.size);
  // Until it is sent, its position is that of the copy.
  pb_event event;
  pb_event_sysex(&event, offset, messageBytes_, static_cast<std::int32_t>(data.size));
  messageBytes_ += data.size;
  add(event, true);
}

void EventFeed::refuseMessage() noexcept {
  pb_counter_add(&region_->counters, PB_STANDARD_BRIDGE_COUNTERS_REFUSED_MESSAGES, 1);
}

void EventFeed::add(const pb_event& event, bool note) noexcept {
  if (count_ == events_.size()) {
    if (carried_ == 0) {
      lost(event);
      // Not for the request that plays this block: the notes that found room would sound after it, for ever.
      lostInBlock_ = true;
      return;
    }
    dropCarried();
  }
  // By sample; there parameters before notes, so that a note starts with them; then as they came. What was carried has
  // lower numbers than anything of this block.
  const std::uint64_t at = static_cast<std::uint64_t>(event.sample_offset) + 1;
  events_[count_] = {event, (at << 32) | (std::uint64_t{note} << 31) | count_};
  ++count_;
}

void EventFeed::lost(const pb_event& event) noexcept {
  if (event.type == PB_EVENT_SYSEX) {
    refuseMessage();
    return;
  }
  pb_counter_add(&region_->counters, PB_STANDARD_BRIDGE_COUNTERS_DROPPED_EVENTS, 1);
  if (event.type == PB_EVENT_PARAMETER) {
    unsent_[static_cast<std::size_t>(event.index) / 64] |= UINT64_C(1) << (event.index % 64);
    anyUnsent_ = true;
  }
}

void EventFeed::dropCarried() noexcept {
  for (std::size_t i = 0; i < carried_; ++i) {
    lost(events_[i].event);
  }
  allNotesOff_ = true;
  // Before the sort, the block's own events come after the carried ones; their numbers stay unique.
  std::move(events_.begin() + static_cast<std::ptrdiff_t>(carried_),
            events_.begin() + static_cast<std::ptrdiff_t>(count_), events_.begin());
  count_ -= carried_;
  for (std::size_t i = 0; i < count_; ++i) {
    events_[i].order = (events_[i].order & ~UINT64_C(0x7FFFFFFF)) | i;
  }
  carried_ = 0;
  carriedFrames_ = 0;
}

bool EventFeed::send(std::int32_t start, std::int32_t end, Region& to, Region* also) noexcept {
  bool complete = true;
  for (; next_ < count_ && events_[next_].event.sample_offset < end; ++next_) {
    pb_event event = events_[next_].event;
    event.sample_offset = std::max(0, event.sample_offset - start);
    if (also != nullptr) {
      complete = offer(*also, event) && complete;
    }
    memory_.remember(event);
    if (!offer(to, event)) {
      lost(event);
      allNotesOff_ = allNotesOff_ || event.type != PB_EVENT_SYSEX;
    } else if (event.type == PB_EVENT_NOTE_ON) {
      pb_counter_add(&region_->counters, PB_STANDARD_BRIDGE_COUNTERS_NOTES_PLAYED, 1);
    }
  }
  return complete;
}

bool EventFeed::tellValues(Region& to) const noexcept {
  for (std::size_t i = 0; i < image_->parameters.size(); ++i) {
    if (!image_->parameters[i].has(PB_PARAMETER_FLAG_READ_ONLY) &&
        !offer(to, parameterEvent(static_cast<std::int32_t>(i), values_.get(i)))) {
      return false;
    }
  }
  return true;
}

bool EventFeed::tellSounding(Region& to) const noexcept {
  for (const bool notes : {false, true}) {
    for (std::size_t i = 0; i < memory_.size(); ++i) {
      if (EventMemory::isNote(memory_[i]) == notes && !offer(to, memory_[i])) {
        return false;
      }
    }
  }
  return true;
}

bool EventFeed::offer(Region& to, const pb_event& event) const noexcept {
  if (event.type != PB_EVENT_SYSEX) {
    return pb_event_queue_offer(&to.hostEvents, &event) != 0;
  }
  return pb_sysex_offer(&to.hostEvents, &to.hostEventData, event.sample_offset,
                        messages_.data() + pb_event_sysex_position(&event),
                        static_cast<std::uint32_t>(event.index)) == PB_RING_SENT;
}

bool EventFeed::takeAllNotesOff() noexcept {
  const bool taken = std::exchange(allNotesOff_, false);
  if (taken) {
    memory_.forgetNotes();
  }
  return taken;
}

void EventFeed::carry(std::int32_t frames, double framesOfPatience) noexcept {
  std::move(events_.begin() + static_cast<std::ptrdiff_t>(next_), events_.begin() + static_cast<std::ptrdiff_t>(count_),
            events_.begin());
  count_ -= next_;
  carried_ = count_;
  next_ = 0;
  carriedFrames_ = count_ == 0 ? 0 : carriedFrames_ + frames;
  for (std::size_t i = 0; i < count_; ++i) {
    events_[i].event.sample_offset = 0;
    events_[i].order = i;
  }
  // A second of notes at once is not what anybody played, and what is left of a block that lost some makes no sense.
  if (count_ > 0 && (carriedFrames_ > framesOfPatience || lostInBlock_)) {
    dropCarried();
  }
  allNotesOff_ = allNotesOff_ || lostInBlock_;
  lostInBlock_ = false;
  packMessages();
}

void EventFeed::packMessages() noexcept {
  std::size_t used = 0;
  for (std::size_t i = 0; i < count_; ++i) {
    pb_event& event = events_[i].event;
    if (event.type == PB_EVENT_SYSEX) {
      const auto length = static_cast<std::size_t>(event.index);
      std::memcpy(packed_.data() + used, messages_.data() + pb_event_sysex_position(&event), length);
      pb_event_sysex(&event, 0, used, event.index);
      used += length;
    }
  }
  messages_.swap(packed_);
  messageBytes_ = used;
}

}  // namespace patchbay::bridge
