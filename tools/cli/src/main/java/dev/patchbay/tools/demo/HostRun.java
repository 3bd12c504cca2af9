// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.demo;

import dev.patchbay.layout.BlockTraceDescriptor;
import dev.patchbay.layout.ProcessStart;
import dev.patchbay.tools.ToolException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One run of the headless host, and of the processes that it starts. Closing it leaves none of them behind. */
final class HostRun implements AutoCloseable {
    private static final int TERM_SECONDS = 5;
    private static final String SPEAKER = "patchbay-host: ";
    private static final String BRIDGE = "patchbay: ";

    private final Process process;
    private final Path log;
    private final Map<Long, Long> modules = new HashMap<>();
    private int heard;

    /**
     * Starts a render.
     *
     * @param options what to play
     * @param wav where the host writes the sound
     * @param json where it writes its measurements
     * @param traces the folder for block traces; null for none
     */
    HostRun(final DemoOptions options, final Path wav, final Path json, final Path traces)
            throws IOException {
        final List<String> command =
                new ArrayList<>(List.of(options.host().toString(), "render", "--quiet"));
        command.addAll(List.of("--plugin", options.plugin().toAbsolutePath().toString()));
        command.addAll(List.of("--midi", options.midi().toString()));
        if (options.wav() != null) {
            command.addAll(List.of("--out", wav.toString()));
        }
        if (options.fifo() > 0) {
            command.addAll(List.of("--fifo", Integer.toString(options.fifo())));
        }
        command.addAll(List.of("--json", json.toString(), "--json-blocks"));
        command.addAll(
                List.of(
                        "--block",
                        Integer.toString(options.block()),
                        "--rate",
                        Integer.toString(options.rate())));
        if (!options.offline()) {
            command.add("--realtime");
        }
        options.seconds()
                .ifPresent(
                        s ->
                                command.addAll(
                                        List.of("--seconds", String.format(Locale.ROOT, "%s", s))));
        final ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("PATCHBAY_LOG_DIR", options.logs().toString());
        builder.environment().put("PATCHBAY_CONTROL_OPTIONS", options.controlOptions());
        if (traces != null) {
            builder.environment()
                    .put(BlockTraceDescriptor.VARIABLE, options.traceBlocks() + ":" + traces);
        }
        builder.environment().putAll(options.diagnosis().environment());
        log = Files.createDirectories(options.logs()).resolve("host.log");
        process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        process.getOutputStream().close();
    }

    long pid() {
        return process.pid();
    }

    /** Waits; true once the host has ended. */
    boolean ended(final long millis) throws InterruptedException {
        return process.waitFor(millis, TimeUnit.MILLISECONDS);
    }

    /** What the bridge has said since the last call: whole lines, without the speaker. */
    List<String> newWords() throws IOException {
        final List<String> words = new ArrayList<>();
        final String text = Files.readString(log);
        for (int end = text.indexOf('\n', heard); end >= 0; end = text.indexOf('\n', heard)) {
            final String line = text.substring(heard, end);
            if (line.startsWith(BRIDGE)) {
                words.add(line.substring(BRIDGE.length()));
            }
            heard = end + 1;
        }
        return words;
    }

    /** Remembers a process that the host has started. */
    synchronized void module(final long pid, final long startTime) {
        if (pid > 0) {
            modules.put(pid, startTime);
        }
    }

    /**
     * Checks how the host ended, and waits for the processes that end with it.
     *
     * @throws ToolException with the host's own sentence, if it failed
     */
    void checkEnd() throws InterruptedException {
        final int status = process.waitFor();
        if (status != 0) {
            throw new ToolException(reason(status));
        }
        awaitModules();
    }

    private String reason(final int status) {
        String last = "it says nothing.";
        boolean own = false;
        try {
            for (final String line : Files.readAllLines(log)) {
                // The plug-in may speak, too; the host's sentence says what ended it.
                if (line.startsWith(SPEAKER) || !own && !line.isBlank()) {
                    own = line.startsWith(SPEAKER);
                    last = line.strip();
                }
            }
        } catch (final IOException e) {
            last = "its output " + log + " cannot be read: " + e + ".";
        }
        return "The host ended with status "
                + status
                + ": "
                + (own ? last.substring(SPEAKER.length()) : last);
    }

    private synchronized void awaitModules() throws InterruptedException {
        for (final Map.Entry<Long, Long> module : modules.entrySet()) {
            final long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(TERM_SECONDS);
            while (lives(module) && System.nanoTime() < end) {
                Thread.sleep(10);
            }
        }
    }

    private static boolean lives(final Map.Entry<Long, Long> module) {
        // Pids are used again: the same start means the same process.
        return ProcessStart.of(module.getKey()) == module.getValue()
                && ProcessHandle.of(module.getKey()).map(ProcessHandle::isAlive).orElse(false);
    }

    /** Ends what still runs, and waits for it; does nothing after an orderly end. */
    @Override
    public synchronized void close() {
        final List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        // An interrupted thread waits, too: what it leaves must be gone.
        boolean interrupted = Thread.interrupted();
        while (process.isAlive()) {
            try {
                if (!process.waitFor(TERM_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (final InterruptedException e) {
                interrupted = true;
            }
        }
        children.forEach(ProcessHandle::destroyForcibly);
        for (final Map.Entry<Long, Long> module : modules.entrySet()) {
            if (lives(module)) {
                ProcessHandle.of(module.getKey()).ifPresent(ProcessHandle::destroyForcibly);
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
