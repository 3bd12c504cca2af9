// SPDX-License-Identifier: Apache-2.0
#include "event_output.h"

#include <algorithm>

namespace patchbay::bridge {

using namespace Steinberg;

namespace {

/** Asks once about each, in order. */
template <class Type, class Condition>
void removeIf(std::vector<Type>& list, Condition condition) noexcept {
  list.erase(std::remove_if(list.begin(), list.end(), condition), list.end());
}

Vst::Event eventAt(std::int32_t offset, uint16 type) noexcept {
  Vst::Event event = {};
  event.sampleOffset = offset;
  event.type = type;
  return event;
}

/** A controller in the form that hosts take from plug-ins: 0 to 127, the wheel in two such numbers. */
Vst::Event controllerAt(std::int32_t offset, std::int32_t channel, int number, double value) noexcept {
  Vst::Event event = eventAt(offset, Vst::Event::kLegacyMIDICCOutEvent);
  event.midiCCOut.channel = static_cast<int8>(channel);
  event.midiCCOut.controlNumber = static_cast<uint8>(number);
  if (number == MidiMap::kPitchBend) {
    const int wheel = static_cast<int>(value * 16383 + 0.5);
    event.midiCCOut.value = static_cast<int8>(wheel & 127);
    event.midiCCOut.value2 = static_cast<int8>(wheel >> 7);
  } else {
    event.midiCCOut.value = static_cast<int8>(value * 127 + 0.5);
  }
  return event;
}

}  // namespace

void EventOutput::begin(const Vst::ProcessData& data) noexcept {
  list_ = wanted_ ? data.outputEvents : nullptr;
  removeIf(notes_, [this](const Note& note) { return note.owed && addOff(note, 0, 0); });
}

void EventOutput::take(Region& from, const pb_audio_slot& answer, std::int32_t start, std::int32_t frames) noexcept {
  const pb_event_queue& queue = from.rtEvents;
  const std::uint64_t end = pb_event_queue_tail(&queue);
  std::uint64_t at = pb_event_queue_head_position(&queue);
  // An engine that writes nonsense must not keep us here.
  if (end - at > pb_event_queue_capacity(&queue)) {
    at = end;
  }
  for (; at != end; ++at) {
    const pb_event event = *pb_event_queue_peek(&queue, at);
    if (pb_event_is_valid(&event) != 0) {
      // What was played in a block that was given up comes at this one's start.
      const bool late = static_cast<std::int64_t>(at - answer.rt_events_begin) < 0;
      pass(event, late ? start : start + std::clamp(event.sample_offset, 0, frames - 1));
    }
  }
  pb_event_queue_advance(&queue, end);
}

void EventOutput::drop(Region& from) noexcept {
  pb_event_queue_advance(&from.rtEvents, pb_event_queue_tail(&from.rtEvents));
}

void EventOutput::pass(const pb_event& event, std::int32_t offset) noexcept {
  const std::int32_t channel = event.channel;
  Vst::Event to = {};
  switch (event.type) {
    case PB_EVENT_NOTE_ON:
      to = eventAt(offset, Vst::Event::kNoteOnEvent);
      noteOn(event, to);
      return;
    case PB_EVENT_NOTE_OFF:
      noteOff({channel, pb_event_key(&event), event.note_id, false}, static_cast<float>(pb_event_velocity(&event)), offset);
      return;
    case PB_EVENT_POLY_PRESSURE:
      to = eventAt(offset, Vst::Event::kPolyPressureEvent);
      to.polyPressure = {static_cast<int16>(channel), static_cast<int16>(pb_event_key(&event)),
                         static_cast<float>(pb_event_pressure(&event)), event.note_id};
      break;
    case PB_EVENT_CONTROLLER:
      to = controllerAt(offset, channel, pb_event_controller_number(&event), pb_event_controller_value(&event));
      break;
    case PB_EVENT_CHANNEL_PRESSURE:
      to = controllerAt(offset, channel, MidiMap::kChannelPressure, pb_event_pressure(&event));
      break;
    case PB_EVENT_PITCH_BEND:
      to = controllerAt(offset, channel, MidiMap::kPitchBend, (pb_event_bend(&event) + 1) / 2);
      break;
    default:
      return;
  }
  // A host without room loses a movement, of which the next one says where it is.
  [[maybe_unused]] const bool taken = add(to);
}

void EventOutput::noteOn(const pb_event& event, Vst::Event& to) noexcept {
  const Note note = {event.channel, pb_event_key(&event), event.note_id, false};
  if (notes_.size() == kMostNotes) {
    if (!addOff(notes_.front(), 0, to.sampleOffset)) {
      return;  // A host without room for an end has none for a beginning.
    }
    notes_.erase(notes_.begin());
  }
  to.noteOn = {static_cast<int16>(note.channel), static_cast<int16>(note.key), 0,
               static_cast<float>(pb_event_velocity(&event)), 0, note.id};
  if (add(to)) {
    // The same once more is one note to the host, too.
    removeIf(notes_, [&note](const Note& one) { return one.channel == note.channel && one.key == note.key && one.id == note.id; });
    notes_.push_back(note);
  }
}

void EventOutput::noteOff(Note end, float velocity, std::int32_t offset) noexcept {
  const auto ends = [&end](const Note& one) {
    return one.channel == end.channel && one.key == end.key && (end.id < 0 || one.id < 0 || one.id == end.id);
  };
  if (addOff(end, velocity, offset)) {
    removeIf(notes_, ends);
    return;
  }
  for (Note& one : notes_) {
    one.owed = one.owed || ends(one);
  }
}

bool EventOutput::addOff(const Note& end, float velocity, std::int32_t offset) noexcept {
  Vst::Event to = eventAt(offset, Vst::Event::kNoteOffEvent);
  to.noteOff = {static_cast<int16>(end.channel), static_cast<int16>(end.key), velocity, end.id, 0};
  return add(to);
}

void EventOutput::endNotes(std::int32_t offset) noexcept {
  for (Note& note : notes_) {
    note.owed = !addOff(note, 0, offset);
  }
  removeIf(notes_, [](const Note& note) { return !note.owed; });
}

bool EventOutput::add(Vst::Event& event) noexcept { return list_ != nullptr && list_->addEvent(event) == kResultOk; }

void EventOutput::clear() noexcept { notes_.clear(); }

}  // namespace patchbay::bridge
