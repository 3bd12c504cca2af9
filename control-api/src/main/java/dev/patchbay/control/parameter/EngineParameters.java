// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.parameter;

/** The sound engine as the {@link ParameterRegistry} sees it. The control process has it in a region; a test may play it. */
public interface EngineParameters {
    /**
     * {@return the value that the engine plays now, normalized}
     *
     * @param index the parameter's place in the declaration
     */
    float playing(int index);

    /**
     * Adds a value to the transaction that {@link #publish} ends.
     *
     * @param index the parameter's place in the declaration
     * @param normalized 0 to 1
     */
    void set(int index, float normalized);

    /** Hands over what was set since the last call: the engine plays all of it or none, from its next block on. */
    void publish();

    /** {@return how many blocks the engine has finished} It grows after the values of a block can be read by {@link #playing}. */
    long blocks();
}
