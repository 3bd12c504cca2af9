// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

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
  explicit EventOutput(const PluginImage& image) : wanted_(image.eventOutput) { notes_.reserve(kMostNotes); }

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
  /** Of one key there can be several, told apart by their ids. */
  struct Note {
    std::int32_t channel;
    std::int32_t key;
    std::int32_t id;  ///< negative: it has none
    bool owed;        ///< its end found no room
  };

  /** More than anybody plays; where it is full, the oldest note ends. */
  static constexpr std::size_t kMostNotes = 1024;

  void pass(const pb_event& event, std::int32_t offset) noexcept;
  void noteOn(const pb_event& event, Steinberg::Vst::Event& to) noexcept;
  void noteOff(Note end, float velocity, std::int32_t offset) noexcept;
  [[nodiscard]] bool addOff(const Note& end, float velocity, std::int32_t offset) noexcept;
  [[nodiscard]] bool add(Steinberg::Vst::Event& event) noexcept;

  const bool wanted_;
  Steinberg::Vst::IEventList* list_ = nullptr;
  std::vector<Note> notes_;  ///< started at the host, and not ended, oldest first; never grows beyond what it was made for
};

}  // namespace patchbay::bridge
