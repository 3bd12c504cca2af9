// SPDX-License-Identifier: Apache-2.0
#include "host_edits.h"

#include <cstring>
#include <utility>

#include "clock.h"

namespace patchbay::bridge {

using namespace Steinberg;

namespace {

/** A value comes a block or two after control has let go of the parameter, and steps of a wheel or a key in a row are one movement. */
constexpr std::int64_t kRestNanos = 120 * kNanosPerMilli;

/** So long after an edit its echo is expected; the host may have a long block, or none at all while its transport rests. */
constexpr std::uint32_t kEchoMillis = 3000;

std::uint32_t millisNow() noexcept { return static_cast<std::uint32_t>(nowNanos() / kNanosPerMilli); }

/** The value to the 32 bits that hosts keep, and when; never 0, which is no edit. */
std::uint64_t echoWord(double value, std::uint32_t millis) noexcept {
  const auto single = static_cast<float>(value);
  std::uint32_t bits = 0;
  std::memcpy(&bits, &single, sizeof bits);
  return (std::uint64_t{bits} << 32) | millis | 1;
}

/** Sets a flag for as long as it lives. */
class Delivery {
 public:
  explicit Delivery(bool& flag) : flag_(flag) { flag_ = true; }
  ~Delivery() { flag_ = false; }
  Delivery(const Delivery&) = delete;
  Delivery& operator=(const Delivery&) = delete;

