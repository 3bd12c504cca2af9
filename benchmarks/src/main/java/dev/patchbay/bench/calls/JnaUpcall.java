// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.calls;

import com.sun.jna.Callback;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;

/** By JNA's direct mapping and a callback. */
final class JnaUpcall extends Upcall {
    static {
        Native.register("c");
    }

    private final Pointer element = new Memory(Integer.BYTES);
    private final Comparison comparison = (one, other) -> compared();

    /** What C calls. */
    interface Comparison extends Callback {
        /** The comparison of bsearch. */
        int invoke(Pointer one, Pointer other);
    }

    private static native Pointer bsearch(
            Pointer key, Pointer base, long count, long size, Comparison comparison);

    @Override
    void search(final int count) {
        for (int i = 0; i < count; i++) {
            if (bsearch(element, element, 1, Integer.BYTES, comparison) == null) {
                throw new IllegalStateException("bsearch found nothing");
            }
        }
    }
}
