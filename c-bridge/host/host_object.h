// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pluginterfaces/base/funknown.h"

namespace patchbay::host {

/**
 * A host-side interface that the host owns: plug-ins may count references as they like, the object outlives them
 * because it is a member of something that outlives the plug-in instance.
 */
template <class Interface>
class HostObject : public Interface {
 public:
  Steinberg::tresult PLUGIN_API queryInterface(const Steinberg::TUID wanted, void** object) override {
    if (Steinberg::FUnknownPrivate::iidEqual(wanted, Steinberg::FUnknown::iid) ||
        Steinberg::FUnknownPrivate::iidEqual(wanted, Interface::iid)) {
      *object = static_cast<Interface*>(this);
      return Steinberg::kResultOk;
    }
    *object = nullptr;
    return Steinberg::kNoInterface;
  }
  Steinberg::uint32 PLUGIN_API addRef() override { return 1; }
  Steinberg::uint32 PLUGIN_API release() override { return 1; }

 protected:
  HostObject() = default;
  ~HostObject() = default;
  HostObject(const HostObject&) = default;
  HostObject& operator=(const HostObject&) = default;
};

}  // namespace patchbay::host
