// SPDX-License-Identifier: Apache-2.0
#include "live_processor.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "block_clock.h"

namespace patchbay::host {
namespace {

using namespace Steinberg;

/** Messages of one block. MIDI over a cable has about one in a millisecond; a sequencer that sends a chord is far below. */
constexpr std::size_t eventCapacity = 4096;
constexpr std::size_t pointCapacity = 256;
/** Room for what a plug-in sends back in one block; more is dropped, as a host under pressure may do. */
constexpr std::size_t outputEventCapacity = 1024;
constexpr std::size_t outputPointCapacity = 16;

constexpr auto relaxed = std::memory_order_relaxed;

void count(std::atomic<std::uint64_t>& counter, std::uint64_t more = 1) noexcept {
  // The audio thread is the only writer.
  counter.store(counter.load(relaxed) + more, relaxed);
}

}  // namespace

LiveProcessor::Side::Side(const PluginInstance& plugin, Vst::BusDirections direction) {
  std::size_t total = 0;
  for (const Bus& bus : plugin.buses(Vst::kAudio, direction)) {
    channels.push_back(std::max<std::int32_t>(bus.info.channelCount, 0));
    total += static_cast<std::size_t>(channels.back());
  }
  pointers.resize(total);
  std::size_t first = 0;
  for (const std::int32_t of : channels) {
    Vst::AudioBusBuffers bus;
    bus.numChannels = of;
    bus.channelBuffers32 = pointers.data() + first;
    buses.push_back(bus);
    first += static_cast<std::size_t>(of);
  }
}

void LiveProcessor::Side::point(float* const* buffers) noexcept {
  std::copy_n(buffers, pointers.size(), pointers.begin());
  for (Vst::AudioBusBuffers& bus : buses) {
    bus.silenceFlags = 0;
  }
}

LiveProcessor::LiveProcessor(PluginInstance& plugin)
    : plugin_(plugin), inputs_(plugin, Vst::kInput), outputs_(plugin, Vst::kOutput) {
  std::vector<Vst::ParamID> ids;
  for (const Parameter& parameter : plugin.parameters()) {
    ids.push_back(parameter.info.id);
  }
  outputParameters_ = std::make_unique<OutputParameters>(ids);
}

LiveProcessor::~LiveProcessor() { stop(); }

void LiveProcessor::start(double sampleRate, std::int32_t mostFrames) {
  Vst::ProcessSetup setup = {};
  setup.processMode = Vst::kRealtime;
  setup.symbolicSampleSize = Vst::kSample32;
  setup.maxSamplesPerBlock = mostFrames;
  setup.sampleRate = sampleRate;
  plugin_.activate(setup, PluginInstance::Buses::all);
  events_ = std::make_unique<EventList>(eventCapacity);
  outputEvents_ = std::make_unique<EventList>(outputEventCapacity);
  outputChanges_ =
      std::make_unique<ParameterChanges>(std::max<std::size_t>(plugin_.parameters().size(), 64), outputPointCapacity);
  mostFrames_ = mostFrames;
  context_ = {};
  context_.sampleRate = sampleRate;
  data_ = {};
  data_.symbolicSampleSize = Vst::kSample32;
  data_.numInputs = static_cast<int32>(inputs_.buses.size());
  data_.numOutputs = static_cast<int32>(outputs_.buses.size());
  data_.inputs = inputs_.buses.data();
  data_.outputs = outputs_.buses.data();
  data_.outputParameterChanges = outputChanges_.get();
  data_.inputEvents = events_.get();
  data_.outputEvents = outputEvents_.get();
  data_.processContext = &context_;
  translateMidi();
  plugin_.startProcessing();
  gate_.open();
}

void LiveProcessor::translateMidi() {
  translator_ = std::make_unique<MidiTranslator>(plugin_);
  changes_ = std::make_unique<ParameterChanges>(translator_->parameters().size(), pointCapacity);
  data_.inputParameterChanges = changes_.get();
}

void LiveProcessor::assignMidi() {
  gate_.close();
  translateMidi();
  gate_.open();
}

void LiveProcessor::stop() {
  gate_.close();
  plugin_.stopProcessing();
  plugin_.deactivate();
}

bool LiveProcessor::begin(std::int32_t frames) noexcept {
  if (!gate_.enter()) {
    count(silentBlocks_);
    return false;
  }
  if (frames > mostFrames_) {
    // The block has grown, and the plug-in does not know yet.
    gate_.leave();
    count(silentBlocks_);
    return false;
  }
  events_->clear();
  changes_->clear();
  outputEvents_->clear();
  outputChanges_->clear();
  data_.numSamples = frames;
  return true;
}

void LiveProcessor::midi(std::int32_t offset, const std::uint8_t* bytes, std::size_t size) noexcept {
  const std::uint64_t droppedBefore = events_->dropped();
  if (size > 1 && bytes[0] == 0xF0) {
    if (translator_->takesEvents()) {
      Vst::Event event = {};
      event.sampleOffset = offset;
      event.flags = Vst::Event::kIsLive;
      event.type = Vst::Event::kDataEvent;
      event.data.type = Vst::DataEvent::kMidiSysEx;
      event.data.size = static_cast<uint32>(size);
      event.data.bytes = bytes;
      events_->addEvent(event);
    }
  } else if (size >= 1 && size <= 3) {
    std::array<std::uint8_t, 3> message = {};
    std::copy_n(bytes, size, message.begin());
    MidiTranslation translation = translator_->translate(message);
    if (translation.kind == MidiTranslation::Kind::event) {
      translation.event.sampleOffset = offset;
      translation.event.flags = Vst::Event::kIsLive;
      events_->addEvent(translation.event);
      count(notes_, translation.event.type == Vst::Event::kNoteOnEvent ? 1 : 0);
    } else if (translation.kind == MidiTranslation::Kind::change) {
      changes_->add(translation.id, offset, translation.value);
    }
  }
  count(eventsDropped_, events_->dropped() - droppedBefore);
}

void LiveProcessor::process(float* const* inputs, float* const* outputs, const LivePosition& position,
                            bool offline) noexcept {
  inputs_.point(inputs);
  outputs_.point(outputs);
  // What the plug-in does not write is silence, not what the server's buffer happens to hold.
  silence();
  updateContext(position);
  data_.processMode = offline ? Vst::kOffline : Vst::kRealtime;
  if (plugin_.process(data_) != kResultOk) {
    count(processErrors_);
    silence();
  }
  outputParameters_->add(*outputChanges_);
  played_ += data_.numSamples;
  measure();
  gate_.leave();
}

void LiveProcessor::updateContext(const LivePosition& position) noexcept {
  using Context = Vst::ProcessContext;
  context_.state = Context::kSystemTimeValid | Context::kContTimeValid | Context::kTempoValid | Context::kTimeSigValid |
                   Context::kProjectTimeMusicValid | (position.rolling ? Context::kPlaying : 0);
  context_.projectTimeSamples = position.frame;
  context_.continousTimeSamples = played_;
  context_.systemTime = monotonicNanos();
  context_.tempo = position.beatsPerMinute;
  context_.timeSigNumerator = position.numerator;
  context_.timeSigDenominator = position.denominator;
  context_.projectTimeMusic = position.quarters.value_or(static_cast<double>(position.frame) / context_.sampleRate *
                                                         position.beatsPerMinute / 60.0);
}

void LiveProcessor::measure() noexcept {
  float peak = 0;
  std::uint64_t nonFinite = 0;
  for (float* channel : outputs_.pointers) {
    for (int32 i = 0; i < data_.numSamples; ++i) {
      const float magnitude = std::fabs(channel[i]);
      if (std::isfinite(magnitude)) {
        peak = std::max(peak, magnitude);
      } else {
        // Loudspeakers and ears come after this: no other program is a place to look for what a NaN becomes.
        channel[i] = 0;
        ++nonFinite;
      }
    }
  }
  count(nonFinite_, nonFinite);
  if (peak > peak_.load(relaxed)) {
    peak_.store(peak, relaxed);
  }
}

void LiveProcessor::silence() noexcept {
  for (float* channel : outputs_.pointers) {
    std::fill_n(channel, data_.numSamples, 0.0F);
  }
}

LiveReading LiveProcessor::read() noexcept {
  LiveReading reading;
  reading.peak = peak_.exchange(0, relaxed);
  reading.nonFinite = nonFinite_.load(relaxed);
  reading.processErrors = processErrors_.load(relaxed);
  reading.silentBlocks = silentBlocks_.load(relaxed);
  reading.eventsDropped = eventsDropped_.load(relaxed);
  reading.notes = notes_.load(relaxed);
  return reading;
}

void LiveProcessor::updateController() {
  if (plugin_.controller() == nullptr) {
    return;
  }
  for (const auto& [id, value] : outputParameters_->lastValues()) {
    plugin_.controller()->setParamNormalized(id, value);
  }
}

}  // namespace patchbay::host
