// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "host_object.h"
#include "pluginterfaces/vst/ivstparameterchanges.h"

namespace patchbay::host {

/** The points of one parameter in one block, in the order in which they were added. */
class ValueQueue final : public HostObject<Steinberg::Vst::IParamValueQueue> {
 public:
  explicit ValueQueue(std::size_t capacity) { points_.reserve(capacity); }

  void restart(Steinberg::Vst::ParamID id) noexcept {
    id_ = id;
    points_.clear();
  }

  Steinberg::Vst::ParamID PLUGIN_API getParameterId() override { return id_; }
  Steinberg::int32 PLUGIN_API getPointCount() override { return static_cast<Steinberg::int32>(points_.size()); }
  Steinberg::tresult PLUGIN_API getPoint(Steinberg::int32 index, Steinberg::int32& sampleOffset,
                                         Steinberg::Vst::ParamValue& value) override;
  /** When the queue is full the last point is replaced, so that the block's final value is never lost. */
  Steinberg::tresult PLUGIN_API addPoint(Steinberg::int32 sampleOffset, Steinberg::Vst::ParamValue value,
                                         Steinberg::int32& index) override;

 private:
  struct Point {
    Steinberg::int32 sampleOffset;
    Steinberg::Vst::ParamValue value;
  };

  Steinberg::Vst::ParamID id_ = Steinberg::Vst::kNoParamId;
  std::vector<Point> points_;
};

/** The parameter changes of one block. Everything is allocated by the constructor. */
class ParameterChanges final : public HostObject<Steinberg::Vst::IParameterChanges> {
 public:
  /** @param queues parameters that can change in one block  @param points changes of one of them in one block */
  ParameterChanges(std::size_t queues, std::size_t points) {
    queues_.reserve(queues);
    for (std::size_t i = 0; i < queues; ++i) {
      queues_.emplace_back(points);
    }
  }

  void clear() noexcept { used_ = 0; }
  void add(Steinberg::Vst::ParamID id, Steinberg::int32 sampleOffset, Steinberg::Vst::ParamValue value);

  Steinberg::int32 PLUGIN_API getParameterCount() override { return static_cast<Steinberg::int32>(used_); }
  Steinberg::Vst::IParamValueQueue* PLUGIN_API getParameterData(Steinberg::int32 index) override;
  /** The queue of that parameter, a new one if it has none yet; null when all queues are taken. */
  Steinberg::Vst::IParamValueQueue* PLUGIN_API addParameterData(const Steinberg::Vst::ParamID& id,
                                                                Steinberg::int32& index) override;

 private:
  std::vector<ValueQueue> queues_;
  std::size_t used_ = 0;
};

}  // namespace patchbay::host
