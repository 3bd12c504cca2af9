// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control;

import dev.patchbay.control.state.StateVersions;
import dev.patchbay.eventqueue.Event;

/**
 * What a plug-in does beside its sound: state and mappings of its own. Presets it has without doing anything, see {@link
 * ControlContext#presets}; those that come with it lie as files in a folder {@code presets} beside this class. An author implements this; the control process creates it by its
 * public constructor without arguments. Everything may allocate, wait and fail here: sound does not notice.
 *
 * <p>One instance belongs to one plug-in instance; all methods, the constructor included, are called on one thread, which is this module's
 * alone. The order is {@link #init}, then any mixture of the others, then {@link #close}. What one of them throws after {@link #init} is
 * logged and counted, and the module goes on.
 *
 * <p>New code may take this module's place while the plug-in plays. A module of the new code is then made, gets {@link #init} and the state
 * that this one has saved by {@link #loadState(byte[], int)}; where all of that has succeeded, this one is closed. So for a moment there are two: what only one can
 * hold, such as a port, is better taken when it is first needed. Whatever this one has started (threads, timers, shutdown hooks, entries
 * in tables of libraries) it must end in {@link #close}: its code stays in memory for as long as any of it is there.
 */
public interface ControlModule extends AutoCloseable {
    /** Who has changed a parameter. */
    enum ChangedBy {
        /** The host: its automation, its own panel, or a project that it loaded. */
        HOST,
        /** The sound engine: MIDI controllers that are mapped, and what else is played there. */
        ENGINE,
        /** Somebody here in the control process: this module, a panel, a preset. */
        CONTROL
    }

    /**
     * Prepares the module. An exception ends the control process, and its message is what the log shows; where new code is to take the
     * place of old, it is refused and the old one goes on.
     *
     * @param context the parameters and the means to change them; valid until {@link #close}
     */
    void init(ControlContext context);

    /**
     * Tells that a parameter has a new value. Changes in quick succession may arrive as one, which is then that of the last.
     * Each parameter is told once after {@link #init}, as the host's.
     *
     * @param index the parameter's place in the declaration
     * @param normalized 0 to 1, as the engine plays it: with 32 bits
     * @param by who has changed it
     */
    default void parameterChanged(final int index, final float normalized, final ChangedBy by) {
        setParameter(index, normalized);
    }

    /**
     * The same for a module that does not ask who: called by {@link #parameterChanged} unless that is implemented.
     *
     * @param index the parameter's place in the declaration
     * @param normalized 0 to 1
     */
    default void setParameter(final int index, final float normalized) {}

    /**
     * Hears what the engine was played: controllers, pitch wheel and pressures, mapped or not. Notes are not told. Where they come faster than
     * they are heard, some are left out.
     *
     * @param event valid until this returns
     */
    default void midi(final Event event) {}

    /**
     * What the host stores with its project beside the parameter values and the presets in use. Called after each change that {@link
     * ControlContext#stateChanged} tells, so it should be quick.
     *
     * @return any bytes, at most 256 MiB; the same state gives the same bytes
     */
    default byte[] saveState() {
        return new byte[0];
    }

    /** {@return the version of what {@link #saveState} gives, and the way to it from former ones} Called after the constructor. */
    default StateVersions stateVersions() {
        return StateVersions.FIRST;
    }

    /**
     * Takes back what {@link #saveState} gave. Bytes of former versions come migrated, see {@link #stateVersions}; those of newer ones do not
     * come at all: the host keeps them as they are.
     *
     * @param state in the current version; empty for a fresh module
     * @param savedIn the version in which it was saved, for a module that wants to sound as it did then; the current one for a fresh module
     * @throws IllegalArgumentException if the bytes cannot be read, with a sentence that says why; the module is as it was
     */
    default void loadState(final byte[] state, final int savedIn) {
        loadState(state);
    }

    /**
     * The same for a module that does not ask for the version: called by {@link #loadState(byte[], int)} unless that is implemented.
     *
     * @param state in the current version; empty for a fresh module
     * @throws IllegalArgumentException if the bytes cannot be read, with a sentence that says why; the module is as it was
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

    /**
     * Gives back what {@link #init} took, and ends what was started since. Called when the plug-in goes, and when other code has taken this
     * module's place; then it has two seconds, after which the other goes on without waiting. Not called where the process is killed.
     */
    @Override
    default void close() {}
}
