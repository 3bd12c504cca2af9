// SPDX-License-Identifier: Apache-2.0
#include "xcb_library.h"

#include <dlfcn.h>

namespace patchbay::bridge {
namespace {

constexpr const char* kName = "libxcb.so.1";

std::string lastError() {
  const char* text = dlerror();
  return text != nullptr ? text : "for no reason that was told";
}

}  // namespace

std::shared_ptr<const XcbLibrary> XcbLibrary::load(std::string& error) {
  std::shared_ptr<XcbLibrary> library(new XcbLibrary);
  library->handle_ = dlopen(kName, RTLD_NOW | RTLD_LOCAL);
  if (library->handle_ == nullptr) {
    error = std::string("the library ") + kName + " cannot be loaded: " + lastError() + "; install it (on Debian, libxcb1)";
    return nullptr;
  }
  const auto find = [&](const char* symbol) {
    void* found = dlsym(library->handle_, symbol);
    if (found == nullptr && error.empty()) {
      error = std::string("the library ") + kName + " has no " + symbol + "; version 1.0 or newer is needed";
    }
    return found;
  };
#define PB_XCB_FIND(name) library->name = reinterpret_cast<decltype(library->name)>(find("xcb_" #name));
  PB_XCB_FUNCTIONS(PB_XCB_FIND)
#undef PB_XCB_FIND
  return error.empty() ? library : nullptr;
}

XcbLibrary::~XcbLibrary() {
  if (handle_ != nullptr) {
    dlclose(handle_);
  }
}

}  // namespace patchbay::bridge
