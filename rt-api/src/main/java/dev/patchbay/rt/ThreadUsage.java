// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * What the kernel has counted for the calling thread: page faults and context switches, by {@code getrusage(2)}. The call takes
 * less than a microsecond and allocates nothing. Fields are those of {@code struct rusage} on 64-bit Linux.
 */
@SuppressWarnings("restricted")
final class ThreadUsage {
    private static final int RUSAGE_THREAD = 1;

    private static final MemoryLayout RUSAGE =
            MemoryLayout.structLayout(
                    MemoryLayout.sequenceLayout(2, JAVA_LONG).withName("ru_utime"),
                    MemoryLayout.sequenceLayout(2, JAVA_LONG).withName("ru_stime"),
                    MemoryLayout.sequenceLayout(4, JAVA_LONG).withName("ru_rss"),
                    JAVA_LONG.withName("ru_minflt"),
                    JAVA_LONG.withName("ru_majflt"),
                    MemoryLayout.sequenceLayout(6, JAVA_LONG).withName("ru_io"),
                    JAVA_LONG.withName("ru_nvcsw"),
                    JAVA_LONG.withName("ru_nivcsw"));

    private static final long MINOR_FAULTS = offset("ru_minflt");
    private static final long MAJOR_FAULTS = offset("ru_majflt");
    private static final long VOLUNTARY = offset("ru_nvcsw");
    private static final long INVOLUNTARY = offset("ru_nivcsw");

    private static final MethodHandle GETRUSAGE =
            Linker.nativeLinker()
                    .downcallHandle(
                            Linker.nativeLinker().defaultLookup().findOrThrow("getrusage"),
                            FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));

    private final MemorySegment usage;

    ThreadUsage(final Arena arena) {
        usage = arena.allocate(RUSAGE);
    }

    private static long offset(final String field) {
        return RUSAGE.byteOffset(PathElement.groupElement(field));
    }

    /** Takes the calling thread's counts as they are now. */
    void read() {
        try {
            final int ignored = (int) GETRUSAGE.invokeExact(RUSAGE_THREAD, usage);
        } catch (final Throwable e) {
            throw new AssertionError("getrusage(2) threw, which C functions cannot", e);
        }
    }

    long minorFaults() {
        return usage.get(JAVA_LONG, MINOR_FAULTS);
    }

    long majorFaults() {
        return usage.get(JAVA_LONG, MAJOR_FAULTS);
    }

    long voluntarySwitches() {
        return usage.get(JAVA_LONG, VOLUNTARY);
    }

    long involuntarySwitches() {
        return usage.get(JAVA_LONG, INVOLUNTARY);
    }
}
