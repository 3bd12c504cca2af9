// SPDX-License-Identifier: Apache-2.0
#include "engine_spare.h"

#include <algorithm>
#include <utility>

#include "block_exchange.h"
#include "clock.h"
#include "log.h"

namespace patchbay::bridge {
namespace {

/** A spare is started so long after an activation or a death: those who want to sound now have the processors first. */
constexpr std::int64_t kSettleNanos = kNanosPerSecond / 2;

/** How long the engine may take to let go of the region of a rehearsal. */
constexpr int kRemoveMillis = 2000;

/** How often a spare rehearses that it takes a place; each costs the memory of a module. */
constexpr std::uint32_t kTakeovers = 6;

bool same(EngineSetup one, EngineSetup other) {
  return one.maxFrames == other.maxFrames && !(one.sampleRate < other.sampleRate) &&
         !(one.sampleRate > other.sampleRate);
}

}  // namespace

EngineSpare::EngineSpare(std::shared_ptr<const Bundle> bundle, Jars jars)
    : bundle_(std::move(bundle)),
      ended_(std::make_shared<Ended>(0)),
      jars_(std::move(jars)),
      thread_(std::make_shared<RepairThread>([this](RepairThread& /*itself*/) { prepare(); })) {}

EngineSpare::~EngineSpare() {
  std::shared_ptr<EngineProcess> engine;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    // The thread may be about to start one; it looks at this first.
    closed_ = true;
    wanted_.store(false, std::memory_order_relaxed);
    engine.swap(engine_);
  }
  if (engine != nullptr) {
    // It holds nothing that anybody needs.
    engine->kill();
  }
  thread_->stop();
}

void EngineSpare::keep(const std::shared_ptr<Region>& region, EngineSetup setup) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto known = [&region](const std::weak_ptr<Region>& one) { return one.lock() == region; };
  if (std::none_of(regions_.begin(), regions_.end(), known)) {
    regions_.push_back(region);
    tellReady(ready_);
  }
  setup_ = setup;
  after_ = nowNanos() + kSettleNanos;
  givenUp_ = false;
  restarts_.forgive();
  thread_->request();
}

void EngineSpare::change(Jars jars) {
  const std::lock_guard<std::mutex> lock(mutex_);
  jars_ = std::move(jars);
  ++edition_;
  tellReady(false);
  after_ = nowNanos() + kSettleNanos;
  // What the former jars could not do, these may.
  givenUp_ = false;
  restarts_.forgive();
  // Nobody waits for the end of its rehearsal.
  if (engine_ != nullptr) {
    wanted_.store(false, std::memory_order_relaxed);
  }
  thread_->request();
}

bool EngineSpare::there() const { return lives() && made_ == edition_; }

bool EngineSpare::lives() const {
  return engine_ != nullptr && engine_->alive() && ended_->load(std::memory_order_acquire) != engine_->pid();
}

bool EngineSpare::atHand() {
  const std::lock_guard<std::mutex> lock(mutex_);
  return there();
}

std::shared_ptr<EngineProcess> EngineSpare::take() {
  const std::lock_guard<std::mutex> lock(mutex_);
  return there() ? handOut() : nullptr;
}

std::shared_ptr<EngineProcess> EngineSpare::lend(const Jars& jars) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (!there() || engine_->jars() != jars || engine_->region()->heapIsLow()) {
    return nullptr;
  }
  lent_ = true;
  return handOut();
}

bool EngineSpare::endLoan(const std::shared_ptr<EngineProcess>& unused) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (!lent_) {
    return false;
  }
  lent_ = false;
  if (unused != nullptr && !closed_) {
    engine_ = unused;
    watch(*unused);
    tellReady(there());
  }
  after_ = nowNanos() + kSettleNanos;
  thread_->request();
  return unused != nullptr && engine_ == unused;
}

/** With the mutex. */
std::shared_ptr<EngineProcess> EngineSpare::handOut() {
  engine_->takePlace();
  tellReady(false);
  after_ = nowNanos() + kSettleNanos;
  thread_->request();
  return std::exchange(engine_, nullptr);
}

void EngineSpare::prepare() {
  while (const std::optional<std::int64_t> at = due()) {
    if (nowNanos() >= *at) {
      startOne();
    } else if (!thread_->sleepUntil(*at)) {
      return;
    }
    // Whoever activates or takes a spare while this sleeps puts it off.
  }
}

/** When a spare is to be started, CLOCK_MONOTONIC; nothing where one is there, or none is wanted. */
std::optional<std::int64_t> EngineSpare::due() {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (engine_ != nullptr && !lives()) {
    lost(engine_->pid());
  }
  if (closed_ || givenUp_ || lent_ || regions_.empty() || (there() && same(warm_, setup_))) {
    return std::nullopt;
  }
  return after_;
}

void EngineSpare::startOne() {
  std::shared_ptr<EngineProcess> former;
  EngineSetup setup;
  Jars jars;
  std::uint32_t edition = 0;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    tellReady(false);
    former.swap(engine_);
    setup = setup_;
    jars = jars_;
    edition = edition_;
  }
  if (former != nullptr) {
    // Instances play with another rate, largest block or module now.
    former->kill();
  }
  std::string error;
  const std::shared_ptr<EngineProcess> engine = EngineProcess::create(bundle_, jars, error);
  if (engine != nullptr) {
    watch(*engine);
  }
  if (engine == nullptr || !engine->start(error)) {
    say(error);
    const std::lock_guard<std::mutex> lock(mutex_);
    lost(0);
    return;
  }
  bool wanted = false;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    wanted = !closed_ && edition == edition_;
    wanted_.store(wanted, std::memory_order_relaxed);
    engine_ = wanted ? engine : nullptr;
    warm_ = setup;
    made_ = edition;
  }
  if (!wanted || !settle(engine, warmUp(engine, setup, error), error)) {
    engine->kill();
  }
}