 private:
  bool& flag_;
};

bool isHeld(const pb_section* held, std::size_t index) noexcept {
  if (held == nullptr || index >= held->count) {
    return false;
  }
  // Acquire: pairs with control's release.
  return __atomic_load_n(static_cast<const std::int32_t*>(pb_section_element(held, static_cast<std::uint32_t>(index))),
                         __ATOMIC_ACQUIRE) != 0;
}

}  // namespace

HostEdits::HostEdits(const PluginImage& image)
    : image_(image),
      mayChange_((image.parameters.size() + 63) / 64),
      marks_(std::make_unique<std::atomic<std::uint64_t>[]>(mayChange_.size())),
      echoes_(std::make_unique<std::atomic<std::uint64_t>[]>(image.parameters.size() * kEchoes)),
      gestures_(image.parameters.size()) {
  for (std::size_t i = 0; i < image.parameters.size(); ++i) {
    if (!image.parameters[i].has(PB_PARAMETER_FLAG_READ_ONLY)) {
      mayChange_[i / 64] |= UINT64_C(1) << (i % 64);
    }
  }
  alone_.reserve(gestures_.size());
}

void HostEdits::close(Vst::IComponentHandler* handler, const ParameterValues& values) {
  if (views_ == 0 || --views_ > 0) {
    return;
  }
  // What is marked after this stays there until process takes it back.
  carries_.store(false, std::memory_order_release);
  if (handler == nullptr) {
    gestures_.assign(gestures_.size(), Gesture{});
    return;
  }
  for (std::size_t i = 0; i < gestures_.size(); ++i) {
    if (gestures_[i].open) {
      const std::uint64_t bit = UINT64_C(1) << (i % 64);
      if ((marks_[i / 64].fetch_and(~bit, std::memory_order_acquire) & bit) != 0) {
        perform(*handler, i, values.get(i));
      }
      end(*handler, i);
    }
  }
}

void HostEdits::deliver(Vst::IComponentHandler* handler, const ParameterValues& values, const pb_section* held) {
  // Release: pairs with the acquire in carries.
  carries_.store(handler != nullptr && views_ > 0, std::memory_order_release);
  if (handler == nullptr || views_ == 0) {
    return;
  }
  if (delivering_) {
    // A host that runs its loop within one of the calls below: what is marked meanwhile is told when that has returned.
    return;
  }
  const Delivery delivery(delivering_);
  const std::int64_t now = nowNanos();
  alone_.clear();
  std::uint64_t marked = 0;
  for (std::size_t i = 0; i < gestures_.size(); ++i) {
    Gesture& gesture = gestures_[i];
    if (i % 64 == 0) {
      // Acquire: pairs with the release in mark, so the values are at least as new.
      marked = marks_[i / 64].exchange(0, std::memory_order_acquire);
    }
    const bool changed = ((marked >> (i % 64)) & 1) != 0;
    if (isHeld(held, i)) {
      gesture.lastNanos = now;
      if (!gesture.open) {
        begin(*handler, i);
      }
    }
    if (changed && gesture.open) {
      gesture.lastNanos = now;
      perform(*handler, i, values.get(i));
    } else if (changed) {
      alone_.push_back(i);
    } else if (gesture.open && now - gesture.lastNanos > kRestNanos) {
      end(*handler, i);
    }
  }
  if (alone_.size() == 1) {
    const std::size_t index = alone_.front();
    gestures_[index].lastNanos = now;
    begin(*handler, index);
    perform(*handler, index, values.get(index));
  } else if (!alone_.empty()) {
    performTogether(*handler, values);
  }
}

void HostEdits::performTogether(Vst::IComponentHandler& handler, const ParameterValues& values) {
  // A preset, most likely: one step for the host to undo.
  void* object = nullptr;
  IPtr<Vst::IComponentHandler2> group;
  if (handler.queryInterface(Vst::IComponentHandler2_iid, &object) == kResultOk && object != nullptr) {
    group = owned(static_cast<Vst::IComponentHandler2*>(object));
    group->startGroupEdit();
  }
  for (const std::size_t index : alone_) {
    begin(handler, index);
    perform(handler, index, values.get(index));
    end(handler, index);
  }
  if (group != nullptr) {
    group->finishGroupEdit();
  }
}

void HostEdits::begin(Vst::IComponentHandler& handler, std::size_t index) {
  // In any of these calls the host may close the last view, which ends all gestures: then there is nothing more to say.
  if (views_ == 0) {
    return;
  }
  gestures_[index].open = true;
  handler.beginEdit(image_.parameters[index].id);
}

void HostEdits::perform(Vst::IComponentHandler& handler, std::size_t index, double value) {
  Gesture& gesture = gestures_[index];
  if (!gesture.open) {
    // To leave process instead.
    marks_[index / 64].fetch_or(UINT64_C(1) << (index % 64), std::memory_order_release);
    return;
  }
  // Before the host knows: its echo may come at once. Release: pairs with the acquire in isEcho.
  echoes_[index * kEchoes + gesture.nextEcho].store(echoWord(value, millisNow()), std::memory_order_release);
  gesture.nextEcho = (gesture.nextEcho + 1) % kEchoes;
  handler.performEdit(image_.parameters[index].id, value);
}

void HostEdits::end(Vst::IComponentHandler& handler, std::size_t index) {
  if (!std::exchange(gestures_[index].open, false)) {
    return;
  }
  handler.endEdit(image_.parameters[index].id);
}

std::uint64_t HostEdits::mark(std::size_t word, std::uint64_t bits) noexcept {
  const std::uint64_t edits = bits & mayChange_[word];
  if (edits != 0) {
    // Release: pairs with the acquire in deliver.
    marks_[word].fetch_or(edits, std::memory_order_release);
  }
  return bits & ~edits;
}

std::uint64_t HostEdits::takeBack(std::size_t word) noexcept {
  return marks_[word].load(std::memory_order_relaxed) == 0 ? 0 : marks_[word].exchange(0, std::memory_order_acquire);
}

bool HostEdits::isEcho(std::size_t index, double value) noexcept {
  const std::uint64_t wanted = echoWord(value, 0) >> 32;
  for (std::size_t i = 0; i < kEchoes; ++i) {
    std::atomic<std::uint64_t>& echo = echoes_[index * kEchoes + i];
    std::uint64_t found = echo.load(std::memory_order_acquire);
    if (found != 0 && found >> 32 == wanted && (millisNow() | 1) - static_cast<std::uint32_t>(found) <= kEchoMillis) {
      // The same value may have been told again meanwhile, which then has an echo of its own.
      return echo.compare_exchange_strong(found, 0, std::memory_order_acq_rel);
    }
  }
  return false;
}

}  // namespace patchbay::bridge
