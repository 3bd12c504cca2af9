// SPDX-License-Identifier: Apache-2.0
#include "block_exchange.h"

#include <algorithm>

#include "clock.h"

namespace patchbay::bridge {
namespace {

constexpr int kLooksPerClock = 32;

/** A sleeper looks this often whether RT is still alive, should its end fall between a look and the sleep. */
constexpr std::int64_t kLookNanos = 50 * kNanosPerMilli;

/** Requests that may be open: one a slot. */
constexpr std::uint32_t kSlots = 2;

inline void relax() noexcept {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  asm volatile("yield");
#endif
}

}  // namespace

BlockExchange::BlockExchange(std::shared_ptr<Region> region, const AudioGeometry& geometry)
    : region_(std::move(region)), geometry_(geometry), head_(region_->audioHead()) {}

void BlockExchange::startWith(std::int32_t pid) noexcept {
  pid_ = pid;
  settled_ = sent_;
}

void BlockExchange::clear() noexcept {
  settled_ = sent_;
  // Release: pairs with the acquire of the engine that comes; that of RT, which has gone, does not write it any more.
  __atomic_store_n(&head_->done, sent_, __ATOMIC_RELEASE);
}

std::uint32_t BlockExchange::done() const noexcept {
  // Acquire: pairs with RT's ring of done, so the slot's outputs are seen.
  return __atomic_load_n(&head_->done, __ATOMIC_ACQUIRE);
}

pb_audio_slot* BlockExchange::slot(std::uint32_t number) const noexcept {
  return static_cast<pb_audio_slot*>(pb_section_element(&region_->audio, number % kSlots));
}

float* BlockExchange::channel(std::uint32_t number, std::uint32_t channel) const noexcept {
  auto* bytes = reinterpret_cast<std::uint8_t*>(slot(number));
  return reinterpret_cast<float*>(bytes + geometry_.samplesOffset +
                                  static_cast<std::size_t>(channel) * geometry_.channelStride);
}

float* BlockExchange::nextInput(std::uint32_t number) const noexcept { return channel(sent_ + 1, number); }

const float* BlockExchange::output(std::uint32_t number) const noexcept {
  return channel(sent_, geometry_.inputChannels + number);
}

void BlockExchange::settle(std::uint32_t done, bool inTime) noexcept {
  // Numbers wrap, so only differences mean something. One that was never asked for is not ours to believe.
  const std::uint32_t answered = done - settled_;
  if (answered > sent_ - settled_) {
    return;
  }
  settled_ = done;
  const std::uint32_t late = answered - (inTime && answered > 0 ? 1 : 0);
  if (late > 0) {
    pb_counter_add(&region_->counters, PB_STANDARD_BRIDGE_COUNTERS_LATE_RESULTS, late);
  }
}

bool BlockExchange::mayRequest() noexcept {
  settle(done(), false);
  return sent_ - settled_ < kSlots;
}

std::uint32_t BlockExchange::publish(const BlockRequest& request) noexcept {
  const std::uint32_t number = sent_ + 1;
  pb_audio_slot* target = slot(number);
  target->kind = request.kind;
  target->frames = request.frames;
  target->flags = request.flags;
  target->sample_rate = request.sampleRate;
  target->events_end = pb_event_queue_tail(&region_->hostEvents);
  sent_ = number;
  // The ring publishes the slot as well; it pairs with RT's acquire of the request and with its announcement of sleep.
  if (pb_doorbell_ring(&head_->request, number, &head_->rt_asleep) != 0) {
    pb_futex_wake(&head_->request);
  }
  return number;
}

void BlockExchange::askToQuit() noexcept {
  if (mayRequest()) {
    BlockRequest quit;
    quit.kind = PB_REQUEST_QUIT;
    publish(quit);
  }
}

Answer BlockExchange::await(const Patience& patience) noexcept {
  if (policy_.looks()) {
    if (look()) {
      policy_.hit();
      count(PB_STANDARD_BRIDGE_COUNTERS_SPIN_HITS);
      settle(sent_, true);
      return Answer::done;
    }
    policy_.missed();
    count(PB_STANDARD_BRIDGE_COUNTERS_SPIN_MISSES);
    return sleep(patience);
  }
  const std::int64_t begin = nowNanos();
  const Answer answer = sleep(patience);
  policy_.slept(nowNanos() - begin);
  return answer;
}

void BlockExchange::count(std::uint32_t counter) noexcept { pb_counter_add(&region_->counters, counter, 1); }

bool BlockExchange::look() noexcept {
  const std::int64_t end = nowNanos() + SpinPolicy::kLookNanos;
  do {
    for (int i = 0; i < kLooksPerClock; ++i) {
      if (done() == sent_) {
        return true;
      }
      relax();
    }
  } while (nowNanos() < end);
  return false;
}

Answer BlockExchange::sleep(const Patience& patience) noexcept {
  for (;;) {
    const std::uint32_t seen = done();
    if (seen == sent_) {
      settle(sent_, true);
      return Answer::done;
    }
    if (gone()) {
      return Answer::gone;
    }
    const std::int64_t now = nowNanos();
    const bool unwanted = patience.wanted != nullptr && !patience.wanted->load(std::memory_order_relaxed);
    const bool over = unwanted || (!patience.endless && now >= patience.deadline);
    if (over) {
      settle(seen, false);
      return Answer::missed;
    }
    const std::int64_t next = now + kLookNanos;
    const timespec until = toTimespec(patience.endless ? next : std::min(next, patience.deadline));
    if (pb_doorbell_may_wait(&head_->done, seen, &head_->bridge_asleep) != 0) {
      count(PB_STANDARD_BRIDGE_COUNTERS_SLEEPS);
      pb_futex_wait_until(&head_->done, seen, &until);
    }
    pb_doorbell_awake(&head_->bridge_asleep);
  }
}

}  // namespace patchbay::bridge
