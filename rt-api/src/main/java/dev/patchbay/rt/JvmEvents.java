// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import java.io.Closeable;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Counts what this VM has compiled and deoptimised since an instant, from the log that it writes by itself ({@code
 * -Xlog:jit+compilation=debug,deoptimization=debug:file=…:timenanos,tags}): exact, without a safepoint, and without cost where
 * nothing happens. The management beans know only the compilers' time. The log is written by a thread of its own, so an event is
 * counted a moment later. One thread at a time; looking allocates nothing.
 */
final class JvmEvents implements Closeable {
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
    private long since;
    private long compilations;
    private long deoptimizations;

    /**
     * Reads a log.
     *
     * @param rotation from how many bytes on the VM may start a new file of this name
     */
    JvmEvents(final Path file, final long rotation) throws IOException {
        this.file = file;
        this.rotation = rotation;
        this.channel = open();
    }

    /** Those of this VM, or null where it writes no such log or the log cannot be read. */
    static JvmEvents ofThisVm() {
        for (final String argument : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            final Matcher log = LOG.matcher(argument);
            if (log.matches()) {
                final long rotation =
                        log.group(2) == null ? Long.MAX_VALUE : Long.parseLong(log.group(2)) << 20;
                try {
                    return new JvmEvents(Path.of(log.group(1)), rotation);
                } catch (final IOException e) {
                    System.err.println(
                            "patchbay rt: the JVM's log cannot be read, so compilations are not"
                                    + " counted: "
                                    + e);
                }
            }
        }
        return null;
    }

    private FileChannel open() throws IOException {
        return FileChannel.open(file, StandardOpenOption.READ);
    }

    /**
     * Starts to count anew.
     *
     * @param nanos what was logged up to this instant of {@link System#nanoTime} is not counted, though it be written later
     */
    void countSince(final long nanos) throws IOException {
        look();
        since = nanos;
        compilations = 0;
        deoptimizations = 0;
    }

    /** Reads what has been written since the last look. */
    void look() throws IOException {
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
        if (at >= length || nanos - since <= 0) {
            return;
        }
        if (startsWith(at, DEOPTIMIZATION)) {
            deoptimizations++;
        } else if (startsWith(at, COMPILATION) && !contains(END_OF_CODE)) {
            compilations++;
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

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** Methods that were compiled, on any thread and for any. */
    long compilations() {
        return compilations;
    }

    /** Times that compiled code was left for the interpreter. */
    long deoptimizations() {
        return deoptimizations;
    }
}
