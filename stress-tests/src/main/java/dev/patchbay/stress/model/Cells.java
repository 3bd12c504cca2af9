// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The locations that memory is divided into, as found from the accesses. A plain access may span several cells, and any access
 * cut one that has only plain accesses, since plain accesses that do not race are not atomic anyhow: it becomes one access for
 * each cell. Atomic accesses that overlap one of another size are refused.
 */
final class Cells {
    private static final int NONE = -1;

    private final int[] first;
    private final int[] sizes;
    private final int[] numbers;
    private final boolean[] atomic;
    private final List<Integer> offsets = new ArrayList<>();

    Cells(final int bytes) {
        first = new int[bytes];
        Arrays.fill(first, NONE);
        sizes = new int[bytes];
        numbers = new int[bytes];
        atomic = new boolean[bytes];
    }

    /** Thrown where a cell was divided, so that executions explored until now are of another memory. */
    static final class Divided extends Error {
        private static final long serialVersionUID = 1;

        Divided() {
            super("cells were divided", null, false, false);
        }
    }

    /** The byte offset of a cell. */
    int offset(final int cell) {
        return offsets.get(cell);
    }

    /** The bytes of a cell. */
    int size(final int cell) {
        return sizes[offset(cell)];
    }

    /** The cell of an atomic access. */
    int atomic(final int offset, final int size) {
        if (offset % size != 0) {
            throw new IllegalArgumentException(
                    "An atomic access of " + size + " bytes at " + offset + " is not aligned.");
        }
        if (first[offset] != offset || sizes[offset] != size) {
            for (int at = offset; at < offset + size; at++) {
                if (first[at] != NONE) {
                    divide(offset);
                    divide(offset + size);
                    throw new UnsupportedOperationException(
                            "An atomic access of "
                                    + size
                                    + " bytes at "
                                    + offset
                                    + " overlaps accesses of "
                                    + sizes[first[at]]
                                    + " bytes at "
                                    + first[at]
                                    + "; mixed sizes are modelled for plain accesses only.");
                }
            }
            make(offset, size);
        }
        atomic[offset] = true;
        return numbers[offset];
    }

    /** The one cell of a plain access, or −1 where it takes {@link #pieces}. */
    int whole(final int offset, final int size) {
        if (first[offset] == offset && sizes[offset] == size) {
            return numbers[offset];
        }
        for (int at = offset; at < offset + size; at++) {
            if (first[at] != NONE) {
                return NONE;
            }
        }
        return make(offset, size);
    }

    /** The cells of a plain access that overlaps one of another size, from its first byte to its last. */
    int[] pieces(final int offset, final int size) {
        cut(offset);
        cut(offset + size);
        final List<Integer> pieces = new ArrayList<>();
        int at = offset;
        while (at < offset + size) {
            if (first[at] == NONE) {
                int end = at;
                while (end < offset + size && first[end] == NONE) {
                    end++;
                }
                make(at, end - at);
            }
            pieces.add(numbers[at]);
            at += sizes[at];
        }
        return pieces.stream().mapToInt(Integer::intValue).toArray();
    }

    private int make(final int offset, final int size) {
        Arrays.fill(first, offset, offset + size, offset);
        sizes[offset] = size;
        numbers[offset] = offsets.size();
        offsets.add(offset);
        return numbers[offset];
    }

    /** Cuts a cell that has only plain accesses, so that an atomic access has one of its own. */
    private void divide(final int at) {
        if (at < first.length && first[at] != NONE && !atomic[first[at]]) {
            cut(at);
        }
    }

    private void cut(final int at) {
        if (at == first.length || first[at] == NONE || first[at] == at) {
            return;
        }
        final int from = first[at];
        if (atomic[from]) {
            throw new UnsupportedOperationException(
                    "A plain access begins or ends at "
                            + at
                            + ", within the atomic accesses of "
                            + sizes[from]
                            + " bytes at "
                            + from
                            + "; this is not modelled.");
        }
        final int end = from + sizes[from];
        Arrays.fill(first, at, end, at);
        sizes[from] = at - from;
        sizes[at] = end - at;
        numbers[at] = offsets.size();
        offsets.add(at);
        throw new Divided();
    }
}
