// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.layout.EngineRegion;
import dev.patchbay.layout.PluginImage;
import dev.patchbay.layout.Region;
import dev.patchbay.layout.StandardRegion;
import dev.patchbay.layout.StandardRegion.Grant;
import dev.patchbay.layout.StandardRegion.Request;
import dev.patchbay.layout.StandardRegion.RoleState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What fails in one instance of an engine process, or for it, costs no other instance anything. */
class EngineFailureTest {
    private static final String NO_BUS = "DBUS_SYSTEM_BUS_ADDRESS=unix:path=/nonexistent/bus";

    /** So that a thread needs far more memory than anything else that an instance needs. */
    private static final String LARGE_STACKS = "JAVA_TOOL_OPTIONS=-Xss256m";

    private static final long MORE = 100L << 20;

    @TempDir private Path folder;

    private EngineProcess first(final List<String> starter) throws Exception {
        return new EngineProcess(
                Files.createDirectory(folder.resolve("first")),
                TestModules.Level.class.getName(),
                ProcessHandle.current().pid(),
                starter);
    }

    /** From now on the process can map a region, but not the stack of a thread. */
    private static void denyThreads(final EngineProcess engine) throws Exception {
        final long pid = engine.process.pid();
        final long size =
                Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                        .filter(line -> line.startsWith("VmSize:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
                        .findFirst()
                        .orElseThrow();
        limitMemory(pid, Long.toString(size + MORE));
    }

    private static void limitMemory(final long pid, final String bytes) throws Exception {
        assertTrue(
                FakeRtkit.runs("prlimit", "--pid", Long.toString(pid), "--as=" + bytes + ":"),
                "prlimit, of util-linux");
    }

    /** A class file that is none stands before the real one, as in a bundle that was damaged. */
    private List<String> withBroken(final Class<?> engineClass) throws IOException {
        final Path classes = folder.resolve("classes");
        final Path file = classes.resolve(engineClass.getName().replace('.', '/') + ".class");
        Files.createDirectories(file.getParent());
        Files.createFile(file);
        return List.of("env", "JAVA_TOOL_OPTIONS=-Xbootclasspath/a:" + classes);
    }

    @Test
    void anInstanceForWhichThereIsNoThreadIsRefusedAndTheOthersPlayOn() throws Exception {
        try (EngineProcess one = first(List.of("env", LARGE_STACKS))) {
            assertEquals(0, one.activateOffline());
            denyThreads(one);
            final Path file = folder.resolve("second");
            try (Region two =
                    Region.create(file, new PluginImage(StandardRegion.Counts.DEFAULT).image())) {
                final String refusal = one.commander.add(file, two.instanceId());
                assertTrue(refusal.contains("unable to create native thread"), refusal);
                assertTrue(refusal.contains("its other instances play on"), refusal);
                assertEquals(1, one.commander.counter("commands_refused"));
                assertEquals(1, one.commander.counter("instances"));
                assertEquals(5f, one.render(16)[15]);
                assertTrue(one.text().contains(refusal.substring(0, 40)), one::text);
                limitMemory(one.process.pid(), "unlimited");
                assertEquals(
                        "", one.commander.add(file, two.instanceId()), "nothing is left of it");
            }
        }
    }

    @Test
    void aPriorityThatCannotBeAskedForSinceThereIsNoThreadIsToldAndTheMonitorGoesOn()
            throws Exception {
        final List<String> starter = new ArrayList<>(List.of("env", NO_BUS, LARGE_STACKS));
        starter.addAll(List.of("prlimit", "--rtprio=0:0"));
        if (System.getProperty("user.name").equals("root")) {
            starter.addAll(List.of("setpriv", "--inh-caps=-all", "--bounding-set=-all"));
        }
        try (EngineProcess one = first(starter)) {
            final EngineThread thread = new EngineThread(one);
            one.activateOffline();
            denyThreads(one);
            thread.host(Scheduling.FIFO, 70);
            final String report = thread.await(Grant.REFUSED);
            assertTrue(report.contains("there is no thread for it"), report);
            limitMemory(one.process.pid(), "unlimited");
            thread.host(Scheduling.OTHER, 0);
            thread.await(Grant.NOT_NEEDED);
        }
    }

    @Test
    void aClassThatCannotBeLoadedIsARefusalAndNotTheEndOfTheProcess() throws Exception {
        try (EngineCommander engine =
                new EngineCommander(
                        folder,
                        TestModules.Level.class.getName(),
                        ProcessHandle.current().pid(),
                        withBroken(AudioSlots.class))) {
            final Path file = folder.resolve("region");
            try (Region region =
                    Region.create(file, new PluginImage(StandardRegion.Counts.DEFAULT).image())) {
                final String refusal = engine.add(file, region.instanceId());
                assertTrue(refusal.contains("ClassFormatError"), refusal);
                assertTrue(refusal.endsWith("make it anew."), refusal);
            }
            assertEquals("", engine.ask(EngineRegion.Command.REMOVE, "0".repeat(32)));
            assertEquals("", engine.quit());
            assertEquals(0, engine.process.waitFor());
        }
    }

    @Test
    void anEngineThatThrowsBeforeItServesAnswersAtOnceAndCanBeRemoved() throws Exception {
        try (EngineProcess one = first(withBroken(FlushToZero.class))) {
            assertNotEquals(0, one.activateOffline());
            assertEquals(RoleState.FAILED, one.state());
            assertTrue(one.message().contains("ClassFormatError"), one::message);
            assertNotEquals(0, one.ask(Request.PROCESS, 16, 0));
            assertEquals(0, one.ask(Request.QUIT, 0, 0));
            assertEquals("", one.commander.remove(one.region.instanceId()));
        }
    }
}
