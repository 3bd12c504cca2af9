// SPDX-License-Identifier: Apache-2.0
#include "player.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "public.sdk/source/common/memorystream.h"
#include "workbench.h"

namespace patchbay::bridge::test {

using namespace Steinberg;

Block::Block(int32 length, double level)
    : frames(length),
      left(static_cast<std::size_t>(length), 99.0f),
      right(static_cast<std::size_t>(length), 99.0f),
      input(static_cast<std::size_t>(length), static_cast<float>(level)) {}

void Block::noteOn(int32 offset, int16 key, float velocity, int16 channel) {
  Vst::Event event = {};
  event.sampleOffset = offset;
  event.type = Vst::Event::kNoteOnEvent;
  event.noteOn = {channel, key, 0, velocity, 0, -1};
  events.addEvent(event);
}

void Block::message(int32 offset, const std::vector<uint8>& bytes) {
  Vst::Event event = {};
  event.type = Vst::Event::kDataEvent;
  event.sampleOffset = offset;
  event.data.type = Vst::DataEvent::kMidiSysEx;
  event.data.bytes = bytes.data();
  event.data.size = static_cast<uint32>(bytes.size());
  events.addEvent(event);
}

void Block::express(int32 offset, int32 noteId, uint32 type, double value) {
  Vst::Event event = {};
  event.type = Vst::Event::kNoteExpressionValueEvent;
  event.sampleOffset = offset;
  event.noteExpressionValue.noteId = noteId;
  event.noteExpressionValue.typeId = type;
  event.noteExpressionValue.value = value;
  events.addEvent(event);
}

void Block::noteOff(int32 offset, int16 key, int16 channel) {
  Vst::Event event = {};
  event.sampleOffset = offset;
  event.type = Vst::Event::kNoteOffEvent;
  event.noteOff = {channel, key, 0, -1, 0};
  events.addEvent(event);
}

FUID firstClass(host::Module& module) {
  PClassInfo info;
  if (module.factory().getClassInfo(0, &info) != kResultOk) {
    throw std::runtime_error("the module has no class");
  }
  return FUID::fromTUID(info.cid);
}

Player::Player(const std::string& bundle) : module(std::make_unique<host::Module>(bundlePath(bundle))) {
  void* object = nullptr;
  if (module->factory().createInstance(firstClass(*module).toTUID(), Vst::IComponent::iid.toTUID(), &object) !=
      kResultOk) {
    throw std::runtime_error("no instance");
  }
  component = owned(static_cast<Vst::IComponent*>(object));
  processor = FUnknownPtr<Vst::IAudioProcessor>(component);
  controller = FUnknownPtr<Vst::IEditController>(component);
  component->initialize(nullptr);
}

Player::~Player() {
  component->terminate();
  controller = nullptr;
  processor = nullptr;
  component = nullptr;
}

bool Player::setUp(double rate, int32 most, Vst::ProcessModes processMode) {
  mode = processMode;
  Vst::ProcessSetup setup = {processMode, Vst::kSample32, most, rate};
  return processor->setupProcessing(setup) == kResultOk;
}

bool Player::start(double rate, int32 most, Vst::ProcessModes processMode) {
  return setUp(rate, most, processMode) && activate();
}

tresult Player::play(Block& block) {
  float* outputs[2] = {block.left.data(), block.right.data()};
  float* inputs[2] = {block.input.data(), block.input.data()};
  Vst::AudioBusBuffers output;
  output.numChannels = 2;
  output.channelBuffers32 = outputs;
  Vst::AudioBusBuffers input;
  input.numChannels = 2;
  input.channelBuffers32 = inputs;
  Vst::ProcessData data;
  data.processMode = mode;
  data.symbolicSampleSize = Vst::kSample32;
  data.numSamples = block.frames;
  // Of several buses the first alone: HostBlock has them all.
  data.numInputs = std::min(component->getBusCount(Vst::kAudio, Vst::kInput), 1);
  data.inputs = data.numInputs > 0 ? &input : nullptr;
  data.numOutputs = 1;
  data.outputs = &output;
  data.inputEvents = &block.events;
  data.inputParameterChanges = &block.in;
  data.outputParameterChanges = &block.out;
  data.processContext = block.context;
  const tresult result = processor->process(data);
  block.silenceFlags = output.silenceFlags;
  return result;
}

std::vector<float> Player::play(int32 frames) {
  Block block(frames);
  play(block);
  return block.left;
}

std::vector<char> Player::save() {
  MemoryStream stream;
  if (component->getState(&stream) != kResultOk) {
    throw std::runtime_error("getState failed");
  }
  return std::vector<char>(stream.getData(), stream.getData() + stream.getSize());
}

tresult Player::load(const std::vector<char>& state) {
  std::vector<char> copy = state;
  MemoryStream stream(copy.data(), static_cast<TSize>(copy.size()));
  return component->setState(&stream);
}

float roughness(float before, const std::vector<float>& samples) {
  float largest = 0;
  for (const float sample : samples) {
    largest = std::max(largest, std::fabs(sample - before));
    before = sample;
  }
  return largest;
}

std::vector<float> playNote(Player& player, float velocity) {
  Block block(256);
  block.noteOn(0, 60, velocity);
  player.play(block);
  return block.left;
}

std::vector<char> settledState(Player& player) {
  const auto seen = [&player] { return contains(player.save(), " seen"); };
  if (player.load(player.save()) != kResultOk || !eventually(seen)) {
    throw std::runtime_error("control does not answer to a state");
  }
  return player.save();
}

}  // namespace patchbay::bridge::test
