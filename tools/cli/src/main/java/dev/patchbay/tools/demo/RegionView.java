// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.demo;

import dev.patchbay.atomics.MeterBallistics;
import dev.patchbay.atomics.MeterReader;
import dev.patchbay.atomics.RoleCell;
import dev.patchbay.atomics.VoiceStates;
import dev.patchbay.layout.Loads;
import dev.patchbay.layout.ReadOnlyRegion;
import dev.patchbay.layout.Region;
import dev.patchbay.layout.RegionDeclaration;
import dev.patchbay.layout.RegionException;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.SectionEntry;
import dev.patchbay.layout.StandardRegion;
import dev.patchbay.layout.StandardStructs;
import dev.patchbay.layout.VoiceStateDescriptor;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** A standard region seen from outside: loads only. It stays readable after its owner's end, until it is closed. */
public final class RegionView implements AutoCloseable {
    private static final RegionDeclaration SHAPES = StandardRegion.prebuilt();

    private final ReadOnlyRegion region;
    private final Loads loads;
    private final Map<String, SectionEntry> sections = new HashMap<>();
    private final MeterReader outputMeters;
    private final MeterBallistics[] pointers;
    private long moved = System.nanoTime();

    /**
     * Maps a region.
     *
     * @throws RegionException if the file is no standard region, or not yet
     */
    public RegionView(final Path file) {
        region = Region.attachReadOnly(file);
        try {
            SHAPES.sections().forEach(shape -> sections.put(shape.name(), region.section(shape)));
        } catch (final RegionException e) {
            region.close();
            throw e;
        }
        loads = region.loads();
        outputMeters = MeterReader.over(loads, sections.get(StandardRegion.OUTPUT_LEVELS));
        pointers = new MeterBallistics[outputMeters.count()];
        Arrays.setAll(pointers, i -> MeterBallistics.fast());
    }

    /** The region's id, as 32 hexadecimal digits. */
    public String id() {
        return region.instanceId();
    }

    /** A counter by the names of its section and its own. */
    public long counter(final String section, final String name) {
        final int index = SHAPES.section(section).names().indexOf(name);
        if (index < 0) {
            throw new IllegalArgumentException(
                    "The section \"" + section + "\" has no counter \"" + name + "\".");
        }
        return loads.int64(sections.get(section).elementOffset(index));
    }

    /** The counts of a histogram's buckets. */
    public long[] histogram(final String section) {
        final SectionEntry entry = sections.get(section);
        final long[] counts = new long[entry.count()];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = loads.int64(entry.elementOffset(i));
        }
        return counts;
    }

    /** Where a meter's pointer is for each output channel, which falls by 20 dB in 300 ms; linear. Moves it. */
    public float[] outputLevels() {
        outputMeters.poll();
        final long now = System.nanoTime();
        final float[] levels = new float[pointers.length];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = pointers[i].update(outputMeters.peak(i), (now - moved) / 1e9);
        }
        moved = now;
        return levels;
    }

    /** What the engine plays, normalized, by the parameters' indices. */
    public float[] parameters() {
        final SectionEntry entry = sections.get(StandardRegion.PARAMETERS);
        final float[] values = new float[entry.count()];
        for (int i = 0; i < values.length; i++) {
            values[i] = loads.float32(entry.elementOffset(i));
        }
        return values;
    }

    /** How many voices are not free. */
    public int activeVoices() {
        final SectionEntry entry = sections.get(StandardRegion.VOICE_STATES);
        int active = 0;
        for (int i = 0; i < entry.count(); i++) {
            final int stage = VoiceStates.stageOf(loads.int32(entry.elementOffset(i)));
            active += stage == VoiceStateDescriptor.FREE ? 0 : 1;
        }
        return active;
    }

    /**
     * A participant as its cell tells of it.
     *
     * @param state one of {@link StandardRegion.RoleState}
     * @param pid its process
     * @param startTime of the process, in clock ticks since boot
     * @param generation 1 for the first process in this role
     * @param collector the garbage collector's name
     * @param message why the state is what it is
     */
    public record Participant(
            int state, int pid, long startTime, int generation, String collector, String message) {}

    /** The participant in a role. */
    public Participant participant(final Role role) {
        final SectionEntry roles = sections.get(StandardRegion.ROLES);
        final int at = roles.elementOffset(role.code());
        // The state first: its acquire pairs with the release that follows all else.
        final int state = loads.int32(at + StandardStructs.ROLE.offset("state"));
        return new Participant(
                state,
                loads.int32(at + StandardStructs.ROLE.offset("pid")),
                loads.int64(at + StandardStructs.ROLE.offset("start_time")),
                loads.int32(at + StandardStructs.ROLE.offset("generation")),
                RoleCell.collectorOf(loads, roles, role),
                RoleCell.messageOf(loads, roles, role));
    }

    /** Ends the mapping. */
    @Override
    public void close() {
        region.close();
    }
}
