// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <memory>

#include "bundle.h"
#include "pluginterfaces/base/ipluginbase.h"

namespace patchbay::bridge {

/** The bundle's one class, or none where its image cannot be used: hosts rely on getting a factory. */
class Factory final : public Steinberg::IPluginFactory3 {
 public:
  /** With one reference. @param bundle may be null */
  explicit Factory(std::shared_ptr<const Bundle> bundle) : bundle_(std::move(bundle)) {}
  Factory(const Factory&) = delete;
  Factory& operator=(const Factory&) = delete;

  Steinberg::tresult PLUGIN_API queryInterface(const Steinberg::TUID wanted, void** object) override;
  Steinberg::uint32 PLUGIN_API addRef() override;
  Steinberg::uint32 PLUGIN_API release() override;

  Steinberg::tresult PLUGIN_API getFactoryInfo(Steinberg::PFactoryInfo* info) override;
  Steinberg::int32 PLUGIN_API countClasses() override;
  Steinberg::tresult PLUGIN_API getClassInfo(Steinberg::int32 index, Steinberg::PClassInfo* info) override;
  Steinberg::tresult PLUGIN_API getClassInfo2(Steinberg::int32 index, Steinberg::PClassInfo2* info) override;
  Steinberg::tresult PLUGIN_API getClassInfoUnicode(Steinberg::int32 index, Steinberg::PClassInfoW* info) override;
  Steinberg::tresult PLUGIN_API createInstance(Steinberg::FIDString classId, Steinberg::FIDString interfaceId,
                                               void** object) override;
  Steinberg::tresult PLUGIN_API setHostContext(Steinberg::FUnknown* context) override;

 private:
  virtual ~Factory() = default;

  std::atomic<Steinberg::uint32> references_{1};
  const std::shared_ptr<const Bundle> bundle_;
};

}  // namespace patchbay::bridge
