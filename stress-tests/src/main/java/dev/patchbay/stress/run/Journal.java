// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The verdicts of a run, appended to a file as they come: a line of JSON each, on the disk before the next unit starts. Whenever
 * the process is killed, at most the last line is torn, and that is cut off when the run goes on. One process at a time.
 */
final class Journal implements AutoCloseable {
    static final String FILE = "verdicts.jsonl";

    /**
     * The first line.
     *
     * @param key what must be the same to go on
     * @param seed from which chance is drawn
     * @param started when, in UTC
     */
    record Start(RunKey key, long seed, String started) {}

    private static final ObjectMapper JSON = new ObjectMapper();

    private final FileChannel channel;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private Start start;
    private boolean closed;

    private Journal(final FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Opens the journal of a folder and reads what is there.
     *
     * @throws StressException if another process writes it
     */
    static Journal open(final Path folder) throws IOException {
        Files.createDirectories(folder);
        final FileChannel channel =
                FileChannel.open(
                        folder.resolve(FILE),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        final Journal journal = new Journal(channel);
        try {
            if (!locked(channel)) {
                throw new StressException(
                        "Another run writes to "
                                + folder
                                + ": let it end, or choose another folder with --results.");
            }
            journal.read();
            return journal;
        } catch (final IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static boolean locked(final FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (final OverlappingFileLockException e) {
            return false;
        }
    }

    private void read() throws IOException {
        final ByteBuffer bytes = ByteBuffer.allocate((int) channel.size());
        while (bytes.hasRemaining() && channel.read(bytes, bytes.position()) >= 0) {
            // Until all is read.
        }
        long whole = 0;
        for (final String line : lines(new String(bytes.array(), 0, bytes.position(), UTF_8))) {
            try {
                if (start == null) {
                    start = JSON.readValue(line, Start.class);
                } else {
                    final Entry entry = JSON.readValue(line, Entry.class);
                    entries.put(entry.key(), entry);
                }
            } catch (final JsonProcessingException e) {
                // Torn, or of another version: what comes behind is not believed either.
                break;
            }
            whole += line.getBytes(UTF_8).length + 1;
        }
        channel.truncate(whole);
        channel.position(whole);
    }

    /** The lines that have an end. */
    private static List<String> lines(final String text) {
        final List<String> lines = new ArrayList<>();
        int from = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
            lines.add(text.substring(from, end));
            from = end + 1;
        }
        return lines;
    }

    /** How the run that is there began, or null where there is none. */
    Start start() {
        return start;
    }

    /** The verdicts so far by their keys. */
    Map<String, Entry> entries() {
        return entries;
    }

    /** Forgets what is there and begins anew. */
    void begin(final Start fresh) throws IOException {
        entries.clear();
        start = fresh;
        channel.truncate(0);
        append(fresh);
    }

    /** Keeps a verdict. Does nothing once it is closed: what ends while a run is interrupted may have been made to. */
    void add(final Entry entry) throws IOException {
        lock.lock();
        try {
            if (!closed) {
                append(entry);
                entries.put(entry.key(), entry);
            }
        } finally {
            lock.unlock();
        }
    }

    private void append(final Object line) throws IOException {
        final ByteBuffer bytes =
                ByteBuffer.wrap((JSON.writeValueAsString(line) + "\n").getBytes(UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        channel.force(false);
    }

    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            closed = true;
            channel.close();
        } finally {
            lock.unlock();
        }
    }
}
