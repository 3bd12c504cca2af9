// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.patchbay.eventqueue.EventQueue;
import dev.patchbay.eventqueue.EventType;
import dev.patchbay.layout.StandardRegion;
import dev.patchbay.layout.StandardRegion.Request;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a module is told of its buses, and what it plays to the host, on a real engine process. */
class BusesAndHostEventsTest {
    @TempDir private Path folder;

    private EngineProcess start() throws Exception {
        return new EngineProcess(folder, InterfaceModules.Octaver.class.getName());
    }

    @Test
    void aModuleIsMadeAnewWhereTheHostArrangesItsBusesInAnotherWay() throws Exception {
        try (EngineProcess engine = start()) {
            engine.activateOffline();
            engine.ask(Request.DEACTIVATE, 0, 0);
            // The same again: the module stays.
            engine.activateOffline();
            engine.ask(Request.DEACTIVATE, 0, 0);
            final int input = engine.section(StandardRegion.BUS_CHANNELS).elementOffset(0);
            engine.buffer.putInt(input, 1);
            engine.activateOffline();
            assertEquals(
                    List.of("1 in 2 of 2", "1 out 2 from 0", "1 in 1 of 2", "1 out 2 from 0"),
                    engine.logLines());
        }
    }

    @Test
    void whatAModulePlaysToTheHostIsThereWithTheBlockOnItsFrames() throws Exception {
        try (EngineProcess engine = start()) {
            engine.activateOffline();
            final EventQueue queue =
                    EventQueue.over(engine.buffer, engine.section(StandardRegion.RT_EVENTS));
            engine.render(64);
            assertEquals(List.of("6 at 63: channel 3, -1.0"), taken(queue));
            engine.hostEvents.offer(EventType.NOTE_ON, 17, 2, 9, 60, 0.25, 0);
            engine.render(64);
            // The block is split at the note, so its first stretch ends before that.
            assertEquals(
                    List.of("6 at 16: channel 3, -1.0", "1 at 17: channel 2, 0.25"), taken(queue));
        }
    }

    private static List<String> taken(final EventQueue queue) {
        final List<String> found = new ArrayList<>();
        queue.poll(
                event ->
                        found.add(
                                event.type()
                                        + " at "
                                        + event.sampleOffset()
                                        + ": channel "
                                        + event.channel()
                                        + ", "
                                        + (event.type() == EventType.NOTE_ON
                                                ? event.velocity()
                                                : event.bend())),
                64);
        return found;
    }
}
