// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <bitset>
#include <cstdint>

#include "pluginterfaces/vst/ivstaudioprocessor.h"
#include "pluginterfaces/vst/ivstevents.h"
#include "region.h"

namespace patchbay::bridge {

/**
 * The module's events on their way to the host. Remembers which notes it has started there, and ends them when the engine is gone: nobody
 * else can. One thread; neither locks nor allocates.
 */
class EventOutput {
 public:
  explicit EventOutput(const PluginImage& image) : wanted_(image.eventOutput) {}

  /** The host takes events for a block. Note-offs that it had no room for come first. */
  void begin(const Steinberg::Vst::ProcessData& data) noexcept;

  /** Passes on what an engine has played until now. @param start where the answered request is in the host's block */
  void take(Region& from, const pb_audio_slot& answer, std::int32_t start, std::int32_t frames) noexcept;

  /** What an engine plays that is not heard goes nowhere. */
  static void drop(Region& from) noexcept;

  /** Ends all notes that were started, at this offset of the host's block. */
  void endNotes(std::int32_t offset) noexcept;

  /** Forgets everything; a host that deactivates a plug-in expects nothing more of it. */
  void clear() noexcept;

 private:
  static constexpr std::size_t kChannels = 16;
  static constexpr std::size_t kKeys = 128;

  void pass(const pb_event& event, std::int32_t offset) noexcept;
  void noteOn(const pb_event& event, Steinberg::Vst::Event& to) noexcept;
  void noteOff(std::size_t note, std::int32_t noteId, float velocity, std::int32_t offset) noexcept;
  [[nodiscard]] bool add(Steinberg::Vst::Event& event) noexcept;

  const bool wanted_;
  Steinberg::Vst::IEventList* list_ = nullptr;
  std::bitset<kChannels * kKeys> held_;  ///< started at the host, and not ended
  std::bitset<kChannels * kKeys> owed_;  ///< of these, those whose end found no room
  std::array<std::int32_t, kChannels * kKeys> ids_ = {};
};

}  // namespace patchbay::bridge
