// SPDX-License-Identifier: Apache-2.0
#include "jack_library.h"

#include <dlfcn.h>

#include <string>

#include "failure.h"

namespace patchbay::host {
namespace {

constexpr const char* libraryName = "libjack.so.0";

/** What goes wrong is told in our own sentences; libjack's go to stderr in the middle of the level line. */
void ignore(const char*) {}

}  // namespace

JackLibrary::JackLibrary() {
  handle_ = dlopen(libraryName, RTLD_NOW | RTLD_LOCAL);
  if (handle_ == nullptr) {
    throw Failure(ExitStatus::audioServer,
                  std::string(libraryName) + ", the library of JACK, was not found; install the Debian package "
                                             "libjack-jackd2-0, or with PipeWire pipewire-jack, and start play by pw-jack");
  }
#define PB_HOST_JACK_FIND(name)                                                                               \
  name = reinterpret_cast<decltype(name)>(dlsym(handle_, #name));                                             \
  if (name == nullptr) {                                                                                      \
    dlclose(handle_);                                                                                         \
    throw Failure(ExitStatus::audioServer, std::string(libraryName) +                                         \
                                               " has no function " #name "; install JACK 1.9.13 or newer, or PipeWire"); \
  }
  PB_HOST_JACK_FUNCTIONS(PB_HOST_JACK_FIND)
#undef PB_HOST_JACK_FIND
  jack_set_error_function(ignore);
  jack_set_info_function(ignore);
}

// Not unloaded: threads that a dead server has left behind may still be on their way out of it.
JackLibrary::~JackLibrary() = default;

}  // namespace patchbay::host
