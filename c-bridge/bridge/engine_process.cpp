// SPDX-License-Identifier: Apache-2.0
#include "engine_process.h"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <utility>

#include "clock.h"
#include "text.h"

namespace patchbay::bridge {
namespace {

/** A sleeper looks this often whether the process lives, should its end fall between a look and the sleep. */
constexpr std::int64_t kLookNanos = 50 * kNanosPerMilli;

/** Who waits for its turn looks this often whether it is still wanted. */
constexpr std::int64_t kTurnNanos = 10 * kNanosPerMilli;

constexpr const char* kConsequence = "the output is silent";
constexpr const char* kSpareConsequence = "it was the spare, and the sound goes on without one";
constexpr const char* kSuccessorConsequence = "it was to take over, and the former one plays on";

/** What no region's id is. */
constexpr const char* kSpare = "spare";

}  // namespace

std::shared_ptr<EngineProcess> EngineProcess::create(std::shared_ptr<const Bundle> bundle, Jars jars, std::string& error) {
  std::shared_ptr<EngineRegion> region = EngineRegion::create(*bundle->engine, error);
  if (region == nullptr) {
    return nullptr;
  }
  return std::shared_ptr<EngineProcess>(new EngineProcess(std::move(bundle), std::move(jars), std::move(region)));
}

EngineProcess::EngineProcess(std::shared_ptr<const Bundle> bundle, Jars jars, std::shared_ptr<EngineRegion> region)
    : bundle_(std::move(bundle)),
      jars_(std::move(jars)),
      region_(std::move(region)),
      tenants_(std::make_shared<Tenants>()),
      process_(bundle_, {region_, PB_ENGINE_ROLE_RT, kConsequence, jars_ != nullptr ? jars_->paths() : std::vector<std::string>()}) {}

bool EngineProcess::standBy(EndListener listener) {
  process_.setConsequence(kSpareConsequence);
  const std::lock_guard<std::mutex> guard(tenants_->mutex);
  if (tenants_->ended) {
    return false;
  }
  tenants_->listeners.emplace(kSpare, std::move(listener));
  return true;
}

void EngineProcess::beSuccessor() { process_.setConsequence(kSuccessorConsequence); }

void EngineProcess::takePlace() {
  process_.setConsequence(kConsequence);
  const std::lock_guard<std::mutex> guard(tenants_->mutex);
  tenants_->listeners.erase(kSpare);
}

bool EngineProcess::start(std::string& error) {
  const std::lock_guard<std::timed_mutex> lock(commands_);
  return process_.start(
      [tenants = tenants_, region = region_](const ChildEnd& end, bool expected) {
        // A thread that waits for an answer sees it at once.
        pb_futex_wake(&region->rtBell->done);
        std::map<std::string, EndListener> told;
        {
          const std::lock_guard<std::mutex> guard(tenants->mutex);
          tenants->ended = true;
          told.swap(tenants->listeners);
        }
        for (const auto& [id, listener] : told) {
          listener(end, expected);
        }
      },
      error);
}

EngineProcess::Outcome EngineProcess::add(const std::shared_ptr<Region>& region, std::uint32_t generation,
                                          EndListener listener, const std::atomic<bool>& wanted,
                                          std::string& error) {
  if (!process_.awaitAttached(wanted, error)) {
    if (!wanted.load(std::memory_order_relaxed)) {
      return Outcome::unasked;
    }
    const bool refused = process_.refused();
    process_.kill();
    return refused ? Outcome::refused : Outcome::gone;
  }
  {
    const std::lock_guard<std::mutex> guard(tenants_->mutex);
    if (tenants_->ended) {
      return Outcome::gone;
    }
    tenants_->listeners.emplace(region->id(), std::move(listener));
  }
  std::string text;
  const Outcome outcome = command(PB_COMMAND_ADD, {region.get(), generation}, {readyMillis(), &wanted}, text);
  if (outcome == Outcome::refused) {
    error = "the RT process " + std::to_string(pid()) + " cannot serve this instance: " + text + logHint(logFile());
  } else if (outcome == Outcome::missed && wanted.load(std::memory_order_relaxed)) {
    error = "the RT process " + std::to_string(pid()) + " did not take this instance up within " +
            std::to_string(readyMillis()) + " ms." + logHint(logFile());
  }
  if (outcome != Outcome::done) {
    const std::lock_guard<std::mutex> guard(tenants_->mutex);
    tenants_->listeners.erase(region->id());
  }
  return outcome;
}

EngineProcess::Outcome EngineProcess::remove(const Region& region, int millis, std::string& error) {
  std::string text;
  const Outcome outcome = command(PB_COMMAND_REMOVE, {&region}, {millis}, text);
  if (outcome == Outcome::refused) {
    error = "the RT process " + std::to_string(pid()) + " keeps an instance that was closed: " + text +
            logHint(logFile());
  } else if (outcome == Outcome::missed) {
    error = "the RT process " + std::to_string(pid()) + " did not let go of an instance within " +
            std::to_string(millis) + " ms." + logHint(logFile());
  }
  const std::lock_guard<std::mutex> guard(tenants_->mutex);
  tenants_->listeners.erase(region.id());
  return outcome;
}

EngineProcess::Outcome EngineProcess::move(const Region& from, const std::shared_ptr<Region>& to,
                                           std::uint32_t generation, EndListener listener, int millis,
                                           std::string& error) {
  std::string text;
  const Outcome outcome = command(PB_COMMAND_MOVE, {to.get(), generation, &from}, {millis}, text);
  if (outcome == Outcome::refused) {
    error = "the RT process " + std::to_string(pid()) + " cannot go on in the instance's region: " + text +
            logHint(logFile());
  } else if (outcome == Outcome::missed) {
    error = "the RT process " + std::to_string(pid()) + " did not prepare to move within " + std::to_string(millis) +
            " ms." + logHint(logFile());
  }
  if (outcome != Outcome::done) {
    return outcome;
  }
  const std::lock_guard<std::mutex> guard(tenants_->mutex);
  if (tenants_->ended) {
    return Outcome::gone;
  }
  tenants_->listeners.erase(from.id());
  tenants_->listeners.emplace(to->id(), std::move(listener));
  return Outcome::done;
}

void EngineProcess::end(int millis) {
  const std::int64_t deadline = nowNanos() + millis * kNanosPerMilli;
  process_.expectEnd();
  std::string unused;
  if (command(PB_COMMAND_QUIT, {}, {millis}, unused) != Outcome::missed) {
    process_.endWithin((deadline - nowNanos()) / kNanosPerMilli);
  }
  process_.kill();
}

std::uint32_t EngineProcess::done() const noexcept {
  // Acquire: pairs with the engine's ring of done, so the answer is seen.
  return __atomic_load_n(&region_->rtBell->done, __ATOMIC_ACQUIRE);
}

EngineProcess::Outcome EngineProcess::command(std::int32_t kind, const Subject& subject, Limit limit,
                                              std::string& text) {
  const std::int64_t deadline = nowNanos() + limit.millis * kNanosPerMilli;
  // The limit holds for the turn as well: another instance's command may wait for long in an engine that is stopped.
  std::unique_lock<std::timed_mutex> turn(commands_, std::defer_lock);
  const Outcome mine = awaitTurn(turn, deadline, limit.wanted);
  if (mine != Outcome::done) {
    return mine;
  }
  // A slot is used again only after its answer: an engine that was stopped may still read it.
  if (sent_ - done() >= region_->slots()) {
    const Outcome waited = await(sent_ - region_->slots() + 1, deadline, limit.wanted);
    if (waited != Outcome::done) {
      return waited;
    }
  }
  const std::uint32_t number = sent_ + 1;
  pb_engine_command* slot = region_->command(number);
  *slot = {};
  slot->number = number;
  slot->kind = kind;
  slot->generation = subject.generation;
  if (subject.region != nullptr) {
    slot->region_pid = getpid();
    slot->region_fd = subject.region->descriptor();
    std::memcpy(slot->region_id, subject.region->idWords(), sizeof slot->region_id);
  }
  if (subject.from != nullptr) {
    std::memcpy(slot->from_id, subject.from->idWords(), sizeof slot->from_id);
  }
  sent_ = number;
  // The ring publishes the slot as well; it pairs with the engine's acquire of request and its announcement of sleep.
  if (pb_doorbell_ring(&region_->bridgeBell->request, number, &region_->rtBell->rt_asleep) != 0) {
    pb_futex_wake(&region_->bridgeBell->request);
  }
  const Outcome outcome = await(number, deadline, limit.wanted);
  if (outcome != Outcome::done) {
    return outcome;
  }
  const pb_engine_answer answer = *region_->answer(number);
  if (answer.status == 0) {
    return Outcome::done;
  }
  text = fieldText(answer.text);
  std::replace_if(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < ' '; }, ' ');
  if (!text.empty() && text.back() != '.') {
    text += '.';
  }
  return Outcome::refused;
}

