// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import dev.patchbay.atomics.Snapshot;
import dev.patchbay.layout.StandardRegion;
import dev.patchbay.layout.StandardStructs;
import dev.patchbay.layout.StructType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The thread of an engine process that renders, as the region and the kernel show it; and the host's side of its scheduling. */
final class EngineThread {
    private static final StructType CONDITIONS = StandardStructs.RT_CONDITIONS;

    private final EngineProcess engine;
    private final Snapshot audioThread;
    private final Snapshot conditions;

    EngineThread(final EngineProcess engine) {
        this.engine = engine;
        this.audioThread =
                Snapshot.over(engine.buffer, engine.section(StandardRegion.AUDIO_THREAD));
        this.conditions =
                Snapshot.over(engine.buffer, engine.section(StandardRegion.RT_CONDITIONS));
    }

    /** Publishes a host's audio thread, as the bridge does. */
    void host(final int policy, final int priority) {
        final StructType struct = StandardStructs.AUDIO_THREAD;
        final ByteBuffer bytes = ByteBuffer.allocate(struct.size()).order(ByteOrder.nativeOrder());
        bytes.putInt(struct.offset("thread"), 1);
        bytes.putInt(struct.offset("policy"), policy);
        bytes.putInt(struct.offset("priority"), priority);
        final long[] words = new long[audioThread.words()];
        bytes.asLongBuffer().get(words);
        audioThread.write(words);
    }

    /** Waits for a grant and gives its report. */
    String await(final int grant) {
        engine.await("grant " + grant, () -> number("scheduling") == grant);
        return text("scheduling_report");
    }

    int number(final String field) {
        return copy().getInt(CONDITIONS.offset(field));
    }

    String text(final String field) {
        final byte[] bytes = new byte[CONDITIONS.field(field).count()];
        copy().get(CONDITIONS.offset(field), bytes);
        int length = 0;
        while (bytes[length] != 0) {
            length++;
        }
        return new String(bytes, 0, length, java.nio.charset.StandardCharsets.UTF_8);
    }

    /** What the kernel says: "policy priority". */
    String scheduled() {
        try {
            return scheduled(
                    Path.of(
                            "/proc",
                            Long.toString(engine.process.pid()),
                            "task",
                            Integer.toString(number("thread")),
                            "stat"));
        } catch (final IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Fields 41 and 40 of a thread's stat, as "policy priority". */
    static String scheduled(final Path stat) throws IOException {
        final String text = Files.readString(stat);
        final List<String> fields =
                List.of(text.substring(text.lastIndexOf(')') + 2).trim().split(" "));
        // The first of these is the third of all.
        return fields.get(41 - 3) + " " + fields.get(40 - 3);
    }

    /** The processor time that the thread has had, in nanoseconds. */
    long processorNanos() throws IOException {
        return Long.parseLong(
                Files.readString(
                                Path.of(
                                        "/proc",
                                        Long.toString(engine.process.pid()),
                                        "task",
                                        Integer.toString(number("thread")),
                                        "schedstat"))
                        .split(" ")[0]);
    }

    private ByteBuffer copy() {
        final long[] words = new long[conditions.words()];
        engine.await("whole conditions", () -> conditions.read(words, 1));
        final ByteBuffer bytes =
                ByteBuffer.allocate(CONDITIONS.size()).order(ByteOrder.nativeOrder());
        bytes.asLongBuffer().put(words);
        return bytes;
    }
}
