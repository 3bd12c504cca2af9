// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "pluginterfaces/vst/ivstaudioprocessor.h"
#include "pluginterfaces/vst/ivstevents.h"
#include "event_memory.h"
#include "host_edits.h"
#include "plugin_image.h"
#include "region.h"

namespace patchbay::bridge {

/** Takes the host's parameter changes into the values; nothing else. For a plug-in that is not active. Any thread. */
void absorbParameters(Steinberg::Vst::IParameterChanges* changes, const PluginImage& image, ParameterValues& values);

/**
 * The host's events and parameter changes on their way into the region's queue, ordered by sample. Events of a block
 * that could not be sent stay here and lead the next one. Nothing is ever lost in silence: a parameter's change that
 * found no room is sent later, and lost notes become "all notes off". Allocates only when it is made; one thread.
 */
class EventFeed {
 public:
  EventFeed(std::shared_ptr<const PluginImage> image, std::shared_ptr<Region> region, ParameterValues& values,
            HostEdits& edits);

  /** Forgets everything, since RT starts afresh. */
  void clear() noexcept;

  /** Takes all that the host says for a block of this many frames, what its transport does first; 0: a flush, which belongs to the
      next block. */
  void gather(const Steinberg::Vst::ProcessData& data, std::int32_t frames,
              const std::vector<pb_event>& transport) noexcept;

  /**
   * Puts the events before end into a region's queue, with offsets from start.
   *
   * @param also a second region that gets the same, or null
   * @return whether all of them found room in the second one
   */
  bool send(std::int32_t start, std::int32_t end, Region& to, Region* also) noexcept;

  /** Tells another engine all parameters; false where its queue has not the room. */
  [[nodiscard]] bool tellValues(Region& to) const noexcept;

  /** Tells another engine which notes are held and where the controllers are; false where its queue has not the room. */
  [[nodiscard]] bool tellSounding(Region& to) const noexcept;

  /** Whether notes were lost that RT must be told to release; asking resets it. */
  [[nodiscard]] bool takeAllNotesOff() noexcept;

  /** Ends the block: what was not sent leads the next one, unless it has waited for longer than this many frames. */
  void carry(std::int32_t frames, double framesOfPatience) noexcept;

 private:
  struct Timed {
    pb_event event;
    std::uint64_t order;
  };

  void gatherUnsent() noexcept;
  void gatherParameters(Steinberg::Vst::IParameterChanges* changes, std::int32_t frames) noexcept;
  void gatherEvents(Steinberg::Vst::IEventList* events, std::int32_t frames) noexcept;
  void gatherMessage(const Steinberg::Vst::Event& from, std::int32_t offset) noexcept;
  void add(const pb_event& event, bool note) noexcept;
  [[nodiscard]] bool offer(Region& to, const pb_event& event) const noexcept;
  void refuseMessage() noexcept;
  void packMessages() noexcept;
  void lost(const pb_event& event) noexcept;
  void dropCarried() noexcept;

  const std::shared_ptr<const PluginImage> image_;
  const std::shared_ptr<Region> region_;
  ParameterValues& values_;
  HostEdits& edits_;
  EventMemory memory_;
  std::vector<Timed> events_;     ///< as many as the queue has slots
  std::vector<std::uint8_t> messages_;  ///< bytes of those system exclusive messages, which the host owns for the call only
  std::vector<std::uint8_t> packed_;    ///< as many, to pack them into
  std::size_t messageBytes_ = 0;        ///< of messages_ in use
  std::size_t count_ = 0;         ///< of events_ in use
  std::size_t carried_ = 0;       ///< how many of them come from blocks before
  std::size_t next_ = 0;          ///< the first that was not sent
  double carriedFrames_ = 0;      ///< how long the oldest has waited
  std::vector<std::uint64_t> unsent_;  ///< parameters whose last change found no room, one bit each
  bool anyUnsent_ = false;
  bool allNotesOff_ = false;           ///< for the next request
  bool lostInBlock_ = false;           ///< for the request after this block's last
};

}  // namespace patchbay::bridge
