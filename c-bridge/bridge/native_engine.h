// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <patchbay/module.h>

#include "block_server.h"
#include "bundle.h"
#include "launcher.h"
#include "native_library.h"
#include "native_renderer.h"
#include "native_sections.h"
#include "region.h"

namespace patchbay::bridge {

/**
 * RT's side of an instance's region, served within this process by a native module: what an engine process is for a module in Java.
 * It keeps the order of the module's calls, as RunningModule and Engine do in Java. Its library stays loaded as long as it lives, and it
 * ends only when no audio thread is inside. serve is called by one thread at a time.
 */
class NativeEngine final : public BlockServer {
 public:
  /** Loads the bundle's library. Null with a sentence in error where it is refused. */
  static std::unique_ptr<NativeEngine> open(const std::shared_ptr<const Bundle>& bundle, std::shared_ptr<Region> region,
                                            std::string& error);

  /** Closes the module and lets go of the library. */
  ~NativeEngine() override;
  NativeEngine(const NativeEngine&) = delete;
  NativeEngine& operator=(const NativeEngine&) = delete;

  void serve(pb_audio_slot& slot) noexcept override;

 private:
  NativeEngine(std::shared_ptr<const Bundle> bundle, std::shared_ptr<Region> region);

  void takePart();
  void activate(pb_audio_slot& slot);
  void start(double sampleRate, std::int32_t maxFrames);
  void process(pb_audio_slot& slot) noexcept;
  void deactivate() noexcept;
  void closeModule() noexcept;
  void refuse(pb_audio_slot& slot, const std::string& why);
  void discardEvents(const pb_audio_slot& slot) noexcept;
  void freeVoices() noexcept;
  void answer(pb_audio_slot& slot, std::int64_t nanos) const noexcept;

  static NativeEngine& of(const pb_rt_context* context) noexcept { return *static_cast<NativeEngine*>(context->host); }
  static std::int32_t parameterIndex(const pb_rt_context* context, const char* symbol);
  static float toPlain(const pb_rt_context* context, std::int32_t index, double normalized);
  static void voiceState(const pb_rt_context* context, std::int32_t voice, std::int32_t state);
  static void voiceLevel(const pb_rt_context* context, std::int32_t voice, float peak);
  static void log(const pb_rt_context* context, std::int32_t level, const char* text, std::int32_t count,
                  const double* arguments);
  static void refuse(const pb_rt_context* context, const char* why);

  const std::shared_ptr<const Bundle> bundle_;
  const std::shared_ptr<Region> region_;
  std::shared_ptr<NativeLibrary> library_;
  RtFunctions functions_;
  NativeSections sections_;
  std::shared_ptr<Launcher::Chore> heartbeat_;
  std::vector<std::string> symbols_;  ///< of the parameters, by index

  pb_rt_context context_ = {};
  std::vector<pb_meter_sums> voiceSums_;
  pb_meter_writer voiceLevels_ = {};
  void* module_ = nullptr;
  std::unique_ptr<NativeRenderer> renderer_;
  bool used_ = false;    ///< the module has been activated before
  bool active_ = false;
  std::string refusal_;  ///< what the module says of why it refuses
};

}  // namespace patchbay::bridge
