// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "parameters.h"
#include "pluginterfaces/vst/ivstunits.h"

namespace patchbay::bridge {

/**
 * The parameters' groups as units, and the programs of a unit: the names of the values of its parameter that selects programs. Immutable.
 */
class Units {
 public:
  /** A program list has its unit's id and this. */
  static constexpr Steinberg::Vst::ProgramListID kFirstList = 1;

  struct Unit {
    std::string name;
    std::int32_t programs = -1;  ///< the index of the parameter that selects them; -1: none
  };

  Units() = default;
  explicit Units(const ParameterTable& parameters);

  [[nodiscard]] std::size_t size() const noexcept { return units_.size(); }
  [[nodiscard]] const Unit& operator[](std::size_t id) const noexcept { return units_[id]; }

  /** The unit of a parameter, by its index. */
  [[nodiscard]] Steinberg::Vst::UnitID ofParameter(std::size_t index) const noexcept { return ofParameter_[index]; }

  /** The units that have programs, in the order of their ids. */
  [[nodiscard]] const std::vector<Steinberg::Vst::UnitID>& withPrograms() const noexcept { return withPrograms_; }

  /** The program list of a unit, or kNoProgramListId. */
  [[nodiscard]] Steinberg::Vst::ProgramListID listOf(Steinberg::Vst::UnitID unit) const noexcept;

  /** The index of the parameter whose values are the programs of a list, or -1. */
  [[nodiscard]] std::int32_t selectorOf(Steinberg::Vst::ProgramListID list) const noexcept;

 private:
  std::vector<Unit> units_ = {{"Root", -1}};  ///< by id
  std::vector<Steinberg::Vst::UnitID> ofParameter_;
  std::vector<Steinberg::Vst::UnitID> withPrograms_;
};

}  // namespace patchbay::bridge
