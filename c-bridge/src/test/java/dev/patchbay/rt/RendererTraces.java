// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import dev.patchbay.atomics.DirtyBits;
import dev.patchbay.atomics.MeterWriter;
import dev.patchbay.atomics.ParameterChangesWriter;
import dev.patchbay.atomics.Participant;
import dev.patchbay.atomics.Snapshot;
import dev.patchbay.atomics.StructCopy;
import dev.patchbay.bridge.TestImage;
import dev.patchbay.eventqueue.Event;
import dev.patchbay.eventqueue.EventQueue;
import dev.patchbay.eventqueue.EventType;
import dev.patchbay.eventqueue.automation.AutomationWriter;
import dev.patchbay.eventqueue.automation.HandsWriter;
import dev.patchbay.eventqueue.automation.LaneEntry;
import dev.patchbay.eventqueue.automation.PointEntry;
import dev.patchbay.eventqueue.midi.MidiMapEntry;
import dev.patchbay.eventqueue.midi.MidiMapWriter;
import dev.patchbay.layout.AutomationBase;
import dev.patchbay.layout.AutomationShape;
import dev.patchbay.layout.MidiMode;
import dev.patchbay.layout.MidiSource;
import dev.patchbay.layout.Region;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.SectionEntry;
import dev.patchbay.layout.StandardRegion;
import dev.patchbay.layout.StandardStructs;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.AtomicBuffer;

/**
 * Plays random songs with the engine's renderer and writes down what a native module must see: before each block the bytes of the region that
 * host and control have changed, then every call of the module, then a hash of what RT has written. The bridge's tests replay it.
 */
public final class RendererTraces {
    private static final long SEED = 20_262;
    private static final int SONGS = 24;
    private static final int BLOCKS = 150;
    private static final List<String> WRITTEN =
            List.of(
                    StandardRegion.PARAMETERS,
                    StandardRegion.DIRTY_FROM_RT,
                    StandardRegion.NOTIFICATIONS);

    private final Random random = new Random(SEED);
    private final BufferedWriter out;
    private final AtomicBuffer region;
    private final Sections sections;
    private final AudioSlots slots;
    private final byte[] before;
    private final byte[] now;
    private final int parameters;

    /** For how many there is room in the region, which may be more. */
    private final int room;

    private final AutomationWriter automation;
    private final HandsWriter hands;
    private final MidiMapWriter midi;
    private final ParameterChangesWriter fromHost;
    private final ParameterChangesWriter fromControl;
    private final EventQueue hostEvents;
    private final EventQueue controlEvents;
    private final EventQueue told;
    private final DirtyBits dirty;
    private final Snapshot transport;
    private final StructCopy where = new StructCopy(StandardStructs.TRANSPORT);
    private int request;
    private double rate;
    private double tempo = 120;
    private long position;
    private boolean playing;

    private RendererTraces(final Participant participant, final BufferedWriter out) {
        this.out = out;
        region = participant.buffer();
        sections = new Sections(participant);
        slots = new AudioSlots(region, sections.get(StandardRegion.AUDIO));
        before = new byte[region.capacity()];
        now = new byte[region.capacity()];
        parameters = sections.parameters().size();
        room = sections.get(StandardRegion.PARAMETERS_FROM_CONTROL).count();
        automation = new AutomationWriter(region, sections.get(StandardRegion.AUTOMATION));
        hands = new HandsWriter(region, sections.get(StandardRegion.AUTOMATION_HANDS));
        midi = new MidiMapWriter(region, sections.get(StandardRegion.MIDI_MAP));
        fromHost =
                new ParameterChangesWriter(
                        region, sections.get(StandardRegion.PARAMETERS_FROM_HOST));
        fromControl =
                new ParameterChangesWriter(
                        region, sections.get(StandardRegion.PARAMETERS_FROM_CONTROL));
        hostEvents = EventQueue.over(region, sections.get(StandardRegion.HOST_EVENTS));
        controlEvents = EventQueue.over(region, sections.get(StandardRegion.CONTROL_EVENTS));
        told = EventQueue.over(region, sections.get(StandardRegion.NOTIFICATIONS));
        dirty = DirtyBits.over(region, sections.get(StandardRegion.DIRTY_FROM_RT));
        transport = Snapshot.over(region, sections.get(StandardRegion.TRANSPORT));
        region.getBytes(0, before);
    }

