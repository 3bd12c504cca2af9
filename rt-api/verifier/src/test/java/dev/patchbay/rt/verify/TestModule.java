// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt.verify;

import dev.patchbay.eventqueue.Event;
import dev.patchbay.rt.Block;
import dev.patchbay.rt.RtContext;
import dev.patchbay.rt.RtModule;

/** A module that does nothing, for others to begin with. */
class TestModule implements RtModule {
    @Override
    public void init(final RtContext context) {}

    @Override
    public void process(final Block block) {}

    @Override
    public void handleEvent(final Event event) {}
}
