// SPDX-License-Identifier: Apache-2.0
#include "native_renderer.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "clock.h"

namespace patchbay::bridge {
namespace {

/** The transport's writer is the thread that renders, so the first try succeeds. */
constexpr int kTries = 4;

pb_rt_event plain(const pb_event& event) noexcept { return {event, nullptr, 0}; }

}  // namespace

NativeRenderer::NativeRenderer(const PluginImage& image, const NativeSections& sections, const NativeModule& module,
                               double sampleRate, pb_meter_writer& voiceLevels)
    : geometry_(image.audio),
      sections_(sections),
      module_(module),
      parameters_(image.parameters, sections.parameters),
      fromHost_(sections.parametersFromHost),
      fromControl_(sections.parametersFromControl),
      midi_(sections.midiMap, parameters_.count(), *this),
      outputSums_(sections.outputLevels.count),
      voiceLevels_(voiceLevels),
      inputs_(geometry_.inputChannels),
      outputs_(geometry_.outputChannels),
      inputStarts_(geometry_.inputChannels),
      outputStarts_(geometry_.outputChannels),
      events_(module.wholeBlocks ? std::size_t{2} * sections.hostEvents.capacity + sections.controlEvents.capacity + 1 : 0),
      within_(module.wholeBlocks ? image.parameters.size() : 0),
      moved_(within_.size()) {
  pb_sysex_reader_init(&messages_, &sections_.hostEventData);
  pb_meter_writer_init(&outputLevels_, &sections_.outputLevels, outputSums_.data(), sampleRate);
}

std::int64_t NativeRenderer::render(pb_audio_slot& slot) noexcept {
  const std::int64_t start = nowNanos();
  total_ = std::max(0, std::min(slot.frames, module_.maxFrames));
  offline_ = (slot.flags & PB_SLOT_FLAG_OFFLINE) != 0;
  pb_transport transport;
  if (pb_snapshot_read(&sections_.transport, &transport, kTries) != 0) {
    transport_ = transport;
  }
  // The order is a promise: the host's bulk changes, then control's, then events by time.
  fromHost_.poll([this](std::int32_t index, float value) { parameters_.set(index, value); });
  fromControl_.poll([this](std::int32_t index, float value) {
    if (parameters_.set(index, value)) {
      // The host does not know what control changes: the bit goes up after the value.
      pb_dirty_set(&sections_.dirty, static_cast<std::uint32_t>(index));
    }
  });
  beginMidi();
  rendered_ = 0;
  eventFrame_ = 0;
  listed_ = 0;
  lastFrame_ = 0;
  for (std::uint32_t c = 0; c < geometry_.inputChannels; ++c) {
    inputStarts_[c] = channel(slot, c);
  }
  for (std::uint32_t c = 0; c < geometry_.outputChannels; ++c) {
    outputStarts_[c] = channel(slot, geometry_.inputChannels + c);
    std::fill_n(outputStarts_[c], total_, 0.0f);
  }
  if ((slot.flags & PB_SLOT_FLAG_ALL_NOTES_OFF) != 0) {
    pb_event off;
    pb_event_all_notes_off(&off, 0);
    hand(plain(off));
  }
  pb_event_queue_poll(&sections_.controlEvents, controlEvent, this, sections_.controlEvents.capacity);
  renderStretches(slot.events_end);
  pb_meter_writer_add_block(&outputLevels_, outputStarts_.data(), geometry_.outputChannels, 0,
                            static_cast<std::uint32_t>(total_));
  pb_meter_writer_advance(&voiceLevels_, static_cast<std::uint32_t>(total_));
  const std::int64_t nanos = nowNanos() - start;
  count(PB_STANDARD_RT_COUNTERS_BLOCKS);
  count(PB_STANDARD_RT_COUNTERS_MEASURED_BLOCKS);
  pb_counter_max(&sections_.counters, PB_STANDARD_RT_COUNTERS_RENDER_MAX_NANOS, nanos);
  pb_histogram_record(&sections_.renderTimes, nanos);
  return nanos;
}

float* NativeRenderer::channel(pb_audio_slot& slot, std::uint32_t number) const noexcept {
  auto* bytes = reinterpret_cast<std::uint8_t*>(&slot);
  return reinterpret_cast<float*>(bytes + geometry_.samplesOffset +
                                  static_cast<std::size_t>(number) * geometry_.channelStride);
}

void NativeRenderer::renderStretches(std::uint64_t eventsEnd) noexcept {
  // Events of this block alone. Positions are modulo 2^64, so only differences mean something.
  const auto inBlock = static_cast<std::int64_t>(eventsEnd - pb_event_queue_head_position(&sections_.hostEvents));
  const auto most = static_cast<std::int64_t>(sections_.hostEvents.capacity);
  pb_event_queue_poll(&sections_.hostEvents, hostEvent, this,
                      static_cast<std::uint32_t>(std::clamp<std::int64_t>(inBlock, 0, most)));
  if (module_.wholeBlocks) {
    renderWhole();
  } else {
    renderUpTo(total_);
  }
  // After the events: a whole block's list leads to their bytes.
  pb_sysex_release(&messages_);
}

void NativeRenderer::renderUpTo(std::int32_t frame) noexcept {
  if (frame > rendered_) {
    process(std::exchange(rendered_, frame), frame - rendered_);
  }
}

void NativeRenderer::renderWhole() noexcept {
  if (total_ > 0 || listed_ > 0) {
    process(0, total_);
  }
  // Only now: in the block, the parameters are those of its first frame.
  for (std::size_t i = 0; i < listed_; ++i) {
    const pb_event& event = events_[i].event;
    if (event.type == PB_EVENT_PARAMETER) {
      parameters_.set(pb_event_parameter_index(&event), static_cast<float>(pb_event_normalized(&event)));
    }
  }
  if (std::exchange(anyMoved_, false)) {
    for (std::size_t i = 0; i < moved_.size(); ++i) {
      if (std::exchange(moved_[i], std::uint8_t{0}) != 0) {
        tellControl(static_cast<std::int32_t>(i), within_[i]);
        parameters_.set(static_cast<std::int32_t>(i), within_[i]);
        pb_dirty_set(&sections_.dirty, static_cast<std::uint32_t>(i));
      }
    }
  }
}

void NativeRenderer::process(std::int32_t from, std::int32_t frames) noexcept {
  for (std::size_t c = 0; c < inputs_.size(); ++c) {
    inputs_[c] = inputStarts_[c] + from;
  }
  for (std::size_t c = 0; c < outputs_.size(); ++c) {
    outputs_[c] = outputStarts_[c] + from;
  }
  pb_rt_block block = {};
  block.frames = frames;
  block.offline = offline_ ? 1 : 0;
  block.inputs = inputs_.data();
  block.outputs = outputs_.data();
  block.normalized = parameters_.allNormalized();
  block.plain = parameters_.allPlain();
  block.version = parameters_.version();
  block.transport = &transport_;
  block.events = events_.data();
  block.event_count = static_cast<std::int32_t>(listed_);
  module_.functions.pb_rt_process(module_.self, &block);
}

void NativeRenderer::hostEvent(void* renderer, const pb_event* event) {
  // A copy: who can write the region must not change what was checked.
  const pb_event taken = *event;
  static_cast<NativeRenderer*>(renderer)->takeHostEvent(taken);
}

void NativeRenderer::controlEvent(void* renderer, const pb_event* event) {
  const pb_event taken = *event;
  static_cast<NativeRenderer*>(renderer)->take(taken);
}

void NativeRenderer::takeHostEvent(const pb_event& event) noexcept {
  eventFrame_ = std::max(0, std::min(event.sample_offset, total_ - 1));
  if (!module_.wholeBlocks) {
    renderUpTo(eventFrame_);
  }
  if (event.type == PB_EVENT_SYSEX) {
    takeMessage(event);
  } else {
    take(event);
  }
  count(PB_STANDARD_RT_COUNTERS_EVENTS);
}

void NativeRenderer::take(const pb_event& event) noexcept {
  if (pb_event_is_valid(&event) == 0 || event.type == PB_EVENT_SYSEX) {
    count(PB_STANDARD_RT_COUNTERS_INVALID_EVENTS);
  } else if (event.type != PB_EVENT_PARAMETER) {
    hear(event);
    hand(plain(event));
  } else if (const std::int32_t index = pb_event_parameter_index(&event); !module_.wholeBlocks) {
    parameters_.set(index, static_cast<float>(pb_event_normalized(&event)));
  } else if (parameters_.accepts(index, static_cast<float>(pb_event_normalized(&event)))) {
    hear(event);
    hand(plain(event));
  }
}

void NativeRenderer::takeMessage(const pb_event& event) noexcept {
  pb_rt_event message = plain(event);
  message.payload = pb_sysex_take(&messages_, &event, &message.payload_length);
  if (message.payload != nullptr) {
    hand(message);
  } else if (pb_event_sysex_length(&event) > 0) {
    count(PB_STANDARD_RT_COUNTERS_INVALID_EVENTS);
  }
}

void NativeRenderer::hand(const pb_rt_event& event) noexcept {
  if (!module_.wholeBlocks) {
    if (module_.functions.pb_rt_handle_event != nullptr) {
      module_.functions.pb_rt_handle_event(module_.self, &event);
    }
  } else if (listed_ < events_.size()) {
    lastFrame_ = std::max(lastFrame_, eventFrame_);
    events_[listed_] = event;
    events_[listed_].event.sample_offset = lastFrame_;
    ++listed_;
  }
}

void NativeRenderer::beginMidi() noexcept {
  midi_.refresh();
  midiListed_ = 0;
  if (module_.wholeBlocks && withinVersion_ != parameters_.version()) {
    withinVersion_ = parameters_.version();
    std::copy_n(parameters_.allNormalized(), within_.size(), within_.begin());
  }
}

void NativeRenderer::hear(const pb_event& event) noexcept {
  switch (event.type) {
    case PB_EVENT_CONTROLLER:
    case PB_EVENT_PITCH_BEND:
    case PB_EVENT_CHANNEL_PRESSURE:
    case PB_EVENT_POLY_PRESSURE: {
      // Control learns from them. A full queue counts what it refuses.
      pb_event told = event;
      told.sample_offset = eventFrame_;
      pb_event_queue_offer(&sections_.notifications, &told);
      midi_.event(event);
      break;
    }
    case PB_EVENT_PARAMETER:
      within_[static_cast<std::size_t>(pb_event_parameter_index(&event))] =
          static_cast<float>(pb_event_normalized(&event));
      break;
    default:
      // No controller.
      break;
  }
}

float NativeRenderer::value(std::int32_t index) const noexcept {
  return module_.wholeBlocks ? within_[static_cast<std::size_t>(index)] : parameters_.normalized(index);
}

void NativeRenderer::change(std::int32_t index, float normalized) noexcept {
  const auto at = static_cast<std::size_t>(index);
  if (!module_.wholeBlocks) {
    if (parameters_.accepts(index, normalized) && !std::equal_to<float>()(parameters_.normalized(index), normalized)) {
      tellControl(index, normalized);
      parameters_.set(index, normalized);
      // The host does not know what MIDI changes: the bit goes up after the value.
      pb_dirty_set(&sections_.dirty, static_cast<std::uint32_t>(index));
    }
    return;
  }
  if (std::equal_to<float>()(within_[at], normalized)) {
    return;
  }
  within_[at] = normalized;
  moved_[at] = 1;
  anyMoved_ = true;
  // Of more than the list has room for, only the last value of each parameter plays, from the next block on.
  if (midiListed_ < sections_.hostEvents.capacity) {
    ++midiListed_;
    pb_event event;
    pb_event_parameter(&event, eventFrame_, index, static_cast<double>(normalized));
    hand(plain(event));
  }
}

void NativeRenderer::tellControl(std::int32_t index, float normalized) noexcept {
  // Before the value, so that control, which sees the value, finds who has changed it.
  pb_event event;
  pb_event_parameter(&event, eventFrame_, index, static_cast<double>(normalized));
  pb_event_queue_offer(&sections_.notifications, &event);
}

}  // namespace patchbay::bridge