    /**
     * Writes the traces.
     *
     * @param args the file to write
     */
    public static void main(final String[] args) throws IOException {
        final Path file = Path.of(args[0]);
        Files.createDirectories(file.getParent());
        final Path memory = Files.createTempDirectory("traces").resolve("region");
        try (Region owned = Region.create(memory, TestImage.probe());
                BufferedWriter out = Files.newBufferedWriter(file)) {
            final String[] options = {
                "--region",
                memory.toString(),
                "--id",
                owned.instanceId(),
                "--host",
                "1",
                "--generation",
                "1",
                "--module",
                "none"
            };
            final RendererTraces traces =
                    new RendererTraces(Participant.attach(Role.RT, options), out);
            out.write("seed " + SEED + "\n");
            for (final String name : WRITTEN) {
                final SectionEntry section = traces.sections.get(name);
                out.write("written " + section.offset() + " " + section.length() + "\n");
            }
            for (int song = 0; song < SONGS; song++) {
                traces.song(song % 2 == 1);
            }
        } finally {
            Files.delete(memory);
            Files.delete(memory.getParent());
        }
    }

    private void song(final boolean whole) throws IOException {
        rate = new double[] {44_100, 48_000, 96_000, 22_050.5}[random.nextInt(4)];
        midi.publish(map());
        patch();
        out.write("song " + (whole ? 1 : 0) + " " + hex(rate) + "\n");
        final BlockRenderer renderer =
                new BlockRenderer(
                        region,
                        sections,
                        slots,
                        new Recorder(whole),
                        MeterWriter.over(region, sections.get(StandardRegion.VOICE_LEVELS), rate),
                        rate,
                        slots.maxFrames(),
                        null);
        for (int block = 0; block < BLOCKS; block++) {
            final int frames = frames();
            prepare(frames);
            slots.ask(
                    ++request,
                    StandardRegion.Request.PROCESS,
                    frames,
                    one(20) ? StandardRegion.SlotFlag.ALL_NOTES_OFF : random.nextInt(2),
                    rate,
                    hostEvents.tail());
            patch();
            out.write("render " + (request & 1) + "\n");
            renderer.render(request);
            region.getBytes(0, before);
            out.write("hash " + hash() + "\n");
            position += playing ? frames : 0;
        }
    }

    private int frames() {
        return switch (random.nextInt(6)) {
            case 0 -> random.nextInt(3);
            case 1 -> slots.maxFrames();
            default -> 1 + random.nextInt(slots.maxFrames());
        };
    }

    /** What host and control do before a block. */
    private void prepare(final int frames) {
        told.poll(event -> {}, told.capacity());
        dirty.drain(0);
        if (one(12)) {
            automation.publish(lanes());
        }
        if (one(60)) {
            // What a broken writer may leave: in a head, a lane or a point, and no number at all.
            final SectionEntry table = sections.get(StandardRegion.AUTOMATION);
            final int word = table.elementOffset(random.nextInt(60)) + 8 * random.nextInt(4);
            region.putLong(word + random.nextInt(3) * table.copyStride(), random.nextLong());
        }
        host();
        if (one(8)) {
            hands.set(random.nextInt(parameters), random.nextInt(8));
            hands.publish();
        }
        if (one(30)) {
            final int gone = sections.get(StandardRegion.GONE).elementOffset(Role.CONTROL.code());
            region.putIntOrdered(gone, one(2) ? (int) ProcessHandle.current().pid() : 0);
        }
        if (one(5)) {
            bulk(one(2) ? fromHost : fromControl);
        }
        for (int i = one(6) ? random.nextInt(4) : 0; i > 0; i--) {
            parameter(controlEvents, 0);
        }
        int at = 0;
        for (int i = one(2) ? random.nextInt(24) : 0; i > 0; i--) {
            at += random.nextInt(1 + Math.max(1, frames / 12));
            event(at);
        }
    }

    private void host() {
        playing = playing ? !one(20) : one(3);
        if (one(10)) {
            position = random.nextInt(200_000) - 20_000;
        } else if (one(100)) {
            position = random.nextLong();
        }
        if (one(15)) {
            tempo = one(10) ? Double.NaN : 20 + random.nextInt(400) + random.nextDouble();
        }
        final double quarters = one(100) ? Double.NaN : position / rate * tempo / 60;
        where.integer("position_samples").set(position);
        where.floating("position_quarters").set(quarters);
        where.floating("tempo").set(tempo);
        where.floating("sample_rate").set(rate);
        where.integer("playing").set(playing ? 1 : 0);
        transport.write(where);
    }

