// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.run;

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
}
