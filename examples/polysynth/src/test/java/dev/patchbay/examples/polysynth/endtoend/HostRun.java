// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A run of the headless host with the real plug-in: its process, its files, and the region inside it. */
final class HostRun implements AutoCloseable {
    static final Path BUNDLE = Path.of(System.getProperty("patchbay.bundle"));
    static final Path HOST = Path.of(System.getProperty("patchbay.host"));

    final Path folder;
    final Path wav;
    final Path log;
    final Process process;

    private HostRun(
            final Path folder,
            final Path bundle,
            final Map<String, String> environment,
            final List<String> options)
            throws IOException {
        this.folder = folder;
        this.wav = folder.resolve("out.wav");
        this.log = folder.resolve("host.log");
        final List<String> command = new ArrayList<>(List.of(HOST.toString(), "render"));
        command.addAll(List.of("--plugin", bundle.toString(), "--out", wav.toString()));
        command.addAll(List.of("--json", folder.resolve("out.json").toString()));
        command.addAll(options);
        final ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("PATCHBAY_LOG_DIR", folder.resolve("logs").toString());
        builder.environment().putAll(environment);
        this.process = builder.start();
    }

    /** Starts the host; files go to a folder that exists. */
    static HostRun start(final Path folder, final String... options) throws IOException {
        return start(folder, BUNDLE, Map.of(), options);
    }

    static HostRun start(
            final Path folder,
            final Path bundle,
            final Map<String, String> environment,
            final String... options)
            throws IOException {
        Files.createDirectories(folder);
        return new HostRun(folder, bundle, environment, List.of(options));
    }

    /** Waits for the end; the answer is the exit status. */
    int await() throws InterruptedException, IOException {
        if (!process.waitFor(180, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the host hangs: " + text());
        }
        return process.exitValue();
    }

    /** Waits for an end without error. */
    HostRun succeed() throws InterruptedException, IOException {
        final int status = await();
        if (status != 0) {
            throw new IllegalStateException("the host ended with " + status + ": " + text());
        }
        return this;
    }

    /** The processes of its engines. */
    List<ProcessHandle> engines() {
        return process.toHandle()
                .children()
                .filter(child -> commandLine(child).contains("EngineMain"))
                .toList();
    }

    private static String commandLine(final ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc", process.pid() + "", "cmdline"));
        } catch (final IOException e) {
            return "";
        }
    }

    String text() throws IOException {
        return Files.readString(log);
    }

    JsonNode json() throws IOException {
        return new ObjectMapper().readTree(folder.resolve("out.json").toFile());
    }

    /** The samples by channel. */
    float[][] samples() throws IOException {
        return readWav(wav);
    }

    /** Reads a WAV file of 32-bit floats. */
    static float[][] readWav(final Path file) throws IOException {
        final ByteBuffer bytes =
                ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int channels = 0;
        int at = 12;
        while (at + 8 <= bytes.capacity()) {
            final int id = bytes.getInt(at);
            final int length = bytes.getInt(at + 4);
            if (id == 0x20746d66) {
                channels = bytes.getShort(at + 10);
            } else if (id == 0x61746164) {
                final int frames = length / Float.BYTES / channels;
                final float[][] samples = new float[channels][frames];
                for (int i = 0; i < frames * channels; i++) {
                    samples[i % channels][i / channels] = bytes.getFloat(at + 8 + i * Float.BYTES);
                }
                return samples;
            }
            at += 8 + length + (length & 1);
        }
        throw new IOException(
                file + " has no samples: " + Arrays.toString(Arrays.copyOf(bytes.array(), 12)));
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
