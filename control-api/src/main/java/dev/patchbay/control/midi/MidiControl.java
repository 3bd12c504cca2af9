// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.midi;

import dev.patchbay.eventqueue.Event;
import dev.patchbay.eventqueue.midi.MidiMapWriter;
import dev.patchbay.layout.Parameter;
import java.util.List;
import java.util.Optional;

/**
 * The MIDI map of a plug-in instance: what it is, changing it and learning. The engine plays it, in the block of the message, whether the
 * control process lives or not. Not thread-safe: for the control module's thread.
 */
public final class MidiControl {
    private final MidiMapWriter writer;
    private final List<Parameter> parameters;
    private final Runnable changed;
    private MidiMap map = MidiMap.EMPTY;
    private MidiLearn learn;

    /**
     * Starts with an empty map, which is not published before it is set: the engine goes on with what the region has.
     *
     * @param writer control's side of the region's map
     * @param parameters in the order of their indices
     * @param changed is run when the state to be saved has changed
     */
    public MidiControl(
            final MidiMapWriter writer, final List<Parameter> parameters, final Runnable changed) {
        this.writer = writer;
        this.parameters = List.copyOf(parameters);
        this.changed = changed;
    }

    /** {@return the map} */
    public MidiMap map() {
        return map;
    }

    /** {@return what a person should know of the map: see {@link MidiMap#conflicts}} */
    public List<String> conflicts() {
        return map.conflicts(parameters);
    }

    /**
     * Replaces the map, from the engine's next block on, and in the state.
     *
     * @param replacement the new map
     */
    public void map(final MidiMap replacement) {
        load(replacement);
        changed.run();
    }

    /**
     * Replaces the map by one from a state.
     *
     * @param loaded the new map
     */
    public void load(final MidiMap loaded) {
        writer.publish(loaded.compile(parameters));
        map = loaded;
    }

    /**
     * Waits for a controller to be moved and maps it to a parameter, over its whole range. One parameter is learned at a time: another
     * takes its place.
     *
     * @param index the parameter's place in the declaration
     * @throws IllegalArgumentException if there is none, or only the plug-in changes it
     */
    public void learn(final int index) {
        if (index < 0 || index >= parameters.size()) {
            throw new IllegalArgumentException(
                    "There is no parameter "
                            + index
                            + ": the plug-in has "
                            + parameters.size()
                            + ".");
        }
        final Parameter parameter = parameters.get(index);
        if (parameter.flags().contains(Parameter.Flag.READ_ONLY)) {
            throw new IllegalArgumentException(
                    "The parameter \""
                            + parameter.symbol()
                            + "\" is read-only: no controller can move it.");
        }
        learn = new MidiLearn(parameter);
    }

    /** Waits no more. */
    public void cancelLearn() {
        learn = null;
    }

    /** {@return the parameter that waits for a controller} */
    public Optional<Parameter> learning() {
        return Optional.ofNullable(learn).map(MidiLearn::parameter);
    }

    /**
     * Hears what the engine was played. What is no valid event is passed over: the engine has counted it.
     *
     * @param event of any type
     * @return the mapping that it made, where it completed one
     * @throws IllegalArgumentException if it completed one but the map is full; learning has ended then
     */
    public Optional<MidiMapping> event(final Event event) {
        if (learn == null || !event.isValid()) {
            return Optional.empty();
        }
        final Optional<MidiMapping> learned = learn.event(event);
        if (learned.isPresent()) {
            learn = null;
            map(map.with(learned.get()));
        }
        return learned;
    }
}
