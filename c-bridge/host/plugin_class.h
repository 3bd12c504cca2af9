// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "pluginterfaces/base/funknown.h"
#include "pluginterfaces/base/ipluginbase.h"

namespace patchbay::host {

/** One class of a factory, from the richest of the three class infos that the factory offers. */
struct PluginClass {
  Steinberg::FUID id;
  std::string name;
  std::string category;
  std::string subCategories;
  std::string vendor;
  std::string version;
  std::string sdkVersion;
  Steinberg::int32 cardinality = 0;
  Steinberg::uint32 flags = 0;

  /** The 32 hexadecimal digits by which --class can name it. */
  [[nodiscard]] std::string uid() const;
  /** Whether it can be played: the factory also lists controllers and other helpers. */
  [[nodiscard]] bool isAudioModule() const;
};

[[nodiscard]] std::vector<PluginClass> listClasses(Steinberg::IPluginFactory& factory);

/**
 * The audio module class with that name or uid; the first one if the selector is empty.
 *
 * @throws Failure with ExitStatus::pluginFile, naming the classes there are
 */
[[nodiscard]] PluginClass selectClass(const std::vector<PluginClass>& classes, const std::string& selector,
                                      const std::string& plugin);

}  // namespace patchbay::host
