// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth.endtoend;

import dev.patchbay.eventqueue.Event;
import dev.patchbay.eventqueue.EventType;
import dev.patchbay.rt.Block;
import dev.patchbay.rt.RtContext;
import dev.patchbay.rt.RtModule;

/** Plays a level while a key is held, and fills the heap but for a little when a certain key is pressed for the first time. */
public final class Wasteful implements RtModule {
    static final int KEY = 45;
    static final float VELOCITY = 100 / 127f;
    static final float LEVEL = 0.125f;

    private static final int PIECE = 1 << 20;
    private static final int LEFT = 4 << 20;

    private boolean held;
    private boolean full;

    /** Kept, so that no compiler leaves the allocation out. */
    private byte[] last;

    /** For the engine. */
    public Wasteful() {}

    @Override
    public void init(final RtContext context) {
        last = new byte[0];
    }

    @Override
    public void reset() {
        held = false;
    }

    @Override
    public void handleEvent(final Event event) {
        if (event.type() == EventType.NOTE_ON) {
            held = true;
            // No rehearsal plays just this.
            if (event.key() == KEY && (float) event.velocity() == VELOCITY && !full) {
                full = true;
                fill();
            }
        } else if (event.type() == EventType.NOTE_OFF || event.type() == EventType.ALL_NOTES_OFF) {
            held = false;
        }
    }

    private void fill() {
        final Runtime runtime = Runtime.getRuntime();
        while (runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory() > LEFT + PIECE) {
            last = new byte[PIECE];
        }
    }

    @Override
    public void process(final Block block) {
        for (int i = block.offset(); i < block.offset() + block.frames(); i++) {
            final float sample = held ? LEVEL : 0;
            block.output(0)[i] = sample;
            block.output(1)[i] = last.length < 0 ? 1 : sample;
        }
    }
}
