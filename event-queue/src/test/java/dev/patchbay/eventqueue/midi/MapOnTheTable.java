// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.eventqueue.midi;

import dev.patchbay.layout.MidiMode;
import dev.patchbay.layout.MidiSource;
import dev.patchbay.layout.Region;
import dev.patchbay.layout.RegionDeclaration;
import dev.patchbay.layout.RegionImage;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.SectionEntry;
import dev.patchbay.layout.StandardStructs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** A map in a real region, its writer, and a mapper whose parameters the test sees. */
final class MapOnTheTable implements MidiMapper.Target, AutoCloseable {
    static final int PARAMETERS = 4;
    static final int CAPACITY = 8;
    private static final RegionDeclaration DECLARATION =
            RegionDeclaration.named("knobs")
                    .tripleBuffer(
                            "map",
                            "which controllers move which parameters",
                            Role.CONTROL,
                            Role.RT,
                            StandardStructs.MIDI_MAPPING,
                            CAPACITY)
                    .build();

    final Region region;
    final SectionEntry section;
    final MidiMapWriter writer;
    final float[] values = new float[PARAMETERS];
    final List<String> changes = new ArrayList<>();
    MidiMapper mapper;

    MapOnTheTable(final Path folder) {
        region =
                Region.create(
                        folder.resolve("region" + System.nanoTime()), new RegionImage(DECLARATION));
        section = region.section(DECLARATION.section("map"));
        writer = new MidiMapWriter(region.buffer(), section);
        takeOver();
    }

    /** A new process in the reader's role. */
    void takeOver() {
        mapper = new MidiMapper(region.buffer(), section, PARAMETERS, this);
        mapper.refresh();
    }

    void play(final MidiMapEntry... entries) {
        writer.publish(Arrays.asList(entries));
        mapper.refresh();
    }

    static MidiMapEntry ranged(
            final MidiMode mode, final double low, final double high, final double exponent) {
        return new MidiMapEntry(
                MidiSource.CONTROLLER, MidiSource.ANY, 20, mode, 0, low, high, exponent, 0.125);
    }

    /** A source of numbers whose seed stands in the test's output. */
    static Random random(final String test) {
        final long seed = System.nanoTime();
        System.out.println(test + ": seed " + seed);
        return new Random(seed);
    }

    static MidiMapEntry controller(final int number, final MidiMode mode) {
        return of(MidiSource.CONTROLLER, number, mode, 0);
    }

    static MidiMapEntry of(
            final MidiSource source, final int number, final MidiMode mode, final int parameter) {
        return new MidiMapEntry(
                source, MidiSource.ANY, number, mode, parameter, 0, 1, 1, 1.0 / 128);
    }

    void controller(final int channel, final int number, final int value) {
        mapper.message(0xB0 | channel, number, value);
    }

    @Override
    public float value(final int index) {
        return values[index];
    }

    @Override
    public void change(final int index, final float normalized) {
        if (!(normalized >= 0 && normalized <= 1)) {
            throw new AssertionError("parameter " + index + " was given " + normalized);
        }
        values[index] = normalized;
        changes.add(index + "=" + normalized);
    }

    @Override
    public void close() {
        region.close();
    }
}
