// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth.endtoend;

import dev.patchbay.rt.Block;
import dev.patchbay.rt.RtContext;
import dev.patchbay.rt.RtModule;

/** Lets two parameters be heard: the normalized volume in the left channel, the normalized cutoff in the right one. */
public final class Sweeps implements RtModule {
    static final String[] SYMBOLS = {"volume", "filter_cutoff"};

    private final int[] indices = new int[SYMBOLS.length];

    /** For the engine. */
    public Sweeps() {}

    @Override
    public void init(final RtContext context) {
        for (int i = 0; i < indices.length; i++) {
            indices[i] = context.parameterIndex(SYMBOLS[i]);
        }
    }

    @Override
    public void process(final Block block) {
        for (int channel = 0; channel < indices.length; channel++) {
            final float value = block.parameters().normalized(indices[channel]);
            for (int i = block.offset(); i < block.offset() + block.frames(); i++) {
                block.output(channel)[i] = value;
            }
        }
    }
}
