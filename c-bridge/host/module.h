// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

#include "pluginterfaces/base/ipluginbase.h"
#include "pluginterfaces/base/smartpointer.h"

namespace patchbay::host {

/**
 * The shared library of a VST3 plug-in: loaded and entered by the constructor, left and unloaded by the destructor.
 * Everything made from its factory must be released before.
 */
class Module {
 public:
  /** @param path a .vst3 bundle folder, or a shared library itself. @throws Failure with ExitStatus::pluginFile */
  explicit Module(const std::filesystem::path& path);
  ~Module();
  Module(const Module&) = delete;
  Module& operator=(const Module&) = delete;

  [[nodiscard]] Steinberg::IPluginFactory& factory() const { return *factory_; }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] const std::filesystem::path& binary() const { return binary_; }

 private:
  void unload() noexcept;

  std::filesystem::path path_;
  std::filesystem::path binary_;
  void* handle_ = nullptr;
  bool entered_ = false;
  Steinberg::IPtr<Steinberg::IPluginFactory> factory_;
};

}  // namespace patchbay::host
