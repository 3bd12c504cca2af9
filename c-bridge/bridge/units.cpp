// SPDX-License-Identifier: Apache-2.0
#include "units.h"

#include <algorithm>

namespace patchbay::bridge {

using namespace Steinberg;

Units::Units(const ParameterTable& parameters) {
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    const std::string& group = parameters[i].group;
    std::size_t id = Vst::kRootUnitId;
    if (!group.empty()) {
      const auto found = std::find_if(units_.begin() + 1, units_.end(), [&](const Unit& unit) { return unit.name == group; });
      id = static_cast<std::size_t>(found - units_.begin());
      if (found == units_.end()) {
        units_.push_back({group, -1});
      }
    }
    ofParameter_.push_back(static_cast<Vst::UnitID>(id));
    if (parameters[i].has(PB_PARAMETER_FLAG_PROGRAM_CHANGE) && units_[id].programs < 0) {
      units_[id].programs = static_cast<std::int32_t>(i);
    }
  }
  for (std::size_t id = 0; id < units_.size(); ++id) {
    if (units_[id].programs >= 0) {
      withPrograms_.push_back(static_cast<Vst::UnitID>(id));
    }
  }
}

Vst::ProgramListID Units::listOf(Vst::UnitID unit) const noexcept {
  return units_[static_cast<std::size_t>(unit)].programs >= 0 ? unit + kFirstList : Vst::kNoProgramListId;
}

std::int32_t Units::selectorOf(Vst::ProgramListID list) const noexcept {
  const Vst::UnitID unit = list - kFirstList;
  return unit >= 0 && static_cast<std::size_t>(unit) < units_.size() ? units_[static_cast<std::size_t>(unit)].programs
                                                                      : -1;
}

}  // namespace patchbay::bridge
