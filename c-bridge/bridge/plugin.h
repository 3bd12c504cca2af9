// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <exception>
#include <memory>

#include "component_face.h"
#include "controller_face.h"
#include "instance.h"
#include "log.h"

namespace patchbay::bridge {

/**
 * What a host holds: one object with two faces, component and edit controller. They are objects of their own because
 * IComponent::setState and IEditController::setState are two methods with one signature; references are counted, and
 * interfaces found, for both together.
 */
class Plugin final {
 public:
  /** With one reference, which belongs to the caller. */
  explicit Plugin(std::shared_ptr<const Bundle> bundle);
  Plugin(const Plugin&) = delete;
  Plugin& operator=(const Plugin&) = delete;

  Steinberg::tresult queryInterface(const Steinberg::TUID wanted, void** object) noexcept;
  Steinberg::uint32 addRef() noexcept;
  Steinberg::uint32 release() noexcept;

  /** The host has terminated it. */
  void leaveHost() noexcept { controller_.leaveHost(); }

  [[nodiscard]] HostNotices& notices() noexcept { return controller_.notices; }

  Instance instance;

 private:
  ~Plugin() = default;

  std::atomic<Steinberg::uint32> references_{1};
  ComponentFace component_;
  ControllerFace controller_;
};

/** No exception of ours may cross into the host; what fails is told. */
template <class Work>
Steinberg::tresult guarded(Work work) noexcept {
  try {
    return work();
  } catch (const std::exception& failure) {
    log(failure.what());
  } catch (...) {
    log("an unknown error");
  }
  return Steinberg::kInternalError;
}

}  // namespace patchbay::bridge
