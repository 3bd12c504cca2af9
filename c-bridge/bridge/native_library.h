// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include <patchbay/module.h>

namespace patchbay::bridge {

/** The functions of a native RT module; those that it leaves out are null. Members are named as the functions. */
struct RtFunctions {
#define PB_MEMBER(name, required) decltype(&::name) name = nullptr;
  PB_RT_FUNCTIONS(PB_MEMBER)
};

/** The functions of a native control module; likewise. */
struct ControlFunctions {
  PB_CONTROL_FUNCTIONS(PB_MEMBER)
#undef PB_MEMBER
};

/**
 * A native module's library, loaded from a bundle by its absolute path, with symbols that nobody else sees. What is loaded twice from one
 * file is loaded once, as dlopen has it. Unloaded with its last user; whoever calls its functions holds it. Any thread but an audio
 * thread.
 */
class NativeLibrary {
 public:
  /**
   * Loads a library that lies below a folder, and compares what it was compiled for with this bridge. None of its functions is called,
   * but for constructors of its own, which the system runs.
   *
   * @param folder absolute
   * @param library its path below the folder
   * @param error receives a sentence where it is refused
   * @return null where it is refused
   */
  static std::shared_ptr<NativeLibrary> open(const std::string& folder, const std::string& library, std::string& error);

  /**
   * Loads a copy of the library as it is now, beside the one that may be loaded already. Where it needs libraries of the bundle, those that
   * are loaded serve it.
   */
  static std::shared_ptr<NativeLibrary> openCopy(const std::string& folder, const std::string& library, std::string& error);

  ~NativeLibrary();
  NativeLibrary(const NativeLibrary&) = delete;
  NativeLibrary& operator=(const NativeLibrary&) = delete;

  /** Its real path. */
  [[nodiscard]] const std::string& path() const noexcept { return path_; }

  /** The file that was loaded, which of a copy is there no more. */
  [[nodiscard]] const std::string& file() const noexcept { return file_; }

  /** Whether a file that was loaded still is: something holds it that cannot be seen from outside. */
  [[nodiscard]] static bool isLoaded(const std::string& file) noexcept;

  /** Finds the functions of a role. False with a sentence in error that names those that are missing. */
  [[nodiscard]] bool find(RtFunctions& functions, std::string& error) const;
  [[nodiscard]] bool find(ControlFunctions& functions, std::string& error) const;

 private:
  NativeLibrary(std::string path, std::string file, void* handle)
      : path_(std::move(path)), file_(std::move(file)), handle_(handle) {}

  static std::shared_ptr<NativeLibrary> load(const std::string& path, const std::string& file, std::string& error);
  [[nodiscard]] std::string checkInfo() const;
  [[nodiscard]] bool tell(const std::string& missing, const char* role, std::string& error) const;

  const std::string path_;
  const std::string file_;
  void* const handle_;
};

}  // namespace patchbay::bridge
