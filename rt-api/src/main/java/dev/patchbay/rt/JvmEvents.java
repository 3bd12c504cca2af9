// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Counts what this VM has compiled and deoptimised since an instant, from the log that it writes by itself ({@code
 * -Xlog:jit+compilation=debug,deoptimization=debug:file=…:timenanos,tags}): exact, without a safepoint, and without cost where
 * nothing happens. The management beans know only the compilers' time. The log is written by a thread of its own, so an event is
 * counted a moment later. The file is read once for the whole process, by whoever looks: the monitor does ten times a second, a
 * rehearsal between its acts. Any thread that renders no block; looking allocates nothing.
 */
final class JvmEvents {
    /** A number that nobody knows. */
    static final long NOT_KNOWN = -1;

    private static final Pattern LOG =
            Pattern.compile(
                    "-Xlog:(?=[^:]*jit\\+compilation=debug)(?=[^:]*deoptimization=debug)[^:]*"
                            + ":file=(.+):timenanos,tags(?::.*filesize=(\\d+)m.*)?");

    private static final byte[] COMPILATION = ascii("][jit,compilation");
    private static final byte[] DEOPTIMIZATION = ascii("][deoptimization");

    /** The end of compiled code has the tags of a compilation; it counts as a deoptimisation where it is one. */
    private static final byte[] END_OF_CODE = ascii("made not entrant");

    private static final int CHUNK = 1 << 16;

    /** What tells a line's kind stands at its start; a method's name may be long. */
    private static final int LINE = 2048;

    private final Path file;
    private final long rotation;
    private final ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK);
    private final byte[] line = new byte[LINE];
    private FileChannel channel;
    private long position;
    private int length;
    private boolean known;
    private long compilations;
    private Count[] counts = {};

    /** What was counted since an instant. */
    final class Count {
        private final long since;
        private long compiled;
        private long deoptimized;

        private Count(final long since) {
            this.since = since;
        }

        /** Methods that were compiled, on any thread and for any; {@link #NOT_KNOWN} where there is no log to be read. */
        long compilations() {
            synchronized (JvmEvents.this) {
                return known ? compiled : NOT_KNOWN;
            }
        }

        /** Times that compiled code was left for the interpreter, likewise. */
        long deoptimizations() {
            synchronized (JvmEvents.this) {
                return known ? deoptimized : NOT_KNOWN;
            }
        }

        /** Counts no more. */
        void end() {
            synchronized (JvmEvents.this) {
                counts = Arrays.stream(counts).filter(count -> count != this).toArray(Count[]::new);
            }
        }
    }

    /** The one of this process: made at its first use, by one thread. */
    private static final class OfThisVm {
        static final JvmEvents EVENTS = find();

        private static JvmEvents find() {
            for (final String argument : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
                final Matcher log = LOG.matcher(argument);
                if (log.matches()) {
                    return new JvmEvents(
                            Path.of(log.group(1)),
                            log.group(2) == null
                                    ? Long.MAX_VALUE
                                    : Long.parseLong(log.group(2)) << 20);
                }
            }
            return new JvmEvents(null, 0);
        }
    }

    /**
     * Reads a log, once somebody looks.
     *
     * @param file the log; null where there is none
     * @param rotation from how many bytes on the VM may start a new file of this name
     */
    JvmEvents(final Path file, final long rotation) {
        this.file = file;
        this.rotation = rotation;
        this.known = file != null;
    }

    /** Those of this VM. */
    static JvmEvents ofThisVm() {
        return OfThisVm.EVENTS;
    }

    private FileChannel open() throws IOException {
        return FileChannel.open(file, StandardOpenOption.READ);
    }

    /**
     * Starts to count; reads nothing.
     *
     * @param nanos what was logged up to this instant of {@link System#nanoTime} is not counted, though it be written later
     */
    synchronized Count since(final long nanos) {
        final Count count = new Count(nanos);
        counts = Arrays.copyOf(counts, counts.length + 1);
        counts[counts.length - 1] = count;
        return count;
    }

    /** Methods that were compiled since the start of the VM; {@link #NOT_KNOWN} where there is no log to be read. */
    synchronized long compilations() {
        return known ? compilations : NOT_KNOWN;
    }

    /** Reads what has been written since the last look. A log that cannot be read is told once, and nothing is known from then on. */
    synchronized void look() {
        if (!known) {
            return;
        }
        try {
            if (channel == null) {
                channel = open();
            }
            read();
        } catch (final IOException e) {
            known = false;
            System.err.println(
                    "patchbay rt: the JVM's log cannot be read, so compilations are not counted: "
                            + e);
        }
    }

    private void read() throws IOException {
        while (true) {
            chunk.clear();
            final int read = channel.read(chunk, position);
            if (read > 0) {
                position += read;
                chunk.flip();
                take();
            } else if (position < rotation || !reopened()) {
                return;
            }
        }
    }

    /** Once a log is full the VM gives its file another name and starts a new one; the channel stays with the old one. */
    private boolean reopened() throws IOException {
        final FileChannel next = open();
        if (next.size() >= position) {
            next.close();
            return false;
        }
        channel.close();
        channel = next;
        position = 0;
        return true;
    }

    private void take() {
        while (chunk.hasRemaining()) {
            final byte b = chunk.get();
            if (b == '\n') {
                count();
                length = 0;
            } else if (length < LINE) {
                line[length++] = b;
            }
        }
    }

    /** {@code [123456ns][jit,compilation] …}: the tags are filled up with spaces. */
    private void count() {
        long nanos = 0;
        int at = 1;
        while (at < length && line[at] >= '0' && line[at] <= '9') {
            nanos = nanos * 10 + line[at++] - '0';
        }
        // Past "ns".
        at += 2;
        if (startsWith(at, DEOPTIMIZATION)) {
            for (final Count count : counts) {
                count.deoptimized += nanos - count.since > 0 ? 1 : 0;
            }
        } else if (startsWith(at, COMPILATION) && !contains(END_OF_CODE)) {
            compilations++;
            for (final Count count : counts) {
                count.compiled += nanos - count.since > 0 ? 1 : 0;
            }
        }
    }

    private boolean startsWith(final int at, final byte[] text) {
        if (at + text.length > length) {
            return false;
        }
        for (int i = 0; i < text.length; i++) {
            if (line[at + i] != text[i]) {
                return false;
            }
        }
        return true;
    }

    private boolean contains(final byte[] text) {
        for (int at = 0; at + text.length <= length; at++) {
            if (startsWith(at, text)) {
                return true;
            }
        }
        return false;
    }

    private static byte[] ascii(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
