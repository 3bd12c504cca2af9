// SPDX-License-Identifier: Apache-2.0
#include "factory.h"

#include <cstring>

#include "plugin.h"
#include "pluginterfaces/vst/ivstaudioprocessor.h"
#include "text.h"

namespace patchbay::bridge {

using namespace Steinberg;

tresult PLUGIN_API Factory::queryInterface(const TUID wanted, void** object) {
  if (object == nullptr) {
    return kInvalidArgument;
  }
  const auto is = [wanted](const FUID& id) { return FUnknownPrivate::iidEqual(wanted, id.toTUID()); };
  if (is(FUnknown::iid) || is(IPluginFactory::iid) || is(IPluginFactory2::iid) || is(IPluginFactory3::iid)) {
    *object = static_cast<IPluginFactory3*>(this);
    addRef();
    return kResultOk;
  }
  *object = nullptr;
  return kNoInterface;
}

uint32 PLUGIN_API Factory::addRef() { return references_.fetch_add(1, std::memory_order_relaxed) + 1; }

uint32 PLUGIN_API Factory::release() {
  const uint32 left = references_.fetch_sub(1, std::memory_order_acq_rel) - 1;
  if (left == 0) {
    delete this;
  }
  return left;
}

tresult PLUGIN_API Factory::getFactoryInfo(PFactoryInfo* info) {
  if (info == nullptr) {
    return kInvalidArgument;
  }
  *info = bundle_ == nullptr ? PFactoryInfo("", "", "", PFactoryInfo::kUnicode)
                             : PFactoryInfo(bundle_->image->vendor.c_str(), bundle_->image->url.c_str(),
                                            bundle_->image->email.c_str(), PFactoryInfo::kUnicode);
  return kResultOk;
}

int32 PLUGIN_API Factory::countClasses() { return bundle_ == nullptr ? 0 : 1; }

tresult PLUGIN_API Factory::getClassInfo(int32 index, PClassInfo* info) {
  if (info == nullptr || index < 0 || index >= countClasses()) {
    return kInvalidArgument;
  }
  *info = PClassInfo(bundle_->image->uid, PClassInfo::kManyInstances, kVstAudioEffectClass,
                     bundle_->image->name.c_str());
  return kResultOk;
}

tresult PLUGIN_API Factory::getClassInfo2(int32 index, PClassInfo2* info) {
  if (info == nullptr || index < 0 || index >= countClasses()) {
    return kInvalidArgument;
  }
  const PluginImage& image = *bundle_->image;
  // Not distributable: component and controller are one object.
  *info = PClassInfo2(image.uid, PClassInfo::kManyInstances, kVstAudioEffectClass, image.name.c_str(),
                      Vst::kSimpleModeSupported, image.category.c_str(), image.vendor.c_str(), image.version.c_str(),
                      kVstVersionString);
  return kResultOk;
}

tresult PLUGIN_API Factory::getClassInfoUnicode(int32 index, PClassInfoW* info) {
  PClassInfo2 narrow;
  const tresult result = info == nullptr ? kInvalidArgument : getClassInfo2(index, &narrow);
  if (result != kResultOk) {
    return result;
  }
  // Not fromAscii alone: names are UTF-8.
  info->fromAscii(narrow);
  const PluginImage& image = *bundle_->image;
  copyUtf16(image.name, info->name, PClassInfo::kNameSize);
  copyUtf16(image.vendor, info->vendor, PClassInfoW::kVendorSize);
  copyUtf16(image.version, info->version, PClassInfoW::kVersionSize);
  return kResultOk;
}

tresult PLUGIN_API Factory::createInstance(FIDString classId, FIDString interfaceId, void** object) {
  if (classId == nullptr || interfaceId == nullptr || object == nullptr) {
    return kInvalidArgument;
  }
  *object = nullptr;
  if (bundle_ == nullptr || std::memcmp(classId, bundle_->image->uid, sizeof(TUID)) != 0) {
    return kNoInterface;
  }
  return guarded([&] {
    auto* plugin = new Plugin(bundle_);
    TUID wanted;
    std::memcpy(wanted, interfaceId, sizeof wanted);
    const tresult result = plugin->queryInterface(wanted, object);
    plugin->release();
    return result;
  });
}

// Nothing of the host's is used.
tresult PLUGIN_API Factory::setHostContext(FUnknown*) { return kNotImplemented; }

}  // namespace patchbay::bridge
