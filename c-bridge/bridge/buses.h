// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "pluginterfaces/vst/ivstcomponent.h"
#include "pluginterfaces/vst/vstspeaker.h"
#include "plugin_image.h"

namespace patchbay::bridge {

/** The buses: at most one audio input, one audio output and one event input, with the image's channel counts. */
class Buses {
 public:
  explicit Buses(const PluginImage& image);

  [[nodiscard]] Steinberg::int32 count(Steinberg::Vst::MediaType type, Steinberg::Vst::BusDirection direction) const;
  [[nodiscard]] bool has(Steinberg::Vst::MediaType type, Steinberg::Vst::BusDirection direction,
                         Steinberg::int32 index) const;
  bool info(Steinberg::Vst::MediaType type, Steinberg::Vst::BusDirection direction, Steinberg::int32 index,
            Steinberg::Vst::BusInfo& bus) const;

  /** The arrangement of an audio bus that there is. */
  [[nodiscard]] Steinberg::Vst::SpeakerArrangement arrangement(Steinberg::Vst::BusDirection direction) const;

  /** Takes all arrangements, or none where one has another number of channels than its bus. */
  bool arrange(const Steinberg::Vst::SpeakerArrangement* inputs, Steinberg::int32 inputCount,
               const Steinberg::Vst::SpeakerArrangement* outputs, Steinberg::int32 outputCount);

 private:
  const Steinberg::int32 inputChannels_;
  const Steinberg::int32 outputChannels_;
  const bool events_;
  Steinberg::Vst::SpeakerArrangement input_;
  Steinberg::Vst::SpeakerArrangement output_;
};

}  // namespace patchbay::bridge
