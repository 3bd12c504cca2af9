// SPDX-License-Identifier: Apache-2.0
#include "region.h"

#include <cstring>

namespace patchbay::bridge {

namespace {

constexpr int kCopyTries = 8;

/** Copies a triple buffer that its writer may write meanwhile. */
void copyTriple(const pb_section& from, const pb_section& to) noexcept {
  const std::size_t bytes = std::size_t{from.copies} * from.copy_stride;
  const auto* state = &reinterpret_cast<const pb_triple_buffer_head*>(from.base)->state;
  for (int i = 0; i < kCopyTries; ++i) {
    const std::uint32_t before = __atomic_load_n(state, __ATOMIC_ACQUIRE);
    // Acquire again: pairs with the release of the publication that it leads to.
    const auto* const published = static_cast<const std::uint8_t*>(pb_triple_published(&from));
    std::uint8_t* const copy = to.elements + (published - from.elements);
    std::memcpy(copy, published, from.copy_stride);
    __atomic_thread_fence(__ATOMIC_ACQUIRE);
    // As long as the state stays, nobody writes the copy that was published last.
    if (__atomic_load_n(state, __ATOMIC_ACQUIRE) != before) {
      continue;
    }
    // But two publications lead back to the same state, and what was copied while they were made is of both; then it differs from what
    // is there now.
    const bool same = std::memcmp(copy, published, from.copy_stride) == 0;
    __atomic_thread_fence(__ATOMIC_ACQUIRE);
    if (same && __atomic_load_n(state, __ATOMIC_RELAXED) == before) {
      __atomic_store_n(&reinterpret_cast<pb_triple_buffer_head*>(to.base)->state, before, __ATOMIC_RELEASE);
      return;
    }
  }
  // It may be a mixture, so it is nothing.
  std::memset(to.elements, 0, bytes);
}

}  // namespace

std::shared_ptr<Region> Region::create(const PluginImage& image, std::string& error) {
  return create("patchbay-", image, error);
}

std::shared_ptr<Region> Region::createForRehearsal(const PluginImage& image, std::string& error) {
  return create("patchbay_rehearsal-", image, error);
}

std::shared_ptr<Region> Region::create(const char* prefix, const PluginImage& image, std::string& error) {
  std::shared_ptr<Region> region(new Region);
  error = region->make(prefix, image.bytes());
  if (error.empty()) {
    error = region->findSections(image);
  }
  return error.empty() ? region : nullptr;
}

std::string Region::findSections(const PluginImage& image) {
  const auto missing = [](const char* name) {
    return std::string("the shared region cannot be used: its section \"") + name +
           "\" is missing or of another shape than this bridge was built for; rebuild the bundle";
  };
#define PB_BRIDGE_NEEDS(SECTION, member, condition)                       \
  if (!PB_FIND(&region_, SECTION, &(member)) || !(condition)) {         \
    return missing(SECTION##_NAME);                                       \
  }
  const auto used = static_cast<std::uint32_t>(image.parameters.size());
  PB_BRIDGE_NEEDS(PB_STANDARD_ROLES, roles, roles.count >= PB_STANDARD_ROLE_COUNT && roles.stride >= sizeof(pb_role))
  PB_BRIDGE_NEEDS(PB_STANDARD_GONE, goneWords, goneWords.count >= PB_STANDARD_ROLE_COUNT)
  PB_BRIDGE_NEEDS(PB_STANDARD_BUS_CHANNELS, busChannels, busChannels.count >= image.buses.size())
  PB_BRIDGE_NEEDS(PB_STANDARD_RT_EVENTS, rtEventSlots, pb_event_queue_over(&rtEvents, &rtEventSlots) == nullptr)
  PB_BRIDGE_NEEDS(PB_STANDARD_PARAMETERS, parameters, parameters.count >= used)
  PB_BRIDGE_NEEDS(PB_STANDARD_PARAMETERS_FROM_HOST, parametersFromHost,
                  parametersFromHost.count >= used && parametersFromHost.copies == 3)
  PB_BRIDGE_NEEDS(PB_STANDARD_MIDI_MAP, midiMap, midiMap.copies == 3)
  PB_BRIDGE_NEEDS(PB_STANDARD_AUTOMATION, automation, automation.copies == 3)
  PB_BRIDGE_NEEDS(PB_STANDARD_AUTOMATION_HANDS, automationHands, automationHands.copies == 3)
  PB_BRIDGE_NEEDS(PB_STANDARD_DIRTY_FROM_RT, dirtyFromRt, std::uint64_t{dirtyFromRt.count} * 64 >= used)
  PB_BRIDGE_NEEDS(PB_STANDARD_HELD, held, held.count >= used)
  PB_BRIDGE_NEEDS(PB_STANDARD_TRANSPORT, transport, transport.stride == sizeof(pb_transport))
  PB_BRIDGE_NEEDS(PB_STANDARD_AUDIO_THREAD, audioThread, audioThread.stride == sizeof(pb_standard_audio_thread))
  PB_BRIDGE_NEEDS(PB_STANDARD_HOST_EVENTS, hostEventSlots,
                  pb_event_queue_over(&hostEvents, &hostEventSlots) == nullptr)
  PB_BRIDGE_NEEDS(PB_STANDARD_HOST_EVENT_DATA, hostEventBytes,
                  pb_ring_over(&hostEventData, &hostEventBytes) == nullptr)
  PB_BRIDGE_NEEDS(PB_STANDARD_AUDIO, audio, audio.count >= 2)
  PB_BRIDGE_NEEDS(PB_STANDARD_STATE_FROM_CONTROL, stateFromControl, stateFromControl.copies == 2)
  PB_BRIDGE_NEEDS(PB_STANDARD_STATE_TO_CONTROL, stateToControl, stateToControl.copies == 2)
  PB_BRIDGE_NEEDS(PB_STANDARD_BRIDGE_COUNTERS, counters, counters.count >= PB_STANDARD_BRIDGE_COUNTERS_COUNT)
  PB_BRIDGE_NEEDS(PB_STANDARD_ROUND_TRIP_HISTOGRAM, roundTrips, roundTrips.count >= 1)
  PB_BRIDGE_NEEDS(PB_STANDARD_RT_LOG, rtLogBytes, pb_ring_over(&rtLog, &rtLogBytes) == nullptr)
#undef PB_BRIDGE_NEEDS
  takePart();
  return {};
}

void Region::copyTables(const Region& from) noexcept {
  copyTriple(from.midiMap, midiMap);
  copyTriple(from.automation, automation);
  copyTriple(from.automationHands, automationHands);
}

void Region::setBridgeState(std::int32_t state) noexcept {
  __atomic_store_n(&role(PB_STANDARD_ROLE_BRIDGE)->state, state, __ATOMIC_RELEASE);
}

std::int32_t Region::gone(std::uint32_t number) const noexcept {
  return __atomic_load_n(static_cast<const std::int32_t*>(pb_section_element(&goneWords, number)), __ATOMIC_ACQUIRE);
}

void Region::setGone(std::uint32_t number, std::int32_t pid) noexcept {
  __atomic_store_n(static_cast<std::int32_t*>(pb_section_element(&goneWords, number)), pid, __ATOMIC_RELEASE);
}

void Region::setBusChannels(const Buses& buses) noexcept {
  for (std::size_t i = 0; i < buses.audio().size(); ++i) {
    auto* cell = static_cast<std::int32_t*>(pb_section_element(&busChannels, static_cast<std::uint32_t>(i)));
    // Relaxed: pairs with nothing, RT reads it after the request that follows.
    __atomic_store_n(cell, static_cast<std::int32_t>(buses.inUse(i)), __ATOMIC_RELAXED);
  }
}

void Region::ringDone() noexcept { pb_futex_wake(&audioHead()->done); }

pb_audio_head* Region::audioHead() const noexcept { return reinterpret_cast<pb_audio_head*>(audio.base); }

}  // namespace patchbay::bridge
