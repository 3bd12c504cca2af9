// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "instance_status.h"
#include "panel_visit.h"
#include "view_picture.h"

namespace patchbay::bridge {

/** Puts into words how an instance and its panel are. */
void describe(const InstanceStatus& status, const PanelState& panel, ViewContent& content);

}  // namespace patchbay::bridge
