// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.header;

import static dev.patchbay.stress.header.Operations.bit;
import static dev.patchbay.stress.header.Operations.unknown;
import static dev.patchbay.stress.header.WordScenarios.expect;

import dev.patchbay.stress.model.ModelBuffer;
import dev.patchbay.stress.model.NumberCells;
import dev.patchbay.stress.model.Scenario;
import java.util.List;

/** Cells of each type that has all operations, with each actor in either language; the promises are those of the Java side. */
final class CellScenarios {
    /** As the functions' names in C say. */
    static final List<String> TYPES = List.of("int32", "int64", "float", "double");

    private static final int DATA = 128;
    private static final int BYTES = 256;
    private static final int CHANGES = 6;

    private CellScenarios() {}

    /** Store mine, then look at yours, by both sides and with each operation that is volatile in turn. */
    static Scenario storeThenLoad(final Cast cast, final String type) {
        return setup -> {
            final ModelBuffer memory = setup.memory(BYTES);
            cast.bind(memory);
            setup.name(0, "cells").name(DATA, "data");
            final boolean[][] blind = new boolean[2][CHANGES];
            for (int side = 0; side < 2; side++) {
                final int own = side;
                setup.actor(
                        own == 0 ? "left" : "right",
                        () -> {
                            final Operations cells = cast.actor(own, () -> cellsIn(memory));
                            for (int n = 0; n < CHANGES; n++) {
                                final int yours = 2 * n + 1 - own;
                                cells.call("change_" + type, 2 * n + own, n % 5);
                                blind[own][n] =
                                        n == CHANGES - 1
                                                ? cells.is("unlike_" + type, yours, 1)
                                                : cells.call("look_" + type, yours) == 0;
                            }
                        });
            }
            setup.check(
                    () -> {
                        for (int n = 0; n < CHANGES; n++) {
                            expect(
                                    !blind[0][n] || !blind[1][n],
                                    "one of the two sees what the other has stored");
                        }
                    });
        };
    }

    /** Two add to one cell and raise another; who learns by it that the other was there sees what it had stored before. */
    static Scenario sumsAndMaxima(final Cast cast, final String type) {
        return setup -> {
            final ModelBuffer memory = setup.memory(BYTES);
            cast.bind(memory);
            setup.name(0, "cells").name(DATA, "data");
            setup.actor(
                    "left",
                    () -> {
                        final Operations cells = cast.actor(0, () -> cellsIn(memory));
                        memory.putInt(DATA, 7);
                        cells.call("add_" + type, 0, 1);
                        cells.call("max_" + type, 1, 5);
                        memory.putInt(DATA + 4, 8);
                        cells.call("release_" + type, 2, 5);
                        expect(cells.call("opaque_" + type, 3, 9) == 9, "a cell keeps its value");
                    });
            setup.actor(
                    "right",
                    () -> {
                        final Operations cells = cast.actor(1, () -> cellsIn(memory));
                        if (cells.call("max_" + type, 2, 3) == 5) {
                            expect(memory.getInt(DATA + 4) == 8, "who meets a maximum sees why");
                        }
                        if (cells.call("max_" + type, 1, 3) == 5) {
                            expect(memory.getInt(DATA) == 7, "who meets a maximum sees why");
                        }
                        if (cells.call("add_" + type, 0, 2) == 1) {
                            expect(memory.getInt(DATA) == 7, "who adds to a sum sees why");
                        }
                    });
            setup.check(
                    () -> {
                        final Operations cells = cast.actor(0, () -> cellsIn(memory));
                        expect(cells.call("look_" + type, 0) == 3, "no sum is lost");
                        expect(cells.call("look_" + type, 1) == 5, "the greatest stays");
                        expect(cells.call("acquire_" + type, 3) == 9, "a cell keeps its value");
                        if ("float".equals(type) || "double".equals(type)) {
                            expect(cells.is("numbers_" + type, 4), "what is no number is one");
                        }
                    });
        };
    }

    /** The name of an operation in C is that of the operation and of the type. */
    private static Operations cellsIn(final ModelBuffer memory) {
        return (name, a) -> {
            final int split = name.indexOf('_');
            final String operation = name.substring(0, split);
            final int i = (int) a[0];
            return switch (name.substring(split + 1)) {
                case "int32" -> cell(NumberCells.ints(memory, 32), operation, 2 * i, a);
                case "int64" -> cell(NumberCells.longs(memory, 16), operation, i, a);
                case "float" -> cell(NumberCells.floats(memory, 32), operation, 2 * i, a);
                case "double" -> cell(NumberCells.doubles(memory, 16), operation, i, a);
                default -> throw unknown(name);
            };
        };
    }

    private static long cell(
            final NumberCells cells, final String operation, final int i, final long... a) {
        switch (operation) {
            case "change":
                cells.change((int) a[1], i);
                return 0;
            case "look":
                return cells.getVolatile().applyAsLong(i);
            case "unlike":
                return bit(!cells.compareAndSet().at(i, a[1], a[1]));
            case "add":
                return cells.getAndAdd().at(i, a[1]);
            case "max":
                return cells.getAndMax().at(i, a[1]);
            case "release":
                cells.setRelease().at(i, a[1]);
                return 0;
            case "acquire":
                return cells.getAcquire().applyAsLong(i);
            case "opaque":
                cells.setOpaque().at(i, a[1]);
                return cells.getOpaque().applyAsLong(i);
            case "numbers":
                return 1;
            default:
                throw unknown(operation);
        }
    }
}
