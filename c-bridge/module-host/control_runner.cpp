// SPDX-License-Identifier: Apache-2.0
#include "control_runner.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>

#include <algorithm>
#include <functional>
#include <iterator>
#include <limits>
#include <utility>

#include "clock.h"
#include "text.h"

namespace patchbay::modulehost {
namespace {

constexpr std::int64_t kPeriodNanos = 10 * bridge::kNanosPerMilli;

/** A state that grew since its module said how long it is has so many chances. */
constexpr int kSaves = 3;

/** Looks at the library's file, in development: every so many periods. */
constexpr int kLookPeriods = 20;

/** The start of control's part of a host's state where the module is native: what it is, then its version. */
constexpr char kMagic[8] = {'P', 'B', 'N', 'C', 1, 0, 0, 0};

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
      exchange_(attachment, options),
      room_(attachment.stateFromControl.count) {
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
  context_.max_state_bytes = PB_STATE_REFERENCE_MOST_BYTES - static_cast<std::uint32_t>(sizeof kMagic);
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
  [[maybe_unused]] const bool first = fileHasChanged();
  const std::string error = open(current_, false);
  if (!error.empty()) {
    return error;
  }
  takeState();
  tellChanges();
  publishState();
  if (const std::string wrong = socket_.open(options_); !wrong.empty()) {
    say("the library of the module cannot be replaced while it runs: " + wrong);
  }
  attachment_.state(PB_ROLE_STATE_READY);
  return {};
}

void ControlRunner::run() {
  while (!attachment_.bridgeLeaves()) {
    socket_.serve([this] { return reload(); });
    reloadIfChanged();
    takeState();
    tellChanges();
    if (current_.functions.pb_control_poll != nullptr) {
      current_.functions.pb_control_poll(current_.module);
    }
    publishState();
    attachment_.beat(bridge::nowNanos());
    countFormers();
    const timespec period = bridge::toTimespec(kPeriodNanos);
    nanosleep(&period, nullptr);
  }
  due_ = 0;
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

void ControlRunner::reloadIfChanged() {
  if (development_ && ++looks_ % kLookPeriods == 0 && fileHasChanged()) {
    [[maybe_unused]] const std::string told = reload();
  }
}

std::string ControlRunner::reload() {
  [[maybe_unused]] const bool known = stat((options_.bundle + "/" + options_.library).c_str(), &file_) == 0;
  // Both are there at a time: where the new one does not want to, the former has missed nothing.
  Version next;
  std::string error = open(next, true);
  if (error.empty()) {
    error = handOver(next);
  }
  if (!error.empty()) {
    close(next);
    error = "the new version of the control module was refused, and the former goes on: " + error;
    count(PB_STANDARD_CONTROL_COUNTERS_RELOADS_REFUSED);
    attachment_.message(error);
    say(error);
    return error;
  }
  formers_.push_back(current_.library->file());
  std::swap(current_, next);
  close(next);
  count(PB_STANDARD_CONTROL_COUNTERS_RELOADS);
  countFormers();
  say("the module was replaced by another version of " + options_.library + ", and has its state");
  std::fill(seen_.begin(), seen_.end(), std::numeric_limits<float>::quiet_NaN());
  stateIsNew_ = true;
  if (exchange_.isBehind()) {
    // What the former could not read is offered to this one.
    exchange_.again();
  } else {
    attachment_.message("");
  }
  // Whoever asked for it may count on a module that knows what there is.
  takeState();
  tellChanges();
  return {};
}

std::string ControlRunner::handOver(const Version& next) {
  const std::optional<std::vector<std::uint8_t>> state = saveModule();
  if (!state) {
    return "the state of the former version cannot be saved";
  }
  refusal_.clear();
  if (next.functions.pb_control_load_state(next.module, state->data(), static_cast<std::uint32_t>(state->size())) == 0) {
    return "it does not take the former's state: " + (refusal_.empty() ? "it does not say why" : refusal_);
  }
  return {};
}

void ControlRunner::countFormers() {
  formers_.erase(std::remove_if(formers_.begin(), formers_.end(),
                                [](const std::string& file) { return !bridge::NativeLibrary::isLoaded(file); }),
                 formers_.end());
  const std::int64_t told = pb_counter_get_acquire(&attachment_.counters, PB_STANDARD_CONTROL_COUNTERS_FORMER_MODULES);
  pb_counter_add(&attachment_.counters, PB_STANDARD_CONTROL_COUNTERS_FORMER_MODULES,
                 static_cast<std::int64_t>(formers_.size()) - told);
}

void ControlRunner::takeState() {
  std::string error;
  const std::optional<std::vector<std::uint8_t>> state = exchange_.take(error);
  if (state) {
    error = load(*state);
  }
  if (!error.empty()) {
    // The epoch stays behind: the bridge keeps what the host restored and does not replace it by this module's.
    error = "the state was not loaded, and is kept as it is: " + error;
    attachment_.message(error);
    say(error);
  } else if (state) {
    exchange_.accept();
    attachment_.message("");
    stateIsNew_ = true;
  }
}

std::string ControlRunner::load(const std::vector<std::uint8_t>& state) {
  // Where no control had anything to say, there is nothing, not even our own eight bytes.
  const std::size_t head = state.empty() ? 0 : sizeof kMagic;
  if (state.size() < head || std::memcmp(state.data(), kMagic, head) != 0) {
    return "it was saved by another kind of control module";
  }
  refusal_.clear();
  const bool taken = current_.functions.pb_control_load_state(current_.module, state.data() + head,
                                                              static_cast<std::uint32_t>(state.size() - head)) != 0;
  return taken ? "" : refusal_.empty() ? "the module does not say why" : refusal_;
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

std::optional<std::vector<std::uint8_t>> ControlRunner::saveModule() {
  for (int tries = 0; tries < kSaves; ++tries) {
    const auto room = static_cast<std::uint32_t>(room_.size());
    const std::uint32_t size = current_.functions.pb_control_save_state(current_.module, room_.data(), room);
    if (size > context_.max_state_bytes) {
      say("the state has " + std::to_string(size) + " bytes, at most " + std::to_string(context_.max_state_bytes) +
          " are possible: it is not saved");
      return std::nullopt;
    }
    if (size <= room) {
      return std::vector<std::uint8_t>(room_.data(), room_.data() + size);
    }
    room_.resize(size);
  }
  say("the state was longer each time that there was room for it: it is not saved");
  return std::nullopt;
}

void ControlRunner::publishState() {
  const std::int64_t began = bridge::nowNanos();
  if (!stateIsNew_ || began < due_) {
    return;
  }
  stateIsNew_ = false;
  const std::optional<std::vector<std::uint8_t>> module = saveModule();
  if (!module) {
    return;
  }
  std::vector<std::uint8_t> state(sizeof kMagic + module->size());
  std::copy(std::begin(kMagic), std::end(kMagic), state.begin());
  std::copy(module->begin(), module->end(), state.begin() + sizeof kMagic);
  std::string error;
  if (exchange_.publish(state, error)) {
    count(PB_STANDARD_CONTROL_COUNTERS_STATES_PUBLISHED);
  } else if (!error.empty()) {
    say("the state was not published: " + error);
  }
  // Half of the time is left for other things. Not for small ones: what was changed in between would be lost in a kill.
  const std::int64_t now = bridge::nowNanos();
  due_ = exchange_.isLarge(state) ? now + (now - began) : now;
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
