// SPDX-License-Identifier: Apache-2.0
#include "native_renderer.h"

#include <algorithm>
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
      events_(module.wholeBlocks ? std::size_t{3} * sections.hostEvents.capacity + sections.controlEvents.capacity + 1 : 0),
      changes_(sections_, parameters_, module.wholeBlocks ? &events_ : nullptr, 2 * sections.hostEvents.capacity),
      automation_(sections_, parameters_, changes_, transport_, sampleRate),
      midi_(sections.midiMap, parameters_.count(), *this),
      outputSums_(sections.outputLevels.count),
      voiceLevels_(voiceLevels),
      inputs_(geometry_.inputChannels),
      outputs_(geometry_.outputChannels),
      inputStarts_(geometry_.inputChannels),
      outputStarts_(geometry_.outputChannels) {
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
  // The order is a promise: the host's bulk changes, then control's, then automation, then events by time.
  fromHost_.poll([this](std::int32_t index, float value) { parameters_.set(index, value); });
  fromControl_.poll([this](std::int32_t index, float value) {
    if (parameters_.set(index, value)) {
      // The host does not know what control changes: the bit goes up after the value.
      pb_dirty_set(&sections_.dirty, static_cast<std::uint32_t>(index));
    }
    automation_.changedByControl(index);
  });
  automation_.begin(total_);
  midi_.refresh();
  rendered_ = 0;
  eventFrame_ = 0;
  events_.clear();
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
  automate(total_ - 1);
  automation_.end();
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
    const std::int32_t from = std::exchange(rendered_, frame);
    process(from, frame - from);
  }
}

void NativeRenderer::automate(std::int32_t last) noexcept {
  // Each round is at a later frame.
  for (std::int32_t round = 0; round <= last && automation_.next() <= last; ++round) {
    if (!module_.wholeBlocks) {
      renderUpTo(automation_.next());
    }
    automation_.play();
  }
}

void NativeRenderer::renderWhole() noexcept {
  if (total_ > 0 || events_.count() > 0) {
    process(0, total_);
  }
  // Only now: in the block, the parameters are those of its first frame.
  changes_.end();
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
  block.event_count = static_cast<std::int32_t>(events_.count());
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
  automate(eventFrame_);
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
  } else if (const std::int32_t index = pb_event_parameter_index(&event); automation_.overrules(index, eventFrame_)) {
    // Its lane has the last word.
    return;
  } else if (const auto normalized = static_cast<float>(pb_event_normalized(&event)); !module_.wholeBlocks) {
    parameters_.set(index, normalized);
  } else if (parameters_.accepts(index, normalized)) {
    changes_.listed(index, normalized);
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
  } else {
    events_.add(event, eventFrame_);
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
    default:
      // No controller.
      break;
  }
}

float NativeRenderer::value(std::int32_t index) const noexcept { return changes_.value(index); }

void NativeRenderer::change(std::int32_t index, float normalized) noexcept {
  automation_.take(index, eventFrame_);
  changes_.change(index, normalized, eventFrame_, true);
  automation_.moved(index, normalized, eventFrame_);
}

}  // namespace patchbay::bridge
