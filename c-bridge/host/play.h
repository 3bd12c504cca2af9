// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "options.h"

namespace patchbay::host {

/**
 * Plays a plug-in against a JACK server until a signal asks for the end. A server that dies is waited for; the plug-in
 * and its state stay meanwhile.
 *
 * @throws Failure where it cannot begin, or where the state cannot be saved
 */
void playCommand(const Options& options);

}  // namespace patchbay::host
