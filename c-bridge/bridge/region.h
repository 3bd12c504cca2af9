// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include <patchbay/standard.h>

#include "plugin_image.h"

namespace patchbay::bridge {

/** When a process began, in clock ticks since boot: field 22 of /proc/PID/stat. 0 where it cannot be read. */
[[nodiscard]] std::uint64_t processStartTime(int pid);

/**
 * The shared memory of one plug-in instance, as its creator holds it: a sealed memfd with a copy of the image, mapped
 * here. The sections were looked up before any other process could write to the region, so their numbers are trusted.
 */
class Region : public std::enable_shared_from_this<Region> {
 public:
  /** @return null with a sentence in error where the memory cannot be had */
  static std::shared_ptr<Region> create(const PluginImage& image, std::string& error);
  ~Region();
  Region(const Region&) = delete;
  Region& operator=(const Region&) = delete;

  /** The random id, 32 hexadecimal digits. */
  [[nodiscard]] const std::string& id() const noexcept { return id_; }

  /** Where other processes open it: /proc/PID/fd/N of this process. */
  [[nodiscard]] std::string path() const;

  [[nodiscard]] pb_role* role(std::uint32_t number) const noexcept;

  /** Release: pairs with the acquire of whoever watches the bridge's state. */
  void setBridgeState(std::int32_t state) noexcept;

  /** What is known to have ended in this role; acquire, pairs with the release of setGone. */
  [[nodiscard]] std::int32_t gone(std::uint32_t role) const noexcept;
  void setGone(std::uint32_t role, std::int32_t pid) noexcept;

  /** Wakes a process() that waits for RT. */
  void ringDone() noexcept;

  [[nodiscard]] pb_audio_head* audioHead() const noexcept;

  pb_section roles = {};
  pb_section goneWords = {};
  pb_section parameters = {};
  pb_section parametersFromHost = {};
  pb_section dirtyFromRt = {};
  pb_section transport = {};
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
  pb_event_queue hostEvents = {};  ///< the producer's side, for the audio thread

 private:
  Region() = default;
  [[nodiscard]] std::string make(const PluginImage& image);
  void fill(const PluginImage& image);
  [[nodiscard]] std::string findSections(const PluginImage& image);

  int fd_ = -1;
  pb_region region_ = {};
  std::uint64_t instanceId_[2] = {};
  std::string id_;
};

}  // namespace patchbay::bridge