/** Hears of the end of an engine that is the spare from now on. */
void EngineSpare::watch(EngineProcess& engine) {
  const bool lives = engine.standBy([ended = ended_, thread = thread_](const ChildEnd& end, bool expected) {
    ended->store(end.pid, std::memory_order_release);
    if (!expected) {
      thread->request();
    }
  });
  if (!lives) {
    ended_->store(engine.pid(), std::memory_order_release);
  }
}

/** What an attempt has led to; false where the process is of no use. */
bool EngineSpare::settle(const std::shared_ptr<EngineProcess>& engine, EngineProcess::Outcome outcome,
                         const std::string& error) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (!closed_) {
    say(error);
  }
  if (engine_ != engine) {
    // Whoever has taken it meanwhile ends it.
    return true;
  }
  if (made_ != edition_) {
    engine_ = nullptr;
    return false;
  }
  if (outcome == EngineProcess::Outcome::done) {
    tellReady(there());
    return true;
  }
  lost(engine->pid());
  // A module that refuses does so again.
  givenUp_ = givenUp_ || outcome == EngineProcess::Outcome::refused;
  return false;
}

/**
 * As a host would: an instance that nobody hears is activated, and removed. Then some that come as one comes whose engine has died:
 * what is done then, and only then, is to be warm, too.
 */
EngineProcess::Outcome EngineSpare::warmUp(const std::shared_ptr<EngineProcess>& engine, EngineSetup setup,
                                           std::string& error) {
  EngineProcess::Outcome outcome = rehearse(*engine, setup, 1, error);
  for (std::uint32_t i = 0; i < kTakeovers && outcome == EngineProcess::Outcome::done && isSpare(engine); ++i) {
    outcome = rehearse(*engine, setup, 2 + i, error);
  }
  return outcome;
}

/** False once it was taken, and has no time for rehearsals, or is of no use any more. */
bool EngineSpare::isSpare(const std::shared_ptr<EngineProcess>& engine) {
  const std::lock_guard<std::mutex> lock(mutex_);
  return engine_ == engine && there();
}

EngineProcess::Outcome EngineSpare::rehearse(EngineProcess& engine, EngineSetup setup, std::uint32_t generation,
                                             std::string& error) {
  using Outcome = EngineProcess::Outcome;
  const std::shared_ptr<Region> region = Region::createForRehearsal(*bundle_->image, error);
  if (region == nullptr) {
    return Outcome::missed;
  }
  const auto ended = [region](const ChildEnd& end, bool) {
    region->setGone(PB_STANDARD_ROLE_RT, end.pid);
    region->ringDone();
  };
  const Outcome added = engine.add(region, generation, ended, wanted_, error);
  if (added != Outcome::done) {
    return added;
  }
  BlockExchange exchange(region, bundle_->image->audio);
  exchange.startWith(engine.pid());
  BlockRequest request;
  request.kind = PB_REQUEST_ACTIVATE;
  request.frames = setup.maxFrames;
  request.sampleRate = setup.sampleRate;
  exchange.publish(request);
  Patience patience;
  patience.deadline = nowNanos() + engine.readyMillis() * kNanosPerMilli;
  patience.wanted = &wanted_;
  const Answer answer = exchange.await(patience);
  if (answer != Answer::done) {
    if (answer == Answer::missed && wanted_.load(std::memory_order_relaxed)) {
      error = "the spare RT process " + std::to_string(engine.pid()) + " did not warm up within " +
              std::to_string(engine.readyMillis()) + " ms." + logHint(engine.logFile());
    }
    return answer == Answer::gone ? Outcome::gone : Outcome::missed;
  }
  const bool warm = exchange.answer().status == 0;
  if (!warm) {
    error = "no spare: " + refusalText(*region, PB_STANDARD_ROLE_RT, engine.logFile());
  }
  exchange.askToQuit();
  const Outcome removed = engine.remove(*region, kRemoveMillis, error);
  // One that does not let go of an instance is no engine to rely on, but a busy machine may be the reason.
  return !warm ? Outcome::refused : removed == Outcome::refused ? Outcome::missed : removed;
}

/** A process has ended that was to be the spare, 0 for an attempt that never became one; with the mutex. */
void EngineSpare::lost(pid_t pid) {
  const std::int64_t now = nowNanos();
  const RestartPolicy::Decision decision = restarts_.ended(pid, obeyed_, now);
  obeyed_ = decision.number;
  engine_ = nullptr;
  tellReady(false);
  after_ = std::max({after_, decision.at, now + kSettleNanos});
  if (!decision.again && !givenUp_) {
    givenUp_ = true;
    say("the spare RT process has ended " + std::to_string(RestartPolicy::kMostEnds) + " times within " +
        std::to_string(RestartPolicy::kWindowSeconds) +
        " s; none is kept until the plug-in is activated again, and the sound goes on");
  }
}

/** With the mutex. */
void EngineSpare::tellReady(bool ready) {
  ready_ = ready;
  regions_.erase(std::remove_if(regions_.begin(), regions_.end(), [](const auto& region) { return region.expired(); }),
                 regions_.end());
  for (const std::weak_ptr<Region>& one : regions_) {
    if (const std::shared_ptr<Region> region = one.lock()) {
      region->setGauge(PB_STANDARD_BRIDGE_COUNTERS_RT_SPARES_READY, ready ? 1 : 0);
    }
  }
}

void EngineSpare::say(const std::string& sentence) const {
  if (!sentence.empty()) {
    log(bundle_->image->name, sentence);
  }
}

}  // namespace patchbay::bridge
