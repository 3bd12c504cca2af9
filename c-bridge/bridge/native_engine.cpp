// SPDX-License-Identifier: Apache-2.0
#include "native_engine.h"

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <exception>
#include <functional>
#include <utility>

#include "clock.h"
#include "denormals.h"
#include "log.h"
#include "text.h"

namespace patchbay::bridge {
namespace {

/** The only type of record in the log's ring: RegionLogger in Java. */
constexpr std::int32_t kLogRecord = 1;

void setText(pb_role& cell, const char* field, std::size_t room, const char* text) {
  std::vector<char> whole(room, 0);
  std::strncpy(whole.data(), text, room - 1);
  const pb_section snapshot = pb_role_cell_text(&cell, field, room);
  pb_snapshot_write(&snapshot, whole.data());
}

/** The bytes of as many whole characters as a message of the log has room for. */
std::uint32_t logLength(const char* text) noexcept {
  std::size_t length = strnlen(text, PB_MODULE_MAX_LOG_TEXT + 1);
  if (length > PB_MODULE_MAX_LOG_TEXT) {
    length = PB_MODULE_MAX_LOG_TEXT;
    while (length > 0 && (static_cast<unsigned char>(text[length]) & 0xC0u) == 0x80u) {
      --length;
    }
  }
  return static_cast<std::uint32_t>(length);
}

}  // namespace

std::unique_ptr<NativeEngine> NativeEngine::open(const std::shared_ptr<const Bundle>& bundle,
                                                 std::shared_ptr<Region> region, std::string& error) {
  std::unique_ptr<NativeEngine> engine(new NativeEngine(bundle, std::move(region)));
  error = engine->sections_.find(*engine->region_, *bundle->image);
  if (!error.empty()) {
    return nullptr;
  }
  engine->library_ =
      NativeLibrary::open(bundle->folder, bundle->image->modules[PB_STANDARD_ROLE_RT].arguments.front(), error);
  if (engine->library_ == nullptr || !engine->library_->find(engine->functions_, error)) {
    return nullptr;
  }
  engine->takePart();
  return engine;
}

NativeEngine::NativeEngine(std::shared_ptr<const Bundle> bundle, std::shared_ptr<Region> region)
    : bundle_(std::move(bundle)), region_(std::move(region)) {}

NativeEngine::~NativeEngine() {
  heartbeat_ = nullptr;
  closeModule();
  if (library_ != nullptr) {
    pb_role_cell_state(region_->role(PB_STANDARD_ROLE_RT), PB_ROLE_STATE_LEAVING);
  }
}

void NativeEngine::takePart() {
  pb_section info;
  if (PB_FIND(&region_->mapping(), PB_STANDARD_PARAMETER_INFO, &info) != 0) {
    for (std::uint32_t i = 0; i < bundle_->image->parameters.size(); ++i) {
      symbols_.push_back(fieldText(pb_standard_parameter_info_at(&info, i)->symbol));
    }
  }
  voiceSums_.resize(sections_.voiceLevels.count);
  pb_role* cell = region_->role(PB_STANDARD_ROLE_RT);
  region_->vacate(PB_STANDARD_ROLE_RT);
  cell->start_time = processStartTime(getpid());
  cell->generation = 1;
  setText(*cell, cell->collector, sizeof cell->collector, "none: native code");
  __atomic_store_n(&cell->pid, getpid(), __ATOMIC_RELEASE);
  pb_role_cell_state(cell, PB_ROLE_STATE_ATTACHED);
  heartbeat_ = Launcher::acquire()->repeat([region = region_] {
    // Relaxed: a time, behind which nothing is read.
    __atomic_store_n(&region->role(PB_STANDARD_ROLE_RT)->heartbeat_nanos, static_cast<std::uint64_t>(nowNanos()),
                     __ATOMIC_RELAXED);
  });
  pb_standard_rt_conditions conditions = {};
  conditions.scheduling = PB_GRANT_NOT_NEEDED;
  conditions.region_memory = PB_GRANT_NOT_NEEDED;
  conditions.process_memory = PB_GRANT_NOT_NEEDED;
  conditions.denormals = PB_GRANT_GRANTED;
  std::strcpy(conditions.scheduling_report, "The module is called on the host's audio thread.");
  std::strcpy(conditions.memory_report, "The memory is the host's process's.");
  std::strcpy(conditions.denormals_report, "Denormal numbers are taken as 0 while the module is called.");
  pb_snapshot_write(&sections_.conditions, &conditions);
}

void NativeEngine::serve(pb_audio_slot& slot) noexcept {
  try {
    switch (slot.kind) {
      case PB_REQUEST_PROCESS:
        process(slot);
        break;
      case PB_REQUEST_ACTIVATE:
        activate(slot);
        break;
      case PB_REQUEST_DEACTIVATE:
        deactivate();
        slot.status = 0;
        break;
      default:
        slot.status = 1;
    }
  } catch (const std::exception& failure) {
    // Memory that cannot be had, outside of blocks.
    closeModule();
    pb_role_cell_message(region_->role(PB_STANDARD_ROLE_RT), failure.what());
    pb_role_cell_state(region_->role(PB_STANDARD_ROLE_RT), PB_ROLE_STATE_FAILED);
    slot.status = 1;
  }
}

void NativeEngine::process(pb_audio_slot& slot) noexcept {
  if (!active_) {
    discardEvents(slot);
    slot.status = 1;
    return;
  }
  const DenormalsAsZero mode;
  answer(slot, renderer_->render(slot));
}

void NativeEngine::answer(pb_audio_slot& slot, std::int64_t nanos) const noexcept {
  const auto frames = [this](std::int32_t (*ask)(void*)) { return ask != nullptr ? std::max(0, ask(module_)) : 0; };
  slot.status = 0;
  slot.tail_frames = frames(functions_.pb_rt_tail_frames);
  slot.latency_frames = frames(functions_.pb_rt_latency_frames);
  slot.render_nanos = static_cast<std::uint64_t>(nanos);
}

void NativeEngine::discardEvents(const pb_audio_slot& slot) noexcept {
  // What was sent before this request was meant for a module that does not play any more.
  if (static_cast<std::int64_t>(slot.events_end - pb_event_queue_head_position(&sections_.hostEvents)) > 0) {
    pb_event_queue_advance(&sections_.hostEvents, slot.events_end);
  }
}

void NativeEngine::activate(pb_audio_slot& slot) {
  const std::int64_t begin = nowNanos();
  deactivate();
  discardEvents(slot);
  const bool possible = std::isfinite(slot.sample_rate) && slot.sample_rate > 0 && slot.frames >= 1 &&
                        slot.frames <= static_cast<std::int32_t>(bundle_->image->audio.maxFrames);
  if (!possible) {
    refuse(slot, "The bridge asked for " + formatShortest(slot.sample_rate) + " Hz and blocks of " +
                     std::to_string(slot.frames) + " frames, expected a rate above 0 and 1 to " +
                     std::to_string(bundle_->image->audio.maxFrames) + " frames.");
    return;
  }
  if (module_ != nullptr && (!std::equal_to<double>()(context_.sample_rate, slot.sample_rate) ||
                             context_.max_frames != slot.frames)) {
    closeModule();
  }
  refusal_.clear();
  if (module_ == nullptr) {
    start(slot.sample_rate, slot.frames);
  }
  if (module_ == nullptr) {
    refuse(slot, "pb_rt_init of " + library_->path() + " refused: " +
                     (refusal_.empty() ? "it does not say why; a module says so by refuse." : refusal_));
    return;
  }
  if (std::exchange(used_, true)) {
    freeVoices();
    const DenormalsAsZero mode;
    if (functions_.pb_rt_reset != nullptr) {
      functions_.pb_rt_reset(module_);
    }
  }
  if (functions_.pb_rt_activate != nullptr && functions_.pb_rt_activate(module_) == 0) {
    const std::string why = refusal_.empty() ? "it does not say why; a module says so by refuse." : refusal_;
    closeModule();
    refuse(slot, "pb_rt_activate of " + library_->path() + " refused: " + why);
    return;
  }
  active_ = true;
  answer(slot, 0);
  pb_role* cell = region_->role(PB_STANDARD_ROLE_RT);
  pb_role_cell_message(cell, "");
  pb_role_cell_state(cell, PB_ROLE_STATE_READY);
  const auto set = [this](std::uint32_t counter, std::int64_t value) {
    pb_counter_add(&sections_.counters, counter, value - pb_counter_get_acquire(&sections_.counters, counter));
  };
  const std::int64_t now = nowNanos();
  set(PB_STANDARD_RT_COUNTERS_TIME_TO_READY_NANOS, now - begin);
  set(PB_STANDARD_RT_COUNTERS_WARM_AT_NANOS, now);
}

void NativeEngine::start(double sampleRate, std::int32_t maxFrames) {
  context_.host = this;
  context_.sample_rate = sampleRate;
  context_.max_frames = maxFrames;
  context_.input_channels = static_cast<std::int32_t>(bundle_->image->audio.inputChannels);
  context_.output_channels = static_cast<std::int32_t>(bundle_->image->audio.outputChannels);
  context_.parameter_count = static_cast<std::int32_t>(bundle_->image->parameters.size());
  context_.voice_count = static_cast<std::int32_t>(sections_.voiceStates.count);
  context_.region = &region_->mapping();
  context_.parameter_index = parameterIndex;
  context_.to_plain = toPlain;
  context_.voice_state = voiceState;
  context_.voice_level = voiceLevel;
  context_.log = log;
  context_.refuse = refuse;
  pb_meter_writer_init(&voiceLevels_, &sections_.voiceLevels, voiceSums_.data(), sampleRate);
  // A predecessor in this process ended between two messages; one of another process may not have.
  [[maybe_unused]] const std::int64_t padded = pb_ring_take_over(&sections_.log);
  freeVoices();
  used_ = false;
  module_ = functions_.pb_rt_init(&context_);
  if (module_ == nullptr) {
    return;
  }
  const bool whole = functions_.pb_rt_whole_blocks != nullptr && functions_.pb_rt_whole_blocks(module_) != 0;
  const NativeModule module = {functions_, module_, whole, maxFrames};
  renderer_ = std::make_unique<NativeRenderer>(*bundle_->image, sections_, module, sampleRate, voiceLevels_);
}

void NativeEngine::deactivate() noexcept {
  if (std::exchange(active_, false) && functions_.pb_rt_deactivate != nullptr) {
    functions_.pb_rt_deactivate(module_);
  }
}

void NativeEngine::closeModule() noexcept {
  deactivate();
  renderer_ = nullptr;
  if (void* const module = std::exchange(module_, nullptr); module != nullptr) {
    functions_.pb_rt_close(module);
  }
}

void NativeEngine::refuse(pb_audio_slot& slot, const std::string& why) {
  pb_role* cell = region_->role(PB_STANDARD_ROLE_RT);
  pb_role_cell_message(cell, why.c_str());
  pb_role_cell_state(cell, PB_ROLE_STATE_FAILED);
  slot.status = 1;
}

void NativeEngine::freeVoices() noexcept {
  for (std::uint32_t voice = 0; voice < sections_.voiceStates.count; ++voice) {
    pb_voice_states_set_release(&sections_.voiceStates, voice, 0);
    pb_meter_writer_set_level(&voiceLevels_, voice, 0);
  }
}

std::int32_t NativeEngine::parameterIndex(const pb_rt_context* context, const char* symbol) {
  const std::vector<std::string>& symbols = of(context).symbols_;
  const auto found = std::find(symbols.begin(), symbols.end(), symbol);
  return found == symbols.end() ? -1 : static_cast<std::int32_t>(found - symbols.begin());
}

float NativeEngine::toPlain(const pb_rt_context* context, std::int32_t index, double normalized) {
  const ParameterTable& table = of(context).bundle_->image->parameters;
  const bool there = index >= 0 && static_cast<std::size_t>(index) < table.size();
  return there ? static_cast<float>(table[static_cast<std::size_t>(index)].toPlain(normalized)) : 0.0f;
}

void NativeEngine::voiceState(const pb_rt_context* context, std::int32_t voice, std::int32_t state) {
  if (voice >= 0) {
    pb_voice_states_set_release(&of(context).sections_.voiceStates, static_cast<std::uint32_t>(voice), state);
  }
}

void NativeEngine::voiceLevel(const pb_rt_context* context, std::int32_t voice, float peak) {
  if (voice >= 0) {
    pb_meter_writer_set_level(&of(context).voiceLevels_, static_cast<std::uint32_t>(voice), peak);
  }
}

void NativeEngine::log(const pb_rt_context* context, std::int32_t level, const char* text, std::int32_t count,
                       const double* arguments) {
  const pb_ring& ring = of(context).sections_.log;
  pb_log_record record = {};
  record.nanos = nowNanos();
  record.level = level;
  record.argument_count = std::clamp(count, 0, static_cast<std::int32_t>(std::size(record.arguments)));
  record.doubles = (1u << record.argument_count) - 1u;
  for (std::int32_t i = 0; i < record.argument_count; ++i) {
    std::memcpy(&record.arguments[i], &arguments[i], sizeof arguments[i]);
  }
  const std::uint32_t length = logLength(text);
  record.text_length = static_cast<std::int32_t>(length);
  void* payload = nullptr;
  // A full ring counts what it refuses.
  if (pb_ring_try_claim(&ring, kLogRecord, static_cast<std::uint32_t>(sizeof record) + length, &payload) == PB_RING_SENT) {
    std::memcpy(payload, &record, sizeof record);
    std::memcpy(static_cast<char*>(payload) + sizeof record, text, length);
    pb_ring_commit(&ring, payload);
  }
}

void NativeEngine::refuse(const pb_rt_context* context, const char* why) { of(context).refusal_ = why; }

}  // namespace patchbay::bridge
