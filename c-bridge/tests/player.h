// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "event_list.h"
#include "module.h"
#include "parameter_changes.h"
#include "pluginterfaces/vst/ivstaudioprocessor.h"
#include "pluginterfaces/vst/ivstcomponent.h"
#include "pluginterfaces/vst/ivsteditcontroller.h"
#include "pluginterfaces/vst/ivstprocesscontext.h"
#include "pluginterfaces/vst/ivstunits.h"

namespace patchbay::bridge::test {

/** One block as a host passes it, with room for what comes back. */
struct Block {
  explicit Block(Steinberg::int32 length = 0, double input = 0);

  void noteOn(Steinberg::int32 offset, Steinberg::int16 key, float velocity, Steinberg::int16 channel = 0);
  void noteOff(Steinberg::int32 offset, Steinberg::int16 key, Steinberg::int16 channel = 0);
  /** The bytes must live as long as the block. */
  void message(Steinberg::int32 offset, const std::vector<Steinberg::uint8>& bytes);
  void express(Steinberg::int32 offset, Steinberg::int32 noteId, Steinberg::uint32 type, double value);
  void set(Steinberg::Vst::ParamID id, Steinberg::int32 offset, double value) { in.add(id, offset, value); }

  Steinberg::int32 frames;
  std::vector<float> left;
  std::vector<float> right;
  std::vector<float> input;
  host::EventList events{20000};
  host::ParameterChanges in{64, 512};
  host::ParameterChanges out{64, 16};
  Steinberg::uint64 silenceFlags = 0;
  Steinberg::Vst::ProcessContext* context = nullptr;
};

/** A host in miniature: one instance of a bundle's class. */
class Player {
 public:
  explicit Player(const std::string& bundle = "synth");
  ~Player();
  Player(const Player&) = delete;
  Player& operator=(const Player&) = delete;

  bool setUp(double rate = 48000, Steinberg::int32 most = 1024,
             Steinberg::Vst::ProcessModes mode = Steinberg::Vst::kOffline);
  bool activate() { return component->setActive(true) == Steinberg::kResultOk; }
  void deactivate() { component->setActive(false); }

  /** Sets up, activates, and remembers the mode for the blocks. */
  bool start(double rate = 48000, Steinberg::int32 most = 1024,
             Steinberg::Vst::ProcessModes mode = Steinberg::Vst::kOffline);

  /** Plays a block; it is filled with what the plug-in made. */
  Steinberg::tresult play(Block& block);

  /** Plays empty blocks and returns their left channel. */
  std::vector<float> play(Steinberg::int32 frames);

  [[nodiscard]] std::vector<char> save();
  Steinberg::tresult load(const std::vector<char>& state);

  Steinberg::Vst::ProcessModes mode = Steinberg::Vst::kOffline;
  std::unique_ptr<host::Module> module;
  Steinberg::IPtr<Steinberg::Vst::IComponent> component;
  Steinberg::IPtr<Steinberg::Vst::IAudioProcessor> processor;
  Steinberg::IPtr<Steinberg::Vst::IEditController> controller;
};

/** The left channel of a block of 256 frames in which nothing sounds. */
inline const std::vector<float> kSilence(256, 0.0f);

/** The largest step between neighbours. */
[[nodiscard]] float roughness(float before, const std::vector<float>& samples);

/** Plays a block of 256 frames that begins with a middle C. Returns its left channel. */
std::vector<float> playNote(Player& player, float velocity);

/** The state once control has seen it: the fake adds to each, once and at its own time, that it has. */
[[nodiscard]] std::vector<char> settledState(Player& player);

/** The class id of the first class of a module. */
[[nodiscard]] Steinberg::FUID firstClass(host::Module& module);

}  // namespace patchbay::bridge::test
