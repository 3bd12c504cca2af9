// SPDX-License-Identifier: Apache-2.0
#include "transport.h"

namespace patchbay::bridge {

using Steinberg::Vst::ProcessContext;

void Transport::update(const ProcessContext* context, double sampleRate) noexcept {
  now_.sample_rate = sampleRate;
  now_.playing = 0;
  if (context == nullptr) {
    return;
  }
  now_.playing = (context->state & ProcessContext::kPlaying) != 0 ? 1 : 0;
  now_.position_samples = context->projectTimeSamples;
  if ((context->state & ProcessContext::kTempoValid) != 0 && context->tempo > 0) {
    now_.tempo = context->tempo;
  }
  if ((context->state & ProcessContext::kTimeSigValid) != 0 && context->timeSigNumerator > 0 &&
      context->timeSigDenominator > 0) {
    now_.signature_numerator = context->timeSigNumerator;
    now_.signature_denominator = context->timeSigDenominator;
  }
  now_.position_quarters = (context->state & ProcessContext::kProjectTimeMusicValid) != 0
                               ? context->projectTimeMusic
                               : static_cast<double>(now_.position_samples) / sampleRate * now_.tempo / 60;
}

void Transport::publish(const pb_section& snapshot, std::int32_t offset) const noexcept {
  pb_transport there = now_;
  if (there.playing != 0) {
    there.position_samples += offset;
    there.position_quarters += offset / there.sample_rate * there.tempo / 60;
  }
  pb_snapshot_write(&snapshot, &there);
}

}  // namespace patchbay::bridge
