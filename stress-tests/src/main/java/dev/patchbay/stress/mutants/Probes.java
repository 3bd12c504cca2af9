// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.mutants;

import java.util.BitSet;

/** What instrumented bytecode calls: it tells where it comes by, and ends where it turns for ever. Of each thread. */
public final class Probes {
    /** More turns of loops than any scenario makes in one execution. */
    private static final int MOST = 20_000;

    private static final ThreadLocal<Probes> OF_THREAD = ThreadLocal.withInitial(Probes::new);

    private BitSet reached = new BitSet();
    private int turns;

    private Probes() {}

    /** More turns than there may be. */
    private static final class EndlessLoop extends RuntimeException {
        private static final long serialVersionUID = 1;

        EndlessLoop() {
            super("more than " + MOST + " turns of loops");
        }
    }

    /** A loop begins another turn. */
    public static void turn() {
        if (++OF_THREAD.get().turns > MOST) {
            throw new EndlessLoop();
        }
    }

    /** A numbered place is executed. */
    public static void reached(final int number) {
        OF_THREAD.get().reached.set(number);
    }

    /** Another execution begins. */
    static void restart() {
        OF_THREAD.get().turns = 0;
    }

    /** The places that were executed since the last call. */
    static BitSet takeReached() {
        final Probes probes = OF_THREAD.get();
        final BitSet taken = probes.reached;
        probes.reached = new BitSet();
        return taken;
    }
}
