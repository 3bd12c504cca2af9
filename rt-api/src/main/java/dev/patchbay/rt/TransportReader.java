// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import dev.patchbay.atomics.Snapshot;
import dev.patchbay.layout.StandardStructs;
import dev.patchbay.layout.StructType;

/** The host's position, copied once a block. Where the copy fails, the previous one stays. */
final class TransportReader implements Transport {
    private static final StructType STRUCT = StandardStructs.TRANSPORT;
    private static final int TRIES = 8;
    private static final int POSITION_SAMPLES = STRUCT.offset("position_samples");
    private static final int POSITION_QUARTERS = STRUCT.offset("position_quarters");
    private static final int TEMPO = STRUCT.offset("tempo");
    private static final int NUMERATOR = STRUCT.offset("signature_numerator");
    private static final int DENOMINATOR = STRUCT.offset("signature_denominator");
    private static final int PLAYING = STRUCT.offset("playing");

    private final Snapshot snapshot;
    private long[] current;
    private long[] next;

    TransportReader(final Snapshot snapshot) {
        this.snapshot = snapshot;
        this.current = new long[snapshot.words()];
        this.next = new long[snapshot.words()];
    }

    void refresh() {
        if (snapshot.read(next, TRIES)) {
            final long[] taken = next;
            next = current;
            current = taken;
        }
    }

    private int int32(final int offset) {
        // Little-endian, as the header insists.
        return (int) (current[offset / Long.BYTES] >>> (offset % Long.BYTES) * Byte.SIZE);
    }

    private double float64(final int offset) {
        return Double.longBitsToDouble(current[offset / Long.BYTES]);
    }

    @Override
    public boolean playing() {
        return int32(PLAYING) != 0;
    }

    @Override
    public double tempo() {
        final double tempo = float64(TEMPO);
        return tempo > 0 ? tempo : 120;
    }

    @Override
    public long positionSamples() {
        return current[POSITION_SAMPLES / Long.BYTES];
    }

    @Override
    public double positionQuarters() {
        return float64(POSITION_QUARTERS);
    }

    @Override
    public int signatureNumerator() {
        final int numerator = int32(NUMERATOR);
        return numerator > 0 ? numerator : 4;
    }

    @Override
    public int signatureDenominator() {
        final int denominator = int32(DENOMINATOR);
        return denominator > 0 ? denominator : 4;
    }
}
