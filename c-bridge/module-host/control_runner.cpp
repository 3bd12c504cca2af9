// SPDX-License-Identifier: Apache-2.0
#include "control_runner.h"

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>

#include <algorithm>
#include <functional>
#include <limits>
#include <utility>

#include "clock.h"
#include "text.h"

namespace patchbay::modulehost {
namespace {

constexpr std::int64_t kPeriodNanos = 10 * bridge::kNanosPerMilli;

/** Looks at the library's file, in development: every so many periods. */
constexpr int kLookPeriods = 20;

/** The start of control's part of a host's state where the module is native: what it is, then its version. */
constexpr char kMagic[8] = {'P', 'B', 'N', 'C', 1, 0, 0, 0};

volatile std::sig_atomic_t reloadAsked = 0;

void say(const std::string& text) { std::fprintf(stderr, "patchbay control: %s\n", text.c_str()); }

bool sameFile(const struct stat& a, const struct stat& b) {
  return a.st_ino == b.st_ino && a.st_dev == b.st_dev && a.st_size == b.st_size && a.st_mtim.tv_sec == b.st_mtim.tv_sec &&
         a.st_mtim.tv_nsec == b.st_mtim.tv_nsec;
}

}  // namespace

ControlRunner::ControlRunner(Attachment& attachment, const Options& options)
    : attachment_(attachment),
      options_(options),
      development_([] {
        const char* wanted = std::getenv("PATCHBAY_DEV");
        return wanted != nullptr && std::strcmp(wanted, "on") == 0;
      }()),
      seen_(attachment.parameterCount, std::numeric_limits<float>::quiet_NaN()),
      changes_(attachment.changes.count),
      room_((std::size_t{attachment.stateToControl.count} + 7) / 8 * 8) {
  std::vector<bridge::Parameter> described;
  for (std::uint32_t i = 0; i < attachment.parameterCount; ++i) {
    const pb_parameter_info& info = *pb_standard_parameter_info_at(&attachment.parameterInfo, i);
    described.emplace_back(info);
    symbols_.push_back(bridge::fieldText(info.symbol));
  }
  table_ = bridge::ParameterTable(std::move(described));
  transaction_ = pb_parameter_changes_take_over(&attachment.changes, changes_.data());
  context_.host = this;
  context_.parameter_count = static_cast<std::int32_t>(attachment.parameterCount);
  context_.max_state_bytes = attachment.stateFromControl.count - static_cast<std::uint32_t>(sizeof kMagic);
  context_.region = &attachment.region;
  context_.parameter_index = parameterIndex;
  context_.value = value;
  context_.to_plain = toPlain;
  context_.to_normalized = toNormalized;
  context_.change = change;
  context_.state_changed = stateChanged;
  context_.log = log;
  context_.refuse = refuse;
}

ControlRunner::~ControlRunner() { close(current_); }

std::string ControlRunner::open(Version& version, bool copy) {
  std::string error;
  version.library = copy ? bridge::NativeLibrary::openCopy(options_.bundle, options_.library, error)
                         : bridge::NativeLibrary::open(options_.bundle, options_.library, error);
  if (version.library == nullptr || !version.library->find(version.functions, error)) {
    return error;
  }
  refusal_.clear();
  version.module = version.functions.pb_control_init(&context_);
  if (version.module == nullptr) {
    return "pb_control_init of " + version.library->path() + " refused: " +
           (refusal_.empty() ? "it does not say why; a module says so by refuse" : refusal_);
  }
  return {};
}

void ControlRunner::close(Version& version) noexcept {
  if (void* const module = std::exchange(version.module, nullptr); module != nullptr) {
    version.functions.pb_control_close(module);
  }
  version.library = nullptr;
}

std::string ControlRunner::start() {
  struct sigaction action = {};
  action.sa_handler = [](int) { reloadAsked = 1; };
  sigaction(SIGHUP, &action, nullptr);
  [[maybe_unused]] const bool first = fileHasChanged();
  const std::string error = open(current_, false);
  if (!error.empty()) {
    return error;
  }
  takeState();
  tellChanges();
  publishState();
  attachment_.state(PB_ROLE_STATE_READY);
  return {};
}

void ControlRunner::run() {
  while (!attachment_.bridgeLeaves()) {
    reloadIfAsked();
    takeState();
    tellChanges();
    if (current_.functions.pb_control_poll != nullptr) {
      current_.functions.pb_control_poll(current_.module);
    }
    publishState();
    attachment_.beat(bridge::nowNanos());
    const timespec period = bridge::toTimespec(kPeriodNanos);
    // A signal that ends it early is looked at the sooner.
    nanosleep(&period, nullptr);
  }
  publishState();
  attachment_.state(PB_ROLE_STATE_LEAVING);
}

bool ControlRunner::fileHasChanged() {
  struct stat now = {};
  if (stat((options_.bundle + "/" + options_.library).c_str(), &now) != 0) {
    return false;
  }
  // One that is still being written looks different the next time.
  const bool whole = sameFile(now, std::exchange(lastSeen_, now));
  if (file_.st_ino == 0) {
    file_ = now;
  }
  return whole && !sameFile(now, file_);
}

void ControlRunner::reloadIfAsked() {
  bool wanted = std::exchange(reloadAsked, 0) != 0;
  if (development_ && ++looks_ % kLookPeriods == 0) {
    wanted = fileHasChanged() || wanted;
  }
  if (!wanted) {
    return;
  }
  [[maybe_unused]] const bool known = stat((options_.bundle + "/" + options_.library).c_str(), &file_) == 0;
  const std::string error = reload();
  say(error.empty() ? "the module was replaced by another version of " + options_.library + ", and has its state"
                    : error + "; the former version goes on");
}

std::string ControlRunner::reload() {
  // Both are there at a time: where the new one does not want to, the former has missed nothing.
  Version next;
  std::string error = open(next, true);
  if (error.empty()) {
    const std::vector<std::uint8_t> state = saveModule();
    refusal_.clear();
    if (next.functions.pb_control_load_state(next.module, state.data(), static_cast<std::uint32_t>(state.size())) == 0) {
      error = "the new version of " + options_.library + " does not take the former's state: " +
              (refusal_.empty() ? "it does not say why" : refusal_);
    }
  }
  if (!error.empty()) {
    close(next);
    return error;
  }
  std::swap(current_, next);
  close(next);
  std::fill(seen_.begin(), seen_.end(), std::numeric_limits<float>::quiet_NaN());
  stateIsNew_ = true;
  return {};
}

void ControlRunner::takeState() {
  std::uint64_t sequence = 0;
  std::uint64_t epoch = 0;
  const auto* head = reinterpret_cast<const pb_blob_head*>(attachment_.stateToControl.base);
  // Acquire, as in pb_blob_read, which is asked only where there is something new.
  if (__atomic_load_n(&head->published, __ATOMIC_ACQUIRE) == loaded_) {
    return;
  }
  const std::int64_t length = pb_blob_read(&attachment_.stateToControl, room_.data(), &sequence, &epoch);
  if (length < 0) {
    return;
  }
  loaded_ = sequence;
  const auto begin = static_cast<std::int64_t>(sizeof kMagic);
  refusal_.clear();
  // Where no control had anything to say, there is nothing, not even our own eight bytes.
  const bool ours = length == 0 || (length >= begin && std::memcmp(room_.data(), kMagic, sizeof kMagic) == 0);
  if (!ours || current_.functions.pb_control_load_state(current_.module, room_.data() + std::min(length, begin),
                                                        static_cast<std::uint32_t>(std::max<std::int64_t>(length - begin, 0))) == 0) {
    // The epoch stays behind: the bridge keeps what the host restored and does not replace it by this module's.
    say("the state was not loaded, and is kept as it is: " +
        (ours ? (refusal_.empty() ? "the module does not say why" : refusal_)
              : "it was saved by another kind of control module"));
    return;
  }
  epoch_ = epoch;
  published_.clear();
  stateIsNew_ = true;
}

void ControlRunner::tellChanges() {
  for (std::size_t i = 0; i < seen_.size(); ++i) {
    const float now = pb_standard_parameters_get_acquire(&attachment_.parameters, static_cast<std::uint32_t>(i));
    if (!std::equal_to<float>()(now, seen_[i]) && now >= 0 && now <= 1) {
      seen_[i] = now;
      current_.functions.pb_control_set_parameter(current_.module, static_cast<std::int32_t>(i), now);
      stateIsNew_ = true;
    }
  }
}

std::vector<std::uint8_t> ControlRunner::saveModule() {
  std::vector<std::uint8_t> state(context_.max_state_bytes);
  const std::uint32_t size = current_.functions.pb_control_save_state(current_.module, state.data(), context_.max_state_bytes);
  if (size > context_.max_state_bytes) {
    say("the state has " + std::to_string(size) + " bytes, but there is room for " +
        std::to_string(context_.max_state_bytes) + ": it is not saved");
    return {};
  }
  state.resize(size);
  return state;
}

void ControlRunner::publishState() {
  if (!std::exchange(stateIsNew_, false)) {
    return;
  }
  std::vector<std::uint8_t> state(kMagic, kMagic + sizeof kMagic);
  const std::vector<std::uint8_t> module = saveModule();
  state.insert(state.end(), module.begin(), module.end());
  if (state != published_) {
    pb_blob_write(&attachment_.stateFromControl, state.data(), state.size(), epoch_);
    pb_counter_add(&attachment_.counters, PB_STANDARD_CONTROL_COUNTERS_STATES_PUBLISHED, 1);
    published_ = std::move(state);
  }
}

std::int32_t ControlRunner::parameterIndex(const pb_control_context* context, const char* symbol) {
  const std::vector<std::string>& symbols = of(context).symbols_;
  const auto found = std::find(symbols.begin(), symbols.end(), symbol);
  return found == symbols.end() ? -1 : static_cast<std::int32_t>(found - symbols.begin());
}

float ControlRunner::value(const pb_control_context* context, std::int32_t index) {
  const ControlRunner& runner = of(context);
  return runner.hasParameter(index)
             ? pb_standard_parameters_get_acquire(&runner.attachment_.parameters, static_cast<std::uint32_t>(index))
             : 0.0f;
}

float ControlRunner::toPlain(const pb_control_context* context, std::int32_t index, double normalized) {
  const ControlRunner& runner = of(context);
  return runner.hasParameter(index)
             ? static_cast<float>(runner.table_[static_cast<std::size_t>(index)].toPlain(normalized))
             : 0.0f;
}

float ControlRunner::toNormalized(const pb_control_context* context, std::int32_t index, double plain) {
  const ControlRunner& runner = of(context);
  return runner.hasParameter(index)
             ? static_cast<float>(runner.table_[static_cast<std::size_t>(index)].toNormalized(plain))
             : 0.0f;
}

void ControlRunner::change(const pb_control_context* context, std::int32_t count, const std::int32_t* indices,
                           const float* normalized) {
  ControlRunner& runner = of(context);
  const std::uint32_t next = pb_parameter_changes_after(runner.transaction_);
  bool any = false;
  for (std::int32_t i = 0; i < count; ++i) {
    if (runner.hasParameter(indices[i]) && normalized[i] >= 0 && normalized[i] <= 1) {
      runner.changes_[static_cast<std::size_t>(indices[i])] = {normalized[i], next};
      any = true;
    }
  }
  if (any) {
    runner.transaction_ = next;
    runner.publishChanges();
  }
}

void ControlRunner::publishChanges() {
  // Numbers are told apart by their difference, so one that is far behind is moved along.
  constexpr std::uint32_t kFar = 1u << 30;
  for (pb_parameter_change& change : changes_) {
    if (change.transaction != 0 && transaction_ - change.transaction > kFar) {
      change.transaction = std::max(transaction_ - kFar, 1u);
    }
  }
  pb_parameter_changes_publish(&attachment_.changes, changes_.data());
}

void ControlRunner::stateChanged(const pb_control_context* context) { of(context).stateIsNew_ = true; }

void ControlRunner::log(const pb_control_context* /*context*/, const char* text) { say(text); }

void ControlRunner::refuse(const pb_control_context* context, const char* why) { of(context).refusal_ = why; }

}  // namespace patchbay::modulehost
