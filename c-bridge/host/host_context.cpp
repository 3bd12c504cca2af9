// SPDX-License-Identifier: Apache-2.0
#include "host_context.h"

#include "text.h"

namespace patchbay::host {

using namespace Steinberg;

tresult PLUGIN_API HostContext::getName(Vst::String128 name) {
  toUtf16("patchbay-host", name, 128);
  return kResultOk;
}

tresult PLUGIN_API ComponentHandler::beginEdit(Vst::ParamID) { return kResultOk; }

tresult PLUGIN_API ComponentHandler::performEdit(Vst::ParamID, Vst::ParamValue) {
  edits_.fetch_add(1, std::memory_order_relaxed);
  return kResultOk;
}

tresult PLUGIN_API ComponentHandler::endEdit(Vst::ParamID) { return kResultOk; }

tresult PLUGIN_API ComponentHandler::restartComponent(int32 flags) {
  restarts_.fetch_add(1, std::memory_order_relaxed);
  restartFlags_.fetch_or(flags, std::memory_order_relaxed);
  newFlags_.fetch_or(flags, std::memory_order_acq_rel);
  return kResultOk;
}

}  // namespace patchbay::host
