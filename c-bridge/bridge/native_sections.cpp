// SPDX-License-Identifier: Apache-2.0
#include "native_sections.h"

namespace patchbay::bridge {

std::string NativeSections::find(const Region& region, const PluginImage& image) {
  const pb_region& mapping = region.mapping();
  pb_section hostSlots;
  pb_section controlSlots;
  pb_section notificationSlots;
  pb_section hostBytes;
  pb_section logBytes;
  const auto used = static_cast<std::uint32_t>(image.parameters.size());
#define PB_NATIVE_NEEDS(SECTION, member, condition)                                                             \
  if (!PB_FIND(&mapping, SECTION, &(member)) || !(condition)) {                                                 \
    return std::string("the native RT module cannot be used: the region's section \"") + SECTION##_NAME +       \
           "\" is missing or of another shape than this bridge was built for; rebuild the bundle";              \
  }
  PB_NATIVE_NEEDS(PB_STANDARD_PARAMETERS, parameters, parameters.count >= used)
  PB_NATIVE_NEEDS(PB_STANDARD_PARAMETERS_FROM_HOST, parametersFromHost, parametersFromHost.copies == 3)
  PB_NATIVE_NEEDS(PB_STANDARD_PARAMETERS_FROM_CONTROL, parametersFromControl, parametersFromControl.copies == 3)
  PB_NATIVE_NEEDS(PB_STANDARD_MIDI_MAP, midiMap,
                  midiMap.copies == 3 && midiMap.stride == sizeof(pb_standard_midi_mapping))
  PB_NATIVE_NEEDS(PB_STANDARD_AUTOMATION, automation, automation.copies == 3 && automation.count >= 1)
  PB_NATIVE_NEEDS(PB_STANDARD_AUTOMATION_HANDS, automationHands,
                  automationHands.copies == 3 && automationHands.count >= used &&
                      automationHands.stride == sizeof(pb_standard_automation_hand))
  PB_NATIVE_NEEDS(PB_STANDARD_GONE, gone, gone.count >= PB_STANDARD_ROLE_COUNT)
  PB_NATIVE_NEEDS(PB_STANDARD_DIRTY_FROM_RT, dirty, std::uint64_t{dirty.count} * 64 >= used)
  PB_NATIVE_NEEDS(PB_STANDARD_VOICE_STATES, voiceStates, true)
  PB_NATIVE_NEEDS(PB_STANDARD_OUTPUT_LEVELS, outputLevels, true)
  PB_NATIVE_NEEDS(PB_STANDARD_VOICE_LEVELS, voiceLevels, true)
  PB_NATIVE_NEEDS(PB_STANDARD_TRANSPORT, transport, transport.stride == sizeof(pb_transport))
  PB_NATIVE_NEEDS(PB_STANDARD_RT_CONDITIONS, conditions, conditions.stride == sizeof(pb_standard_rt_conditions))
  PB_NATIVE_NEEDS(PB_STANDARD_RT_COUNTERS, counters, counters.count >= PB_STANDARD_RT_COUNTERS_COUNT)
  PB_NATIVE_NEEDS(PB_STANDARD_RENDER_HISTOGRAM, renderTimes, renderTimes.count >= 1)
  PB_NATIVE_NEEDS(PB_STANDARD_HOST_EVENTS, hostSlots, pb_event_queue_over(&hostEvents, &hostSlots) == nullptr)
  PB_NATIVE_NEEDS(PB_STANDARD_CONTROL_EVENTS, controlSlots,
                  pb_event_queue_over(&controlEvents, &controlSlots) == nullptr)
  PB_NATIVE_NEEDS(PB_STANDARD_NOTIFICATIONS, notificationSlots,
                  pb_event_queue_over(&notifications, &notificationSlots) == nullptr)
  PB_NATIVE_NEEDS(PB_STANDARD_HOST_EVENT_DATA, hostBytes, pb_ring_over(&hostEventData, &hostBytes) == nullptr)
  PB_NATIVE_NEEDS(PB_STANDARD_RT_LOG, logBytes, pb_ring_over(&log, &logBytes) == nullptr)
#undef PB_NATIVE_NEEDS
  return {};
}

}  // namespace patchbay::bridge
