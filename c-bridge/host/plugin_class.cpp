// SPDX-License-Identifier: Apache-2.0
#include "plugin_class.h"

#include <strings.h>

#include "failure.h"
#include "pluginterfaces/vst/ivstaudioprocessor.h"
#include "text.h"

namespace patchbay::host {
namespace {

using namespace Steinberg;

template <class Info>
void copyCommon(PluginClass& target, const Info& info) {
  target.id = FUID::fromTUID(info.cid);
  target.name = fromField(info.name);
  target.category = fromField(info.category);
  target.cardinality = info.cardinality;
}

template <class Info>
void copyExtended(PluginClass& target, const Info& info) {
  copyCommon(target, info);
  target.subCategories = fromField(info.subCategories);
  target.vendor = fromField(info.vendor);
  target.version = fromField(info.version);
  target.sdkVersion = fromField(info.sdkVersion);
  target.flags = info.classFlags;
}

}  // namespace

std::string PluginClass::uid() const {
  char8 digits[33] = {};
  id.toString(digits);
  return digits;
}

bool PluginClass::isAudioModule() const { return category == kVstAudioEffectClass; }

std::vector<PluginClass> listClasses(IPluginFactory& factory) {
  std::vector<PluginClass> classes;
  const FUnknownPtr<IPluginFactory2> factory2(&factory);
  const FUnknownPtr<IPluginFactory3> factory3(&factory);
  const int32 count = factory.countClasses();
  for (int32 index = 0; index < count; ++index) {
    PluginClass found;
    PClassInfoW unicode;
    PClassInfo2 extended;
    PClassInfo plain;
    if (factory3 && factory3->getClassInfoUnicode(index, &unicode) == kResultOk) {
      copyExtended(found, unicode);
    } else if (factory2 && factory2->getClassInfo2(index, &extended) == kResultOk) {
      copyExtended(found, extended);
    } else if (factory.getClassInfo(index, &plain) == kResultOk) {
      copyCommon(found, plain);
    } else {
      continue;
    }
    classes.push_back(found);
  }
  return classes;
}

PluginClass selectClass(const std::vector<PluginClass>& classes, const std::string& selector,
                        const std::string& plugin) {
  std::string available;
  for (const PluginClass& candidate : classes) {
    if (!candidate.isAudioModule()) {
      continue;
    }
    if (selector.empty() || candidate.name == selector ||
        strcasecmp(candidate.uid().c_str(), selector.c_str()) == 0) {
      return candidate;
    }
    available += (available.empty() ? "\"" : ", \"") + candidate.name + "\" (" + candidate.uid() + ")";
  }
  if (available.empty()) {
    throw Failure(ExitStatus::pluginFile, plugin + " has nothing to play: none of its " +
                                              std::to_string(classes.size()) + " classes is an \"" +
                                              kVstAudioEffectClass + "\"");
  }
  throw Failure(ExitStatus::pluginFile,
                plugin + " has no class \"" + selector + "\"; give --class one of " + available);
}

}  // namespace patchbay::host
