// SPDX-License-Identifier: Apache-2.0
#include "buses.h"

#include "text.h"

namespace patchbay::bridge {

using namespace Steinberg;

namespace {

constexpr std::size_t kNameRoom = sizeof(Vst::String128) / sizeof(Vst::TChar);

/** The usual arrangement of so many channels; where there is none, as many speakers as channels. */
Vst::SpeakerArrangement usualArrangement(int32 channels) {
  switch (channels) {
    case 0: return Vst::SpeakerArr::kEmpty;
    case 1: return Vst::SpeakerArr::kMono;
    case 2: return Vst::SpeakerArr::kStereo;
    case 4: return Vst::SpeakerArr::k40Music;
    case 5: return Vst::SpeakerArr::k50;
    case 6: return Vst::SpeakerArr::k51;
    default: return channels >= 64 ? ~uint64{0} : (uint64{1} << channels) - 1;
  }
}

bool fits(Vst::SpeakerArrangement arrangement, int32 channels) {
  return Vst::SpeakerArr::getChannelCount(arrangement) == channels;
}

}  // namespace

// An instrument is played by events alone. An effect hears events only if it has a use for MIDI controllers.
Buses::Buses(const PluginImage& image)
    : inputChannels_(image.instrument ? 0 : static_cast<int32>(image.audio.inputChannels)),
      outputChannels_(static_cast<int32>(image.audio.outputChannels)),
      events_(image.instrument || image.midi.size() > 0),
      input_(usualArrangement(inputChannels_)),
      output_(usualArrangement(outputChannels_)) {}

int32 Buses::count(Vst::MediaType type, Vst::BusDirection direction) const {
  if (type == Vst::kEvent) {
    return direction == Vst::kInput && events_ ? 1 : 0;
  }
  if (type != Vst::kAudio || (direction != Vst::kInput && direction != Vst::kOutput)) {
    return 0;
  }
  return (direction == Vst::kInput ? inputChannels_ : outputChannels_) > 0 ? 1 : 0;
}

bool Buses::has(Vst::MediaType type, Vst::BusDirection direction, int32 index) const {
  return index >= 0 && index < count(type, direction);
}

bool Buses::info(Vst::MediaType type, Vst::BusDirection direction, int32 index, Vst::BusInfo& bus) const {
  if (!has(type, direction, index)) {
    return false;
  }
  bus = {};
  bus.mediaType = type;
  bus.direction = direction;
  bus.busType = Vst::kMain;
  bus.flags = Vst::BusInfo::kDefaultActive;
  if (type == Vst::kEvent) {
    bus.channelCount = MidiMap::kChannels;
    copyUtf16("Event In", bus.name, kNameRoom);
  } else {
    bus.channelCount = direction == Vst::kInput ? inputChannels_ : outputChannels_;
    copyUtf16(direction == Vst::kInput ? "Input" : "Output", bus.name, kNameRoom);
  }
  return true;
}

Vst::SpeakerArrangement Buses::arrangement(Vst::BusDirection direction) const {
  return direction == Vst::kInput ? input_ : output_;
}

bool Buses::arrange(const Vst::SpeakerArrangement* inputs, int32 inputCount,
                    const Vst::SpeakerArrangement* outputs, int32 outputCount) {
  const int32 ownInputs = count(Vst::kAudio, Vst::kInput);
  const int32 ownOutputs = count(Vst::kAudio, Vst::kOutput);
  if (inputCount != ownInputs || outputCount != ownOutputs || (ownInputs > 0 && inputs == nullptr) ||
      (ownOutputs > 0 && outputs == nullptr) || (ownInputs > 0 && !fits(inputs[0], inputChannels_)) ||
      (ownOutputs > 0 && !fits(outputs[0], outputChannels_))) {
    return false;
  }
  input_ = ownInputs > 0 ? inputs[0] : input_;
  output_ = ownOutputs > 0 ? outputs[0] : output_;
  return true;
}

}  // namespace patchbay::bridge
