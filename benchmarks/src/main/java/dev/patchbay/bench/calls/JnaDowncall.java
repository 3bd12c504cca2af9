// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.calls;

import com.sun.jna.Native;

/** By JNA's direct mapping, its fastest way. */
final class JnaDowncall extends Downcall {
    static {
        Native.register("c");
    }

    private static native int abs(int number);

    @Override
    public double run(final long from, final int count) {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += abs(argument(from + i));
        }
        return sum;
    }
}
