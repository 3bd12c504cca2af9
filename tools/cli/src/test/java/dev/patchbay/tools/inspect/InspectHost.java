// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.inspect;

import static dev.patchbay.layout.FieldType.FLOAT32;
import static dev.patchbay.layout.FieldType.INT64;
import static dev.patchbay.layout.FieldType.UINT16;
import static dev.patchbay.layout.FieldType.UINT64;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.patchbay.atomics.Blob;
import dev.patchbay.atomics.BroadcastWriter;
import dev.patchbay.atomics.Counters;
import dev.patchbay.atomics.DirtyBits;
import dev.patchbay.atomics.FloatCells;
import dev.patchbay.atomics.Histogram;
import dev.patchbay.atomics.MeterWriter;
import dev.patchbay.atomics.RoleCell;
import dev.patchbay.atomics.Snapshot;
import dev.patchbay.atomics.VoiceStates;
import dev.patchbay.eventqueue.EventQueue;
import dev.patchbay.eventqueue.RingWriter;
import dev.patchbay.eventqueue.SharedEventQueue;
import dev.patchbay.layout.Parameter;
import dev.patchbay.layout.ProcessStart;
import dev.patchbay.layout.Region;
import dev.patchbay.layout.RegionDeclaration;
import dev.patchbay.layout.RegionImage;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.SectionEntry;
import dev.patchbay.layout.StandardRegion.RoleState;
import dev.patchbay.layout.StructType;
import dev.patchbay.layout.VoiceStateDescriptor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;

/** A program with a region that no tool has seen: makes it, stores known values, says so, and stays until its input ends. */
public final class InspectHost {
    static final Role DRIVER = new Role("driver", 0);
    static final Role GHOST = new Role("ghost", 1);

    private static final StructType POINT =
            StructType.named("point", "").field(FLOAT32, "x", "").field(FLOAT32, "y", "").build();
    private static final StructType POSE =
            StructType.named("pose", "where it is")
                    .field(UINT64, "serial", "")
                    .structs(POINT, "corners", 2, "")
                    .field(INT64, "stamp", "")
                    .array(UINT16, "readings", 3, "")
                    .text("label", 26, "")
                    .build();

    private final Region region;
    private final RegionDeclaration declaration = declare();

    private InspectHost(final Path file) {
        region = Region.create(file, new RegionImage(declaration));
    }

    static RegionDeclaration declare() {
        return RegionDeclaration.named("unseen")
                .roles("crew", "who takes part", List.of(DRIVER, GHOST))
                .parameters(
                        "knobs",
                        "what people turn",
                        DRIVER,
                        List.of(
                                Parameter.of(7, "speed", "Speed")
                                        .range(0, 200, 50)
                                        .unit("km/h")
                                        .build(),
                                Parameter.of(8, "gear", "Gear").values("P", "R", "Drive").build()))
                .meters("vu", "levels", DRIVER, 2)
                .voiceStates("players", "who plays", DRIVER, 20)
                .snapshot("pose", "where it is", DRIVER, POSE)
                .counters("odometer", "what was counted", DRIVER, "laps", "stalls")
                .histogram("lap_nanos", "lap times in nanoseconds", DRIVER)
                .eventQueue("orders", "to the ghost", DRIVER, GHOST, 16)
                .sharedEventQueue("wishes", "from all", Set.of(DRIVER, GHOST), DRIVER, 4)
                .ring("diary", "records", DRIVER, GHOST, 1024)
                .broadcast("radio", "what it says", DRIVER, POSE, 4)
                .blob("cargo", "bytes", DRIVER, GHOST, 100)
                .bitset("lamps", "what is lit", Set.of(DRIVER), GHOST, 100)
                .array("codes", "numbers", DRIVER, FLOAT32, 3)
                .build();
    }

    private SectionEntry section(final String name) {
        return region.section(declaration.section(name));
    }

    /** Takes the region's file. */
    public static void main(final String[] args) throws Exception {
        final InspectHost host = new InspectHost(Path.of(args[0]));
        host.roles();
        host.values();
        host.pose();
        host.traffic();
        System.out.println("ready");
        while (System.in.read() >= 0) {
            host.region.buffer();
        }
    }

