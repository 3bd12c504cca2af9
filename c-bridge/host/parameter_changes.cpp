// SPDX-License-Identifier: Apache-2.0
#include "parameter_changes.h"

namespace patchbay::host {

using namespace Steinberg;

tresult PLUGIN_API ValueQueue::getPoint(int32 index, int32& sampleOffset, Vst::ParamValue& value) {
  if (index < 0 || index >= getPointCount()) {
    return kInvalidArgument;
  }
  const Point& point = points_[static_cast<std::size_t>(index)];
  sampleOffset = point.sampleOffset;
  value = point.value;
  return kResultOk;
}

tresult PLUGIN_API ValueQueue::addPoint(int32 sampleOffset, Vst::ParamValue value, int32& index) {
  if (points_.size() == points_.capacity()) {
    if (points_.empty()) {
      return kOutOfMemory;
    }
    points_.pop_back();
  }
  index = getPointCount();
  points_.push_back({sampleOffset, value});
  return kResultOk;
}

void ParameterChanges::add(Vst::ParamID id, int32 sampleOffset, Vst::ParamValue value) {
  int32 index = 0;
  if (Vst::IParamValueQueue* queue = addParameterData(id, index); queue != nullptr) {
    queue->addPoint(sampleOffset, value, index);
  }
}

Vst::IParamValueQueue* PLUGIN_API ParameterChanges::getParameterData(int32 index) {
  return index < 0 || index >= getParameterCount() ? nullptr : &queues_[static_cast<std::size_t>(index)];
}

Vst::IParamValueQueue* PLUGIN_API ParameterChanges::addParameterData(const Vst::ParamID& id, int32& index) {
  for (std::size_t i = 0; i < used_; ++i) {
    if (queues_[i].getParameterId() == id) {
      index = static_cast<int32>(i);
      return &queues_[i];
    }
  }
  if (used_ == queues_.size()) {
    return nullptr;
  }
  index = static_cast<int32>(used_);
  ValueQueue& queue = queues_[used_++];
  queue.restart(id);
  return &queue;
}

}  // namespace patchbay::host
