// SPDX-License-Identifier: Apache-2.0
#include "module.h"

#include <dlfcn.h>
#include <sys/utsname.h>

#include <fstream>
#include <string>
#include <system_error>

#include "failure.h"
#include "text.h"

namespace patchbay::host {
namespace {

namespace fs = std::filesystem;

using EntryFunction = bool (*)(void*);
using ExitFunction = bool (*)();
using FactoryFunction = Steinberg::IPluginFactory* (*)();

[[noreturn]] void fail(const std::string& sentence) { throw Failure(ExitStatus::pluginFile, sentence); }

std::string listFolder(const fs::path& folder) {
  std::string names;
  std::error_code error;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    names += (names.empty() ? "" : ", ") + it->path().filename().string();
  }
  return names.empty() ? "nothing" : names;
}

std::string architectureFolder() {
  utsname system = {};
  uname(&system);
  // 32-bit x86 kernels say i686 or i586, the bundle format says i386.
  const std::string machine = system.machine;
  const bool x86 = machine.size() == 4 && machine.front() == 'i' && machine.substr(2) == "86";
  return (x86 ? "i386" : machine) + "-linux";
}

fs::path binaryOfBundle(const fs::path& bundle) {
  const fs::path named = bundle.has_filename() ? bundle : bundle.parent_path();
  std::error_code error;
  fs::path stem = named.stem();
  if (stem == "." || stem == "..") {
    stem = fs::canonical(named, error).stem();
  }
  const fs::path contents = bundle / "Contents";
  const fs::path folder = contents / architectureFolder();
  const fs::path binary = folder / (stem.string() + ".so");
  if (!fs::is_directory(contents, error)) {
    fail(bundle.string() + " is not a VST3 bundle: it contains " + listFolder(bundle) + ", expected a Contents folder");
  }
  if (!fs::is_directory(folder, error)) {
    fail(bundle.string() + " has no binary for this machine: Contents holds " + listFolder(contents) + ", expected " +
         architectureFolder());
  }
  if (!fs::exists(binary, error)) {
    fail(bundle.string() + " lacks its binary: " + folder.string() + " holds " + listFolder(folder) + ", expected " +
         binary.filename().string() + " (the bundle and its binary must have the same name)");
  }
  return binary;
}

fs::path findBinary(const fs::path& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (status.type() == fs::file_type::not_found) {
    fail(path.string() + " does not exist; expected a .vst3 bundle or a shared library");
  }
  return status.type() == fs::file_type::directory ? binaryOfBundle(path) : path;
}

/** dlopen's own words for a text file are poor, and it would block on a named pipe. */
void checkElf(const fs::path& binary) {
  std::error_code error;
  if (!fs::is_regular_file(binary, error)) {
    fail(binary.string() + " is not a regular file; expected a shared library");
  }
  std::ifstream file(binary, std::ios::binary);
  char magic[4] = {};
  file.read(magic, sizeof magic);
  const auto length = static_cast<std::size_t>(file.gcount());
  if (file.bad() || (!file.is_open() && length == 0)) {
    fail(binary.string() + " cannot be read; check its permissions");
  }
  if (const std::string_view found(magic, length); found != "\x7f" "ELF") {
    fail(binary.string() + " is not a shared library: it starts with " + quotedBytes(found) +
         ", expected \"\\x7fELF\"; name a .vst3 bundle or its .so");
  }
}

template <class Function>
Function symbol(void* handle, const char* name, const fs::path& binary) {
  void* address = dlsym(handle, name);
  if (address == nullptr) {
    fail(binary.string() + " is not a VST3 plug-in: it does not export " + name);
  }
  return reinterpret_cast<Function>(address);
}

}  // namespace

Module::Module(const fs::path& path) : path_(path), binary_(findBinary(path)) {
  checkElf(binary_);
  // An absolute path, so that a plain file name is not looked up in the library path instead of here.
  handle_ = dlopen(fs::absolute(binary_).c_str(), RTLD_NOW | RTLD_LOCAL);
  if (handle_ == nullptr) {
    const char* reason = dlerror();
    fail(binary_.string() + " cannot be loaded: " + (reason != nullptr ? reason : "the loader gives no reason"));
  }
  try {
    const auto enter = symbol<EntryFunction>(handle_, "ModuleEntry", binary_);
    const auto makeFactory = symbol<FactoryFunction>(handle_, "GetPluginFactory", binary_);
    symbol<ExitFunction>(handle_, "ModuleExit", binary_);
    if (!enter(handle_)) {
      fail(binary_.string() + " refused to start: ModuleEntry returned false");
    }
    entered_ = true;
    factory_ = Steinberg::owned(makeFactory());
    if (factory_ == nullptr) {
      fail(binary_.string() + " has no plug-ins: GetPluginFactory returned null");
    }
  } catch (...) {
    unload();
    throw;
  }
}

Module::~Module() { unload(); }

void Module::unload() noexcept {
  factory_ = nullptr;
  if (entered_) {
    reinterpret_cast<ExitFunction>(dlsym(handle_, "ModuleExit"))();
  }
  dlclose(handle_);
}

}  // namespace patchbay::host
