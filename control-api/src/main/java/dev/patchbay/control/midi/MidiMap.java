// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.midi;

import dev.patchbay.eventqueue.midi.MidiMapEntry;
import dev.patchbay.layout.Parameter;
import dev.patchbay.layout.StandardRegion;
import java.util.ArrayList;
import java.util.List;

/**
 * Mappings in the order in which they apply. A controller may move several parameters, a parameter may be moved by several controllers.
 * Immutable.
 *
 * @param mappings at most {@link StandardRegion#MIDI_MAPPINGS}
 */
public record MidiMap(List<MidiMapping> mappings) {
    /** A map without a mapping. */
    public static final MidiMap EMPTY = new MidiMap(List.of());

    /** Keeps a copy. */
    public MidiMap {
        mappings = List.copyOf(mappings);
        if (mappings.size() > StandardRegion.MIDI_MAPPINGS) {
            throw new IllegalArgumentException(
                    "A MIDI map has at most "
                            + StandardRegion.MIDI_MAPPINGS
                            + " mappings, but this one has "
                            + mappings.size()
                            + ": remove some first.");
        }
    }

    /**
     * {@return this map and a mapping, in the place of the one from the same controller to the same parameter, else at the end}
     *
     * @param mapping to be added
     * @throws IllegalArgumentException if the map is full
     */
    public MidiMap with(final MidiMapping mapping) {
        final List<MidiMapping> all = new ArrayList<>(mappings);
        for (int i = 0; i < all.size(); i++) {
            if (isSameWay(all.get(i), mapping)) {
                all.set(i, mapping);
                return new MidiMap(all);
            }
        }
        all.add(mapping);
        return new MidiMap(all);
    }

    /**
     * {@return this map without a mapping}
     *
     * @param mapping to be removed; one that is not there is nothing
     */
    public MidiMap without(final MidiMapping mapping) {
        return new MidiMap(mappings.stream().filter(one -> !one.equals(mapping)).toList());
    }

    /**
     * {@return this map with a mapping changed, which keeps its place}
     *
     * @param old as it is
     * @param changed what it is to be
     * @throws IllegalArgumentException if the old one is not there, or another one leads from the same controller to the same parameter
     */
    public MidiMap replace(final MidiMapping old, final MidiMapping changed) {
        final int place = mappings.indexOf(old);
        if (place < 0) {
            throw new IllegalArgumentException(
                    "The mapping of the "
                            + old.controller()
                            + " was changed or removed meanwhile: look at the map again.");
        }
        final List<MidiMapping> all = new ArrayList<>(mappings);
        all.remove(place);
        if (all.stream().anyMatch(other -> isSameWay(other, changed))) {
            throw new IllegalArgumentException(
                    "The "
                            + changed.controller()
                            + " moves this parameter already: change or remove that mapping.");
        }
        all.add(place, changed);
        return new MidiMap(all);
    }

    private static boolean isSameWay(final MidiMapping one, final MidiMapping other) {
        return one.source() == other.source()
                && one.channel() == other.channel()
                && one.number() == other.number()
                && one.parameter() == other.parameter();
    }

    /**
     * {@return what a person should know of this map, as sentences: two mappings by which one movement sets a parameter twice; a controller
     * that is a half of a pair as well; parameters that this plug-in does not have, or that only the plug-in changes} A conflict hinders
     * nothing: mappings apply in their order, and those without a parameter are kept for the version that has it.
     *
     * @param parameters of the plug-in
     */
    public List<String> conflicts(final List<Parameter> parameters) {
        final List<String> found = new ArrayList<>();
        for (int i = 0; i < mappings.size(); i++) {
            final MidiMapping one = mappings.get(i);
            final int index = indexOf(parameters, one.parameter());
            if (index < 0) {
                found.add(
                        "The "
                                + one.controller()
                                + " moves the parameter "
                                + one.parameter()
                                + ", which this plug-in does not have: the mapping is kept, and"
                                + " moves nothing.");
            } else if (isReadOnly(parameters.get(index))) {
                found.add(
                        "The "
                                + one.controller()
                                + " cannot move \""
                                + parameters.get(index).name()
                                + "\", which only the plug-in changes.");
            }
            for (final MidiMapping later : mappings.subList(i + 1, mappings.size())) {
                addConflict(found, one, later, index < 0 ? "" : parameters.get(index).name());
            }
        }
        return found;
    }

    private static void addConflict(
            final List<String> found,
            final MidiMapping one,
            final MidiMapping later,
            final String name) {
        if (!one.sharesMessagesWith(later)) {
            return;
        }
        if (one.parameter() == later.parameter()) {
            found.add(
                    "The "
                            + one.controller()
                            + " and the "
                            + later.controller()
                            + " both move \""
                            + name
                            + "\" with the same message: the later mapping has the last word.");
        } else if (one.isHalfOf(later) || later.isHalfOf(one)) {
            found.add(
                    "The "
                            + one.controller()
                            + " and the "
                            + later.controller()
                            + " share a message: a controller that has a fine half should be"
                            + " mapped as a pair alone.");
        }
    }

    /**
     * {@return the entries for the engine, in order} Mappings of parameters that are not there, or that only the plug-in changes, are left out.
     *
     * @param parameters of the plug-in, in the order of their indices
     */
    public List<MidiMapEntry> compile(final List<Parameter> parameters) {
        final List<MidiMapEntry> entries = new ArrayList<>();
        for (final MidiMapping mapping : mappings) {
            final int index = indexOf(parameters, mapping.parameter());
            if (index >= 0 && !isReadOnly(parameters.get(index))) {
                entries.add(
                        new MidiMapEntry(
                                mapping.source(),
                                mapping.channel(),
                                mapping.number(),
                                mapping.mode(),
                                index,
                                mapping.minimum(),
                                mapping.maximum(),
                                mapping.exponent(),
                                mapping.step()));
            }
        }
        return entries;
    }

    private static boolean isReadOnly(final Parameter parameter) {
        return parameter.flags().contains(Parameter.Flag.READ_ONLY);
    }

    private static int indexOf(final List<Parameter> parameters, final int id) {
        for (int i = 0; i < parameters.size(); i++) {
            if (parameters.get(i).id() == id) {
                return i;
            }
        }
        return -1;
    }
}
