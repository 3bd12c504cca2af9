// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.inspect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.patchbay.atomics.Counters;
import dev.patchbay.atomics.Histogram;
import dev.patchbay.atomics.MeterWriter;
import dev.patchbay.layout.Region;
import dev.patchbay.layout.RegionImage;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class WatchTest {
    private static final String MAIN = "dev.patchbay.tools.Main";

    /** Nobody: who may do nothing that is not allowed to all. */
    private static final int NOBODY = 65534;

    @TempDir private Path folder;

    /** A writer that does something once, after the first frame. */
    private static final class AfterFirstFrame extends StringWriter {
        private final Runnable action;
        private boolean done;

        AfterFirstFrame(final Runnable action) {
            this.action = action;
        }

        @Override
        public void flush() {
            if (!done && getBuffer().length() > 0) {
                done = true;
                action.run();
            }
        }
    }

    private Path region() {
        final Path file = folder.resolve("region");
        Region.create(file, new RegionImage(InspectHost.declare())).close();
        return file;
    }

    private static String watch(final Target target, final StringWriter out, final boolean json) {
        new Watch(target, new PrintWriter(out), json, 0.05, 3).run(InputStream.nullInputStream());
        return out.toString();
    }

    @Test
    void withoutATerminalFramesAreTextOneAfterTheOther() {
        final String text = watch(Target.of(region().toString()), new StringWriter(), false);
        assertEquals(3, text.lines().filter(line -> line.startsWith("unseen  ")).count(), text);
        assertTrue(text.indexOf('\033') < 0, text);
    }

    @Test
    void eachFrameHasTheWindowsSinceTheOneBefore() throws IOException {
        final Path file = region();
        try (Region region = Region.attach(file)) {
            final MeterWriter meters =
                    MeterWriter.over(
                            region.buffer(),
                            region.section(InspectHost.declare().section("vu")),
                            800);
            meters.setLevel(1, 0.5f);
            meters.advance(2 * meters.windowFrames());
            final Runnable more =
                    () -> {
                        meters.setLevel(1, 0.25f);
                        meters.advance(3 * meters.windowFrames());
                    };
            final String[] frames =
                    watch(Target.of(file.toString()), new AfterFirstFrame(more), true).split("\n");
            assertEquals(3, frames.length);
            final int[] windows = {2, 3, 0};
            final double[] peaks = {0.5, 0.25, 0};
            for (int i = 0; i < frames.length; i++) {
                final JsonNode vu =
                        new ObjectMapper().readTree(frames[i]).at("/sections/3/content");
                assertEquals(windows[i], vu.path("windows").asInt(), frames[i]);
                assertEquals(peaks[i], vu.at("/levels/1/peak").asDouble(), frames[i]);
            }
        }
    }

    @Test
    void eachFrameHasWhatWasCountedSinceTheOneBefore() throws IOException {
        final Path file = region();
        try (Region region = Region.attach(file)) {
            final Counters laps =
                    Counters.over(
                            region.buffer(),
                            region.section(InspectHost.declare().section("odometer")));
            final Histogram times =
                    new Histogram(
                            region.buffer(),
                            region.section(InspectHost.declare().section("lap_nanos")));
            laps.add(0, 1000);
            for (int i = 0; i < 100; i++) {
                times.record(1_000_000);
            }
            final Runnable more =
                    () -> {
                        laps.add(0, 7);
                        times.record(5000);
                    };
            final String[] frames =
                    watch(Target.of(file.toString()), new AfterFirstFrame(more), true).split("\n");
            final boolean[] gained = {false, true, false};
            for (int i = 0; i < frames.length; i++) {
                final JsonNode sections = new ObjectMapper().readTree(frames[i]).at("/sections");
                final JsonNode odometer = content(sections, "odometer");
                assertEquals(i == 0, odometer.path("per_second").isNull(), frames[i]);
                assertEquals(gained[i], odometer.at("/per_second/laps").asDouble() > 0, frames[i]);
                assertEquals(0, odometer.at("/per_second/stalls").asDouble(), frames[i]);
                final JsonNode recent = content(sections, "lap_nanos").path("recent");
                assertEquals(i == 0, recent.isNull(), frames[i]);
                assertEquals(gained[i], recent.path("per_second").asDouble() > 0, frames[i]);
                assertEquals(gained[i] ? 5119 : 0, recent.path("p50").asInt(), frames[i]);
                assertTrue(content(sections, "lap_nanos").path("p50").asInt() >= 1_000_000);
            }
            laps.add(0, 50);
            final String text = watch(Target.of(file.toString()), new AfterFirstFrame(more), false);
            assertTrue(text.matches("(?s).*laps +1,064  [0-9,.]+/s.*"), text);
            assertTrue(text.matches("(?s).*\\n    new +[0-9]+/s +5.1 µs .*"), text);
        }
    }

    private static JsonNode content(final JsonNode sections, final String name) {
        for (final JsonNode section : sections) {
            if (section.path("name").asText().equals(name)) {
                return section.path("content");
            }
        }
        throw new AssertionError(name + " is not in " + sections);
    }

    @Test
    void asJsonEachFrameIsALine() throws IOException {
        final String text = watch(Target.of(region().toString()), new StringWriter(), true);
        assertEquals(3, text.lines().count());
        for (final String line : text.lines().toList()) {
            assertEquals("unseen", new ObjectMapper().readTree(line).path("name").asText());
        }
    }

    @Test
    void aProcessThatEndsWhileItIsWatchedEndsTheWatchWithASentence() throws IOException {
        try (HostProcess host = HostProcess.java(folder.resolve("hosted"))) {
            final String text =
                    watch(
                            Target.of(Long.toString(host.pid())),
                            new AfterFirstFrame(host::close),
                            false);
            assertTrue(text.startsWith("unseen  "), text);
            assertTrue(text.endsWith("\nThe process " + host.pid() + " has ended.\n"), text);
        }
    }

    @Test
    void aFileThatDisappearsWhileItIsWatchedEndsTheWatchWithASentence() {
        final Path file = region();
        final String text =
                watch(Target.of(file.toString()), new AfterFirstFrame(() -> delete(file)), false);
        assertTrue(text.endsWith("\nThe region " + file + " is gone.\n"), text);
    }

    private static void delete(final Path file) {
        try {
            Files.delete(file);
        } catch (final IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theInspectorMapsAFileThatItMayNotWriteForLoadsAlone() throws Exception {
        final Path file = region();
        final byte[] before = Files.readAllBytes(file);
        final List<String> command = unprivileged(file);
        // The interval is short and the frames are many, so that the mapping is seen; then it is
        // ended.
        final Process inspector =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try {
            String seen = "";
            while (inspector.isAlive() && seen.isEmpty()) {
                seen = mapping(inspector.pid(), file);
            }
            assertEquals("r--s", seen, "how the inspector maps the region");
        } finally {
            inspector.destroyForcibly().waitFor();
        }
        assertTrue(Arrays.equals(before, Files.readAllBytes(file)), "the region was changed");
    }

    /** The permissions of the first mapping of a file in a process, or nothing where there is none now. */
    private static String mapping(final long pid, final Path file) {
        final List<String> lines;
        try {
            lines = Files.readAllLines(Path.of("/proc", Long.toString(pid), "maps"));
        } catch (final IOException e) {
            // It has just ended, which the caller sees.
            return "";
        }
        return lines.stream()
                .filter(line -> line.endsWith(" " + file))
                .map(line -> line.split(" ")[1])
                .findFirst()
                .orElse("");
    }

    /** An inspector that runs as a user who may read the file and nothing more. */
    private List<String> unprivileged(final Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
        final String[] options = {
            "inspect", file.toString(), "--watch", "--interval", "0.05", "--frames", "2000"
        };
        if (!System.getProperty("user.name").equals("root")) {
            return HostProcess.javaCommand(MAIN, options);
        }
        Files.setAttribute(file, "unix:uid", NOBODY);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        final List<String> command =
                new ArrayList<>(
                        List.of(
                                "setpriv",
                                "--reuid=" + NOBODY,
                                "--regid=" + NOBODY,
                                "--clear-groups",
                                "--no-new-privs"));
        command.addAll(HostProcess.javaCommandOf(readableClassPath(), MAIN, options));
        return command;
    }

    /** A copy of the class path: nobody may not read what lies in another user's home. */
    private String readableClassPath() throws IOException {
        final List<String> copies = new ArrayList<>();
        for (final String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            final Path from = Path.of(entry);
            final Path to = folder.resolve("cp" + copies.size() + "-" + from.getFileName());
            if (Files.exists(from)) {
                copy(from, to);
                copies.add(to.toString());
            }
        }
        return String.join(File.pathSeparator, copies);
    }

    private static void copy(final Path from, final Path to) throws IOException {
        final List<Path> files;
        try (var walk = Files.walk(from)) {
            files = walk.toList();
        }
        for (final Path file : files) {
            final Path target = from.equals(file) ? to : to.resolve(from.relativize(file));
            Files.copy(file, target);
            Files.setPosixFilePermissions(
                    target,
                    PosixFilePermissions.fromString(
                            Files.isDirectory(file) ? "rwxr-xr-x" : "r--r--r--"));
        }
    }

    /** Runs an endless watch on a terminal of its own, and types a key once the first frame is there. */
    private String onTerminal(final String key, final Path file) throws Exception {
        final String tool =
                String.join(
                        " ", HostProcess.javaCommand(MAIN, "inspect", file.toString(), "--watch"));
        final Process script =
                // What starts a build in the background may have it ignore the key.
                new ProcessBuilder(
                                "env",
                                "--default-signal=INT",
                                "script",
                                "-qec",
                                "trap : INT; stty cols 80 rows 24; stty -g; "
                                        + tool
                                        + "; echo \"status $?\"; stty -g",
                                "/dev/null")
                        .redirectErrorStream(true)
                        .start();
        try {
            final ByteArrayOutputStream seen = new ByteArrayOutputStream();
            readUntil(script, seen, text -> text.contains("q quits"));
            script.getOutputStream().write(key.getBytes(UTF_8));
            script.getOutputStream().flush();
            readUntil(script, seen, text -> false);
            return seen.toString(UTF_8);
        } finally {
            script.destroyForcibly().waitFor();
        }
    }

    private static void readUntil(
            final Process process, final ByteArrayOutputStream seen, final Predicate<String> enough)
            throws IOException {
        final byte[] buffer = new byte[4096];
        while (!enough.test(seen.toString(UTF_8))) {
            final int count = process.getInputStream().read(buffer);
            if (count < 0) {
                return;
            }
            seen.write(buffer, 0, count);
        }
    }

    private static void restored(final String seen, final int status) {
        final int enter = seen.indexOf("\033[?1049h");
        final int leave = seen.indexOf("\033[?1049l");
        assertTrue(enter > 0 && leave > enter, seen);
        assertTrue(seen.indexOf("\033[?25h", enter) < leave, "the cursor is shown again");
        final List<String> after = seen.substring(leave + 8).lines().toList();
        assertEquals("status " + status, after.get(0).replaceAll("^\\^C", ""));
        assertEquals(
                seen.substring(0, enter).strip(), after.get(1).strip(), "the terminal's settings");
    }

    @Test
    void onATerminalAFrameFitsAndQEndsTheWatchAndRestoresTheTerminal() throws Exception {
        final String seen = onTerminal("q", region());
        restored(seen, 0);
        final String frame =
                seen.substring(seen.indexOf("\033[H"), seen.indexOf("q quits"))
                        .replaceAll("\033\\[[?0-9;]*[A-Za-z]", "");
        assertEquals(23, frame.chars().filter(c -> c == '\n').count(), frame);
        frame.lines().forEach(line -> assertTrue(line.length() <= 80, line));
        assertTrue(frame.startsWith("unseen  28,672 bytes"), frame);
    }

    @Test
    void theInterruptKeyEndsTheWatchAndRestoresTheTerminal() throws Exception {
        restored(onTerminal("\003", region()), 130);
    }
}
