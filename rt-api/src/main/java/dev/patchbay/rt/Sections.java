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

/** Where everything lies that the engine uses. Found once; the same for the region and for a copy of it. */
final class Sections {
    private static final List<String> USED =
            List.of(
                    StandardRegion.ROLES,
                    StandardRegion.PARAMETERS,
                    StandardRegion.PARAMETERS_FROM_HOST,
                    StandardRegion.PARAMETERS_FROM_CONTROL,
                    StandardRegion.DIRTY_FROM_RT,
                    StandardRegion.VOICE_STATES,
                    StandardRegion.OUTPUT_LEVELS,
                    StandardRegion.VOICE_LEVELS,
                    StandardRegion.TRANSPORT,
                    StandardRegion.HOST_EVENTS,
                    StandardRegion.HOST_EVENT_DATA,
                    StandardRegion.CONTROL_EVENTS,
                    StandardRegion.AUDIO,
                    StandardRegion.RT_COUNTERS,
                    StandardRegion.RENDER_HISTOGRAM);

    private final Map<String, SectionEntry> entries = new HashMap<>();
    private final List<Parameter> parameters;

    Sections(final Participant participant) {
        for (final String name : USED) {
            entries.put(name, participant.section(name));
        }
        for (final StandardRegion.Phase phase : StandardRegion.Phase.values()) {
            entries.put(phase.section(), participant.section(phase.section()));
        }
        parameters = ParameterReader.read(participant.region());
    }

    SectionEntry get(final String name) {
        return entries.get(name);
    }

    List<Parameter> parameters() {
        return parameters;
    }
}
