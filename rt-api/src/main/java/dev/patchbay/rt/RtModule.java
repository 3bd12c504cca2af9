// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import dev.patchbay.eventqueue.Event;

/**
 * The sound of a plug-in. An author implements this; the engine creates it by its public constructor without arguments,
 * in a process whose JVM has no collector.
 *
 * <p>One instance belongs to one plug-in instance and one rate and largest block. Its methods are called one after the other, never
 * two at once, and what one call has stored the next one sees. There are two kinds of them:
 *
 * <ul>
 *   <li>{@link #init}, {@link #activate}, {@link #deactivate} and {@link #close} are called while no sound is expected. They may
 *       allocate, read files and take their time; the host waits meanwhile.
 *   <li>{@link #process}, {@link #handleEvent}, {@link #reset}, {@link #tailFrames} and {@link #latencyFrames} are under
 *       real-time conditions, as are all methods that are called by them: they do not allocate, lock, wait, throw, write to
 *       files or streams, or call the system. What is allocated there is never freed, and what waits is heard. What a module
 *       has to say there it says by {@link RtContext#logger()}.
 * </ul>
 *
 * <p>The life of an instance:
 *
 * <pre>
 *   constructor, init ── activate ── any mixture of handleEvent, process, reset ── deactivate ──┬── close
 *                           └───────────────────── reset ◄─────────────────────────────────────┘
 * </pre>
 *
 * <p>A host that deactivates the plug-in and activates it again with the same rate and largest block meets the same instance, which was
 * reset in between: nothing needs to be allocated anew. Another rate or largest block, and an instance that threw, are replaced by a
 * new one. Before the first sound, other instances of the class are run over a copy of the region, so that the compiler has
 * done its work; static fields are therefore shared with instances that nobody hears, and with those of other plug-in instances.
 *
 * <p>A module starts threads by {@link RtContext#startHelper} alone, which has the rules.
 */
public interface RtModule extends AutoCloseable {
    /**
     * Takes hold of everything that will ever be needed: memory, tables, files. Called once, before any other method. An
     * exception refuses the activation; its message is what the host's user reads.
     *
     * @param context rates, sizes, parameters, and what this module may write; valid until {@link #close}
     */
    void init(RtContext context);

    /**
     * Sound is about to be asked for. Called after {@link #init}, and again at each later activation with the same rate and
     * largest block, then after a {@link #reset}. What it allocates is never freed, and it may be called a thousand times: memory
     * belongs into {@link #init}. An exception refuses the activation, as there.
     */
    default void activate() {}

    /** No sound is asked for until the next {@link #activate}. Called once after each, but not on an instance that threw. */
    default void deactivate() {}

    /**
     * Renders {@link Block#frames()} frames, from {@link Block#offset()} on. Called for each stretch between two events, so events
     * and parameter changes are sample-accurate without work of the module's own; with {@link #wholeBlocks()}, once for each
     * block of the host. Under real-time conditions. A module that throws here is not asked again: the host hears silence until
     * it activates the plug-in anew, and reads what was thrown.
     *
     * @param block inputs, outputs, parameters, events, transport and mode; valid during the call only
     */
    void process(Block block);

    /**
     * Takes one event, which is {@linkplain Event#isValid() valid}: its fields are in the ranges that {@link
     * dev.patchbay.eventqueue.EventType} states. It is heard from the first frame of the next {@link #process} on. Events come in
     * the order of their time. Parameter changes arrive through {@link Block#parameters()}, not here. Types that a module does
     * not know are to be ignored. The bytes of a system exclusive message are the event's payload: a module that keeps them
     * copies them into an array of its own ({@link Event#copyPayload}). Not called with {@link #wholeBlocks()}. Under
     * real-time conditions.
     *
     * @param event with its payload valid during the call only
     */
    default void handleEvent(final Event event) {}

    /**
     * Whether {@link #process} gets each block of the host whole, with the events and parameter changes in {@link Block#events()}.
     * For modules that compute in steps of their own, such as a Fourier transform, and for those to which a call is costly. Asked
     * once, after {@link #init}.
     *
     * @return false unless a module says otherwise: blocks are split at events and parameter changes
     */
    default boolean wholeBlocks() {
        return false;
    }

    /**
     * Ends all notes and clears all delay lines at once, without a release: from here on the module sounds as a new one would
     * with the same parameters. Called before each {@link #activate} but the first. Under real-time conditions.
     */
    default void reset() {}

    /**
     * {@return the frames that may still sound after the last input ended and all notes were released, with the present
     * parameters; 0 and up, {@link Integer#MAX_VALUE} for ever} Asked after {@link #activate} and after each block. Under
     * real-time conditions.
     */
    default int tailFrames() {
        return 0;
    }

    /**
     * {@return the frames by which the output lags behind the input, 0 and up} The host shifts other tracks by as much. Asked after
     * {@link #activate} and after each block; hosts expect it to stay while the plug-in is active. Under real-time conditions.
     */
    default int latencyFrames() {
        return 0;
    }

    /**
     * Gives back what {@link #init} took. Called once, also where {@link #init} or {@link #activate} threw; no other method
     * is called after it. Helper threads are interrupted when it has returned. What it throws is logged.
     */
    @Override
    default void close() {}
}
