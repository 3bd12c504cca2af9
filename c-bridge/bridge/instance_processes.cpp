// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <chrono>
#include <functional>
#include <limits>
#include <thread>

#include "clock.h"
#include "instance.h"

namespace patchbay::bridge {

using namespace Steinberg;

void Instance::ensureControl() {
  if (!control_->declared() || control_->alive()) {
    return;
  }
  state_.publishBlob();
  // Pids come again.
  region_->setGone(PB_STANDARD_ROLE_CONTROL, 0);
  std::string error;
  const auto listener = [region = region_, repair = repairs_.control](const ChildEnd& end,
                                                                                        bool expected) {
    region->setGone(PB_STANDARD_ROLE_CONTROL, end.pid);
    if (!expected) {
      pb_counter_add(&region->counters, PB_STANDARD_BRIDGE_COUNTERS_CONTROL_ENDED, 1);
      if (repair != nullptr) {
        repair->request();
      }
    }
  };
  if (!control_->start(listener, error)) {
    say(error + "; the sound goes on without the control module");
  }
}

Instance::Start Instance::startEngine(const std::atomic<bool>& wanted) {
  const Start seated = seatEngine(wanted);
  return seated == Start::ready ? requestActivation(wanted) : seated;
}

Instance::Start Instance::seatEngine(const std::atomic<bool>& wanted) {
  if (image().modules[PB_STANDARD_ROLE_RT].arguments.empty()) {
    say("the bundle declares no RT module, so there is nothing to play; rebuild the bundle");
    return Start::refused;
  }
  if (!engineMissing()) {
    // Whatever state its module is in, also after a refusal: the next activation makes a fresh one.
    ensureControl();
    return Start::ready;
  }
  [[maybe_unused]] const bool left = leaveEngine(0);
  // What the last engine did not read was meant for it. It has ended, so its side of the queue is free to be moved.
  const pb_event_queue queue = region_->hostEvents;
  pb_event_queue_advance(&queue, pb_event_queue_tail(&queue));
  // And what it still had to play to the host came to nothing.
  EventOutput::drop(*region_);
  std::string error;
  lastEngine_ = 0;
  seat_ = EngineSeat::reserve(bundle_, region_, error);
  if (seat_ == nullptr) {
    say(error);
    return Start::gone;
  }
  lastEngine_ = seat_->engine().pid();
  // Beside RT, whose start takes longer.
  ensureControl();
  const EngineProcess::Outcome outcome = seat_->take(++generation_, onEngineEnd(), wanted, error);
  say(error);
  switch (outcome) {
    case EngineProcess::Outcome::done:
      exchange_->startWith(seat_->engine().pid());
      return Start::ready;
    case EngineProcess::Outcome::missed:
      // It may take the region up later.
      return Start::stuck;
    case EngineProcess::Outcome::refused:
    case EngineProcess::Outcome::gone:
    case EngineProcess::Outcome::unasked:
      break;
  }
  // It does not have the region, so nothing is to be learned from how it is left.
  [[maybe_unused]] const bool free = leaveEngine(kEndMillis);
  return outcome == EngineProcess::Outcome::refused ? Start::refused
         : outcome == EngineProcess::Outcome::gone  ? Start::gone
                                                    : Start::interrupted;
}

std::function<void()> Instance::onEngineEnd() {
  return [repair = repairs_.engine, link = link_, region = region_] {
    region->setGauge(PB_STANDARD_BRIDGE_COUNTERS_RT_END_KNOWN_NANOS, link->noteEnd(nowNanos()));
    if (repair == nullptr || !repair->request()) {
      link->giveUp();
    }
  };
}

void Instance::askToQuit() {
  if (seat_ != nullptr && seat_->alive()) {
    // The engine waits for the thread that serves it.
    exchange_->askToQuit();
  }
}

bool Instance::leaveEngine(int millis) {
  if (seat_ == nullptr) {
    return true;
  }
  std::string error;
  const bool free = seat_->leave(millis, error);
  seat_ = nullptr;
  if (!free) {
    say(error);
  }
  return free;
}

Answer Instance::request(const BlockRequest& request, int millis, const std::atomic<bool>& wanted) {
  Patience patience;
  patience.deadline = nowNanos() + millis * kNanosPerMilli;
  patience.wanted = &wanted;
  while (!exchange_->mayRequest()) {
    if (exchange_->gone()) {
      return Answer::gone;
    }
    if (nowNanos() >= patience.deadline || !wanted.load(std::memory_order_relaxed)) {
      return Answer::missed;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  exchange_->publish(request);
  return exchange_->await(patience);
}

BlockRequest Instance::activation() {
  const Vst::ProcessSetup now = setup();
  BlockRequest activation;
  activation.kind = PB_REQUEST_ACTIVATE;
  activation.frames = largestBlock(now);
  activation.flags = now.processMode == Vst::kOffline ? PB_SLOT_FLAG_OFFLINE : 0;
  activation.sampleRate = now.sampleRate;
  return activation;
}

Instance::Start Instance::requestActivation(const std::atomic<bool>& wanted) {
  EngineProcess& engine = seat_->engine();
  const int limit = engine.readyMillis();
  switch (request(activation(), limit, wanted)) {
    case Answer::gone:
      // The launcher's thread has said how it ended.
      return Start::gone;
    case Answer::missed:
      if (wanted.load(std::memory_order_relaxed)) {
        say("the RT process " + std::to_string(engine.pid()) + " did not activate within " + std::to_string(limit) +
            " ms; the instance is closed." + logHint(engine.logFile()));
      }
      // Its thread may go on in the region.
      return Start::stuck;
    case Answer::done:
      break;
  }
  if (exchange_->answer().status != 0) {
    say(refusalText(*region_, PB_STANDARD_ROLE_RT, engine.logFile()));
    return Start::refused;
  }
  note(Answered::in(exchange_->answer()));
  return Start::ready;
}

void Instance::note(const Answered& answered) noexcept {
  tail_.store(answered.tail == std::numeric_limits<std::int32_t>::max()
                  ? Vst::kInfiniteTail
                  : static_cast<std::uint32_t>(std::max(answered.tail, 0)),
              std::memory_order_relaxed);
  latency_.store(static_cast<std::uint32_t>(std::max(answered.latency, 0)), std::memory_order_relaxed);
}

}  // namespace patchbay::bridge
