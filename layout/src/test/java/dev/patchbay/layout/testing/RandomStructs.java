// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout.testing;

import dev.patchbay.layout.FieldType;
import dev.patchbay.layout.StructType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random structs with scalars, arrays, texts, gaps and structs within structs, some of which are used more than once. */
final class RandomStructs {
    /** How many structs lie within each other at most, the outermost not counted. */
    static final int MAX_DEPTH = 3;

    private static final int MAX_FIELDS = 6;
    private static final int MAX_NESTED_BYTES = 2048;
    private static final FieldType[] TYPES = FieldType.values();
    private static final List<String> WORDS =
            List.of("gain", "phase", "key", "pan", "tail", "depth", "rate", "x", "level_db", "mix");

    private final Random random;

    /** What was made so far, by how many structs lie within each other in it. */
    private final List<List<StructType>> made = new ArrayList<>();

    private int names;

    RandomStructs(final Random random) {
        this.random = random;
        for (int depth = 0; depth <= MAX_DEPTH; depth++) {
            made.add(new ArrayList<>());
        }
    }

    /** A name that this object has not given yet. */
    String name() {
        return name(WORDS.get(random.nextInt(WORDS.size())));
    }

    /** A name that this object has not given yet, with a word at its start. */
    String name(final String word) {
        return word + names++;
    }

    /** A type, each as likely as the others. */
    FieldType type() {
        return TYPES[random.nextInt(TYPES.length)];
    }

    /** A new struct. */
    StructType next() {
        return next(1);
    }

    /**
     * A new struct.
     *
     * @param multiple a power of two that its size is a multiple of
     */
    StructType next(final int multiple) {
        return make(random.nextInt(MAX_DEPTH + 1), multiple);
    }

    private StructType make(final int depth, final int multiple) {
        final StructType.Builder struct = StructType.named(name(), "Made by chance.");
        final int fields = 1 + random.nextInt(MAX_FIELDS);
        final int nested = depth == 0 ? -1 : random.nextInt(fields);
        for (int i = 0; i < fields; i++) {
            if (random.nextInt(5) == 0) {
                struct.align(1 << random.nextInt(8));
            }
            if (i == nested) {
                nest(struct, depth - 1);
            } else {
                field(struct, depth);
            }
        }
        if (random.nextInt(4) == 0) {
            struct.align(1 << random.nextInt(6));
        }
        final StructType result = struct.align(multiple).build();
        made.get(depth).add(result);
        return result;
    }

    private void field(final StructType.Builder struct, final int depth) {
        final String comment = random.nextBoolean() ? "" : "in Hz";
        switch (random.nextInt(depth == 0 ? 4 : 5)) {
            case 0, 1 -> struct.field(type(), name(), comment);
            case 2 -> struct.array(type(), name(), 1 + random.nextInt(9), comment);
            case 3 -> struct.text(name(), 1 + random.nextInt(40), comment);
            default -> nest(struct, random.nextInt(depth));
        }
    }

    private void nest(final StructType.Builder struct, final int depth) {
        final List<StructType> old = made.get(depth);
        final StructType inner =
                old.isEmpty() || random.nextBoolean()
                        ? make(depth, 1)
                        : old.get(random.nextInt(old.size()));
        final int count = random.nextBoolean() ? 1 : 1 + random.nextInt(4);
        // Else sizes would grow by a factor with each level.
        if (inner.size() * count > MAX_NESTED_BYTES) {
            struct.struct(inner, name(), "");
        } else {
            struct.structs(inner, name(), count, "a struct in a struct");
        }
    }
}
