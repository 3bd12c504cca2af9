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
        events.countSince(200);
        log(COMPILED, 150);
        log(DEOPTIMIZED, 199);
        log(COMPILED, 201);
        log(ENDED, 202);
        log(DEOPTIMIZED, 203);
        log("[%dns][safepoint      ] Safepoint \"deoptimization\"\n", 204);
        log("no line of this form %d\n", 205);
        events.look();
        assertEquals(1, events.compilations());
        assertEquals(1, events.deoptimizations());
        events.look();
        assertEquals(1, events.compilations(), "nothing is counted twice");
    }

    @Test
    void aLineThatIsWrittenInPartsCountsOnce() throws IOException {
        log("[%dns][jit,compi", 10);
        final JvmEvents events = new JvmEvents(folder.resolve("log"), Long.MAX_VALUE);
        events.look();
        assertEquals(0, events.compilations());
        log("lation] 1 2 a.B::c (%d bytes)\n", 3);
        events.look();
        assertEquals(1, events.compilations());
    }

    @Test
    void goesOnInTheNewFileWhereTheVmHasStartedOne() throws IOException {
        log(COMPILED, 1);
        final JvmEvents events = new JvmEvents(folder.resolve("log"), 100);
        log(COMPILED, 2);
        events.look();
        // As the VM does it: the full file gets another name, its last line with it.
        log(COMPILED, 3);
        Files.move(folder.resolve("log"), folder.resolve("log.0"));
        log(DEOPTIMIZED, 4);
        events.look();
        log(COMPILED, 5);
        events.look();
        assertEquals(4, events.compilations());
        assertEquals(1, events.deoptimizations());
    }

    /** What {@link #countsInARealVm} runs: compiles a method, then shows it what it was not compiled for. */
    static final class Probe {
        private Probe() {}

        public static void main(final String[] none) throws Exception {
            final JvmEvents events = JvmEvents.ofThisVm();
            long sum = run(new StringBuilder("x"));
            final long before = System.nanoTime();
            events.countSince(before);
            // Another type at a call for which there was only one: the compiled code is left.
            sum += run("y");
            await(events);
            System.out.println(events.compilations() > 0 && events.deoptimizations() > 0);
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

        private static void await(final JvmEvents events) throws Exception {
            final long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while ((events.compilations() == 0 || events.deoptimizations() == 0)
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
