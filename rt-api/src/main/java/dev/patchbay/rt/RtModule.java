// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import dev.patchbay.eventqueue.Event;

/**
 * The sound of a plug-in. An author implements this; the engine creates it by its public constructor without arguments,
 * in a process whose JVM has no collector.
 *
 * <p>One instance belongs to one plug-in instance and is called on one thread only. The order is {@link #init}, then any
 * mixture of {@link #handleEvent}, {@link #process} and {@link #reset}, then {@link #close}. A change of sample rate or
 * of the largest block makes a new instance.
 *
 * <p>In {@code handleEvent}, {@code process} and {@code reset} nothing may allocate, lock, wait, log, throw or call the
 * system: what is allocated there is never freed, and what waits is heard.
 */
public interface RtModule extends AutoCloseable {
    /**
     * Prepares for sound: allocates everything that will ever be needed. Called once, before any other method, not under
     * real-time conditions. An exception refuses the activation; its message is what the host's user reads.
     *
     * @param context rates, sizes and the cells that this module writes
     */
    void init(RtContext context);

    /**
     * Renders {@link Block#frames()} frames. Called for each stretch between two events, so events and parameter changes
     * are sample-accurate without work of the module's own. Under real-time conditions.
     *
     * @param block inputs, outputs, parameters and transport; valid during the call only
     */
    void process(Block block);

    /**
     * Takes one event, which is {@linkplain Event#isValid() valid}: its fields are in the ranges that {@link
     * dev.patchbay.eventqueue.EventType} states. It is heard from the first frame of the next {@link #process} on. Parameter changes
     * arrive through {@link Block#parameters()}, not here. Types that a module does not know are to be ignored. The bytes of a system
     * exclusive message are the event's payload: a module that keeps them copies them into an array of its own ({@link
     * Event#copyPayload}). Under real-time conditions.
     *
     * @param event with its payload valid during the call only
     */
    void handleEvent(Event event);

    /** Ends all notes and clears all delay lines at once, without a release. Under real-time conditions. */
    default void reset() {}

    /**
     * The frames that may still sound after the last input ended and all notes were released, with the present parameters.
     * Asked after {@link #init} and after each block. Under real-time conditions.
     */
    default int tailFrames() {
        return 0;
    }

    /** Gives back what {@link #init} took. Called once, not under real-time conditions. */
    @Override
    default void close() {}
}