EngineProcess::Outcome EngineProcess::awaitTurn(std::unique_lock<std::timed_mutex>& turn, std::int64_t deadline,
                                                const std::atomic<bool>* wanted) const {
  for (;;) {
    const bool taken = turn.try_lock_for(std::chrono::nanoseconds(kTurnNanos));
    if (!process_.alive()) {
      return Outcome::gone;
    }
    if (taken) {
      return Outcome::done;
    }
    if (wanted != nullptr && !wanted->load(std::memory_order_relaxed)) {
      return Outcome::unasked;
    }
    if (nowNanos() >= deadline) {
      return Outcome::missed;
    }
  }
}

EngineProcess::Outcome EngineProcess::await(std::uint32_t number, std::int64_t deadline,
                                            const std::atomic<bool>* wanted) {
  std::uint32_t* word = &region_->rtBell->done;
  std::uint32_t* asleep = &region_->bridgeBell->bridge_asleep;
  for (;;) {
    // First the process, then the word: what it answered before it ended is seen.
    const bool alive = process_.alive();
    const std::uint32_t seen = done();
    // Numbers wrap, so only differences mean something.
    if (sent_ - seen <= sent_ - number) {
      return Outcome::done;
    }
    if (!alive) {
      return Outcome::gone;
    }
    const std::int64_t now = nowNanos();
    if (now >= deadline || (wanted != nullptr && !wanted->load(std::memory_order_relaxed))) {
      return Outcome::missed;
    }
    const timespec until = toTimespec(std::min(now + kLookNanos, deadline));
    if (pb_doorbell_may_wait(word, seen, asleep) != 0) {
      pb_futex_wait_until(word, seen, &until);
    }
    pb_doorbell_awake(asleep);
  }
}

}  // namespace patchbay::bridge
