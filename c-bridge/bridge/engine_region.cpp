// SPDX-License-Identifier: Apache-2.0
#include "engine_region.h"

namespace patchbay::bridge {

std::shared_ptr<EngineRegion> EngineRegion::create(const EngineImage& image, std::string& error) {
  std::shared_ptr<EngineRegion> region(new EngineRegion);
  error = region->make("patchbay-engine-", image.bytes());
  if (error.empty()) {
    error = region->findSections();
  }
  return error.empty() ? region : nullptr;
}

std::string EngineRegion::findSections() {
  const auto missing = [](const char* name) {
    return std::string("the engine's region cannot be used: its section \"") + name +
           "\" is missing or of another shape than this bridge was built for; rebuild the bundle";
  };
  pb_section bell = {};
#define PB_BRIDGE_NEEDS(SECTION, member, condition)               \
  if (!PB_FIND(&region_, SECTION, &(member)) || !(condition)) { \
    return missing(SECTION##_NAME);                               \
  }
  PB_BRIDGE_NEEDS(PB_ENGINE_ROLES, roles, roles.count >= PB_ENGINE_ROLE_COUNT && roles.stride >= sizeof(pb_role))
  PB_BRIDGE_NEEDS(PB_ENGINE_BRIDGE_BELL, bell, bell.stride >= sizeof(pb_engine_bridge_bell))
  bridgeBell = static_cast<pb_engine_bridge_bell*>(pb_section_element(&bell, 0));
  PB_BRIDGE_NEEDS(PB_ENGINE_RT_BELL, bell, bell.stride >= sizeof(pb_engine_rt_bell))
  rtBell = static_cast<pb_engine_rt_bell*>(pb_section_element(&bell, 0));
  // A power of two, since the commands' numbers wrap.
  PB_BRIDGE_NEEDS(PB_ENGINE_COMMANDS, commands,
                  commands.count >= 1 && (commands.count & (commands.count - 1)) == 0 &&
                      commands.stride >= sizeof(pb_engine_command))
  PB_BRIDGE_NEEDS(PB_ENGINE_ANSWERS, answers,
                  answers.count == commands.count && answers.stride >= sizeof(pb_engine_answer))
  PB_BRIDGE_NEEDS(PB_ENGINE_COUNTERS, counters, counters.count >= PB_ENGINE_COUNTERS_COUNT)
#undef PB_BRIDGE_NEEDS
  takePart();
  return {};
}

pb_engine_command* EngineRegion::command(std::uint32_t number) const noexcept {
  return static_cast<pb_engine_command*>(pb_section_element(&commands, number % commands.count));
}

const pb_engine_answer* EngineRegion::answer(std::uint32_t number) const noexcept {
  return static_cast<const pb_engine_answer*>(pb_section_element(&answers, number % answers.count));
}

}  // namespace patchbay::bridge
