// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "host_object.h"
#include "pluginterfaces/vst/ivstevents.h"

namespace patchbay::host {

/** The events of one block. Everything is allocated by the constructor; an event beyond the capacity is counted. */
class EventList final : public HostObject<Steinberg::Vst::IEventList> {
 public:
  explicit EventList(std::size_t capacity) { events_.reserve(capacity); }

  void clear() noexcept { events_.clear(); }
  [[nodiscard]] std::uint64_t dropped() const noexcept { return dropped_; }

  Steinberg::int32 PLUGIN_API getEventCount() override { return static_cast<Steinberg::int32>(events_.size()); }

  Steinberg::tresult PLUGIN_API getEvent(Steinberg::int32 index, Steinberg::Vst::Event& event) override {
    if (index < 0 || index >= getEventCount()) {
      return Steinberg::kInvalidArgument;
    }
    event = events_[static_cast<std::size_t>(index)];
    return Steinberg::kResultOk;
  }

  Steinberg::tresult PLUGIN_API addEvent(Steinberg::Vst::Event& event) override {
    if (events_.size() == events_.capacity()) {
      ++dropped_;
      return Steinberg::kOutOfMemory;
    }
    events_.push_back(event);
    return Steinberg::kResultOk;
  }

 private:
  std::vector<Steinberg::Vst::Event> events_;
  std::uint64_t dropped_ = 0;
};

}  // namespace patchbay::host
