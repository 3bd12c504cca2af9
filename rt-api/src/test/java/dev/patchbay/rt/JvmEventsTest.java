// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JvmEventsTest {
    private static final String COMPILED =
            "[%dns][jit,compilation]  109       2       a.B::c (33 bytes)\n";
    private static final String ENDED =
            "[%dns][jit,compilation]  109       2       a.B::c (33 bytes)   made not entrant: not"
                    + " used\n";
    private static final String DEOPTIMIZED =
            "[%dns][deoptimization ] cid=1315     level=4 a.B.c(I)V trap_bci=14 unstable_if\n";

    @TempDir private Path folder;

    private void log(final String format, final long nanos) throws IOException {
        Files.writeString(
                folder.resolve("log"),
                String.format(format, nanos),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    @Test
    void countsWhatWasLoggedAfterTheInstantThoughItBeWrittenLater() throws IOException {
        log(COMPILED, 100);
        final JvmEvents events = new JvmEvents(folder.resolve("log"), Long.MAX_VALUE);
        final JvmEvents.Count count = events.since(200);
        log(COMPILED, 150);
        log(DEOPTIMIZED, 199);
        log(COMPILED, 201);
        log(ENDED, 202);
        log(DEOPTIMIZED, 203);
        log("[%dns][safepoint      ] Safepoint \"deoptimization\"\n", 204);
        log("no line of this form %d\n", 205);
        final JvmEvents.Count later = events.since(202);
        events.look();
        assertEquals(1, count.compilations());
        assertEquals(1, count.deoptimizations());
        assertEquals(0, later.compilations());
        assertEquals(1, later.deoptimizations());
        events.look();
        assertEquals(1, count.compilations(), "nothing is counted twice");
        later.end();
        log(COMPILED, 300);
        events.look();
        assertEquals(2, count.compilations());
        assertEquals(0, later.compilations(), "it has ended");
        assertEquals(4, events.compilations(), "since the start of the VM");
    }

    @Test
    void startingToCountReadsNothingAndALogThatIsMissingIsKnownByTheFirstLook() {
        final JvmEvents events = new JvmEvents(folder.resolve("missing"), Long.MAX_VALUE);
        final JvmEvents.Count count = events.since(0);
        assertEquals(0, count.compilations());
        events.look();
        assertEquals(JvmEvents.NOT_KNOWN, count.compilations());
        assertEquals(JvmEvents.NOT_KNOWN, count.deoptimizations());
        assertEquals(JvmEvents.NOT_KNOWN, events.compilations());
    }

    /** A look of the monitor serves all instances, so none of them needs a reader of its own. */
    @Test
    void anEngineReadsTheLogOnceForAllItsInstances() throws Exception {
        final Path log = folder.resolve("jvm.log");
        final List<String> starter =
                List.of(
                        "env",
                        "JAVA_TOOL_OPTIONS=-Xlog:jit+compilation=debug,deoptimization=debug:file="
                                + log
                                + ":timenanos,tags");
        try (EngineProcess one =
                new EngineProcess(
                        Files.createDirectory(folder.resolve("one")),
                        TestModules.Level.class.getName(),
                        ProcessHandle.current().pid(),
                        starter)) {
            final EngineProcess two =
                    new EngineProcess(Files.createDirectory(folder.resolve("two")), one.commander);
            for (final EngineProcess each : List.of(one, two)) {
                each.activateOffline();
                one.await(
                        "a compilation",
                        () -> {
                            each.render(64);
                            return each.counter("compilations_after_ready") > 0;
                        });
            }
            assertEquals(2, open(one.process.pid(), log), "the VM's own, and one to read");
            two.region.close();
        }
    }

    private static long open(final long pid, final Path file) throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            return descriptors
                    .filter(
                            descriptor -> {
                                try {
                                    return Files.readSymbolicLink(descriptor)
                                            .equals(file.toRealPath());
                                } catch (final IOException e) {
                                    return false;
                                }
                            })
                    .count();
        }
    }

    @Test
    void aLineThatIsWrittenInPartsCountsOnce() throws IOException {
        log("[%dns][jit,compi", 10);
        final JvmEvents events = new JvmEvents(folder.resolve("log"), Long.MAX_VALUE);
        final JvmEvents.Count count = events.since(0);
        events.look();
        assertEquals(0, count.compilations());
        log("lation] 1 2 a.B::c (%d bytes)\n", 3);
        events.look();
        assertEquals(1, count.compilations());
    }

    @Test
    void goesOnInTheNewFileWhereTheVmHasStartedOne() throws IOException {
        log(COMPILED, 1);
        final JvmEvents events = new JvmEvents(folder.resolve("log"), 100);
        final JvmEvents.Count count = events.since(0);
        log(COMPILED, 2);
        events.look();
        // As the VM does it: the full file gets another name, its last line with it.
        log(COMPILED, 3);
        Files.move(folder.resolve("log"), folder.resolve("log.0"));
        log(DEOPTIMIZED, 4);
        events.look();
        log(COMPILED, 5);
        events.look();
        assertEquals(4, count.compilations());
        assertEquals(1, count.deoptimizations());
    }

    /** What {@link #countsInARealVm} runs: compiles a method, then shows it what it was not compiled for. */
    static final class Probe {
        private Probe() {}

        public static void main(final String[] none) throws Exception {
            final JvmEvents events = JvmEvents.ofThisVm();
            long sum = run(new StringBuilder("x"));
            final long before = System.nanoTime();
            final JvmEvents.Count count = events.since(before);
            // Another type at a call for which there was only one: the compiled code is left.
            sum += run("y");
            await(events, count);
            System.out.println(count.compilations() > 0 && count.deoptimizations() > 0);
            System.out.println(sum);
        }

        private static long run(final CharSequence text) {
            long sum = 0;
            for (int i = 0; i < 200_000; i++) {
                sum += length(text, i);
            }
            return sum;
        }

        private static long length(final CharSequence text, final int i) {
            return text.length() + i % 3;
        }

        private static void await(final JvmEvents events, final JvmEvents.Count count) {
            final long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while ((count.compilations() == 0 || count.deoptimizations() == 0)
                    && System.nanoTime() < end) {
                run("z");
                events.look();
            }
        }
    }

    @Test
    void countsInARealVm() throws Exception {
        final String log =
                "-Xlog:jit+compilation=debug,deoptimization=debug:file=%s:timenanos,tags";
        final Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xlog:async",
                                String.format(log, folder.resolve("real"))
                                        + ":filecount=2,filesize=20m",
                                "-cp",
                                System.getProperty(
                                        "surefire.test.class.path",
                                        System.getProperty("java.class.path")),
                                Probe.class.getName())
                        .redirectErrorStream(true)
                        .start();
        final List<String> said =
                new String(process.getInputStream().readAllBytes()).lines().toList();
        assertEquals(0, process.waitFor(), said::toString);
        assertEquals("true", said.get(0), said::toString);
        assertTrue(Files.size(folder.resolve("real")) > 0);
    }
}
