// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include <patchbay/standard.h>

#include "buses.h"
#include "plugin_image.h"
#include "shared_region.h"

namespace patchbay::bridge {

/** The shared memory of one plug-in instance. */
class Region final : public SharedRegion, public std::enable_shared_from_this<Region> {
 public:
  /** @return null with a sentence in error where the memory cannot be had */
  static std::shared_ptr<Region> create(const PluginImage& image, std::string& error);

  /** One in which nobody's sound is made; its memory has a name that tools do not take for an instance's. */
  static std::shared_ptr<Region> createForRehearsal(const PluginImage& image, std::string& error);

  /** Sets one of the bridge's counters that is no sum; one thread at a time for each. */
  void setGauge(std::uint32_t index, std::int64_t value) const noexcept {
    pb_counter_add(&counters, index, value - pb_counter_get_acquire(&counters, index));
  }

  /** Release: pairs with the acquire of whoever watches the bridge's state. */
  void setBridgeState(std::int32_t state) noexcept;

  /** What is known to have ended in this role; acquire, pairs with the release of setGone. */
  [[nodiscard]] std::int32_t gone(std::uint32_t role) const noexcept;
  void setGone(std::uint32_t role, std::int32_t pid) noexcept;

  /** Says how many channels of each bus are in use; the next request publishes it. */
  void setBusChannels(const Buses& buses) noexcept;

  /** Wakes a process() that waits for RT. */
  void ringDone() noexcept;

  [[nodiscard]] pb_audio_head* audioHead() const noexcept;

  /**
   * Copies what control has compiled for RT from another region of the same image: MIDI map and automation. Nobody may use this region
   * yet. Where control publishes all the while, some of it stays as it was.
   */
  void copyTables(const Region& from) noexcept;

  pb_section goneWords = {};
  pb_section busChannels = {};
  pb_section rtEventSlots = {};
  pb_section parameters = {};
  pb_section parametersFromHost = {};
  pb_section midiMap = {};
  pb_section automation = {};
  pb_section automationHands = {};
  pb_section dirtyFromRt = {};
  pb_section held = {};
  pb_section transport = {};
  pb_section audioThread = {};
  pb_section hostEventSlots = {};
  pb_section hostEventBytes = {};
  pb_section audio = {};
  pb_section stateFromControl = {};
  pb_section stateToControl = {};
  pb_section counters = {};
  pb_section roundTrips = {};
  pb_ring hostEventData = {};      ///< the bytes of system exclusive messages; likewise
  pb_section rtLogBytes = {};
  pb_ring rtLog = {};              ///< the consumer's side, for RtLog
  pb_event_queue rtEvents = {};    ///< the consumer's side, for the audio thread
  pb_event_queue hostEvents = {};  ///< the producer's side, for the audio thread

 private:
  Region() = default;
  [[nodiscard]] static std::shared_ptr<Region> create(const char* prefix, const PluginImage& image, std::string& error);
  [[nodiscard]] std::string findSections(const PluginImage& image);
};

}  // namespace patchbay::bridge
