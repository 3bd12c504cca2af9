// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.header;

import dev.patchbay.layout.SectionEntry;
import dev.patchbay.stress.model.ModelBuffer;
import java.util.function.Supplier;

/**
 * Which actors of a scenario are played in C.
 *
 * @param code the operations in C
 * @param inC bit n for actor n; the others are played in Java
 */
public record Cast(CCode code, int inC) {
    /** All in C. */
    public static final int ALL = -1;

    /** The operations of an actor that begins. To be called where its first operation is. */
    Operations actor(final int number, final Supplier<Operations> java) {
        return (inC >> number & 1) == 0 ? java.get() : code.actor(number);
    }

    /** To be called by each set-up. */
    void bind(final ModelBuffer memory) {
        code.bind(memory);
    }

    /** To be called by each set-up where the scenario has a section. */
    void bind(final ModelBuffer memory, final SectionEntry section) {
        code.bind(memory, section);
    }
}
