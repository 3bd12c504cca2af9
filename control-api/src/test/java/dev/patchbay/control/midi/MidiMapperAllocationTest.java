// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.midi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.patchbay.eventqueue.Event;
import dev.patchbay.eventqueue.EventEncoder;
import dev.patchbay.eventqueue.midi.MidiMapEntry;
import dev.patchbay.eventqueue.midi.MidiMapWriter;
import dev.patchbay.eventqueue.midi.MidiMapper;
import dev.patchbay.layout.EventDescriptor;
import dev.patchbay.layout.MidiSource;
import dev.patchbay.layout.Parameter;
import dev.patchbay.layout.Region;
import dev.patchbay.layout.RegionImage;
import dev.patchbay.layout.SectionEntry;
import dev.patchbay.layout.StandardRegion;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MidiMapperAllocationTest {
    private static final int PARAMETERS = 16;

    @TempDir private Path folder;
    private long moved;

    /** A full map of everything, in one list for each source. */
    private static List<MidiMapEntry> map(final Random r) {
        final List<Parameter> parameters = new ArrayList<>();
        for (int i = 0; i < PARAMETERS; i++) {
            parameters.add(Parameter.of(i, "p" + i, "P").build());
        }
        MidiMap map = MidiMap.EMPTY;
        while (map.mappings().size() < 240) {
            for (final MidiMapping one : MidiMapTest.random(r).mappings()) {
                map =
                        map.with(
                                new MidiMapping(
                                        one.source(),
                                        MidiSource.ANY,
                                        one.source() == MidiSource.NRPN ? 5 : one.number(),
                                        r.nextInt(PARAMETERS),
                                        one.minimum(),
                                        one.maximum(),
                                        one.exponent(),
                                        one.mode(),
                                        one.step()));
            }
        }
        return map.compile(parameters);
    }

    @Test
    void playingAMapAndTakingANewOneAllocatesNothing() {
        final Region region =
                Region.create(folder.resolve("region"), new RegionImage(StandardRegion.prebuilt()));
        final SectionEntry section =
                region.section(StandardRegion.prebuilt().section(StandardRegion.MIDI_MAP));
        final MidiMapWriter writer = new MidiMapWriter(region.buffer(), section);
        final float[] values = new float[PARAMETERS];
        final MidiMapper mapper =
                new MidiMapper(
                        region.buffer(),
                        section,
                        PARAMETERS,
                        new MidiMapper.Target() {
                            @Override
                            public float value(final int index) {
                                return values[index];
                            }

                            @Override
                            public void change(final int index, final float normalized) {
                                values[index] = normalized;
                                moved++;
                            }
                        });
        final UnsafeBuffer slot = new UnsafeBuffer(new byte[EventDescriptor.SIZE]);
        final EventEncoder encoder = new EventEncoder(slot);
        final Event event = new Event(slot).moveTo(0);
        final Random r = new Random(3);
        final List<MidiMapEntry> map = map(r);
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = 0;
        for (int round = 0; round < 40; round++) {
            writer.publish(map);
            final long before = threads.getCurrentThreadAllocatedBytes();
            mapper.refresh();
            for (int i = 0; i < 5_000; i++) {
                mapper.message(0x70 + r.nextInt(0x98), r.nextInt(160), r.nextInt(160));
                encoder.controller(0, i & 15, r.nextInt(128), r.nextDouble());
                mapper.event(event);
            }
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
        }
        assertEquals(0, allocated, "bytes in the last round");
        assertTrue(moved > 100_000 && mapper.size() == map.size());
        region.close();
    }
}
