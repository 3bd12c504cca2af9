// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.fork;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** Ties the calling thread to one processor. */
@SuppressWarnings("restricted")
final class Pinning {
    private static final int MASK_BYTES = 128;

    private Pinning() {}

    static void pin(final int processor) {
        final Linker linker = Linker.nativeLinker();
        final MethodHandle setAffinity =
                linker.downcallHandle(
                        linker.defaultLookup().find("sched_setaffinity").orElseThrow(),
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_LONG,
                                ValueLayout.ADDRESS));
        final int status;
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment mask = arena.allocate(MASK_BYTES, Long.BYTES);
            mask.setAtIndex(
                    ValueLayout.JAVA_LONG, processor / Long.SIZE, 1L << processor % Long.SIZE);
            // 0 is the calling thread.
            status = (int) setAffinity.invokeExact(0, (long) MASK_BYTES, mask);
        } catch (final Throwable e) {
            throw new IllegalStateException("sched_setaffinity could not be called", e);
        }
        if (status != 0) {
            throw new IllegalStateException(
                    "This thread could not be tied to processor " + processor + ".");
        }
    }
}
