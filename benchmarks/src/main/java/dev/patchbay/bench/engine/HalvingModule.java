// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.engine;

import dev.patchbay.bench.fork.Pinning;
import dev.patchbay.rt.Block;
import dev.patchbay.rt.RtContext;
import dev.patchbay.rt.RtModule;

/** Makes the sound half as loud, on one processor: what an exchange of blocks is measured with. {@code block_halve} in blocks.h. */
public final class HalvingModule implements RtModule {
    /** The property that names the processor. */
    public static final String PROCESSOR = "patchbay.bench.processor";

    private int channels;

    /** Made by the engine. */
    public HalvingModule() {}

    @Override
    public void init(final RtContext context) {
        channels = Math.min(context.inputChannels(), context.outputChannels());
    }

    @Override
    public void activate() {
        Pinning.pin(Integer.getInteger(PROCESSOR));
    }

    @Override
    public void process(final Block block) {
        final int end = block.offset() + block.frames();
        for (int channel = 0; channel < channels; channel++) {
            final float[] in = block.input(channel);
            final float[] out = block.output(channel);
            for (int i = block.offset(); i < end; i++) {
                out[i] = in[i] * 0.5f;
            }
        }
    }
}
