// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.model;

import static dev.patchbay.stress.model.PrimitiveScenarios.expect;

import dev.patchbay.atomics.VoiceStates;

/**
 * The operations of cells in all their orders. Cells of floats go through those of 32-bit integers and cells of doubles through
 * those of 64 bits, so two scenarios meet every line.
 */
public final class CellScenarios {
    private static final int DATA = 128;
    private static final int BYTES = 256;

    private CellScenarios() {}

    private static NumberCells of(final ModelBuffer memory, final boolean wide) {
        return wide ? NumberCells.doubles(memory, 16) : NumberCells.floats(memory, 16);
    }

    /**
     * Store mine, then load yours, by both sides and with each operation that is volatile in turn.
     *
     * @param wide whether the cells are doubles
     */
    public static Scenario storeThenLoad(final boolean wide) {
        return setup -> {
            final ModelBuffer memory = setup.memory(BYTES);
            setup.name(0, "cells");
            final long[][] seen = new long[2][NumberCells.CHANGES];
            for (int side = 0; side < 2; side++) {
                final int own = side;
                setup.actor(
                        own == 0 ? "left" : "right",
                        () -> {
                            final NumberCells cells = of(memory, wide);
                            for (int operation = 0; operation < NumberCells.CHANGES; operation++) {
                                cells.change(operation, 2 * operation + own);
                                seen[own][operation] =
                                        cells.getVolatile().applyAsLong(2 * operation + 1 - own);
                            }
                        });
            }
            setup.check(
                    () -> {
                        for (int operation = 0; operation < NumberCells.CHANGES; operation++) {
                            expect(
                                    seen[0][operation] + seen[1][operation] > 0,
                                    "one of the two sees what the other has stored");
                        }
                    });
        };
    }

    /**
     * Two add to one cell and raise another; who learns by it that the other was there sees what it had stored before.
     *
     * @param wide whether the cells are doubles
     */
    public static Scenario sumsAndMaxima(final boolean wide) {
        return setup -> {
            final ModelBuffer memory = setup.memory(BYTES);
            setup.name(0, "cells").name(DATA, "data");
            setup.actor(
                    "left",
                    () -> {
                        final NumberCells cells = of(memory, wide);
                        memory.putInt(DATA, 7);
                        cells.getAndAdd().at(0, 1);
                        cells.getAndMax().at(1, 5);
                        memory.putInt(DATA + 4, 8);
                        cells.setRelease().at(2, 5);
                    });
            setup.actor(
                    "right",
                    () -> {
                        final NumberCells cells = of(memory, wide);
                        if (cells.getAndMax().at(2, 3) == 5) {
                            expect(memory.getInt(DATA + 4) == 8, "who meets a maximum sees why");
                        }
                        if (cells.getAndMax().at(1, 3) == 5) {
                            expect(memory.getInt(DATA) == 7, "who meets a maximum sees why");
                        }
                        if (cells.getAndAdd().at(0, 2) == 1) {
                            expect(memory.getInt(DATA) == 7, "who adds to a sum sees why");
                        }
                    });
            setup.check(
                    () -> {
                        final NumberCells cells = of(memory, wide);
                        expect(cells.getVolatile().applyAsLong(0) == 3, "no sum is lost");
                        expect(cells.getVolatile().applyAsLong(1) == 5, "the greatest stays");
                    });
        };
    }

    /** A voice's state changes with its level, so many notes long; who sees a state sees a level that is as new. */
    public static Scenario voiceStates(final int notes) {
        return setup -> {
            final ModelBuffer memory = setup.memory(BYTES);
            setup.name(0, "states").name(DATA, "level");
            setup.actor(
                    "synth",
                    () -> {
                        final VoiceStates states = new VoiceStates(memory, 0, 2);
                        for (int n = 1; n <= notes; n++) {
                            memory.putIntOpaque(DATA, n);
                            states.setRelease(
                                    1, VoiceStates.pack(n, n % 2 != 0, n, 60 + n, 100 + n, n));
                        }
                    });
            setup.actor(
                    "display",
                    () -> {
                        final int state = new VoiceStates(memory, 0, 2).getAcquire(1);
                        final int n = VoiceStates.generationOf(state);
                        expect(
                                state
                                        == (n == 0
                                                ? 0
                                                : VoiceStates.pack(
                                                        n, n % 2 != 0, n, 60 + n, 100 + n, n)),
                                "a state is of one note");
                        expect(memory.getIntOpaque(DATA) >= n, "a state comes after its level");
                    });
            setup.check(
                    () -> {
                        final int state = new VoiceStates(memory, 0, 2).getAcquire(1);
                        expect(
                                VoiceStates.stageOf(state) == notes
                                        && VoiceStates.keyOf(state) == 60 + notes
                                        && VoiceStates.isHeld(state) == (notes % 2 != 0),
                                "the last note stays");
                        expect(
                                !VoiceStates.isHeld(VoiceStates.pack(1, false, 1, 60, 100, 1)),
                                "a key that is let go is not held");
                        expect(
                                VoiceStates.pack(0, true, 1, 60, 100, 1) == 0,
                                "a free voice is 0 whatever it played");
                    });
        };
    }
}
