// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.parameter;

/**
 * Hears of each parameter's changes and gestures, in the order in which they happen: between {@link #gestureBegan} and {@link #gestureEnded}
 * somebody holds the parameter. Called on the thread of the {@link ParameterRegistry}. A listener may change parameters; what that leads to
 * is told after it has returned.
 */
public interface ParameterListener {
    /**
     * The first writer has taken hold of a parameter.
     *
     * @param index the parameter's place in the declaration
     */
    default void gestureBegan(final int index) {}

    /**
     * A parameter has a new value.
     *
     * @param index the parameter's place in the declaration
     * @param normalized 0 to 1
     * @param writer the name of the writer that changed it; {@link ParameterRegistry#ENGINE} where the host or the engine did
     */
    default void changed(final int index, final double normalized, final String writer) {}

    /**
     * The last writer has let go of a parameter.
     *
     * @param index the parameter's place in the declaration
     */
    default void gestureEnded(final int index) {}
}
