// SPDX-License-Identifier: Apache-2.0
#include "engine_seat.h"

#include <utility>

#include "engine_pool.h"

namespace patchbay::bridge {

std::unique_ptr<EngineSeat> EngineSeat::reserve(const std::shared_ptr<const Bundle>& bundle,
                                                std::shared_ptr<Region> region, std::string& error) {
  std::shared_ptr<EngineProcess> engine = EnginePool::ofThisLibrary().join(bundle, error);
  if (engine == nullptr) {
    return nullptr;
  }
  return std::unique_ptr<EngineSeat>(new EngineSeat(std::move(engine), std::move(region)));
}

std::unique_ptr<EngineSeat> EngineSeat::reserve(std::shared_ptr<EngineProcess> engine,
                                                std::shared_ptr<Region> region) {
  if (!EnginePool::ofThisLibrary().join(engine)) {
    return nullptr;
  }
  return std::unique_ptr<EngineSeat>(new EngineSeat(std::move(engine), std::move(region)));
}

EngineSeat::EngineSeat(std::shared_ptr<EngineProcess> engine, std::shared_ptr<Region> region)
    : engine_(std::move(engine)), region_(std::move(region)) {}

namespace {

/** Makes the region one that nobody serves. */
void vacate(Region& region) {
  region.vacate(PB_STANDARD_ROLE_RT);
  // Pids come again.
  region.setGone(PB_STANDARD_ROLE_RT, 0);
}

EngineProcess::EndListener publishing(std::shared_ptr<Region> region, std::function<void()> ended) {
  return [region = std::move(region), told = std::move(ended)](const ChildEnd& end, bool expected) {
    region->setGone(PB_STANDARD_ROLE_RT, end.pid);
    // A process() that waits for RT sees it at once.
    region->ringDone();
    if (!expected) {
      pb_counter_add(&region->counters, PB_STANDARD_BRIDGE_COUNTERS_RT_ENDED, 1);
      told();
    }
  };
}

}  // namespace

EngineProcess::Outcome EngineSeat::take(std::uint32_t generation, std::function<void()> ended,
                                        const std::atomic<bool>& wanted, std::string& error) {
  vacate(*region_);
  return engine_->add(region_, generation, publishing(region_, std::move(ended)), wanted, error);
}

EngineProcess::Outcome EngineSeat::move(std::shared_ptr<Region> to, std::uint32_t generation,
                                        std::function<void()> ended, int millis, std::string& error) {
  vacate(*to);
  // Until it has moved, the audio thread waits for it in the region that it comes from, which is given up after that.
  const auto listener = [left = std::weak_ptr<Region>(region_),
                         then = publishing(to, std::move(ended))](const ChildEnd& end, bool expected) {
    if (const std::shared_ptr<Region> from = left.lock()) {
      from->setGone(PB_STANDARD_ROLE_RT, end.pid);
      from->ringDone();
    }
    then(end, expected);
  };
  const EngineProcess::Outcome outcome = engine_->move(*region_, to, generation, listener, millis, error);
  if (outcome == EngineProcess::Outcome::done) {
    region_ = std::move(to);
  }
  return outcome;
}

bool EngineSeat::leave(int millis, std::string& error) {
  if (EnginePool::ofThisLibrary().leave(engine_)) {
    engine_->end(millis);
    return true;
  }
  const EngineProcess::Outcome outcome = engine_->remove(*region_, millis, error);
  return outcome == EngineProcess::Outcome::done || outcome == EngineProcess::Outcome::gone;
}

}  // namespace patchbay::bridge
