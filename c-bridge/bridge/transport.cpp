// SPDX-License-Identifier: Apache-2.0
#include "transport.h"

#include <cmath>

namespace patchbay::bridge {

using Steinberg::Vst::ProcessContext;

namespace {

/** Hosts say any position, also one at the end of its numbers: it goes on at the other. */
std::int64_t plus(std::int64_t position, std::int32_t frames) noexcept {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(position) + static_cast<std::uint64_t>(static_cast<std::int64_t>(frames)));
}

}  // namespace

void Transport::reset() noexcept {
  now_.playing = 0;
  tempoTold_ = false;
}

void Transport::update(const ProcessContext* context, double sampleRate, std::int32_t frames) noexcept {
  const pb_transport before = now_;
  now_.sample_rate = sampleRate;
  if (context != nullptr) {
    follow(*context);
  } else if (now_.playing != 0) {
    now_.position_quarters += static_cast<double>(passed_) / sampleRate * now_.tempo / 60;
    now_.position_samples = expected_;
  }
  changes_.clear();
  compare(before);
  if (context != nullptr && (!tempoTold_ || now_.tempo != before.tempo)) {
    tell(PB_EVENT_TRANSPORT_TEMPO);
    tempoTold_ = true;
  }
  expected_ = plus(now_.position_samples, frames);
  passed_ = frames;
}

void Transport::follow(const ProcessContext& context) noexcept {
  now_.playing = (context.state & ProcessContext::kPlaying) != 0 ? 1 : 0;
  now_.position_samples = context.projectTimeSamples;
  if ((context.state & ProcessContext::kTempoValid) != 0 && context.tempo > 0 && std::isfinite(context.tempo)) {
    now_.tempo = context.tempo;
  }
  if ((context.state & ProcessContext::kTimeSigValid) != 0 && context.timeSigNumerator > 0 &&
      context.timeSigDenominator > 0) {
    now_.signature_numerator = context.timeSigNumerator;
    now_.signature_denominator = context.timeSigDenominator;
  }
  // What is no number is no position.
  const bool told = (context.state & ProcessContext::kProjectTimeMusicValid) != 0 && std::isfinite(context.projectTimeMusic);
  now_.position_quarters = told
                               ? context.projectTimeMusic
                               : static_cast<double>(now_.position_samples) / now_.sample_rate * now_.tempo / 60;
}

void Transport::compare(const pb_transport& before) noexcept {
  if (now_.playing != before.playing) {
    tell(now_.playing != 0 ? PB_EVENT_TRANSPORT_START : PB_EVENT_TRANSPORT_STOP);
  } else if (now_.playing != 0 && now_.position_samples != expected_) {
    tell(PB_EVENT_TRANSPORT_LOCATE);
  }
}

void Transport::tell(std::int32_t change) noexcept {
  pb_event event;
  pb_event_transport(&event, 0, change, now_.tempo, now_.position_quarters);
  changes_.push_back(event);
}

void Transport::publish(const pb_section& snapshot, std::int32_t offset) const noexcept {
  pb_transport there = now_;
  if (there.playing != 0) {
    there.position_samples = plus(there.position_samples, offset);
    there.position_quarters += offset / there.sample_rate * there.tempo / 60;
  }
  pb_snapshot_write(&snapshot, &there);
}

}  // namespace patchbay::bridge
