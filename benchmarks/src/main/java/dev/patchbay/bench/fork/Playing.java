// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.fork;

import dev.patchbay.bench.plan.Receipt;
import dev.patchbay.examples.polysynth.rt.PlayedVoices;
import java.util.Map;

/** Measures the synth's voices by their repetition, and compares what they add up to. {@code main} in voices.cpp. */
final class Playing {
    private final PlayedVoices voices;
    private final int count;
    private final double expected;

    Playing(final int count, final double expected) {
        this.voices = new PlayedVoices(count);
        this.count = count;
        this.expected = expected;
    }

    Receipt run(final Times times) {
        long played = 0;
        long before = 0;
        long faults = 0;
        long start = 0;
        long end;
        final long begin = System.nanoTime();
        do {
            // The same bits, interpreted and compiled.
            faults += voices.play() == expected ? 0 : 1;
            played++;
            end = System.nanoTime();
            if (start == 0 && end - begin >= times.warmNanos()) {
                start = end;
                before = played;
            }
        } while (start == 0 || end - start < times.measureNanos() || played == before);
        return new Receipt(
                (double) (end - start) / (played - before) / count / voices.frames(),
                played,
                played,
                null,
                faults,
                null,
                1,
                Map.of());
    }
}
