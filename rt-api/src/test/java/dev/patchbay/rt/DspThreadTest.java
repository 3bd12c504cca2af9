// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.patchbay.eventqueue.EventType;
import dev.patchbay.layout.StandardRegion.Grant;
import dev.patchbay.layout.StandardRegion.Request;
import dev.patchbay.layout.StandardRegion.RoleState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the thread that renders is granted, in real processes with and without the privileges. */
class DspThreadTest {
    private static final List<String> NO_BUS =
            List.of("env", "DBUS_SYSTEM_BUS_ADDRESS=unix:path=/nonexistent/bus");

    @TempDir private Path folder;

    private EngineProcess start(final Class<?> module, final List<String> starter)
            throws Exception {
        return new EngineProcess(folder, module.getName(), ProcessHandle.current().pid(), starter);
    }

    private static boolean root() {
        return System.getProperty("user.name").equals("root");
    }

    /** Without privileges, and with these limits alone. */
    private static List<String> unprivileged(final List<String> first, final String... limits) {
        final List<String> command = new ArrayList<>(first);
        command.add("prlimit");
        command.addAll(List.of(limits));
        if (root()) {
            command.addAll(List.of("setpriv", "--inh-caps=-all", "--bounding-set=-all"));
        }
        return command;
    }

    private static void assumeRealTimeIsPermitted() throws InterruptedException {
        assumeTrue(
                FakeRtkit.runs("chrt", "-f", "7", "true"),
                "SCHED_FIFO is not permitted here: run as root, or with RLIMIT_RTPRIO");
    }

    @Test
    void followsThePolicyAndPriorityOfTheHostsAudioThread() throws Exception {
        assumeRealTimeIsPermitted();
        try (EngineProcess engine = start(TestModules.Level.class, NO_BUS)) {
            final EngineThread thread = new EngineThread(engine);
            engine.activateOffline();
            assertEquals("0 0", thread.scheduled());
            assertEquals(Grant.UNKNOWN, thread.number("scheduling"));
            thread.host(Scheduling.FIFO, 7);
            assertEquals("SCHED_FIFO 7, as the host's audio thread.", thread.await(Grant.GRANTED));
            assertEquals("1 7", thread.scheduled());
            assertEquals(5f, engine.render(64)[0]);
            thread.host(Scheduling.RR, 5);
            engine.await("the new priority", () -> thread.scheduled().equals("2 5"));
            thread.host(Scheduling.OTHER, 0);
            thread.await(Grant.NOT_NEEDED);
            assertEquals("0 0", thread.scheduled());
            engine.await("the log", () -> engine.text().contains("scheduling: The host's audio"));
        }
    }

    @Test
    void isAnOrdinaryThreadWhileAModuleIsMadeAndWhenItIsNotActive() throws Exception {
        assumeRealTimeIsPermitted();
        try (EngineProcess engine = start(ThreadModules.PolicyInInit.class, NO_BUS)) {
            final EngineThread thread = new EngineThread(engine);
            engine.activateOffline();
            thread.host(Scheduling.FIFO, 7);
            thread.await(Grant.GRANTED);
            engine.activateOffline();
            assertEquals("1 7", thread.scheduled(), "from the first block on");
            assertEquals(0f, engine.render(4)[0], "the policy in init");
            engine.ask(Request.DEACTIVATE, 0, 0);
            assertEquals("0 0", thread.scheduled());
        }
    }

    /** The kernel kills a thread of real-time priority that goes on for longer than the limit without sleeping. */
    @Test
    void napsOftenEnoughForRlimitRttimeThoughTheNextBlockIsAlwaysThere() throws Exception {
        assumeRealTimeIsPermitted();
        final List<String> starter = new ArrayList<>(NO_BUS);
        starter.addAll(List.of("prlimit", "--rttime=100000:100000"));
        try (EngineProcess engine = start(ThreadModules.Slow.class, starter)) {
            final EngineThread thread = new EngineThread(engine);
            engine.activateOffline();
            thread.host(Scheduling.FIFO, 7);
            thread.await(Grant.GRANTED);
            // As the engine: on a busy machine it would find nothing to do, and sleep.
            final int self = SystemCalls.threadId();
            SystemCalls.schedule(self, Scheduling.FIFO, 7);
            try {
                engine.renderAhead(100, 16);
            } finally {
                SystemCalls.schedule(self, Scheduling.OTHER, 0);
            }
            assertTrue(engine.counter("naps") > 0, "it slept on its own account");
        }
    }

