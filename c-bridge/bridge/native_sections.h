// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include <patchbay/standard.h>

#include "plugin_image.h"
#include "region.h"

namespace patchbay::bridge {

/** The sections of RT's side of a region, for a module within this process: what only RT writes, or reads. */
struct NativeSections {
  /** Finds them. Why that cannot be, or nothing. */
  [[nodiscard]] std::string find(const Region& region, const PluginImage& image);

  pb_section parameters = {};
  pb_section parametersFromHost = {};
  pb_section parametersFromControl = {};
  pb_section midiMap = {};
  pb_section automation = {};
  pb_section automationHands = {};
  pb_section gone = {};
  pb_section dirty = {};
  pb_section voiceStates = {};
  pb_section outputLevels = {};
  pb_section voiceLevels = {};
  pb_section transport = {};
  pb_section conditions = {};
  pb_section counters = {};
  pb_section renderTimes = {};
  pb_event_queue hostEvents = {};
  pb_event_queue controlEvents = {};
  pb_event_queue notifications = {};
  pb_ring hostEventData = {};
  pb_ring log = {};
};

}  // namespace patchbay::bridge
