// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt.verify;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.atomics.Counters;
import dev.patchbay.atomics.DirtyBits;
import dev.patchbay.atomics.Doorbell;
import dev.patchbay.atomics.FloatCells;
import dev.patchbay.atomics.Histogram;
import dev.patchbay.atomics.MeterWriter;
import dev.patchbay.atomics.ParameterChangesWriter;
import dev.patchbay.atomics.TripleBuffer;
import dev.patchbay.atomics.VoiceStates;
import dev.patchbay.eventqueue.Event;
import dev.patchbay.eventqueue.EventEncoder;
import dev.patchbay.eventqueue.EventHandler;
import dev.patchbay.eventqueue.EventQueue;
import dev.patchbay.eventqueue.EventType;
import dev.patchbay.rt.SmoothedParameter;
import dev.patchbay.rt.Smoother;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Patchbay's own code of the real-time path keeps the contract that it asks of modules. */
class LibraryTest {
    @Test
    void theEngineServesBlocksSafely() throws ClassNotFoundException {
        passes(
                StaticVerifier.verify(
                        engineClass("Engine"),
                        Set.of("run"),
                        Set.of(
                                engineClass("Engine"),
                                engineClass("RunningModule"),
                                engineClass("BlockRenderer"),
                                engineClass("ModuleContext"),
                                CleanModules.EventsAndCells.class)));
    }

    @Test
    void aBlockIsRenderedSafely() throws ClassNotFoundException {
        passes(
                StaticVerifier.verify(
                        engineClass("BlockRenderer"),
                        Set.of("render"),
                        Set.of(
                                engineClass("BlockRenderer"),
                                engineClass("ModuleContext"),
                                CleanModules.EventsAndCells.class)));
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                Counters.class,
                DirtyBits.class,
                Doorbell.class,
                FloatCells.class,
                Histogram.class,
                MeterWriter.class,
                ParameterChangesWriter.class,
                TripleBuffer.class,
                VoiceStates.class,
                Event.class,
                EventEncoder.class,
                Smoother.class,
                SmoothedParameter.class
            })
    void aPrimitiveIsSafeInAllItsMethods(final Class<?> primitive) throws ClassNotFoundException {
        final Set<String> methods =
                Arrays.stream(primitive.getDeclaredMethods())
                        .filter(method -> Modifier.isPublic(method.getModifiers()))
                        .filter(method -> !Modifier.isStatic(method.getModifiers()))
                        .map(Method::getName)
                        .collect(Collectors.toSet());
        passes(
                StaticVerifier.verify(
                        primitive,
                        methods,
                        Set.of(primitive, engineClass("BlockRenderer"), Drain.class)));
    }

    @Test
    void anEventQueueGivesAndTakesSafely() throws ClassNotFoundException {
        passes(
                StaticVerifier.verify(
                        Drain.class,
                        Set.of("giveAndTake"),
                        Set.of(
                                Drain.class,
                                EventQueue.class,
                                engineClass("BlockRenderer"),
                                CleanModules.EventsAndCells.class)));
    }

    /** What a module does with a queue and with bits. */
    static final class Drain {
        private EventQueue queue;
        private int seen;
        private final IntConsumer bits = bit -> seen += bit;
        private final EventHandler events = event -> seen += event.type();

        int giveAndTake(final DirtyBits dirty) {
            queue.offer(1, EventType.NOTE_ON, 0, -1, 60, 0.5, 0);
            dirty.drainEach(bits);
            return queue.poll(events, 16) + seen;
        }
    }

    private static Class<?> engineClass(final String name) throws ClassNotFoundException {
        return Class.forName("dev.patchbay.rt." + name);
    }

    private static void passes(final StaticReport report) {
        assertTrue(report.passed(), report::toString);
    }
}
