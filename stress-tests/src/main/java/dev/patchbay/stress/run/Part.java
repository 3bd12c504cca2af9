// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.run;

import dev.patchbay.layout.RegionDeclaration;
import java.util.List;

/** One means of proof, such as jcstress or the model of memory. Found by the service loader. */
public interface Part {
    /** {@return the word by which it is chosen, such as {@code model}} */
    String name();

    /** {@return one sentence for the report: what it shows and what not} */
    String summary();

    /**
     * {@return what is to be run, in order} The runner fails where a unit of this list has no verdict in the end.
     *
     * @param plan what the user asked for
     */
    List<Unit> units(Plan plan);

    /**
     * {@return what is to be run for a declaration of the user's own, in order; nothing where this part has nothing to say of
     * one}
     *
     * @param plan what the user asked for
     * @param declaration whose sections are tested, each with its own geometry
     */
    default List<Unit> units(final Plan plan, final RegionDeclaration declaration) {
        return List.of();
    }
}
