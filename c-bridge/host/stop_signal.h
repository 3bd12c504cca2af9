// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace patchbay::host {

/** Makes SIGINT and SIGTERM ask for an orderly stop; a second one ends the process at once. */
void installStopHandlers();

/** The signal that asked for a stop, or 0. Lock-free; any thread. */
[[nodiscard]] int requestedStop() noexcept;

/** Throws Interrupted if a stop was asked for; for the steps between which stopping is easy. */
void throwIfStopRequested();

}  // namespace patchbay::host
