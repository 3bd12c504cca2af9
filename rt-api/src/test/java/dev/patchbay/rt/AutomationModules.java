// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import dev.patchbay.eventqueue.Event;
import dev.patchbay.eventqueue.EventType;

/** Modules that let the normalized values of the first two parameters be heard, each in a channel. */
public final class AutomationModules {
    private AutomationModules() {}

    /** Has its blocks split. */
    public static final class Split implements RtModule {
        @Override
        public void init(final RtContext context) {}

        @Override
        public void process(final Block block) {
            for (int channel = 0; channel < 2; channel++) {
                final float value = block.parameters().normalized(channel);
                for (int i = block.offset(); i < block.offset() + block.frames(); i++) {
                    block.output(channel)[i] = value;
                }
            }
        }
    }

    /** Splits them itself. */
    public static final class Whole implements RtModule {
        @Override
        public void init(final RtContext context) {}

        @Override
        public boolean wholeBlocks() {
            return true;
        }

        @Override
        public void process(final Block block) {
            for (int channel = 0; channel < 2; channel++) {
                float value = block.parameters().normalized(channel);
                int next = 0;
                for (int i = 0; i < block.frames(); i++) {
                    for (; next < block.events().count(); next++) {
                        final Event event = block.events().get(next);
                        if (event.sampleOffset() > i) {
                            break;
                        }
                        if (event.type() == EventType.PARAMETER
                                && event.parameterIndex() == channel) {
                            value = (float) event.normalized();
                        }
                    }
                    block.output(channel)[i] = value;
                }
            }
        }
    }
}
