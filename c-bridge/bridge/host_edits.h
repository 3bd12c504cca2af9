// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <vector>

#include "plugin_image.h"
#include "pluginterfaces/vst/ivsteditcontroller.h"
#include "region.h"

namespace patchbay::bridge {

/**
 * What control and RT change of the parameters, on its way to the host by beginEdit, performEdit and endEdit, which hosts record. That needs the host's
 * UI thread, and the plug-in has it while a view is open; without one, changes leave process as output parameter changes.
 *
 * The audio thread marks what has changed, and the UI thread tells the newest value. A gesture lasts for as long as somebody holds the parameter
 * in control (the section "held"); a change outside of one is a gesture of its own. A host hands each edit back to process as a change of its own;
 * this echo is known by its value and left aside, since the plug-in may be further by then.
 */
class HostEdits {
 public:
  explicit HostEdits(const PluginImage& image);
  HostEdits(const HostEdits&) = delete;
  HostEdits& operator=(const HostEdits&) = delete;

  /** A view takes over; the UI thread, as the next three. */
  void open() noexcept { ++views_; }

  /** A view lets go of it. The last one ends all gestures at this host, which may be null. */
  void close(Steinberg::Vst::IComponentHandler* handler, const ParameterValues& values);

  /**
   * Tells the host what has happened since the last time.
   *
   * @param handler null: nobody is told, and the changes leave process
   * @param held the section of that name; null: nobody holds anything
   */
  void deliver(Steinberg::Vst::IComponentHandler* handler, const ParameterValues& values, const pb_section* held);

  /** Whether changes are to be marked here, rather than to leave process; acquire, pairs with the release in deliver. */
  [[nodiscard]] bool carries() const noexcept { return carries_.load(std::memory_order_acquire); }

  /**
   * Takes the marks of 64 parameters over; the audio thread.
   *
   * @return those that must leave process: of parameters that hosts may not change
   */
  [[nodiscard]] std::uint64_t mark(std::size_t word, std::uint64_t bits) noexcept;

  /** The marks that nobody has told, to leave process now that nothing carries them; the audio thread. */
  [[nodiscard]] std::uint64_t takeBack(std::size_t word) noexcept;

  /** Whether a value that comes from the host is one that it was told here; asked once for each. The audio thread. */
  [[nodiscard]] bool isEcho(std::size_t index, double value) noexcept;

 private:
  /** So many edits of a parameter can be on their way through the host. */
  static constexpr std::size_t kEchoes = 8;

  struct Gesture {
    bool open = false;
    std::int64_t lastNanos = 0;  ///< when it was held or changed last
    std::size_t nextEcho = 0;
  };

  void begin(Steinberg::Vst::IComponentHandler& handler, std::size_t index);
  void perform(Steinberg::Vst::IComponentHandler& handler, std::size_t index, double value);
  void end(Steinberg::Vst::IComponentHandler& handler, std::size_t index);
  void performTogether(Steinberg::Vst::IComponentHandler& handler, const ParameterValues& values);

  const PluginImage& image_;
  int views_ = 0;
  bool delivering_ = false;  ///< the UI thread alone
  std::atomic<bool> carries_{false};
  std::vector<std::uint64_t> mayChange_;                     ///< one bit for each parameter that is not read-only
  std::unique_ptr<std::atomic<std::uint64_t>[]> marks_;      ///< as many words
  std::unique_ptr<std::atomic<std::uint64_t>[]> echoes_;     ///< kEchoes for each parameter: see echoWord
  std::vector<Gesture> gestures_;                            ///< the UI thread alone, as the next
  std::vector<std::size_t> alone_;                           ///< changes outside of gestures
};

}  // namespace patchbay::bridge
