// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.jna.Structure;
import dev.patchbay.layout.Loads;
import dev.patchbay.layout.StructType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.IntToLongFunction;
import java.util.function.Supplier;
import org.agrona.concurrent.AtomicBuffer;

/**
 * Reads structs of a region as JNA structures, to hand them to a native library or to look at them. A structure is a detached
 * copy of its struct: it has memory of its own, later changes of the region do not show in it, and nothing written to it
 * reaches the region.
 *
 * <p>A copy is made by 64-bit loads with acquire, so each scalar is whole. Two fields may stem from two moments, as with any
 * loads of a region; a snapshot is read whole by {@link dev.patchbay.atomics.Snapshot#read} and its words copied from there.
 *
 * <p>Thread-safe, with {@link #refresh} as far as no other thread uses that structure. It allocates, so it is not for a
 * real-time thread.
 *
 * @param <T> the class of the structures
 */
public final class StructureView<T extends Structure> {
    private final StructType struct;
    private final Supplier<T> maker;

    private StructureView(final StructType struct, final Supplier<T> maker) {
        this.struct = struct;
        this.maker = maker;
    }

    /**
     * A view whose structures are of a class made for the struct, with a public field for each declared one.
     *
     * @throws IllegalArgumentException if the struct has more fields than a Java class can have, which are some thousands
     */
    public static StructureView<StructureCopy> of(final StructType struct) {
        final Class<? extends StructureCopy> type = StructureClasses.of(struct);
        return new StructureView<>(struct, () -> Structure.newInstance(type));
    }

    /**
     * A view whose structures are of the author's own class.
     *
     * @param maker makes a structure with memory of its own
     * @throws IllegalArgumentException if the class does not match the struct, as {@link #check} does
     */
    public static <T extends Structure> StructureView<T> of(
            final StructType struct, final Supplier<T> maker) {
        check(maker.get(), struct);
        return new StructureView<>(struct, maker);
    }

    /**
     * Checks that structures of an author's own class hold a struct's fields: by the same names, each of the type that
     * {@link StructureCopy} lists and at the declared offset, and the size as declared. Fields of other names are taken for
     * padding.
     *
     * @param own an instance; only its class is looked at, which and whose constructor without arguments must be public
     * @throws IllegalArgumentException if they do not; one sentence says what differs, what was found and what is expected
     */
    public static void check(final Structure own, final StructType struct) {
        StructureCheck.check(own.getClass(), struct);
    }

    /**
     * The text of a field of bytes: UTF-8 up to the first 0 byte, or all of it where there is none.
     *
     * @throws IllegalArgumentException if there is no such field, or it does not hold bytes
     */
    public static String text(final Structure structure, final String field) {
        final Object value = structure.readField(field);
        if (!(value instanceof byte[])) {
            throw new IllegalArgumentException(
                    "The field \""
                            + field
                            + "\" is no text: it is of type "
                            + value.getClass().getSimpleName()
                            + ", expected byte[].");
        }
        final byte[] bytes = (byte[]) value;
        int length = 0;
        while (length < bytes.length && bytes[length] != 0) {
            length++;
        }
        return new String(bytes, 0, length, UTF_8);
    }

    /** What is viewed. */
    public StructType struct() {
        return struct;
    }

    /**
     * A new structure that holds what the region holds now.
     *
     * @param region a whole region, or another buffer aligned to 8 bytes
     * @param offset bytes from its start to the struct, such as {@link dev.patchbay.layout.SectionEntry#elementOffset}
     * @throws IllegalArgumentException if the struct does not lie within the buffer, or not at its alignment
     */
    public T copy(final AtomicBuffer region, final int offset) {
        return refresh(maker.get(), region, offset);
    }

    /**
     * A new structure that holds what the region holds now: for a region that was attached read-only.
     *
     * @param region the loads of a whole region
     * @param offset bytes from its start to the struct
     * @throws IllegalArgumentException if the struct does not lie within the region, or not at its alignment
     * @throws IllegalStateException if the handle that the loads came from is closed
     */
    public T copy(final Loads region, final int offset) {
        return refresh(maker.get(), region, offset);
    }

    /**
     * A new structure that holds words which were read before, as {@link dev.patchbay.atomics.Snapshot#read} reads them.
     *
     * @param words the struct's bytes in native order
     * @throws IllegalArgumentException if there are fewer than the struct has
     */
    public T copy(final long[] words) {
        if ((long) words.length * Long.BYTES < struct.size()) {
            throw new IllegalArgumentException(
                    "The struct \""
                            + struct.name()
                            + "\" has "
                            + struct.size()
                            + " bytes, but there are "
                            + words.length
                            + " words of 8.");
        }
        return fill(maker.get(), at -> words[at / Long.BYTES], 0);
    }

    /**
     * Brings a structure that this view made up to date and returns it.
     *
     * @throws IllegalArgumentException as {@link #copy(AtomicBuffer, int)} does
     */
    public T refresh(final T structure, final AtomicBuffer region, final int offset) {
        return refresh(structure, Loads.over(region), offset);
    }

    /**
     * Brings a structure that this view made up to date and returns it.
     *
     * @throws IllegalArgumentException as {@link #copy(Loads, int)} does
     */
    public T refresh(final T structure, final Loads region, final int offset) {
        if (offset < 0 || end(offset) > region.length()) {
            throw new IllegalArgumentException(
                    "The struct \""
                            + struct.name()
                            + "\" is read in words of 8 bytes, from byte "
                            + offset
                            + " to "
                            + end(offset)
                            + ", but the region has "
                            + region.length()
                            + " bytes.");
        }
        return fill(structure, region::int64, offset);
    }

    private T fill(final T structure, final IntToLongFunction words, final int offset) {
        if (offset % struct.alignment() != 0) {
            throw new IllegalArgumentException(
                    "The struct \""
                            + struct.name()
                            + "\" lies at a multiple of "
                            + struct.alignment()
                            + " bytes, but "
                            + offset
                            + " was asked for.");
        }
        final int start = offset & -Long.BYTES;
        final ByteBuffer bytes =
                ByteBuffer.allocate((int) (end(offset) - start)).order(ByteOrder.nativeOrder());
        for (int at = start; at < end(offset); at += Long.BYTES) {
            bytes.putLong(words.applyAsLong(at));
        }
        structure.getPointer().write(0, bytes.array(), offset - start, struct.size());
        structure.read();
        return structure;
    }

    /** Where the last word of the struct ends. */
    private long end(final int offset) {
        return ((long) offset + struct.size() + Long.BYTES - 1) & -Long.BYTES;
    }
}
