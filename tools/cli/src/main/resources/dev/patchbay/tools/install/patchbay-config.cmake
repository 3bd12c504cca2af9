# SPDX-License-Identifier: Apache-2.0
# Gives the target patchbay::patchbay, whose users find <patchbay/standard.h> and <patchbay/module.h>. There is nothing to link with.
if(NOT TARGET patchbay::patchbay)
  add_library(patchbay::patchbay INTERFACE IMPORTED)
  get_filename_component(PATCHBAY_INCLUDE_DIR "${CMAKE_CURRENT_LIST_DIR}/../../../include" ABSOLUTE)
  set_target_properties(patchbay::patchbay PROPERTIES INTERFACE_INCLUDE_DIRECTORIES "${PATCHBAY_INCLUDE_DIR}")
endif()
