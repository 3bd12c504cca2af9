// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth.endtoend;

import dev.patchbay.eventqueue.Event;
import dev.patchbay.eventqueue.EventType;
import dev.patchbay.rt.Block;
import dev.patchbay.rt.RtContext;
import dev.patchbay.rt.RtLogger;
import dev.patchbay.rt.RtModule;

/** Plays the bytes of each system exclusive message as samples, one a frame, from the message's frame on. */
public final class MessageBytes implements RtModule {
    private final byte[] message = new byte[1 << 16];
    private int length;
    private int next;
    private RtLogger log;

    /** For the engine. */
    public MessageBytes() {}

    @Override
    public void init(final RtContext context) {
        log = context.logger();
    }

    @Override
    public void handleEvent(final Event event) {
        if (event.type() == EventType.SYSEX) {
            length = event.copyPayload(0, message, 0, message.length);
            next = 0;
            log.log(RtLogger.Level.INFO, "größe {}, half {}", length, length / 2.0);
        }
    }

    @Override
    public void process(final Block block) {
        for (int i = block.offset(); i < block.offset() + block.frames(); i++) {
            final float sample = next < length ? (message[next++] & 0xFF) / 256f : 0;
            block.output(0)[i] = sample;
            block.output(1)[i] = -sample;
        }
    }
}
