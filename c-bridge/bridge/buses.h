// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>

#include "pluginterfaces/vst/ivstcomponent.h"
#include "pluginterfaces/vst/vstspeaker.h"
#include "plugin_image.h"

namespace patchbay::bridge {

/**
 * The buses of an instance: those of the image, as the host has arranged and activated them, and at most one event bus each way. All on
 * the host's UI thread, but for inUse.
 */
class Buses {
 public:
  explicit Buses(const PluginImage& image);

  [[nodiscard]] Steinberg::int32 count(Steinberg::Vst::MediaType type, Steinberg::Vst::BusDirection direction) const;
  [[nodiscard]] bool has(Steinberg::Vst::MediaType type, Steinberg::Vst::BusDirection direction,
                         Steinberg::int32 index) const;
  bool info(Steinberg::Vst::MediaType type, Steinberg::Vst::BusDirection direction, Steinberg::int32 index,
            Steinberg::Vst::BusInfo& bus) const;

  /** The arrangement of an audio bus that there is. */
  [[nodiscard]] Steinberg::Vst::SpeakerArrangement arrangement(Steinberg::Vst::BusDirection direction,
                                                               Steinberg::int32 index) const;

  /** Activates an audio bus that there is, or the contrary. */
  void activate(Steinberg::Vst::BusDirection direction, Steinberg::int32 index, bool active);

  /** Takes all arrangements, or none where a bus cannot have one or their number is another. */
  bool arrange(const Steinberg::Vst::SpeakerArrangement* inputs, Steinberg::int32 inputCount,
               const Steinberg::Vst::SpeakerArrangement* outputs, Steinberg::int32 outputCount);

  /** The audio buses of the image, inputs first. */
  [[nodiscard]] const std::vector<AudioBus>& audio() const noexcept { return image_.buses; }

  /**
   * How many channels of an audio bus, by its number in audio(), are in use: those of its arrangement, or 0 while it is inactive.
   * Relaxed: each stands alone. Any thread.
   */
  [[nodiscard]] std::uint32_t inUse(std::size_t number) const noexcept {
    return inUse_[number].load(std::memory_order_relaxed);
  }

 private:
  /** What the host has chosen for a bus. */
  struct Choice {
    Steinberg::Vst::SpeakerArrangement arrangement;
    bool active;
  };

  [[nodiscard]] std::size_t number(Steinberg::Vst::BusDirection direction, Steinberg::int32 index) const;
  [[nodiscard]] bool allows(Steinberg::Vst::BusDirection direction, const Steinberg::Vst::SpeakerArrangement* wanted,
                            Steinberg::int32 count) const;
  void take(Steinberg::Vst::BusDirection direction, const Steinberg::Vst::SpeakerArrangement* wanted);
  void publish(std::size_t number) noexcept;

  const PluginImage& image_;
  std::size_t inputs_ = 0;  ///< of the image's buses
  std::vector<Choice> choices_;
  const std::unique_ptr<std::atomic<std::uint32_t>[]> inUse_;
};

}  // namespace patchbay::bridge
