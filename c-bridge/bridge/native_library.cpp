// SPDX-License-Identifier: Apache-2.0
#include "native_library.h"

#include <dlfcn.h>
#include <elf.h>
#include <link.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cinttypes>
#include <climits>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <system_error>

#include "child_environment.h"
#include "elf_check.h"
#include "log.h"

namespace patchbay::bridge {
namespace {

std::string hex(std::uint64_t number) {
  char text[20];
  std::snprintf(text, sizeof text, "0x%016" PRIx64, number);
  return text;
}

/** What the name in the bundle leads to, or nothing and a sentence: a file outside of the bundle is nobody's promise. */
std::string resolve(const std::string& folder, const std::string& library, std::string& error) {
  const std::string named = "the native module \"" + library + "\"";
  char resolved[PATH_MAX];
  if (realpath(folder.c_str(), resolved) == nullptr) {
    error = named + " cannot be loaded: the folder " + folder + " cannot be found: " + errorText(errno);
    return {};
  }
  const std::string root = std::string(resolved) + "/";
  if (library.empty() || library.front() == '/') {
    error = named + " is refused: expected a path below the bundle " + folder + "; rebuild the bundle";
    return {};
  }
  const std::string path = root + library;
  if (realpath(path.c_str(), resolved) == nullptr) {
    error = "the native module " + path + " cannot be loaded: " + errorText(errno) + "; rebuild the bundle";
    return {};
  }
  if (std::strncmp(resolved, root.c_str(), root.size()) != 0) {
    error = named + " is refused: it leads to " + resolved + ", outside of the bundle " + folder +
            ", expected a file in it; rebuild the bundle";
    return {};
  }
  struct stat status = {};
  if (stat(resolved, &status) != 0 || !S_ISREG(status.st_mode)) {
    error = std::string("the native module ") + resolved + " cannot be loaded: it is no file; rebuild the bundle";
    return {};
  }
  return resolved;
}

/** A copy of a file in a folder that only this user can enter; both are gone from there with this. */
class TemporaryCopy {
 public:
  TemporaryCopy(const std::string& from, std::string& error) {
    const std::string runtime = runtimeFolder();
    folder_ = (runtime.empty() ? "/tmp" : runtime) + "/module-XXXXXX";
    if (mkdtemp(folder_.data()) == nullptr) {
      error = "the native module " + from + " cannot be copied to " + folder_ + ": " + errorText(errno) +
              "; set PATCHBAY_RUNTIME_DIR to a folder that can be written to";
      folder_.clear();
      return;
    }
    file_ = folder_ + from.substr(from.rfind('/'));
    std::error_code failure;
    if (!std::filesystem::copy_file(from, file_, failure)) {
      error = "the native module " + from + " cannot be copied to " + file_ + ": " + failure.message();
    }
  }

  ~TemporaryCopy() {
    if (!folder_.empty()) {
      unlink(file_.c_str());
      rmdir(folder_.c_str());
    }
  }

  TemporaryCopy(const TemporaryCopy&) = delete;
  TemporaryCopy& operator=(const TemporaryCopy&) = delete;

  [[nodiscard]] const std::string& file() const { return file_; }

