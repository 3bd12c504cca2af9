// SPDX-License-Identifier: Apache-2.0
#include "buses.h"

#include <algorithm>

#include "text.h"

namespace patchbay::bridge {

using namespace Steinberg;

namespace {

constexpr std::size_t kNameRoom = sizeof(Vst::String128) / sizeof(Vst::TChar);

// Java's masks are those of VST 3.
static_assert(PB_SPEAKERS_MONO == Vst::SpeakerArr::kMono, "mono");
static_assert(PB_SPEAKERS_STEREO == Vst::SpeakerArr::kStereo, "stereo");
static_assert(PB_SPEAKERS_LCR == Vst::SpeakerArr::k30Cine, "lcr");
static_assert(PB_SPEAKERS_QUAD == Vst::SpeakerArr::k40Music, "quad");
static_assert(PB_SPEAKERS_SURROUND_5_0 == Vst::SpeakerArr::k50, "5.0");
static_assert(PB_SPEAKERS_SURROUND_5_1 == Vst::SpeakerArr::k51, "5.1");
static_assert(PB_SPEAKERS_SURROUND_6_1 == Vst::SpeakerArr::k61Cine, "6.1");
static_assert(PB_SPEAKERS_SURROUND_7_0 == Vst::SpeakerArr::k70Music, "7.0");
static_assert(PB_SPEAKERS_SURROUND_7_1 == Vst::SpeakerArr::k71Music, "7.1");

int32 channelsOf(Vst::SpeakerArrangement arrangement) { return __builtin_popcountll(arrangement); }

}  // namespace

Buses::Buses(const PluginImage& image)
    : image_(image), inUse_(std::make_unique<std::atomic<std::uint32_t>[]>(image.buses.size())) {
  for (std::size_t i = 0; i < image.buses.size(); ++i) {
    inputs_ += image.buses[i].output ? 0 : 1;
    // Side chains stay inactive until a host has something for them.
    choices_.push_back({image.buses[i].arrangements.front(), !image.buses[i].sideChain});
    publish(i);
  }
}

void Buses::publish(std::size_t number) noexcept {
  const Choice& choice = choices_[number];
  inUse_[number].store(choice.active ? static_cast<std::uint32_t>(channelsOf(choice.arrangement)) : 0,
                       std::memory_order_relaxed);
}

std::size_t Buses::number(Vst::BusDirection direction, int32 index) const {
  return static_cast<std::size_t>(index) + (direction == Vst::kOutput ? inputs_ : 0);
}

// An effect hears events only if it has a use for MIDI controllers.
int32 Buses::count(Vst::MediaType type, Vst::BusDirection direction) const {
  if (direction != Vst::kInput && direction != Vst::kOutput) {
    return 0;
  }
  if (type == Vst::kEvent) {
    const bool wanted = direction == Vst::kOutput ? image_.eventOutput : image_.instrument || image_.midi.size() > 0;
    return wanted ? 1 : 0;
  }
  return type != Vst::kAudio ? 0
                             : static_cast<int32>(direction == Vst::kInput ? inputs_ : choices_.size() - inputs_);
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
    copyUtf16(direction == Vst::kInput ? "Event In" : "Event Out", bus.name, kNameRoom);
    return true;
  }
  const AudioBus& declared = image_.buses[number(direction, index)];
  bus.channelCount = channelsOf(arrangement(direction, index));
  copyUtf16(declared.name, bus.name, kNameRoom);
  if (declared.sideChain) {
    bus.busType = Vst::kAux;
    bus.flags = 0;
  }
  return true;
}

Vst::SpeakerArrangement Buses::arrangement(Vst::BusDirection direction, int32 index) const {
  return choices_[number(direction, index)].arrangement;
}

void Buses::activate(Vst::BusDirection direction, int32 index, bool active) {
  const std::size_t chosen = number(direction, index);
  choices_[chosen].active = active;
  publish(chosen);
}

bool Buses::allows(Vst::BusDirection direction, const Vst::SpeakerArrangement* wanted, int32 size) const {
  if (size != count(Vst::kAudio, direction) || (size > 0 && wanted == nullptr)) {
    return false;
  }
  for (int32 i = 0; i < size; ++i) {
    const AudioBus& bus = image_.buses[number(direction, i)];
    const std::vector<std::uint64_t>& allowed = bus.arrangements;
    // Some hosts name other speakers for the same number of channels: what is played is the channels. Others switch side chains off so.
    const bool fits = (bus.sideChain && wanted[i] == Vst::SpeakerArr::kEmpty) || std::any_of(allowed.begin(), allowed.end(), [&](std::uint64_t each) {
      return channelsOf(each) == channelsOf(wanted[i]);
    });
    if (!fits) {
      return false;
    }
  }
  return true;
}

void Buses::take(Vst::BusDirection direction, const Vst::SpeakerArrangement* wanted) {
  for (int32 i = 0; i < count(Vst::kAudio, direction); ++i) {
    const std::size_t chosen = number(direction, i);
    choices_[chosen].arrangement = wanted[i];
    publish(chosen);
  }
}

bool Buses::arrange(const Vst::SpeakerArrangement* inputs, int32 inputCount, const Vst::SpeakerArrangement* outputs,
                    int32 outputCount) {
  if (!allows(Vst::kInput, inputs, inputCount) || !allows(Vst::kOutput, outputs, outputCount)) {
    return false;
  }
  take(Vst::kInput, inputs);
  take(Vst::kOutput, outputs);
  return true;
}

}  // namespace patchbay::bridge
