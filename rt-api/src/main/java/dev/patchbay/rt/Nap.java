// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * How a thread that always has work gives its processor up for a moment, so that others get a turn and RLIMIT_RTTIME begins anew.
 * Asking for a sleep is not enough: where the timer fires before the kernel has put the thread aside, which takes tens of microseconds
 * on some virtual machines, nanosleep(2) comes back without a sleep, and the limit goes on. Only the kernel's count of voluntary
 * switches tells, so it is asked, and the next sleep is twice as long. One thread. Real-time safe.
 */
@SuppressWarnings("restricted")
final class Nap {
    static final int RUSAGE_THREAD = 1;
    static final int RUSAGE_BYTES = 144;

    /** Of ru_nvcsw in {@code struct rusage}: the voluntary switches. */
    static final int SWITCHES_OFFSET = 128;

    /** The first that is tried, in nanoseconds; each further one takes twice as long. */
    private static final long SHORTEST_NANOS = 40_000;

    /** The longest of them is 2.56 ms, which no timer beats. */
    private static final int LENGTHS = 7;

    /** In a rehearsal: far too short, so that the way to the next is gone too. */
    private static final long REHEARSED_NANOS = 1;

    private static final int TIMESPEC_BYTES = 16;

    private final MemorySegment usage = Arena.ofAuto().allocate(RUSAGE_BYTES, Long.BYTES);

    /** One {@code struct timespec}, seconds and nanoseconds, for each length; the first is the rehearsal's. */
    private final MemorySegment lengths =
            Arena.ofAuto().allocate((LENGTHS + 1L) * TIMESPEC_BYTES, Long.BYTES);

    Nap() {
        lengths.setAtIndex(JAVA_LONG, 1, REHEARSED_NANOS);
        for (int i = 0; i < LENGTHS; i++) {
            lengths.setAtIndex(JAVA_LONG, 2L * (i + 1) + 1, SHORTEST_NANOS << i);
        }
    }

    /** Sleeps, for some tens of microseconds where the machine can. */
    @RealTimeExempt(
            reason = "Between two blocks; a real-time thread that never sleeps would be ended.")
    void take() {
        sleepFrom(1);
    }

    /** The same, but the first attempt is in vain. */
    void rehearse() {
        sleepFrom(0);
    }

    /** {@return the address of memory of its own, whose first word is 0 before the first nap} */
    long address() {
        return usage.address();
    }

    private void sleepFrom(final int first) {
        final long before = switches();
        for (int i = first; i <= LENGTHS && switches() == before; i++) {
            Kernel.sleep(lengths.address() + (long) i * TIMESPEC_BYTES);
        }
    }

    private long switches() {
        Kernel.usage(RUSAGE_THREAD, usage.address());
        return usage.get(JAVA_LONG, SWITCHES_OFFSET);
    }
}
