// SPDX-License-Identifier: Apache-2.0
#include <chrono>
#include <exception>
#include <functional>
#include <thread>
#include <utility>

#include "clock.h"
#include "engine_swap.h"
#include "handover.h"
#include "instance.h"

namespace patchbay::bridge {

using namespace Steinberg;

namespace {

/** A host that has not processed for so long has stopped: nobody hears how the engine changes. */
constexpr int kStoppedMillis = 1000;

/** An engine that was sent to the instance's region is there at once, or not at all. */
constexpr int kArrivalMillis = 2000;

void nap() { std::this_thread::sleep_for(std::chrono::milliseconds(1)); }

}  // namespace

bool Instance::swapEngine(const std::shared_ptr<SwapOrder>& order) {
  std::shared_ptr<RepairThread> thread;
  {
    const std::lock_guard<std::mutex> lock(swapMutex_);
    if (engineSwap_ == nullptr || swapOrder_ != nullptr) {
      return false;
    }
    swapOrder_ = order;
    thread = engineSwap_;
  }
  if (!thread->request()) {
    finishSwap(order, {false, "No thread can be had to swap the engine."});
  }
  return true;
}

void Instance::finishSwap(const std::shared_ptr<SwapOrder>& order, const SwapOrder::End& end) {
  {
    const std::lock_guard<std::mutex> lock(swapMutex_);
    if (swapOrder_ == order) {
      swapOrder_ = nullptr;
    }
  }
  order->finish(end);
}

Instance::Swap Instance::dismissSwap() {
  Swap swap;
  const std::lock_guard<std::mutex> lock(swapMutex_);
  swap.thread.swap(engineSwap_);
  swap.order.swap(swapOrder_);
  if (swap.thread != nullptr) {
    swap.thread->dismiss();
  }
  return swap;
}

std::string Instance::regionId() {
  const std::lock_guard<std::mutex> lock(swapMutex_);
  return regionId_;
}

void Instance::obeySwap() {
  std::shared_ptr<SwapOrder> order;
  {
    const std::lock_guard<std::mutex> lock(swapMutex_);
    order = swapOrder_;
  }
  if (order == nullptr) {
    return;
  }
  SwapOrder::End end;
  try {
    const std::lock_guard<std::mutex> lock(lifecycle_);
    if (order->concerns(seat_ == nullptr ? nullptr : &seat_->engine())) {
      end.error = changeEngine(order->engine());
      end.swapped = end.error.empty();
    }
  } catch (const std::exception& failure) {
    end.error = failure.what();
  }
  if (!end.error.empty()) {
    end.error = "The instance " + regionId() + " was not swapped: " + end.error;
  }
  finishSwap(order, end);
}

std::string Instance::changeEngine(const std::shared_ptr<EngineProcess>& engine) {
  if (region_ == nullptr) {
    return "it was closed";
  }
  if (!active()) {
    // It has nothing that could be heard: the next activation begins with the engine that is preferred then.
    askToQuit();
    if (!leaveEngine(kEndMillis)) {
      closeLocked();
    }
    return {};
  }
  if (engineMissing()) {
    return "its engine has ended, and another takes its place";
  }
  std::string error;
  const std::shared_ptr<Region> scratch = Region::create(image(), error);
  std::unique_ptr<EngineSeat> seat = scratch != nullptr ? EngineSeat::reserve(engine, scratch) : nullptr;
  if (seat == nullptr) {
    return error.empty() ? "the new engine has ended" : error;
  }
  const auto handover = std::make_shared<Handover>(scratch, image().audio);
  error = makeReady(*seat, *handover);
  if (error.empty()) {
    error = playOver(*handover);
  }
  if (!error.empty()) {
    leaveScratch(*seat, *handover);
    return exchange_->gone() ? "its engine ended meanwhile" : error;
  }
  return settleIn(std::move(seat), *handover, scratch);
}

std::string Instance::makeReady(EngineSeat& seat, Handover& handover) {
  Region& scratch = handover.exchange().region();
  scratch.setBusChannels(buses);
  pb_standard_audio_thread thread = {};
  if (pb_snapshot_read(&region_->audioThread, &thread, 1000) != 0) {
    pb_snapshot_write(&scratch.audioThread, &thread);
  }
  std::string error;
  switch (seat.take(1, [] {}, undisturbed_, error)) {
    case EngineProcess::Outcome::done:
      break;
    case EngineProcess::Outcome::unasked:
      return "the host deactivated or closed it";
    default:
      return error.empty() ? seat.engine().endText() : error;
  }
  handover.exchange().startWith(seat.engine().pid());
  Patience patience;
  patience.deadline = nowNanos() + seat.engine().readyMillis() * kNanosPerMilli;
  patience.wanted = &undisturbed_;
  handover.exchange().publish(activation());
  switch (handover.exchange().await(patience)) {
    case Answer::gone:
      return "the new engine ended while it got ready." + logHint(seat.engine().logFile());
    case Answer::missed:
      return undisturbed_.load(std::memory_order_relaxed)
                 ? "the new engine was not ready within " + std::to_string(seat.engine().readyMillis()) + " ms." +
                       logHint(seat.engine().logFile())
                 : "the host deactivated or closed it";
    case Answer::done:
      break;
  }
  return handover.exchange().answer().status == 0
             ? ""
             : refusalText(scratch, PB_STANDARD_ROLE_RT, seat.engine().logFile());
}

bool Instance::awaitAudio(Handover& handover, Handover::Stage stage) {
  std::int64_t last = blocksSeen();
  std::int64_t lastAt = nowNanos();
  while (handover.stage() == stage) {
    if (const std::int64_t now = blocksSeen(); now != last) {
      last = now;
      lastAt = nowNanos();
    }
    if (handover.exchange().gone() || exchange_->gone() || !undisturbed_.load(std::memory_order_relaxed) ||
        nowNanos() - lastAt > kStoppedMillis * kNanosPerMilli) {
      return false;
    }
    nap();
  }
  return true;
}

std::int64_t Instance::blocksSeen() const {
  return pb_counter_get_acquire(&region_->counters, PB_STANDARD_BRIDGE_COUNTERS_BLOCKS) +
         pb_counter_get_acquire(&region_->counters, PB_STANDARD_BRIDGE_COUNTERS_MISSED_DEADLINES);
}

std::string Instance::playOver(Handover& handover) {
  processor_->begin(handover);
  if (!awaitAudio(handover, Handover::Stage::joining)) {
    const bool dead = handover.exchange().gone() || exchange_->gone();
    const bool wanted = undisturbed_.load(std::memory_order_relaxed);
    if (dead || !wanted) {
      handover.give(Handover::Order::cancel);
    }
    link_->close();
    processor_->step();
    link_->resume();
    if (handover.stage() == Handover::Stage::failed && dead) {
      return exchange_->gone() ? "its engine ended meanwhile" : "the new engine ended while it played along";
    }
    if (handover.stage() == Handover::Stage::failed && !wanted) {
      return "the host deactivated or closed it";
    }
  }
  return handover.stage() == Handover::Stage::failed ? handover.failure : "";
}

void Instance::leaveScratch(EngineSeat& seat, Handover& handover) {
  if (seat.alive()) {
    handover.exchange().askToQuit();
  }
  // Where the engine that played has died, another must take its place at once.
  const bool hurry = exchange_->gone();
  std::string error;
  // Nobody else uses the scratch region, whether or not the engine lets go of it.
  [[maybe_unused]] const bool free = seat.leave(hurry ? 0 : kEndMillis, error);
  say(hurry ? "" : error);
}

std::string Instance::settleIn(std::unique_ptr<EngineSeat> seat, Handover& handover,
                               const std::shared_ptr<Region>& scratch) {
  // From here on the new engine is the one that plays, and there is no way back. The audio thread does not use the exchange of the
  // instance's own region now.
  askToQuit();
  const bool free = leaveEngine(kEndMillis);
  std::string error;
  const std::function<void()> ended = onEngineEnd();
  bool arrived = false;
  if (free) {
    // What the former engine did not read was meant for it.
    const pb_event_queue queue = region_->hostEvents;
    pb_event_queue_advance(&queue, pb_event_queue_tail(&queue));
    EventOutput::drop(*region_);
    exchange_->clear();
    if (seat->move(region_, ++generation_, ended, kEndMillis, error) == EngineProcess::Outcome::done) {
      exchange_->startWith(seat->engine().pid());
      handover.give(Handover::Order::goOn);
      if (!awaitAudio(handover, Handover::Stage::heard)) {
        link_->close();
        processor_->step();
        link_->resume();
      }
      const std::int64_t deadline = nowNanos() + kArrivalMillis * kNanosPerMilli;
      while (!arrived && nowNanos() < deadline && seat->alive()) {
        arrived = region_->roleState(PB_STANDARD_ROLE_RT, seat->engine().pid()) == PB_ROLE_STATE_READY;
        nap();
      }
    }
  }
  if (arrived) {
    lastEngine_ = seat->engine().pid();
    seat_ = std::move(seat);
    pb_counter_add(&region_->counters, PB_STANDARD_BRIDGE_COUNTERS_RT_SWAPS, 1);
    return {};
  }
  // As after a death: silence, and another engine in the instance's region.
  link_->close();
  processor_->dropHandover();
  lastEngine_ = seat->engine().pid();
  if (free) {
    seat->engine().kill();
  }
  [[maybe_unused]] const bool left = seat->leave(0, error);
  scratch->setGone(PB_STANDARD_ROLE_RT, lastEngine_);
  if (!free) {
    gate_.close();
    active_.store(false, std::memory_order_release);
    link_->giveUp();
    closeLocked();
    return "the former engine keeps its region, so the instance was closed; activate the plug-in again";
  }
  ended();
  return error.empty() ? "the new engine did not go on in the instance's region; another is started" : error;
}

}  // namespace patchbay::bridge
