// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control;

/**
 * What a plug-in does beside its sound: state and mappings of its own. Presets it has without doing anything, see {@link
 * ControlContext#presets}; those that come with it lie as files in a folder {@code presets} beside this class. An author implements this; the control process creates it by its
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
    default void setParameter(final int index, final float normalized) {}

    /**
     * What the host stores with its project beside the parameter values and the presets in use. Called after each change, so it should
     * be quick.
     *
     * @return any bytes; the same state gives the same bytes
     */
    default byte[] saveState() {
        return new byte[0];
    }

    /**
     * Takes back what {@link #saveState} gave, perhaps in an earlier version of the module. Bytes that cannot be read leave the module as it was.
     *
     * @param state as stored; empty for a fresh module
     * @throws IllegalArgumentException if the bytes cannot be read, with a sentence that says why
     */
    default void loadState(final byte[] state) {
        if (state.length > 0) {
            throw new IllegalArgumentException(
                    "The state has "
                            + state.length
                            + " bytes of the module's own, but this module has no state: it was"
                            + " saved by another version.");
        }
    }

    /** Gives back what {@link #init} took. */
    @Override
    default void close() {}
}