 private:
  std::string folder_;
  std::string file_;
};

}  // namespace

std::shared_ptr<NativeLibrary> NativeLibrary::open(const std::string& folder, const std::string& library,
                                                   std::string& error) {
  const std::string path = resolve(folder, library, error);
  return path.empty() ? nullptr : load(path, path, error);
}

std::shared_ptr<NativeLibrary> NativeLibrary::openCopy(const std::string& folder, const std::string& library,
                                                       std::string& error) {
  const std::string path = resolve(folder, library, error);
  if (path.empty()) {
    return nullptr;
  }
  const TemporaryCopy copy(path, error);
  return error.empty() ? load(path, copy.file(), error) : nullptr;
}

std::shared_ptr<NativeLibrary> NativeLibrary::load(const std::string& path, const std::string& file, std::string& error) {
  if (const std::string wrong = checkElf(file); !wrong.empty()) {
    error = "the native module " + path + " is refused: it " + wrong +
            "; expected a shared library for this processor, so rebuild the bundle, or install it anew";
    return nullptr;
  }
  // Now, so that a function that its own libraries lack is known here and not in the middle of a block.
  void* const handle = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (handle == nullptr) {
    const char* why = dlerror();
    error = "the native module " + path + " cannot be loaded: " + (why != nullptr ? why : "the system does not say why") +
            "; expected a library with all that it needs, in the bundle or on the system";
    return nullptr;
  }
  std::shared_ptr<NativeLibrary> loaded(new NativeLibrary(path, file, handle));
  error = loaded->checkInfo();
  return error.empty() ? loaded : nullptr;
}

NativeLibrary::~NativeLibrary() { dlclose(handle_); }

bool NativeLibrary::isLoaded(const std::string& file) noexcept {
  // Names of what is loaded are compared before any file is looked for.
  void* const handle = dlopen(file.c_str(), RTLD_LAZY | RTLD_NOLOAD);
  if (handle != nullptr) {
    dlclose(handle);
  }
  return handle != nullptr;
}

std::string NativeLibrary::checkInfo() const {
  const void* const found = dlsym(handle_, PB_MODULE_INFO_NAME);
  Dl_info where = {};
  const ElfW(Sym)* symbol = nullptr;
  void* extra = nullptr;
  // A symbol of that name that is something else, or shorter, is not read.
  if (found != nullptr && dladdr1(found, &where, &extra, RTLD_DL_SYMENT) != 0) {
    symbol = static_cast<const ElfW(Sym)*>(extra);
  }
  if (symbol == nullptr || ELF64_ST_TYPE(symbol->st_info) != STT_OBJECT || symbol->st_size < sizeof(pb_module_info)) {
    return "the native module " + path_ + " is refused: it does not export the variable " PB_MODULE_INFO_NAME
           ", which says what it was compiled for; add \"PB_MODULE;\" to its source";
  }
  pb_module_info info;
  std::memcpy(&info, found, sizeof info);
  if (info.abi_version != PB_MODULE_ABI_VERSION || info.size != sizeof info) {
    return "the native module " + path_ + " is refused: it was compiled for version " + std::to_string(info.abi_version) +
           " of the interface of native modules, expected " + std::to_string(PB_MODULE_ABI_VERSION) +
           "; compile it with the patchbay/module.h of the Patchbay that makes the bundle";
  }
  if (info.layout_hash != PB_MODULE_LAYOUT_HASH) {
    return "the native module " + path_ + " is refused: it was compiled with structs of the hash " + hex(info.layout_hash) +
           ", expected " + hex(PB_MODULE_LAYOUT_HASH) +
           "; compile it with the patchbay/module.h of the Patchbay that makes the bundle";
  }
  return {};
}

bool NativeLibrary::tell(const std::string& missing, const char* role, std::string& error) const {
  if (missing.empty()) {
    return true;
  }
  error = "the native module " + path_ + " is refused: it does not export " + missing +
          ", which each native " + role + " module has; define it as patchbay/module.h declares it, with the names of C";
  return false;
}

#define PB_LOOK_UP(name, required)                                                       \
  functions.name = reinterpret_cast<decltype(functions.name)>(dlsym(handle_, #name));    \
  if ((required) != 0 && functions.name == nullptr) {                                    \
    missing += (missing.empty() ? "" : " and ") + std::string(#name);                    \
  }

bool NativeLibrary::find(RtFunctions& functions, std::string& error) const {
  std::string missing;
  PB_RT_FUNCTIONS(PB_LOOK_UP)
  return tell(missing, "RT", error);
}

bool NativeLibrary::find(ControlFunctions& functions, std::string& error) const {
  std::string missing;
  PB_CONTROL_FUNCTIONS(PB_LOOK_UP)
  return tell(missing, "control", error);
}
#undef PB_LOOK_UP

}  // namespace patchbay::bridge
