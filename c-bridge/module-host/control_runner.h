// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/stat.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <patchbay/module.h>

#include "attachment.h"
#include "native_library.h"
#include "parameters.h"

namespace patchbay::modulehost {

/** A version of the control module: its library, what it exports, and what its init made. */
struct Version {
  std::shared_ptr<bridge::NativeLibrary> library;
  bridge::ControlFunctions functions;
  void* module = nullptr;
};

/**
 * Runs a native control module: looks at the region a hundred times a second and calls the module on this one thread, as ControlRunner does
 * in Java. Replaces it by another version of its library, when asked to by a signal, or in development when the file has changed.
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
  void close(Version& version) noexcept;
  void reloadIfAsked();
  [[nodiscard]] bool fileHasChanged();
  void takeState();
  [[nodiscard]] std::vector<std::uint8_t> saveModule();
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
  std::vector<std::uint8_t> room_;
  std::vector<std::uint8_t> published_;
  std::uint64_t loaded_ = 0;  ///< the publication of the state that was taken last
  std::uint64_t epoch_ = 0;
  bool stateIsNew_ = true;
  struct stat file_ = {};     ///< of the library, as it was loaded last
  struct stat lastSeen_ = {};  ///< as it was looked at last
  int looks_ = 0;
};

}  // namespace patchbay::modulehost
