// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import dev.patchbay.atomics.Participant;
import dev.patchbay.layout.Parameter;
import dev.patchbay.layout.ParameterReader;
import dev.patchbay.layout.SectionEntry;
import dev.patchbay.layout.StandardRegion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Where everything lies that the engine uses. Found once; the same for the region and for a copy of it. */
final class Sections {
    private static final List<String> USED =
            List.of(
                    StandardRegion.ROLES,
                    StandardRegion.PARAMETERS,
                    StandardRegion.PARAMETERS_FROM_HOST,
                    StandardRegion.PARAMETERS_FROM_CONTROL,
                    StandardRegion.MIDI_MAP,
                    StandardRegion.DIRTY_FROM_RT,
                    StandardRegion.VOICE_STATES,
                    StandardRegion.OUTPUT_LEVELS,
                    StandardRegion.VOICE_LEVELS,
                    StandardRegion.TRANSPORT,
                    StandardRegion.HOST_EVENTS,
                    StandardRegion.HOST_EVENT_DATA,
                    StandardRegion.BUSES,
                    StandardRegion.BUS_CHANNELS,
                    StandardRegion.RT_EVENTS,
                    StandardRegion.CONTROL_EVENTS,
                    StandardRegion.NOTIFICATIONS,
                    StandardRegion.AUDIO,
                    StandardRegion.AUDIO_THREAD,
                    StandardRegion.RT_CONDITIONS,
                    StandardRegion.RT_COUNTERS,
                    StandardRegion.RENDER_HISTOGRAM,
                    StandardRegion.RT_LOG);

    private final Map<String, SectionEntry> entries = new HashMap<>();
    private final List<Parameter> parameters;
    private final List<SectionEntry> all;

    Sections(final Participant participant) {
        for (final String name : USED) {
            entries.put(name, participant.section(name));
        }
        for (final StandardRegion.Phase phase : StandardRegion.Phase.values()) {
            entries.put(phase.section(), participant.section(phase.section()));
        }
        parameters = ParameterReader.read(participant.region());
        all = List.copyOf(participant.region().entries());
    }

    SectionEntry get(final String name) {
        return entries.get(name);
    }

    /** Those of the region, whether the engine uses them or not. */
    List<SectionEntry> all() {
        return all;
    }

    List<Parameter> parameters() {
        return parameters;
    }

    /** As {@link RtContext#parameterIndex(String)}. */
    int parameterIndex(final String symbol) {
        for (int i = 0; i < parameters.size(); i++) {
            if (parameters.get(i).symbol().equals(symbol)) {
                return i;
            }
        }
        throw new IllegalArgumentException(
                "There is no parameter with the symbol \""
                        + symbol
                        + "\"; there are: "
                        + parameters.stream()
                                .map(Parameter::symbol)
                                .collect(Collectors.joining(", "))
                        + ".");
    }

    /** As {@link RtContext#parameterIndex(int)}. */
    int parameterIndex(final int id) {
        for (int i = 0; i < parameters.size(); i++) {
            if (parameters.get(i).id() == id) {
                return i;
            }
        }
        throw new IllegalArgumentException(
                "There is no parameter with the id "
                        + id
                        + "; there are: "
                        + parameters.stream()
                                .map(p -> Integer.toString(p.id()))
                                .collect(Collectors.joining(", "))
                        + ".");
    }

    /** A section by its name, whether the engine uses it or not; what an author sees where there is none. */
    SectionEntry named(final String name) {
        for (final SectionEntry section : all) {
            if (section.name().equals(name)) {
                return section;
            }
        }
        throw new IllegalArgumentException(
                "The region has no section \""
                        + name
                        + "\"; it has: "
                        + all.stream().map(SectionEntry::name).collect(Collectors.joining(", "))
                        + ".");
    }
}
