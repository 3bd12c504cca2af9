// SPDX-License-Identifier: Apache-2.0
#include <exception>
#include <memory>
#include <mutex>

#include "bundle.h"
#include "engine_pool.h"
#include "factory.h"
#include "launcher.h"
#include "live_instances.h"
#include "log.h"

/** What a host finds in the library by name; everything else is hidden. */
#define PB_EXPORTED extern "C" __attribute__((visibility("default")))

namespace {

std::mutex entries;
int entered = 0;

}  // namespace

PB_EXPORTED bool ModuleEntry(void*) {
  const std::lock_guard<std::mutex> lock(entries);
  ++entered;
  return true;
}

PB_EXPORTED bool ModuleExit() {
  {
    const std::lock_guard<std::mutex> lock(entries);
    if (entered == 0 || --entered > 0) {
      return true;
    }
  }
  // For instances that the host forgot: no thread of ours may run when the library's code goes away.
  patchbay::bridge::LiveInstances::ofThisLibrary().closeAll();
  patchbay::bridge::EnginePool::ofThisLibrary().forgetJars();
  patchbay::bridge::Launcher::shutDownAll();
  return true;
}

PB_EXPORTED Steinberg::IPluginFactory* PLUGIN_API GetPluginFactory() {
  try {
    return new patchbay::bridge::Factory(patchbay::bridge::openBundle());
  } catch (const std::exception& failure) {
    patchbay::bridge::log(failure.what());
    return nullptr;
  }
}
