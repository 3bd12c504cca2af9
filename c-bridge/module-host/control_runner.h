// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/stat.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <patchbay/module.h>

#include "attachment.h"
#include "native_library.h"
#include "parameters.h"
#include "reload_socket.h"
#include "state_exchange.h"

namespace patchbay::modulehost {

/** A version of the control module: its library, what it exports, and what its init made. */
struct Version {
  std::shared_ptr<bridge::NativeLibrary> library;
  bridge::ControlFunctions functions;
  void* module = nullptr;
};

/**
 * Runs a native control module: looks at the region a hundred times a second and calls the module on this one thread, as ControlRunner does
 * in Java. Replaces it by another version of its library, when asked to by "patchbay reload control", or in development when the file has changed.
 */
class ControlRunner {
 public:
  ControlRunner(Attachment& attachment, const Options& options);
  ~ControlRunner();
  ControlRunner(const ControlRunner&) = delete;
  ControlRunner& operator=(const ControlRunner&) = delete;

  /** Loads the module and lets it begin. Why that cannot be, or nothing. */
  [[nodiscard]] std::string start();

  /** Serves until the bridge leaves. */
  void run();

 private:
  [[nodiscard]] std::string open(Version& version, bool copy);
  [[nodiscard]] std::string reload();
  [[nodiscard]] std::string handOver(const Version& next);
  void close(Version& version) noexcept;
  void reloadIfChanged();
  [[nodiscard]] bool fileHasChanged();
  void countFormers();
  void takeState();
  [[nodiscard]] std::string load(const std::vector<std::uint8_t>& state);
  [[nodiscard]] std::optional<std::vector<std::uint8_t>> saveModule();
  void tellChanges();
  void publishState();
  void publishChanges();

  static ControlRunner& of(const pb_control_context* context) { return *static_cast<ControlRunner*>(context->host); }
  static std::int32_t parameterIndex(const pb_control_context* context, const char* symbol);
  static float value(const pb_control_context* context, std::int32_t index);
  static float toPlain(const pb_control_context* context, std::int32_t index, double normalized);
  static float toNormalized(const pb_control_context* context, std::int32_t index, double plain);
  static void change(const pb_control_context* context, std::int32_t count, const std::int32_t* indices,
                     const float* normalized);
  static void stateChanged(const pb_control_context* context);
  static void log(const pb_control_context* context, const char* text);
  static void refuse(const pb_control_context* context, const char* why);

  void count(std::uint32_t counter) { pb_counter_add(&attachment_.counters, counter, 1); }

  [[nodiscard]] bool hasParameter(std::int32_t index) const {
    return index >= 0 && static_cast<std::size_t>(index) < table_.size();
  }

  Attachment& attachment_;
  const Options options_;
  const bool development_;
  bridge::ParameterTable table_;
  std::vector<std::string> symbols_;
  pb_control_context context_ = {};
  Version current_;
  std::string refusal_;
  std::vector<float> seen_;                    ///< the values that the module was told of; NaN: of none
  std::vector<pb_parameter_change> changes_;   ///< one for each cell of the section
  std::uint32_t transaction_ = 0;
  StateExchange exchange_;
  std::vector<std::uint8_t> room_;  ///< for the module's state
  bool stateIsNew_ = true;
  std::int64_t due_ = 0;              ///< when the state is saved next at the earliest
  std::vector<std::string> formers_;  ///< files of versions that are still loaded
  ReloadSocket socket_;
  struct stat file_ = {};     ///< of the library, as it was loaded last
  struct stat lastSeen_ = {};  ///< as it was looked at last
  int looks_ = 0;
};

}  // namespace patchbay::modulehost
