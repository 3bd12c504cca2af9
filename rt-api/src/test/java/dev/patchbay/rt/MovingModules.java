// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import dev.patchbay.eventqueue.Event;
import dev.patchbay.eventqueue.EventType;

/** What instances play that move to another region. */
public final class MovingModules {
    private MovingModules() {}

    /** Shows the key of the last note as the state of voice 1, at half of full scale, and says it. */
    public static final class Voices implements RtModule {
        private RtContext context;

        @Override
        public void init(final RtContext given) {
            context = given;
        }

        @Override
        public void activate() {
            context.voiceLevel(1, 0.5f);
        }

        @Override
        public void handleEvent(final Event event) {
            if (event.type() == EventType.NOTE_ON) {
                context.voiceState(1, event.key());
                context.logger().log(RtLogger.Level.INFO, "key {}", event.key());
            }
        }

        @Override
        public void process(final Block block) {}
    }
}