    private void roles() {
        final int pid = (int) ProcessHandle.current().pid();
        final RoleCell driver = new RoleCell(region.buffer(), section("crew"), DRIVER);
        driver.identify(pid, ProcessStart.of(pid), 2, "Serial");
        driver.heartbeat(System.nanoTime());
        driver.message("all is well");
        driver.state(RoleState.READY);
        final RoleCell ghost = new RoleCell(region.buffer(), section("crew"), GHOST);
        // This very pid, but of a process that began at another time: it has ended, and the pid was
        // used anew.
        ghost.identify(pid, ProcessStart.of(pid) - 1, 1, "\033[31mred\033]0;title\007");
        ghost.state(RoleState.FAILED);
    }

    /** Three clips and what is no number some time ago, then a square wave. */
    private void meter() {
        final MeterWriter meters = MeterWriter.over(region.buffer(), section("vu"), 800);
        meters.addBlock(new float[][] {{2, -2, 3, Float.NaN, 0, 0, 0, 0}}, 0, 8);
        for (int n = 0; n < 40; n++) {
            meters.addBlock(new float[][] {{0.5f, -0.5f, 0, 0, 0.5f, -0.5f, 0, 0}}, 0, 8);
        }
    }

    private void values() {
        FloatCells.over(region.buffer(), section("knobs")).setRelease(0, 0.6f);
        FloatCells.over(region.buffer(), section("knobs")).setRelease(1, 1);
        meter();
        final VoiceStates players = VoiceStates.over(region.buffer(), section("players"));
        players.setRelease(
                3, VoiceStates.pack(VoiceStateDescriptor.RELEASE, true, 15, 127, 100, 511));
        players.setRelease(19, VoiceStates.pack(12, false, 0, 60, 1, 512));
        Counters.over(region.buffer(), section("odometer")).setRelease(0, 123_456);
        Counters.over(region.buffer(), section("odometer")).setRelease(1, -1);
        final Histogram laps = new Histogram(region.buffer(), section("lap_nanos"));
        for (int i = 1; i <= 100; i++) {
            laps.record(i * 1000L);
        }
        FloatCells.over(region.buffer(), section("codes")).setRelease(1, Float.NaN);
        FloatCells.over(region.buffer(), section("codes")).setRelease(2, 1.5f);
    }

    private void pose() {
        final ByteBuffer pose = ByteBuffer.allocate(POSE.size()).order(ByteOrder.nativeOrder());
        pose.putLong(POSE.offset("serial"), -1);
        for (int i = 0; i < 4; i++) {
            pose.putFloat(POSE.offset("corners") + i * Float.BYTES, i + 0.5f);
        }
        pose.putLong(POSE.offset("stamp"), Long.MIN_VALUE);
        for (int i = 0; i < 3; i++) {
            pose.putShort(POSE.offset("readings") + i * Short.BYTES, (short) (65_533 + i));
        }
        pose.put(POSE.offset("label"), "Zürich\u202e \u009b31m\n".getBytes(UTF_8));
        final long[] words = new long[POSE.size() / Long.BYTES];
        pose.asLongBuffer().get(words);
        Snapshot.over(region.buffer(), section("pose")).write(words);
        final BroadcastWriter radio = BroadcastWriter.over(region.buffer(), section("radio"));
        for (int i = 0; i < 6; i++) {
            words[POSE.offset("stamp") / Long.BYTES] = 1000 + i;
            radio.write(words);
        }
    }

    private void traffic() {
        final EventQueue orders = EventQueue.over(region.buffer(), section("orders"));
        for (int i = 0; i < 18; i++) {
            orders.offer(1, 0, 0, 0, 0, 0, 0);
        }
        final SharedEventQueue wishes =
                SharedEventQueue.over(region.buffer(), section("wishes"), GHOST);
        wishes.tryClaim();
        for (int i = 0; i < 6; i++) {
            wishes.offer(1, 0, 0, 0, 0, 0, 0);
        }
        SharedEventQueue.over(region.buffer(), section("wishes"), DRIVER).tryClaim();
        final RingWriter diary = RingWriter.over(region.buffer(), section("diary"));
        for (int i = 0; i < 20; i++) {
            diary.write(1, new UnsafeBuffer(new byte[56]), 0, 56);
        }
        new Blob(region.buffer(), section("cargo")).write(new byte[33], 5);
        final DirtyBits lamps = DirtyBits.over(region.buffer(), section("lamps"));
        lamps.set(3);
        lamps.set(99);
    }
}
