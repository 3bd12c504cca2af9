// SPDX-License-Identifier: Apache-2.0
#include "block_processor.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "clock.h"
#include "pluginterfaces/vst/ivstparameterchanges.h"

namespace patchbay::bridge {

using namespace Steinberg;

namespace {

/** RT has as long as the block lasts, but never less than this: hosts send blocks of one sample. */
constexpr std::int64_t kLeastNanos = 3 * kNanosPerMilli;

/** Events that waited for longer than this are not played any more. */
constexpr double kCarrySeconds = 1.0;

}  // namespace

BlockProcessor::BlockProcessor(std::shared_ptr<const PluginImage> image, BlockExchange& exchange, StateStore& state,
                               ParameterValues& view, EngineLink& link)
    : image_(image),
      exchange_(exchange),
      state_(state),
      view_(view),
      link_(link),
      feed_(image, exchange.region().shared_from_this(), state.values),
      output_(exchange.geometry().outputChannels),
      untold_((image->parameters.size() + 63) / 64) {}

void BlockProcessor::start(double sampleRate, std::int32_t maxFrames) noexcept {
  sampleRate_ = sampleRate;
  maxFrames_ = maxFrames;
  refused_ = false;
  link_.forgetAnswers();
  feed_.clear();
  transport_.reset();
  AudioThread::forget();
  output_.reset();
}

std::optional<Answered> BlockProcessor::process(Vst::ProcessData& data, const std::atomic<bool>& wanted) noexcept {
  const bool linked = enterLink(data.processMode == Vst::kOffline && data.numSamples > 0, wanted);
  if (linked && engines_ != link_.engines()) {
    engines_ = link_.engines();
    otherEngine_ = true;
    // A new engine has heard nothing of the host's transport.
    transport_.reset();
    output_.changeSource();
  }
  const std::uint64_t replacements = state_.replacements();
  thread_.follow(exchange_.region().audioThread);
  transport_.update(data.processContext, sampleRate_, data.numSamples);
  feed_.gather(data, data.numSamples, transport_.changes());
  output_.begin(data);
  bool current = false;
  for (std::int32_t start = 0; start < data.numSamples;) {
    const Part part = {start, std::min(maxFrames_, data.numSamples - start)};
    current = linked && processPart(data, part, wanted);
    if (!linked) {
      miss(part, false);
    }
    start += part.frames;
  }
  if (data.numSamples > 0) {
    output_.end(data);
  }
  feed_.carry(data.numSamples, kCarrySeconds * sampleRate_);
  // Only an answer to the last request speaks of values that contain all that the host has said.
  if (current) {
    takeChanges(replacements);
  }
  std::optional<Answered> answered;
  if (linked) {
    if (current) {
      answered = Answered::in(exchange_.answer());
    }
    tellHost(data.outputParameterChanges);
    link_.leave();
  }
  return answered;
}

bool BlockProcessor::enterLink(bool patient, const std::atomic<bool>& wanted) noexcept {
  for (;;) {
    const std::uint32_t engines = link_.engines();
    const bool linked = link_.enter();
    // In real time a dead engine costs a fade, which the parts of the block see to.
    if (!patient || (linked && !exchange_.gone())) {
      return linked;
    }
    if (!link_.promised() || !wanted.load(std::memory_order_relaxed)) {
      return linked;
    }
    if (linked) {
      link_.leave();
    }
    link_.awaitChange(engines);
  }
}

bool BlockProcessor::processPart(const Vst::ProcessData& data, Part part, const std::atomic<bool>& wanted) noexcept {
  if (exchange_.gone()) {
    miss(part, false);
    return false;
  }
  if (!exchange_.mayRequest()) {
    miss(part, true);
    return false;
  }
  const bool offline = data.processMode == Vst::kOffline;
  BlockRequest request;
  request.kind = PB_REQUEST_PROCESS;
  request.frames = part.frames;
  request.sampleRate = sampleRate_;
  // Asked before the events are sent: what is lost from now on concerns the request after this one.
  request.flags = (offline ? PB_SLOT_FLAG_OFFLINE : 0) | (feed_.takeAllNotesOff() ? PB_SLOT_FLAG_ALL_NOTES_OFF : 0);
  feed_.send(part.start, part.start + part.frames);
  transport_.publish(exchange_.region().transport, part.start);
  copyInputs(data, part);
  const std::int64_t begin = nowNanos();
  exchange_.publish(request);
  const double blockNanos = part.frames / sampleRate_ * static_cast<double>(kNanosPerSecond);
  Patience patience;
  patience.deadline = begin + std::max(static_cast<std::int64_t>(blockNanos), kLeastNanos);
  patience.endless = offline;
  patience.wanted = offline ? &wanted : nullptr;
  if (exchange_.await(patience) != Answer::done) {
    miss(part, false);
    return false;
  }
  if (exchange_.answer().status != 0) {
    refused_ = true;
    miss(part, false);
    return false;
  }
  const std::int64_t now = nowNanos();
  const std::int64_t roundTrip = now - begin;
  if (const std::int64_t gap = link_.noteAnswer(now, std::exchange(otherEngine_, false)); gap != 0) {
    exchange_.region().setGauge(PB_STANDARD_BRIDGE_COUNTERS_RT_SOUND_GAP_NANOS, gap);
  }
  for (std::uint32_t c = 0; c < exchange_.geometry().outputChannels; ++c) {
    output_.copy(c, exchange_.output(c), part.start, part.frames);
  }
  count(PB_STANDARD_BRIDGE_COUNTERS_BLOCKS);
  pb_histogram_record(&exchange_.region().roundTrips, roundTrip);
  pb_counter_max(&exchange_.region().counters, PB_STANDARD_BRIDGE_COUNTERS_ROUND_TRIP_MAX_NANOS, roundTrip);
  return true;
}

void BlockProcessor::copyInputs(const Vst::ProcessData& data, Part part) noexcept {
  const Vst::AudioBusBuffers* bus = data.inputs != nullptr && data.numInputs > 0 ? data.inputs : nullptr;
  for (std::uint32_t c = 0; c < exchange_.geometry().inputChannels; ++c) {
    const bool given = bus != nullptr && bus->channelBuffers32 != nullptr && static_cast<int64>(c) < bus->numChannels;
    const float* from = given ? bus->channelBuffers32[c] : nullptr;
    float* to = exchange_.nextInput(c);
    if (from != nullptr) {
      std::memcpy(to, from + part.start, static_cast<std::size_t>(part.frames) * sizeof(float));
    } else {
      std::fill_n(to, part.frames, 0.0f);
    }
  }
}

void BlockProcessor::miss(Part part, bool skipped) noexcept {
  count(PB_STANDARD_BRIDGE_COUNTERS_MISSED_DEADLINES);
  if (skipped) {
    count(PB_STANDARD_BRIDGE_COUNTERS_SKIPPED_BLOCKS);
  }
  output_.fade(part.start, part.frames);
}

void BlockProcessor::count(std::uint32_t counter) noexcept {
  pb_counter_add(&exchange_.region().counters, counter, 1);
}

void BlockProcessor::takeChanges(std::uint64_t replacementsBefore) noexcept {
  if (replacementsBefore % 2 != 0) {
    return;
  }
  const std::size_t used = image_->parameters.size();
  for (std::size_t word = 0; word < untold_.size(); ++word) {
    // While the host replaces its state the bits stay: RT's next answer speaks of the new values.
    if (state_.replacements() != replacementsBefore) {
      return;
    }
    std::uint64_t bits = pb_dirty_drain(&exchange_.region().dirtyFromRt, static_cast<std::uint32_t>(word));
    for (; bits != 0; bits &= bits - 1) {
      const std::size_t index = word * 64 + static_cast<std::size_t>(__builtin_ctzll(bits));
      if (index >= used) {
        break;
      }
      const double known = state_.values.get(index);
      // Acquire: pairs with RT's release of the value; the drain above pairs with its setting of the bit.
      const float effective = pb_float_get_acquire(static_cast<const float*>(
          pb_section_element(&exchange_.region().parameters, static_cast<std::uint32_t>(index))));
      // The same value to RT's precision: the host's exact number stays.
      if (std::isnan(effective) || static_cast<float>(known) == effective) {
        continue;
      }
      const double value = clampNormalized(static_cast<double>(effective));
      if (state_.replacements() == replacementsBefore && state_.values.replace(index, known, value)) {
        view_.set(index, value);
        untold_[word] |= UINT64_C(1) << (index % 64);
      }
    }
  }
}

void BlockProcessor::tellHost(Vst::IParameterChanges* changes) noexcept {
  for (std::size_t word = 0; changes != nullptr && word < untold_.size(); ++word) {
    for (std::uint64_t bits = untold_[word]; bits != 0; bits &= bits - 1) {
      const std::size_t index = word * 64 + static_cast<std::size_t>(__builtin_ctzll(bits));
      const Vst::ParamID id = image_->parameters[index].id;
      int32 place = 0;
      Vst::IParamValueQueue* queue = changes->addParameterData(id, place);
      // A host whose list is full is told with the next block.
      if (queue != nullptr && queue->addPoint(0, state_.values.get(index), place) == kResultOk) {
        untold_[word] &= ~(UINT64_C(1) << (index % 64));
      }
    }
  }
}

}  // namespace patchbay::bridge