    /** As if rtkit had set the limit, but with ten times the time: a machine that has other work needs some to take a signal. */
    @Test
    void aBlockThatRunsIntoRlimitRttimeCostsItsThreadThePriorityAndNotTheProcess()
            throws Exception {
        assumeRealTimeIsPermitted();
        final List<String> starter = new ArrayList<>(NO_BUS);
        starter.addAll(List.of("prlimit", "--rttime=2000000:2000000"));
        try (EngineProcess engine =
                new EngineProcess(
                        Files.createDirectory(folder.resolve("first")),
                        ThreadModules.Overlong.class.getName(),
                        ProcessHandle.current().pid(),
                        starter)) {
            final EngineProcess other =
                    new EngineProcess(
                            Files.createDirectory(folder.resolve("other")), engine.commander);
            final EngineThread thread = new EngineThread(engine);
            final EngineThread otherThread = new EngineThread(other);
            for (final EngineProcess each : List.of(engine, other)) {
                each.activateOffline();
                new EngineThread(each).host(Scheduling.FIFO, 7);
                new EngineThread(each).await(Grant.GRANTED);
            }
            engine.hostEvents.offer(EventType.NOTE_ON, 0, 0, -1, 60, 1, 0);
            engine.render(16);
            final String report = thread.await(Grant.REFUSED);
            assertTrue(report.contains("half of RLIMIT_RTTIME, 2000 ms"), report);
            assertTrue(report.contains("SCHED_FIFO 7 was taken from the thread"), report);
            assertEquals("0 0", thread.scheduled());
            assertEquals("1 7", otherThread.scheduled(), "the other did nothing wrong");
            other.render(16);
            engine.await("the limit again", () -> rttime(engine).equals("1000000 2000000"));
            engine.activateOffline();
            assertEquals("1 7", thread.scheduled(), "anew with each activation");
            other.region.close();
        }
    }

