// SPDX-License-Identifier: Apache-2.0
#include "plugin.h"

namespace patchbay::bridge {

using namespace Steinberg;

Plugin::Plugin(std::shared_ptr<const Bundle> bundle)
    : instance(std::move(bundle)), component_(*this), controller_(*this) {}

tresult Plugin::queryInterface(const TUID wanted, void** object) noexcept {
  if (object == nullptr) {
    return kInvalidArgument;
  }
  *object = component_.find(wanted);
  if (*object == nullptr) {
    *object = controller_.find(wanted);
  }
  if (*object == nullptr) {
    return kNoInterface;
  }
  addRef();
  return kResultOk;
}

uint32 Plugin::addRef() noexcept { return references_.fetch_add(1, std::memory_order_relaxed) + 1; }

uint32 Plugin::release() noexcept {
  // Acquire and release: whoever drops the last reference sees what the others did with theirs.
  const uint32 left = references_.fetch_sub(1, std::memory_order_acq_rel) - 1;
  if (left == 0) {
    delete this;
  }
  return left;
}

}  // namespace patchbay::bridge