    private List<LaneEntry> lanes() {
        final List<LaneEntry> lanes = new ArrayList<>();
        for (int parameter = 0; parameter < parameters; parameter++) {
            if (one(3)) {
                continue;
            }
            final List<PointEntry> points = new ArrayList<>();
            double time = random.nextDouble() * 0.2 - 0.1;
            for (int i = random.nextInt(one(4) ? 400 : 12); i >= 0; i--) {
                time += one(5) ? 0 : random.nextDouble() * (one(3) ? 0.5 : 0.002);
                points.add(
                        new PointEntry(
                                time,
                                one(6) ? 0.5f : random.nextFloat(),
                                AutomationShape.values()[random.nextInt(3)],
                                one(8) ? 0 : random.nextFloat() * 40 - 20));
            }
            final double loop = one(2) ? 0 : 0.001 + random.nextDouble() * (one(2) ? 0.01 : 1);
            final AutomationBase base = AutomationBase.values()[random.nextInt(2)];
            lanes.add(new LaneEntry(parameter, base, loop, points));
        }
        return lanes;
    }

    private List<MidiMapEntry> map() {
        final List<MidiMapEntry> entries = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            entries.add(
                    new MidiMapEntry(
                            MidiSource.CONTROLLER,
                            -1,
                            20 + i,
                            MidiMode.JUMP,
                            random.nextInt(parameters),
                            0,
                            1,
                            1,
                            1.0 / 127));
        }
        return entries;
    }

    private void bulk(final ParameterChangesWriter writer) {
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            writer.set(random.nextInt(room), random.nextFloat());
        }
        writer.publish();
    }

    private void event(final int at) {
        switch (random.nextInt(3)) {
            case 0 -> parameter(hostEvents, at);
            case 1 ->
                    hostEvents.offer(
                            EventType.CONTROLLER,
                            at,
                            0,
                            -1,
                            20 + random.nextInt(4),
                            random.nextInt(128) / 127.0,
                            0);
            default ->
                    hostEvents.offer(EventType.CHANNEL_PRESSURE, at, 1, -1, 0, one(9) ? 2 : 0.5, 0);
        }
    }

    private void parameter(final EventQueue queue, final int at) {
        final int index = random.nextInt(parameters + 1);
        queue.offer(EventType.PARAMETER, at, 0, -1, index, random.nextDouble(), 0);
    }

    private boolean one(final int in) {
        return random.nextInt(in) == 0;
    }

    /** Writes the bytes that others than RT have changed since the last block. */
    private void patch() throws IOException {
        region.getBytes(0, now);
        int at = Arrays.mismatch(before, now);
        while (at >= 0 && at < now.length) {
            int end = at;
            final StringBuilder bytes = new StringBuilder();
            while (end < now.length && before[end] != now[end]) {
                bytes.append(String.format("%02x", now[end++]));
            }
            out.write("patch " + at + " " + bytes + "\n");
            final int next = Arrays.mismatch(before, end, before.length, now, end, now.length);
            at = next < 0 ? -1 : end + next;
        }
    }

    private String hash() {
        long hash = 0xCBF29CE484222325L;
        for (final String name : WRITTEN) {
            final SectionEntry section = sections.get(name);
            for (int i = 0; i < section.length(); i++) {
                hash = (hash ^ before[(int) section.offset() + i] & 0xFF) * 0x100000001B3L;
            }
        }
        return Long.toHexString(hash);
    }

    private static String hex(final double value) {
        return Long.toHexString(Double.doubleToRawLongBits(value));
    }

    /** A module that writes down how it is called. */
    private final class Recorder implements RtModule {
        private final boolean whole;
        private final int[] known = new int[parameters];

        Recorder(final boolean whole) {
            this.whole = whole;
        }

        @Override
        public void init(final RtContext context) {}

        @Override
        public boolean wholeBlocks() {
            return whole;
        }

        @Override
        public void handleEvent(final Event event) {
            line(text(event, false));
        }

        @Override
        public void process(final Block block) {
            final StringBuilder text = new StringBuilder("process " + block.frames());
            for (int i = 0; i < parameters; i++) {
                final int bits = Float.floatToRawIntBits(block.parameters().normalized(i));
                if (bits != known[i]) {
                    known[i] = bits;
                    text.append(" ").append(i).append("=").append(Integer.toHexString(bits));
                }
            }
            line(text.toString());
            for (int i = 0; i < block.events().count(); i++) {
                line(text(block.events().get(i), true));
            }
        }

        private String text(final Event event, final boolean placed) {
            return "event "
                    + event.type()
                    + " "
                    + (placed ? event.sampleOffset() : 0)
                    + " "
                    + event.channel()
                    + " "
                    + event.index()
                    + " "
                    + hex(event.value());
        }

        private void line(final String text) {
            try {
                out.write(text + "\n");
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
