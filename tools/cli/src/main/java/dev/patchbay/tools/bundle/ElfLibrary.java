// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a shared library for 64-bit Linux on x86-64 exports, read from its file as elf(5) describes it; no code of it runs. Offsets and
 * numbers here are that format's.
 */
final class ElfLibrary {
    private static final int MAGIC = 0x464C457F;
    private static final int CLASS_64 = 2;
    private static final int LITTLE_ENDIAN = 1;
    private static final int SHARED = 3;
    private static final int X86_64 = 62;
    private static final int LOAD = 1;
    private static final int DYNAMIC_SYMBOLS = 11;
    private static final int SYMBOL_BYTES = 24;
    private static final int OBJECT = 1;
    private static final int DEFAULT_VISIBILITY = 0;

    /** Seen from outside as by default; the library itself takes no other in its place. */
    private static final int PROTECTED_VISIBILITY = 3;

    private final ByteBuffer file;
    private final Map<String, Symbol> exports = new TreeMap<>();

    /**
     * Something that a library exports.
     *
     * @param address where it lies once it is loaded, from the library's start
     * @param size in bytes
     * @param isVariable whether it is no function
     */
    record Symbol(long address, long size, boolean isVariable) {}

    private ElfLibrary(final byte[] bytes) {
        file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Reads a library.
     *
     * @throws IllegalArgumentException if it is none, or for another system; the message says what was found, as the end of a sentence
     */
    static ElfLibrary read(final byte[] bytes) {
        final ElfLibrary library = new ElfLibrary(bytes);
        try {
            library.checkHeader();
            library.readExports();
        } catch (final IndexOutOfBoundsException | BufferUnderflowException e) {
            throw new IllegalArgumentException("is an ELF file that ends too early", e);
        }
        return library;
    }

    /** What it exports, by name; unmodifiable. */
    Map<String, Symbol> exports() {
        return Collections.unmodifiableMap(exports);
    }

    /** The bytes of a variable as they are in the file; nothing where the loader fills them in. */
    Optional<ByteBuffer> content(final Symbol variable) {
        try {
            return part(variable);
        } catch (final IndexOutOfBoundsException e) {
            // Its table of parts leads beyond its end: the loader would not find it there, either.
            return Optional.empty();
        }
    }

    private Optional<ByteBuffer> part(final Symbol variable) {
        final int headers = count(file.getLong(32));
        for (int i = 0; i < Short.toUnsignedInt(file.getShort(56)); i++) {
            final int at = headers + i * Short.toUnsignedInt(file.getShort(54));
            final long address = file.getLong(at + 16);
            final long into = variable.address() - address;
            if (file.getInt(at) == LOAD
                    && into >= 0
                    && into + variable.size() <= file.getLong(at + 32)) {
                final int offset = count(file.getLong(at + 8) + into);
                return Optional.of(
                        file.slice(offset, count(variable.size())).order(ByteOrder.LITTLE_ENDIAN));
            }
        }
        return Optional.empty();
    }

    private void checkHeader() {
        if (file.capacity() < Integer.BYTES || file.getInt(0) != MAGIC) {
            throw new IllegalArgumentException("is not an ELF file");
        }
        if (file.get(4) != CLASS_64 || file.get(5) != LITTLE_ENDIAN) {
            throw new IllegalArgumentException(
                    "is an ELF file, but not a 64-bit little-endian one");
        }
        if (file.getShort(16) != SHARED) {
            throw new IllegalArgumentException(
                    "is an ELF file of the type "
                            + file.getShort(16)
                            + ", which is no shared library");
        }
        if (file.getShort(18) != X86_64) {
            throw new IllegalArgumentException(
                    "is a shared library for another processor (ELF machine "
                            + file.getShort(18)
                            + ")");
        }
    }

    private void readExports() {
        final int headers = count(file.getLong(40));
        final int size = Short.toUnsignedInt(file.getShort(58));
        for (int i = 0; i < Short.toUnsignedInt(file.getShort(60)); i++) {
            final int at = headers + i * size;
            if (file.getInt(at + 4) == DYNAMIC_SYMBOLS) {
                final int texts = headers + file.getInt(at + 40) * size;
                readSymbols(
                        count(file.getLong(at + 24)),
                        count(file.getLong(at + 32)),
                        count(file.getLong(texts + 24)));
            }
        }
    }

    private void readSymbols(final int from, final int length, final int names) {
        for (int at = from; at < from + length; at += SYMBOL_BYTES) {
            final int info = Byte.toUnsignedInt(file.get(at + 4));
            final boolean local = info >> 4 == 0;
            final int visibility = file.get(at + 5) & 3;
            final boolean visible =
                    visibility == DEFAULT_VISIBILITY || visibility == PROTECTED_VISIBILITY;
            final boolean defined = file.getShort(at + 6) != 0;
            if (!local && visible && defined) {
                exports.put(
                        text(names + file.getInt(at)),
                        new Symbol(
                                file.getLong(at + 8),
                                file.getLong(at + 16),
                                (info & 15) == OBJECT));
            }
        }
    }

    private String text(final int from) {
        int end = from;
        while (file.get(end) != 0) {
            end++;
        }
        return new String(file.array(), from, end - from, UTF_8);
    }

    /** A number of the file that is to lie within it. */
    private int count(final long number) {
        if (number < 0 || number > file.capacity()) {
            throw new IndexOutOfBoundsException("beyond the end of the file");
        }
        return (int) number;
    }
}