    /** The soft and the hard limit. */
    private static String rttime(final EngineProcess engine) {
        try {
            return Files.readAllLines(
                            Path.of("/proc", Long.toString(engine.process.pid()), "limits"))
                    .stream()
                    .filter(line -> line.startsWith("Max realtime timeout"))
                    .map(line -> line.replaceAll("[^0-9]+", " ").strip())
                    .findFirst()
                    .orElseThrow();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void saysWhatIsRefusedAndTheRemedyOnce() throws Exception {
        try (EngineProcess engine =
                start(
                        TestModules.Level.class,
                        unprivileged(NO_BUS, "--rtprio=0:0", "--memlock=65536:65536"))) {
            final EngineThread thread = new EngineThread(engine);
            engine.activateOffline();
            thread.host(Scheduling.FIFO, 70);
            final String report = thread.await(Grant.REFUSED);
            assertTrue(
                    report.startsWith("SCHED_FIFO 70 of the host's audio thread is not"), report);
            assertTrue(report.contains("EPERM, RLIMIT_RTPRIO is 0; rtkit the system bus"), report);
            assertTrue(report.endsWith(Scheduling.REMEDY), report);
            assertEquals("0 0", thread.scheduled());
            assertEquals(Grant.REFUSED, thread.number("region_memory"));
            assertEquals(Grant.REFUSED, thread.number("process_memory"));
            final String memory = thread.text("memory_report");
            assertTrue(memory.contains("RLIMIT_MEMLOCK is 64 KiB"), memory);
            engine.await("the log", () -> engine.text().contains("SCHED_FIFO 70 of"));
            engine.activateOffline();
            assertEquals(5f, engine.render(64)[0], "it plays all the same");
            thread.await(Grant.REFUSED);
            final String log = engine.text();
            assertTrue(log.contains(MemoryLock.REMEDY), log);
            assertEquals(log.indexOf("SCHED_FIFO 70 of"), log.lastIndexOf("SCHED_FIFO 70 of"));
        }
    }

    @Test
    void takesThePriorityThatTheLimitAllowsWhereTheHostHasMore() throws Exception {
        assumeTrue(
                root() && FakeRtkit.runs("prlimit", "--rtprio=5:5", "true"),
                "a limit of real-time priority is given by root alone, with CAP_SYS_RESOURCE");
        try (EngineProcess engine =
                start(TestModules.Level.class, unprivileged(NO_BUS, "--rtprio=5:5"))) {
            final EngineThread thread = new EngineThread(engine);
            engine.activateOffline();
            thread.host(Scheduling.FIFO, 70);
            final String report = thread.await(Grant.GRANTED);
            assertTrue(
                    report.startsWith("SCHED_FIFO 5 instead of the host's SCHED_FIFO 70"), report);
            assertEquals("1 5", thread.scheduled());
            engine.ask(Request.DEACTIVATE, 0, 0);
            assertEquals("0 0", thread.scheduled(), "giving it back needs no privilege");
        }
    }

    @Test
    void asksRtkitWhereTheKernelPermitsNothing() throws Exception {
        assumeRealTimeIsPermitted();
        try (FakeRtkit rtkit = new FakeRtkit(folder, "granting");
                EngineProcess engine =
                        start(
                                TestModules.Level.class,
                                unprivileged(rtkit.starter(), "--rtprio=0:0"))) {
            final EngineThread thread = new EngineThread(engine);
            engine.activateOffline();
            thread.host(Scheduling.FIFO, 70);
            assertEquals(
                    "SCHED_RR 20 by rtkit, for the host's SCHED_FIFO 70.",
                    thread.await(Grant.GRANTED_BY_RTKIT));
            assertEquals("2 20", thread.scheduled());
            assertEquals("100000 200000", rttime(engine), "rtkit's own limit, and half of it");
            assertEquals(5f, engine.render(64)[0]);
            engine.ask(Request.DEACTIVATE, 0, 0);
            assertEquals("0 0", thread.scheduled());
            engine.activateOffline();
            engine.await("rtkit's second answer", () -> thread.scheduled().equals("2 20"));
        }
    }

    @Test
    void tellsWhyRtkitRefused() throws Exception {
        try (FakeRtkit rtkit = new FakeRtkit(folder, "refusing");
                EngineProcess engine =
                        start(
                                TestModules.Level.class,
                                unprivileged(rtkit.starter(), "--rtprio=0:0"))) {
            final EngineThread thread = new EngineThread(engine);
            engine.activateOffline();
            thread.host(Scheduling.FIFO, 70);
            final String report = thread.await(Grant.REFUSED);
            assertTrue(report.contains("rtkit refuses (this user is not active)"), report);
        }
    }

    @Test
    void anAnswerOfRtkitThatComesAfterTheInstanceHasLeftTouchesNothing() throws Exception {
        try (FakeRtkit rtkit = new FakeRtkit(folder, "hanging");
                EngineProcess engine =
                        start(
                                TestModules.Level.class,
                                unprivileged(rtkit.starter(), "--rtprio=0:0"))) {
            final EngineThread thread = new EngineThread(engine);
            engine.activateOffline();
            thread.host(Scheduling.FIFO, 70);
            engine.await("the question to rtkit", () -> asksRtkit(engine));
            engine.ask(Request.QUIT, 0, 0);
            assertEquals("", engine.commander.remove(engine.region.instanceId()));
            assertTrue(asksRtkit(engine), "the answer came before the instance had left");
            engine.await("the end of rtkit's time", () -> !asksRtkit(engine));
            assertFalse(engine.text().contains("Exception"), engine::text);
            assertEquals(Grant.UNKNOWN, thread.number("scheduling"));
        }
    }

    /** Whether the thread lives that waits for rtkit's answer. */
    private static boolean asksRtkit(final EngineProcess engine) {
        try (Stream<Path> threads =
                Files.list(Path.of("/proc", Long.toString(engine.process.pid()), "task"))) {
            return threads.anyMatch(thread -> name(thread).equals("patchbay rtkit"));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(final Path thread) {
        try {
            return Files.readString(thread.resolve("comm")).strip();
        } catch (final IOException e) {
            return "ended meanwhile";
        }
    }

    @Test
    void locksTheRegionAndWhatTheProcessTouches() throws Exception {
        assumeTrue(root(), "only root may lock without a limit");
        try (EngineProcess engine = start(TestModules.Level.class, NO_BUS)) {
            final EngineThread thread = new EngineThread(engine);
            engine.activateOffline();
            assertEquals(Grant.GRANTED, thread.number("region_memory"));
            assertEquals(Grant.GRANTED, thread.number("process_memory"));
            final String maps =
                    Files.readString(Path.of("/proc/" + engine.process.pid() + "/smaps"));
            final int region = maps.indexOf(folder.resolve("region").toString());
            assertNotEquals(-1, region);
            final String flags =
                    maps.substring(maps.indexOf("VmFlags:", region))
                            .lines()
                            .findFirst()
                            .orElseThrow();
            assertTrue(flags.contains(" lo"), flags);
            // Java's heap is the largest mapping that nothing names: its pages are locked as they
            // are touched.
            assertTrue(maps.contains(" lf "), "no mapping is locked on fault");
        }
    }

    @Test
    void takesDenormalsAsZeroOnTheThreadThatRendersAndOnNoOther() throws Exception {
        try (EngineProcess engine = start(ThreadModules.Denormals.class, NO_BUS)) {
            engine.activateOffline();
            assertEquals(Grant.GRANTED, new EngineThread(engine).number("denormals"));
            for (int block = 0; block < 2000; block++) {
                // From the interpreter to the last tier of the compiler.
                assertEquals(0f, engine.render(16, 0, 0)[15], "block " + block);
            }
            assertTrue(engine.render(16, 0, 1)[0] > 0, "another thread computes them");
        }
    }

    @Test
    void beginsItsLogWithWhatRunsAndWhatIsGranted() throws Exception {
        try (EngineProcess engine = start(TestModules.Level.class, NO_BUS)) {
            engine.await("the banner", () -> engine.text().contains("denormals: "));
            final String log = engine.text();
            for (final String line :
                    List.of(
                            "pid [0-9]+, Java 2[5-9].*, Epsilon, heap of at most 128 MB, module .*",
                            "options: .*-XX:\\+UseEpsilonGC -Xmx128m .*",
                            "waiting: looks for at most 30 µs .*",
                            "rt [0-9a-f]{8}: scheduling: The priority of the host's audio .*",
                            "rt [0-9a-f]{8}: memory: The region .*",
                            "rt [0-9a-f]{8}: denormals: Denormal numbers are taken as 0\\.")) {
                assertEquals(
                        1,
                        log.lines().filter(l -> l.matches("patchbay rt: " + line)).count(),
                        () -> line + " is not in " + log);
            }
        }
    }

    @Test
    void publishesHowMuchOfTheHeapIsUsedAndWarnsBeforeItIsAll() throws Exception {
        try (EngineProcess engine = start(ThreadModules.Hungry.class, NO_BUS)) {
            engine.activateOffline();
            engine.await("the gauge", () -> engine.commander.counter("heap_limit_bytes") > 0);
            assertEquals(128L << 20, engine.commander.counter("heap_limit_bytes"));
            final long before = engine.commander.counter("heap_used_bytes");
            engine.render(16);
            engine.await(
                    "12 MB more",
                    () -> engine.commander.counter("heap_used_bytes") - before >= 12 << 20);
            assertFalse(engine.text().contains("of the heap are used"), engine::text);
            while ((128L << 20) - engine.commander.counter("heap_used_bytes") >= 16 << 20) {
                final long used = engine.commander.counter("heap_used_bytes");
                engine.render(16);
                engine.await("the gauge", () -> engine.commander.counter("heap_used_bytes") > used);
            }
            engine.await("the warning", () -> engine.text().contains("of the heap are used"));
            assertTrue(engine.text().contains("raise modules.rt.heap"), engine::text);
            assertEquals(RoleState.READY, engine.state());
        }
    }
}
