// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dlfcn.h>

#include <filesystem>
#include <stdexcept>
#include <string>

#include "workbench.h"

namespace patchbay::bridge::test {

/** A copy of one of the native bundles, in a folder of its own, whose modules a test may exchange. */
class NativeBundle {
 public:
  explicit NativeBundle(const std::string& name) : folder_(std::string(std::getenv("PATCHBAY_LOG_DIR")) + "/bundles") {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
    path_ = folder_ + "/" + name + ".vst3";
    std::filesystem::copy(bundlePath(name), path_, std::filesystem::copy_options::recursive);
  }
  ~NativeBundle() { std::filesystem::remove_all(folder_); }
  NativeBundle(const NativeBundle&) = delete;
  NativeBundle& operator=(const NativeBundle&) = delete;

  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] std::string rt() const { return path_ + "/Contents/Resources/modules/rt/libprobe.so"; }
  [[nodiscard]] std::string control() const { return path_ + "/Contents/Resources/modules/control/libkeeper.so"; }

  /** One of the libraries that the build made. */
  [[nodiscard]] static std::string built(const std::string& name) {
    return std::string(PB_TEST_NATIVE) + "/lib" + name + ".so";
  }

  /** Puts another library in the place of one of the bundle, at once, as an installer does. */
  static void replace(const std::string& library, const std::string& by) {
    std::filesystem::copy_file(built(by), library + ".new");
    std::filesystem::rename(library + ".new", library);
  }

 private:
  const std::string folder_;
  std::string path_;
};

/** What the probe notes down of itself; the library is loaded once, and stays so for as long as this lives. */
class Probe {
 public:
  Probe() : handle_(dlopen((bundlePath("native") + "/Contents/Resources/modules/rt/libprobe.so").c_str(), RTLD_NOW)) {
    if (handle_ == nullptr) {
      throw std::runtime_error(dlerror());
    }
    forget();
  }
  ~Probe() { dlclose(handle_); }
  Probe(const Probe&) = delete;
  Probe& operator=(const Probe&) = delete;

  [[nodiscard]] std::string calls() const { return static_cast<const char*>(symbol("probe_calls")); }
  void forget() { *static_cast<char*>(symbol("probe_calls")) = 0; }
  [[nodiscard]] float denormal() const { return *static_cast<const float*>(symbol("probe_denormal")); }

 private:
  [[nodiscard]] void* symbol(const char* name) const { return dlsym(handle_, name); }

  void* const handle_;
};

}  // namespace patchbay::bridge::test
