// SPDX-License-Identifier: Apache-2.0
#include "renderer.h"

#include <algorithm>

#include "pluginterfaces/vst/ivstprocesscontext.h"
#include "stop_signal.h"

namespace patchbay::host {
namespace {

using namespace Steinberg;

/** Room for what a plug-in sends back in one block; more is dropped, as a host under pressure may do. */
constexpr std::size_t outputEventCapacity = 1024;
constexpr std::size_t outputPointCapacity = 16;

std::vector<std::int32_t> channelsOf(const PluginInstance& plugin, Vst::BusDirections direction) {
  std::vector<std::int32_t> channels;
  for (const Bus& bus : plugin.buses(Vst::kAudio, direction)) {
    channels.push_back(std::max<std::int32_t>(bus.info.channelCount, 0));
  }
  return channels;
}

std::vector<Vst::ParamID> parameterIds(const PluginInstance& plugin) {
  std::vector<Vst::ParamID> ids;
  for (const Parameter& parameter : plugin.parameters()) {
    ids.push_back(parameter.info.id);
  }
  return ids;
}

std::size_t outputQueueCapacity(const PluginInstance& plugin) {
  return std::max<std::size_t>(plugin.parameters().size(), 64);
}

std::size_t blockCount(const RenderSettings& settings) {
  return static_cast<std::size_t>((settings.frames + settings.block - 1) / settings.block);
}

}  // namespace

std::int32_t recordedChannels(const PluginInstance& plugin) {
  const std::vector<std::int32_t> channels = channelsOf(plugin, Vst::kOutput);
  return channels.empty() ? 0 : std::min<std::int32_t>(channels.front(), 8);
}

Renderer::Renderer(PluginInstance& plugin, const RenderSettings& settings, const Timeline& timeline,
                   const TempoMap& tempo, WavWriter* wav, const WavInput* input)
    : plugin_(plugin),
      settings_(settings),
      tempo_(tempo),
      wav_(wav),
      input_(input),
      timeline_(timeline, settings.block),
      outputEvents_(outputEventCapacity),
      outputChanges_(outputQueueCapacity(plugin), outputPointCapacity),
      inputs_(channelsOf(plugin, Vst::kInput), settings.block),
      outputs_(channelsOf(plugin, Vst::kOutput), settings.block),
      recorded_(recordedChannels(plugin)),
      clock_(settings.block, settings.sampleRate),
      times_(blockCount(settings), settings.keepBlockStarts),
      outputParameters_(parameterIds(plugin)) {
  context_.sampleRate = settings.sampleRate;
  data_.processMode = settings.mode;
  data_.symbolicSampleSize = Vst::kSample32;
  data_.numInputs = inputs_.count();
  data_.numOutputs = outputs_.count();
  data_.inputs = inputs_.buses();
  data_.outputs = outputs_.buses();
  data_.inputParameterChanges = &timeline_.changes();
  data_.outputParameterChanges = &outputChanges_;
  data_.inputEvents = &timeline_.events();
  data_.outputEvents = &outputEvents_;
  data_.processContext = &context_;
}

void Renderer::run() noexcept {
  plugin_.startProcessing();
  clock_.start();
  startNanos_ = monotonicNanos();
  std::int64_t start = 0;
  for (std::uint64_t number = 0; start < settings_.frames && requestedStop() == 0; ++number) {
    const auto length = static_cast<std::int32_t>(std::min<std::int64_t>(settings_.block, settings_.frames - start));
    processBlock(number, start, length);
    if (wav_ != nullptr && !wav_->append(outputs_.buses()->channelBuffers32, length)) {
      break;
    }
    start += length;
    framesDone_.store(start, std::memory_order_relaxed);  // read by the progress line alone: orders nothing
  }
  endNanos_ = monotonicNanos();
  plugin_.stopProcessing();
}

void Renderer::processBlock(std::uint64_t number, std::int64_t start, std::int32_t length) noexcept {
  timeline_.fill(start, length);
  outputEvents_.clear();
  outputChanges_.clear();
  inputs_.silence(true);
  if (input_ != nullptr && inputs_.count() > 0) {
    input_->fill(*inputs_.buses(), start, length);
  }
  // What the plug-in does not write is silence, not the block before.
  outputs_.silence(false);
  data_.numSamples = length;

  if (settings_.paced) {
    clock_.waitFor(static_cast<std::int64_t>(number));
  }
  updateContext(start);
  const std::int64_t before = monotonicNanos();
  const tresult result = plugin_.process(data_);
  times_.add(before, monotonicNanos() - before);

  if (result != kResultOk) {
    if (processErrors_++ == 0) {
      firstErrorBlock_ = number;
      firstError_ = result;
    }
    outputs_.silence(false);
  }
  if (recorded_ > 0) {
    signal_.add(outputs_.buses()->channelBuffers32, recorded_, length);
  }
  outputParameters_.add(outputChanges_);
}

void Renderer::updateContext(std::int64_t start) noexcept {
  using Context = Vst::ProcessContext;
  const MusicalPosition position = tempo_.at(start, settings_.sampleRate);
  context_.state = Context::kPlaying | Context::kSystemTimeValid | Context::kContTimeValid |
                   Context::kProjectTimeMusicValid | Context::kBarPositionValid | Context::kTempoValid |
                   Context::kTimeSigValid;
  context_.projectTimeSamples = start;
  context_.continousTimeSamples = start;
  context_.systemTime = monotonicNanos();
  context_.projectTimeMusic = position.quarters;
  context_.barPositionMusic = position.barStart;
  context_.tempo = position.beatsPerMinute;
  context_.timeSigNumerator = position.numerator;
  context_.timeSigDenominator = position.denominator;
}

}  // namespace patchbay::host
