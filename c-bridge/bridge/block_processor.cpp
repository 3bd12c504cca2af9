// SPDX-License-Identifier: Apache-2.0
#include "block_processor.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "audio_input.h"
#include "clock.h"
#include "pluginterfaces/vst/ivstparameterchanges.h"

namespace patchbay::bridge {

using namespace Steinberg;

namespace {

/** RT has as long as the block lasts, but never less than this: hosts send blocks of one sample. */
constexpr std::int64_t kLeastNanos = 3 * kNanosPerMilli;

/** So long a block is waited for that the host asks for ahead of its time: it is no audio thread that waits then. */
constexpr std::int64_t kPrefetchNanos = kNanosPerSecond;

/** Events that waited for longer than this are not played any more. */
constexpr double kCarrySeconds = 1.0;

/** So long a new engine plays along before it is heard: notes that are held are past their attack, and its caches are warm. */
constexpr double kAlongSeconds = 0.2;

/** An engine that misses all blocks of so long a time in which it should have been heard for the first time is too slow. */
constexpr double kLateSeconds = 1.0;

}  // namespace

BlockProcessor::BlockProcessor(std::shared_ptr<const PluginImage> image, const Buses& buses, BlockExchange& exchange,
                               StateStore& state, ParameterValues& view, HostEdits& edits, EngineLink& link)
    : image_(image),
      buses_(buses),
      exchange_(exchange),
      state_(state),
      view_(view),
      edits_(edits),
      link_(link),
      feed_(image, exchange.region().shared_from_this(), state.values, edits),
      output_(buses),
      eventOutput_(*image),
      untold_((image->parameters.size() + 63) / 64) {}

void BlockProcessor::start(double sampleRate, std::int32_t maxFrames) noexcept {
  sampleRate_ = sampleRate;
  maxFrames_ = maxFrames;
  refused_ = false;
  link_.forgetAnswers();
  current_ = &exchange_;
  tellsValues_ = tellsSounding_ = followsReplacements_ = false;
  feed_.clear();
  transport_.reset();
  AudioThread::forget();
  output_.reset();
  eventOutput_.clear();
  EventOutput::drop(exchange_.region());
}

std::optional<Answered> BlockProcessor::process(Vst::ProcessData& data, const std::atomic<bool>& wanted) noexcept {
  const bool linked = enterLink(data.processMode == Vst::kOffline && data.numSamples > 0, wanted);
  bool ends = !linked || current_->gone();
  if (linked && engines_ != link_.engines()) {
    engines_ = link_.engines();
    otherEngine_ = true;
    // A new engine has heard nothing of the host's transport.
    transport_.reset();
    output_.changeSource();
    ends = true;
  }
  const std::uint64_t replacements = state_.replacements();
  if (linked) {
    followReplacements(replacements);
    if (Handover* next = handover(); next != nullptr) {
      obey(*next);
    }
  }
  thread_.follow(exchange_.region().audioThread);
  transport_.update(data.processContext, sampleRate_, data.numSamples);
  feed_.gather(data, data.numSamples, transport_.changes());
  output_.begin(data);
  eventOutput_.begin(data);
  if (ends) {
    // Whoever started these notes at the host is not there to end them.
    eventOutput_.endNotes(0);
  }
  BlockExchange* answering = nullptr;
  for (std::int32_t start = 0; start < data.numSamples;) {
    const Part part = {start, std::min(maxFrames_, data.numSamples - start)};
    answering = linked ? processPart(data, part, wanted) : nullptr;
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
  if (answering == &exchange_) {
    takeChanges(replacements);
    followsReplacements_ = followsReplacements_ && handover() != nullptr;
  }
  std::optional<Answered> answered;
  if (linked) {
    if (answering != nullptr) {
      answered = Answered::in(answering->answer());
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
    if (!patient || (linked && !current_->gone())) {
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

void BlockProcessor::followReplacements(std::uint64_t replacements) noexcept {
  if (replacements == replacements_) {
    return;
  }
  replacements_ = replacements;
  if (!followsReplacements_) {
    return;
  }
  if (Handover* next = handover(); next != nullptr && next->stage() == Handover::Stage::joining) {
    next->valuesTold = false;
  } else {
    tellsValues_ = true;
  }
}

void BlockProcessor::obey(Handover& handover) noexcept {
  followsReplacements_ = true;
  const Handover::Order order = handover.order();
  if (handover.stage() == Handover::Stage::joining) {
    if (order == Handover::Order::cancel) {
      abandon(handover, "it was called off");
    }
    return;
  }
  // The last block was answered, or is late and is not waited for: the engine goes on after it.
  if (order == Handover::Order::goOn && handover.exchange().mayRequest()) {
    BlockRequest move;
    move.kind = PB_REQUEST_MOVE;
    handover.exchange().publish(move);
    current_ = &exchange_;
    handover_.store(nullptr, std::memory_order_relaxed);
    handover.enter(Handover::Stage::arrived);
  }
}

void BlockProcessor::step() noexcept {
  Handover* next = handover();
  if (next == nullptr) {
    return;
  }
  if (next->stage() == Handover::Stage::joining && next->order() == Handover::Order::join) {
    // Nobody hears it. What it must know comes with the next block.
    current_ = &next->exchange();
    tellsValues_ = tellsSounding_ = true;
    next->enter(Handover::Stage::heard);
  }
  obey(*next);
}

void BlockProcessor::dropHandover() noexcept {
  handover_.store(nullptr, std::memory_order_relaxed);
  current_ = &exchange_;
}

void BlockProcessor::tellCurrent() noexcept {
  // What finds no room now is told with the next block.
  if (tellsValues_) {
    tellsValues_ = !feed_.tellValues(current_->region());
  }
  if (tellsSounding_) {
    tellsSounding_ = !feed_.tellSounding(current_->region());
  }
}

Handover* BlockProcessor::askAlong(std::int32_t& flags, std::int32_t frames) noexcept {
  Handover* along = handover();
  if (along == nullptr || along->stage() != Handover::Stage::joining) {
    return nullptr;
  }
  if (!along->exchange().mayRequest()) {
    // It does not hear this block, so it begins anew with the next one.
    along->told = false;
    countLate(*along, frames);
    return nullptr;
  }
  if (along->exchange().settled() && along->exchange().answer().status != 0) {
    abandon(*along, "the new module refused a block");
    return nullptr;
  }
  Region& region = along->exchange().region();
  if (!along->valuesTold) {
    along->valuesTold = feed_.tellValues(region);
  }
  if (!along->told) {
    flags |= PB_SLOT_FLAG_ALL_NOTES_OFF;
    along->frames = 0;
    along->told = feed_.tellSounding(region);
  }
  return along;
}

bool BlockProcessor::changesOver(Handover& along, std::int32_t frames, const Patience& patience) noexcept {
  along.frames += frames;
  if (along.frames < kAlongSeconds * sampleRate_ || !along.told || !along.valuesTold) {
    return false;
  }
  if (along.exchange().await(patience) != Answer::done) {
    countLate(along, frames);
    return false;
  }
  if (along.exchange().answer().status != 0) {
    abandon(along, "the new module refused a block");
    return false;
  }
  return true;
}

void BlockProcessor::countLate(Handover& along, std::int32_t frames) noexcept {
  along.late += frames;
  if (along.late > kLateSeconds * sampleRate_) {
    abandon(along, "the new engine does not answer in time");
  }
}

void BlockProcessor::abandon(Handover& handover, const char* why) noexcept {
  handover_.store(nullptr, std::memory_order_relaxed);
  // From here on it may be gone.
  handover.fail(why);
}

BlockExchange* BlockProcessor::processPart(const Vst::ProcessData& data, Part part,
                                           const std::atomic<bool>& wanted) noexcept {
  BlockExchange& asked = *current_;
  if (asked.gone()) {
    miss(part, false);
    return nullptr;
  }
  const bool offline = data.processMode == Vst::kOffline;
  Patience patience;
  const double blockNanos = part.frames / sampleRate_ * static_cast<double>(kNanosPerSecond);
  // A block that is asked for ahead of time comes in a burst of others, and is not late when its time has passed.
  const std::int64_t least = data.processMode == Vst::kPrefetch ? kPrefetchNanos : kLeastNanos;
  const std::int64_t allowed = std::max(static_cast<std::int64_t>(blockNanos), least);
  patience.endless = offline;
  patience.wanted = offline ? &wanted : nullptr;
  if (!asked.mayRequest() && data.processMode != Vst::kRealtime) {
    // Blocks of real time are late, and this one waits for them.
    patience.deadline = nowNanos() + allowed;
    [[maybe_unused]] const Answer late = asked.await(patience);
  }
  if (!asked.mayRequest()) {
    miss(part, true);
    return nullptr;
  }
  BlockRequest request;
  request.kind = PB_REQUEST_PROCESS;
  request.frames = part.frames;
  request.sampleRate = sampleRate_;
  // Asked before the events are sent: what is lost from now on concerns the request after this one.
  request.flags = (offline ? PB_SLOT_FLAG_OFFLINE : 0) | (feed_.takeAllNotesOff() ? PB_SLOT_FLAG_ALL_NOTES_OFF : 0);
  BlockRequest second = request;
  Handover* along = askAlong(second.flags, part.frames);
  tellCurrent();
  Region* const also = along != nullptr ? &along->exchange().region() : nullptr;
  const bool complete = feed_.send(part.start, part.start + part.frames, asked.region(), also);
  transport_.publish(asked.region().transport, part.start);
  copyInputs(buses_, data, part.start, part.frames, asked);
  const std::int64_t begin = nowNanos();
  if (along != nullptr) {
    along->told = along->told && complete;
    transport_.publish(also->transport, part.start);
    copyInputs(buses_, data, part.start, part.frames, along->exchange());
    along->exchange().publish(second);
  }
  asked.publish(request);
  patience.deadline = begin + allowed;
  if (asked.await(patience) != Answer::done) {
    miss(part, false);
    return nullptr;
  }
  if (asked.answer().status != 0) {
    refused_ = true;
    miss(part, false);
    return nullptr;
  }
  const std::int64_t now = nowNanos();
  const std::int64_t roundTrip = now - begin;
  if (const std::int64_t gap = link_.noteAnswer(now, std::exchange(otherEngine_, false)); gap != 0) {
    exchange_.region().setGauge(PB_STANDARD_BRIDGE_COUNTERS_RT_SOUND_GAP_NANOS, gap);
  }
  // What the host has asked for is there; a new engine that is slow must not make it late, nor a render stand still.
  patience.endless = false;
  patience.deadline = offline ? now + kNanosPerSecond : begin + (patience.deadline - begin) / 2;
  eventOutput_.take(asked.region(), asked.answer(), part.start, part.frames);
  const bool over = along != nullptr && changesOver(*along, part.frames, patience);
  if (along != handover()) {
    // It was abandoned, and from then on may be gone.
    along = nullptr;
  }
  for (std::uint32_t c = 0; c < exchange_.geometry().outputChannels; ++c) {
    if (over) {
      output_.crossfade(c, asked.output(c), along->exchange().output(c), part.start, part.frames);
    } else {
      output_.copy(c, asked.output(c), part.start, part.frames);
    }
  }
  if (along != nullptr) {
    EventOutput::drop(along->exchange().region());
  }
  if (over) {
    eventOutput_.endNotes(part.start + part.frames - 1);
    current_ = &along->exchange();
    along->enter(Handover::Stage::heard);
  }
  count(PB_STANDARD_BRIDGE_COUNTERS_BLOCKS);
  pb_histogram_record(&exchange_.region().roundTrips, roundTrip);
  pb_counter_max(&exchange_.region().counters, PB_STANDARD_BRIDGE_COUNTERS_ROUND_TRIP_MAX_NANOS, roundTrip);
  return &asked;
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
        // An engine that plays along does not hear what control changed.
        if (Handover* next = handover(); next != nullptr && next->stage() == Handover::Stage::joining) {
          next->valuesTold = false;
        }
        untold_[word] |= UINT64_C(1) << (index % 64);
      }
    }
  }
}

void BlockProcessor::tellHost(Vst::IParameterChanges* changes) noexcept {
  const bool carried = edits_.carries();
  for (std::size_t word = 0; word < untold_.size(); ++word) {
    untold_[word] = carried ? edits_.mark(word, untold_[word]) : untold_[word] | edits_.takeBack(word);
    for (std::uint64_t bits = changes != nullptr ? untold_[word] : 0; bits != 0; bits &= bits - 1) {
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
