// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.engine;

import dev.patchbay.eventqueue.Event;
import dev.patchbay.examples.polysynth.rt.PolySynth;
import dev.patchbay.rt.Block;
import dev.patchbay.rt.RtContext;
import dev.patchbay.rt.RtModule;

/** The example synth, and beside it, where it is asked for, a load in the same JVM. */
public final class LoadedSynth implements RtModule {
    private final PolySynth synth = new PolySynth();

    /** Made by the engine. */
    public LoadedSynth() {}

    @Override
    public void init(final RtContext context) {
        synth.init(context);
        AllocationLoad.startAsAsked();
    }

    @Override
    public void handleEvent(final Event event) {
        synth.handleEvent(event);
    }

    @Override
    public void process(final Block block) {
        synth.process(block);
    }

    @Override
    public void reset() {
        synth.reset();
    }

    @Override
    public int tailFrames() {
        return synth.tailFrames();
    }
}
