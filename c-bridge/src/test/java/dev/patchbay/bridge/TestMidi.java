// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bridge;

import dev.patchbay.eventqueue.Event;
import dev.patchbay.eventqueue.EventType;
import dev.patchbay.eventqueue.midi.MidiMapEntry;
import dev.patchbay.eventqueue.midi.MidiMapWriter;
import dev.patchbay.eventqueue.midi.MidiMapper;
import dev.patchbay.layout.EventDescriptor;
import dev.patchbay.layout.MidiMode;
import dev.patchbay.layout.MidiSource;
import dev.patchbay.layout.Region;
import dev.patchbay.layout.RegionImage;
import dev.patchbay.layout.SectionEntry;
import dev.patchbay.layout.StandardRegion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Writes random MIDI maps, random MIDI, and what Java makes of it, to compare the bridge's mapper with. */
final class TestMidi {
    private static final int ROUNDS = 60;
    private static final int EVENTS = 400;
    private static final long SEED = 20_261;

    private final List<String> lines = new ArrayList<>(List.of("# seed " + SEED));
    private final Random random = new Random(SEED);
    private final float[] values;
    private final MidiMapWriter writer;
    private final MidiMapper mapper;
    private final AtomicBuffer slot = new UnsafeBuffer(new byte[EventDescriptor.SIZE]);

    private TestMidi(final int parameters) {
        final AtomicBuffer memory = Region.scratch(new RegionImage(StandardRegion.prebuilt()));
        final SectionEntry map = StandardRegion.prebuilt().section(StandardRegion.MIDI_MAP).entry();
        values = new float[parameters];
        writer = new MidiMapWriter(memory, map);
        mapper =
                new MidiMapper(
                        memory,
                        map,
                        parameters,
                        new MidiMapper.Target() {
                            @Override
                            public float value(final int index) {
                                return values[index];
                            }

                            @Override
                            public void change(final int index, final float normalized) {
                                values[index] = normalized;
                                lines.add(
                                        "change "
                                                + index
                                                + " "
                                                + Integer.toUnsignedString(
                                                        Float.floatToRawIntBits(normalized)));
                            }
                        });
    }

    static void write(final Path file, final int parameters) throws IOException {
        final TestMidi midi = new TestMidi(parameters);
        for (int round = 0; round < ROUNDS; round++) {
            midi.round();
        }
        Files.write(file, midi.lines);
    }

    private void round() {
        final List<MidiMapEntry> entries = new ArrayList<>();
        for (int i = random.nextInt(40); i > 0; i--) {
            entries.add(entry());
        }
        writer.publish(entries);
        mapper.refresh();
        lines.add("round");
        for (final MidiMapEntry e : entries) {
            lines.add(
                    String.join(
                            " ",
                            "entry",
                            "" + e.source().code(),
                            "" + e.channel(),
                            "" + e.number(),
                            "" + e.mode().code(),
                            "" + e.parameter(),
                            Double.toHexString(e.minimum()),
                            Double.toHexString(e.maximum()),
                            Double.toHexString(e.exponent()),
                            Double.toHexString(e.step())));
        }
        lines.add("play");
        for (int i = 0; i < EVENTS; i++) {
            event();
        }
    }

    private MidiMapEntry entry() {
        for (; ; ) {
            final MidiSource source = MidiSource.values()[random.nextInt(6)];
            final MidiMapEntry entry =
                    new MidiMapEntry(
                            source,
                            random.nextInt(3) - 1,
                            random.nextInt(Math.min(source.greatest(), 70) + 2) - 1,
                            MidiMode.values()[random.nextInt(6)],
                            // One past the last: an entry that both leave out.
                            random.nextInt(values.length + 1),
                            random.nextInt(5) / 4.0,
                            random.nextInt(5) / 4.0,
                            random.nextBoolean() ? 1 : 0.25 + random.nextInt(16) / 4.0,
                            1.0 / (1 + random.nextInt(127)));
            if (entry.isValid()) {
                return entry;
            }
        }
    }

    private void event() {
        final int channel = random.nextInt(2);
        final int controller = random.nextInt(4) == 0 ? 96 + random.nextInt(6) : random.nextInt(72);
        final double value = random.nextInt(128) / 127.0;
        switch (random.nextInt(8)) {
            case 0 -> play(EventType.PITCH_BEND, channel, 0, random.nextInt(16384) / 8192.0 - 1);
            case 1 -> play(EventType.CHANNEL_PRESSURE, channel, 0, value);
            case 2 -> play(EventType.POLY_PRESSURE, channel, random.nextInt(72), value);
            default -> play(EventType.CONTROLLER, channel, controller, value);
        }
    }

    private void play(final int type, final int channel, final int index, final double value) {
        Event.store(slot, 0, type, 0, channel, -1, index, value, 0);
        lines.add("event " + type + " " + channel + " " + index + " " + Double.toHexString(value));
        mapper.event(new Event(slot).moveTo(0));
    }
}
