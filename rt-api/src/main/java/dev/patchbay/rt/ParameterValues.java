// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

/** One consistent copy of all parameters. All methods are real-time safe. */
public interface ParameterValues {
    /**
     * The normalized value, 0 to 1.
     *
     * @param index the parameter's place in the declaration
     */
    float normalized(int index);

    /**
     * The plain value, in the parameter's unit.
     *
     * @param index the parameter's place in the declaration
     */
    float plain(int index);

    /**
     * A number that grows whenever any value changes: a module may skip its derivations while it stays.
     */
    long version();

    /**
     * What a normalized value is in the parameter's unit, for a change in {@link Block#events()}.
     *
     * @param index the parameter's place in the declaration
     * @param normalized 0 to 1
     */
    float toPlain(int index, double normalized);
}
