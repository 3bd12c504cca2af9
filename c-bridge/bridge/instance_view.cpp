// SPDX-License-Identifier: Apache-2.0
// What an instance is to its view: how it is, and what it has to tell the host.
#include "instance.h"

namespace patchbay::bridge {

using namespace Steinberg;

namespace {

using Process = InstanceStatus::Process;

/** The audio thread may see an end before a repair has begun, so whether another comes is asked of whoever knows. */
Process processOf(const Region& region, std::uint32_t role, bool returns) {
  // Acquire: pairs with the release of the pid by the process itself.
  const std::int32_t pid = __atomic_load_n(&region.role(role)->pid, __ATOMIC_ACQUIRE);
  if (pid == 0) {
    return region.gone(role) != 0 ? (returns ? Process::returning : Process::ended) : Process::starting;
  }
  const std::int32_t state = region.roleState(role, pid);
  if (state == PB_ROLE_STATE_FAILED) {
    return Process::refused;
  }
  if (region.gone(role) == pid) {
    return returns ? Process::returning : Process::ended;
  }
  return state == PB_ROLE_STATE_READY ? Process::serves : Process::starting;
}

}  // namespace

std::shared_ptr<Region> Instance::shownRegion() {
  const std::lock_guard<std::mutex> lock(swapMutex_);
  return shownRegion_.lock();
}

InstanceStatus Instance::status() {
  InstanceStatus status;
  if (!guard_.inOriginalProcess()) {
    return status;
  }
  status.active = active();
  const bool hasControl = !image().modules[PB_STANDARD_ROLE_CONTROL].arguments.empty();
  status.control = hasControl ? Process::off : Process::none;
  const std::shared_ptr<Region> region = shownRegion();
  if (region == nullptr) {
    return status;
  }
  status.regionId = region->id();
  status.engine = processOf(*region, PB_STANDARD_ROLE_RT, link_->promised());
  if (hasControl) {
    // That it is given up is told in the log alone.
    status.control = processOf(*region, PB_STANDARD_ROLE_CONTROL, status.active);
  }
  const auto counter = [&region](std::uint32_t index) { return pb_counter_get_acquire(&region->counters, index); };
  status.blocks = counter(PB_STANDARD_BRIDGE_COUNTERS_BLOCKS);
  status.missedBlocks = counter(PB_STANDARD_BRIDGE_COUNTERS_MISSED_DEADLINES);
  status.restarts = counter(PB_STANDARD_BRIDGE_COUNTERS_RT_RESTARTS) + counter(PB_STANDARD_BRIDGE_COUNTERS_CONTROL_RESTARTS);
  return status;
}

void Instance::openEdits() noexcept { edits_.open(); }

void Instance::closeEdits(Vst::IComponentHandler* handler) {
  if (guard_.inOriginalProcess()) {
    edits_.close(handler, state_.values);
  }
}

void Instance::deliverEdits(Vst::IComponentHandler* handler) {
  if (!guard_.inOriginalProcess()) {
    return;
  }
  const std::shared_ptr<Region> region = shownRegion();
  // Nobody lets go of what a dead process held.
  const bool alive = region != nullptr && processOf(*region, PB_STANDARD_ROLE_CONTROL, false) == Process::serves;
  edits_.deliver(handler, state_.values, alive ? &region->held : nullptr);
}

void Instance::deliverDirt(Vst::IComponentHandler* handler) {
  if (!guard_.inOriginalProcess() || handler == nullptr) {
    return;
  }
  void* object = nullptr;
  if (handler->queryInterface(Vst::IComponentHandler2_iid, &object) != kResultOk || object == nullptr) {
    return;
  }
  const IPtr<Vst::IComponentHandler2> host = owned(static_cast<Vst::IComponentHandler2*>(object));
  if (state_.takeBlobChange()) {
    host->setDirty(true);
  }
}

}  // namespace patchbay::bridge
