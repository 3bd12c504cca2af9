// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control;

import java.util.List;

/**
 * What a plug-in does beside its sound: presets, state, mappings. An author implements this; the control process creates it by its
 * public constructor without arguments. Everything may allocate, wait and fail here: sound does not notice.
 *
 * <p>One instance belongs to one plug-in instance; all methods are called on one thread. The order is {@link #init}, then
 * any mixture of the others, then {@link #close}.
 */
public interface ControlModule extends AutoCloseable {
    /**
     * Prepares the module. An exception ends the control process; its message is what the log shows.
     *
     * @param context the parameters and the means to change them; valid until {@link #close}
     */
    void init(ControlContext context);

    /**
     * Tells that a parameter has a new value, whoever changed it. Changes in quick succession may arrive as one.
     *
     * @param index the parameter's place in the declaration
     * @param normalized 0 to 1
     */
    void setParameter(int index, float normalized);

    /**
     * What the host stores with its project beside the parameter values. Called after each change, so it should be quick.
     *
     * @return any bytes; the same state gives the same bytes
     */
    byte[] saveState();

    /**
     * Takes back what {@link #saveState} gave, perhaps in an earlier version of the module. Bytes that cannot be read leave the module as it was.
     *
     * @param state as stored; may be empty
     * @throws IllegalArgumentException if the bytes cannot be read, with a sentence that says why
     */
    void loadState(byte[] state);

    /** The names of the presets, in their order. */
    default List<String> presets() {
        return List.of();
    }

    /**
     * Applies a preset through {@link ControlContext#change}.
     *
     * @param index 0 to {@code presets().size()} − 1
     */
    default void selectPreset(final int index) {}

    /** Gives back what {@link #init} took. */
    @Override
    default void close() {}
}
