// SPDX-License-Identifier: Apache-2.0
#include "event_memory.h"

#include <algorithm>

namespace patchbay::bridge {
namespace {

/** Ten fingers, all controllers of some channels; where it is full, the oldest goes. */
constexpr std::size_t kRoom = 1024;

/** Start and stop are one thing that has a last value, the tempo another; a locate is over when it has happened. */
bool sameKind(const pb_event& a, const pb_event& b) noexcept {
  const bool tempoA = a.index == PB_EVENT_TRANSPORT_TEMPO;
  const bool tempoB = b.index == PB_EVENT_TRANSPORT_TEMPO;
  return tempoA == tempoB;
}

/** Whether the later one takes the earlier one's place. */
bool replaces(const pb_event& later, const pb_event& earlier) noexcept {
  if (later.type != earlier.type) {
    return false;
  }
  switch (later.type) {
    case PB_EVENT_TRANSPORT: return sameKind(later, earlier);
    case PB_EVENT_PITCH_BEND:
    case PB_EVENT_CHANNEL_PRESSURE:
    case PB_EVENT_PROGRAM: return later.channel == earlier.channel;
    case PB_EVENT_NOTE_EXPRESSION:
      return later.channel == earlier.channel && later.index == earlier.index && later.note_id == earlier.note_id &&
             later.detail >= earlier.detail && later.detail <= earlier.detail;
    default:
      return later.channel == earlier.channel && later.index == earlier.index && later.note_id == earlier.note_id;
  }
}

/** Whether an event is of the note that another one ends. */
bool isOf(const pb_event& event, const pb_event& end) noexcept {
  if (!EventMemory::isNote(event) || event.channel != end.channel) {
    return false;
  }
  const bool sameId = end.note_id < 0 || event.note_id < 0 || event.note_id == end.note_id;
  return event.type == PB_EVENT_NOTE_EXPRESSION ? end.note_id >= 0 && event.note_id == end.note_id
                                                : event.index == end.index && sameId;
}

}  // namespace

EventMemory::EventMemory() : events_(kRoom) {}

bool EventMemory::isNote(const pb_event& event) noexcept {
  return event.type == PB_EVENT_NOTE_ON || event.type == PB_EVENT_POLY_PRESSURE ||
         event.type == PB_EVENT_NOTE_EXPRESSION;
}

template <class Condition>
void EventMemory::removeIf(Condition condition) noexcept {
  const auto begin = events_.begin();
  count_ = static_cast<std::size_t>(
      std::remove_if(begin, begin + static_cast<std::ptrdiff_t>(count_), condition) - begin);
}

void EventMemory::forgetNotes() noexcept { removeIf(isNote); }

void EventMemory::remember(const pb_event& event) noexcept {
  switch (event.type) {
    case PB_EVENT_NOTE_OFF:
    case PB_EVENT_NOTE_CHOKE: removeIf([&event](const pb_event& earlier) { return isOf(earlier, event); }); return;
    case PB_EVENT_ALL_NOTES_OFF: forgetNotes(); return;
    case PB_EVENT_PARAMETER:
    case PB_EVENT_SYSEX: return;
    case PB_EVENT_TRANSPORT:
      if (event.index == PB_EVENT_TRANSPORT_LOCATE) {
        return;
      }
      break;
    default: break;
  }
  removeIf([&event](const pb_event& earlier) { return replaces(event, earlier); });
  if (count_ == events_.size()) {
    std::move(events_.begin() + 1, events_.end(), events_.begin());
    --count_;
  }
  events_[count_] = event;
  events_[count_].sample_offset = 0;
  ++count_;
}

}  // namespace patchbay::bridge
