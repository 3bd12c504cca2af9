// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.patchbay.atomics.DirtyBits;
import dev.patchbay.eventqueue.EventQueue;
import dev.patchbay.eventqueue.EventType;
import dev.patchbay.eventqueue.midi.MidiMapEntry;
import dev.patchbay.eventqueue.midi.MidiMapWriter;
import dev.patchbay.layout.MidiMode;
import dev.patchbay.layout.MidiSource;
import dev.patchbay.layout.StandardRegion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Controllers that move parameters, on a real engine process; no control process is there. */
class MidiMapEngineTest {
    private static final int FRAMES = 256;

    @TempDir private Path folder;

    private EngineProcess start(final Class<?> module) throws Exception {
        final EngineProcess engine =
                new EngineProcess(Files.createTempDirectory(folder, "engine"), module.getName());
        engine.activateOffline();
        return engine;
    }

    private static MidiMapEntry entry(
            final int number, final MidiMode mode, final int parameter, final double high) {
        return new MidiMapEntry(
                MidiSource.CONTROLLER,
                MidiSource.ANY,
                number,
                mode,
                parameter,
                0,
                high,
                1,
                1.0 / 128);
    }

    private static void publish(final EngineProcess engine, final MidiMapEntry... entries) {
        new MidiMapWriter(engine.buffer, engine.section(StandardRegion.MIDI_MAP))
                .publish(List.of(entries));
    }

    private static long dirty(final EngineProcess engine) {
        return DirtyBits.over(engine.buffer, engine.section(StandardRegion.DIRTY_FROM_RT)).drain(0);
    }

    @ParameterizedTest
    @ValueSource(classes = {InterfaceModules.Split.class, InterfaceModules.Whole.class})
    void aControllerSoundsLikeTheParameterItMovesAtItsFrame(final Class<?> module)
            throws Exception {
        final float[] automated;
        try (EngineProcess engine = start(module)) {
            engine.hostEvents.offer(EventType.PARAMETER, 100, 0, -1, 0, 1, 0);
            automated = engine.render(FRAMES);
            assertEquals(0, dirty(engine), "the host knows what it has changed");
        }
        try (EngineProcess engine = start(module)) {
            engine.hostEvents.offer(EventType.CONTROLLER, 100, 5, -1, 74, 1, 0);
            engine.render(FRAMES);
            assertEquals(0, dirty(engine), "without a map");
        }
        try (EngineProcess engine = start(module)) {
            publish(engine, entry(74, MidiMode.JUMP, 0, 1), entry(75, MidiMode.JUMP, 1, 1));
            engine.hostEvents.offer(EventType.CONTROLLER, 100, 5, -1, 74, 1, 0);
            assertArrayEquals(automated, engine.render(FRAMES));
            assertEquals(1f, engine.parameters.getAcquire(0));
            assertEquals(1, dirty(engine), "the host is told");
            final EventQueue heard =
                    EventQueue.over(engine.buffer, engine.section(StandardRegion.NOTIFICATIONS));
            final List<String> told = new ArrayList<>();
            heard.poll(
                    event ->
                            told.add(
                                    event.type() == EventType.PARAMETER
                                            ? "parameter "
                                                    + event.parameterIndex()
                                                    + "="
                                                    + event.normalized()
                                            : event.channel()
                                                    + " "
                                                    + event.controllerNumber()
                                                    + " "
                                                    + event.controllerValue()),
                    10);
            assertEquals(
                    List.of("5 74 1.0", "parameter 0=1.0"),
                    told,
                    "for control to learn from, and to know who has changed it");
            publish(engine);
            engine.hostEvents.offer(EventType.CONTROLLER, 0, 5, -1, 74, 0, 0);
            engine.render(FRAMES);
            assertEquals(1f, engine.parameters.getAcquire(0), "the map is gone");
        }
    }

    @Test
    void wholeAndSplitBlocksSoundAlikeWhateverIsMoved() throws Exception {
        final long seed = System.nanoTime();
        System.out.println("MidiMapEngineTest: seed " + seed);
        try (EngineProcess split = start(InterfaceModules.Split.class);
                EngineProcess whole = start(InterfaceModules.Whole.class)) {
            final Random random = new Random(seed);
            for (final EngineProcess engine : List.of(split, whole)) {
                publish(
                        engine,
                        entry(1, MidiMode.JUMP, 0, 0.5),
                        entry(2, MidiMode.PICK_UP, 0, 1),
                        entry(3, MidiMode.SCALE, 1, 1),
                        entry(4, MidiMode.TWOS_COMPLEMENT, 1, 0.75),
                        entry(1, MidiMode.PICK_UP, 1, 1));
            }
            for (int block = 0; block < 300; block++) {
                final int count = random.nextInt(12);
                int frame = 0;
                for (int i = 0; i < count; i++) {
                    frame = Math.min(FRAMES - 1, frame + random.nextInt(FRAMES / 8));
                    final boolean automation = random.nextInt(5) == 0;
                    final int index = automation ? random.nextInt(2) : 1 + random.nextInt(4);
                    final double value =
                            automation ? random.nextDouble() : random.nextInt(128) / 127.0;
                    for (final EngineProcess engine : List.of(split, whole)) {
                        engine.hostEvents.offer(
                                automation ? EventType.PARAMETER : EventType.CONTROLLER,
                                frame,
                                0,
                                -1,
                                index,
                                value,
                                0);
                    }
                }
                final String what = "block " + block + ", seed " + seed;
                assertArrayEquals(split.render(FRAMES), whole.render(FRAMES), what);
                assertArrayEquals(split.channel(1, FRAMES), whole.channel(1, FRAMES), what);
                for (int i = 0; i < 2; i++) {
                    assertEquals(
                            split.parameters.getAcquire(i), whole.parameters.getAcquire(i), what);
                }
            }
        }
    }

    @Test
    void moreMovementThanTheListHoldsEndsAtTheLastValue() throws Exception {
        try (EngineProcess engine = start(InterfaceModules.Whole.class)) {
            publish(
                    engine,
                    entry(1, MidiMode.JUMP, 0, 1),
                    entry(1, MidiMode.JUMP, 1, 1),
                    entry(1, MidiMode.JUMP, 0, 0.5));
            for (int i = 0; i < engine.hostEvents.capacity(); i++) {
                engine.hostEvents.offer(EventType.CONTROLLER, i, 0, -1, 1, (i + 1) / 64.0, 0);
            }
            engine.render(FRAMES);
            assertEquals(0.5f, engine.parameters.getAcquire(0));
            assertEquals(1f, engine.parameters.getAcquire(1));
            assertEquals(3, dirty(engine));
        }
    }
}
