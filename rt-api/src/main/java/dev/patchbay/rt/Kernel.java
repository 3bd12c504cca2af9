// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The few system calls of the engine, through the foreign function interface: a call takes nanoseconds and allocates
 * nothing. Their numbers are {@link Processor}'s.
 */
@SuppressWarnings("restricted")
final class Kernel {
    private static final Processor PROCESSOR = Processor.present();
    private static final long SYS_FUTEX = PROCESSOR.futex;

    /** The same on all processors, as with all calls of its age. */
    static final long SYS_PIDFD_OPEN = 434;

    private static final long SCHED_OTHER = 0;
    // Not the private variants: the word is shared with other processes.
    private static final long FUTEX_WAIT = 0;
    private static final long FUTEX_WAKE = 1;
    private static final short POLLIN = 1;
    private static final long NAP_NANOS = 20_000;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final MethodHandle SYSCALL =
            LINKER.downcallHandle(
                    LINKER.defaultLookup().findOrThrow("syscall"),
                    FunctionDescriptor.of(
                            JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG,
                            JAVA_LONG, JAVA_LONG),
                    Linker.Option.firstVariadicArg(1));
    private static final MemorySegment NAP = nap();
    private static final MethodHandle POLL =
            LINKER.downcallHandle(
                    LINKER.defaultLookup().findOrThrow("poll"),
                    FunctionDescriptor.of(
                            JAVA_INT, java.lang.foreign.ValueLayout.ADDRESS, JAVA_LONG, JAVA_INT));

    private Kernel() {}

    /** Sleeps while the 32-bit word at this address has this value, until woken. May wake for nothing. Real-time safe. */
    @RealTimeExempt(reason = "The engine has nothing to render: it waits for the next request.")
    static void futexWait(final long address, final int value) {
        call(SYS_FUTEX, address, FUTEX_WAIT, value);
    }

    /** The same, for so many nanoseconds below a second at the most. */
    static void futexWait(final long address, final int value, final int nanos) {
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment timeout = arena.allocate(JAVA_LONG, 2);
            timeout.setAtIndex(JAVA_LONG, 1, nanos);
            final long ignored =
                    (long)
                            SYSCALL.invokeExact(
                                    SYS_FUTEX,
                                    address,
                                    FUTEX_WAIT,
                                    (long) value,
                                    timeout.address(),
                                    0L,
                                    0L);
        } catch (final Throwable e) {
            throw new AssertionError("syscall(2) threw, which C functions cannot", e);
        }
    }

    /** Wakes one who sleeps on the word, in any process. Real-time safe. */
    @RealTimeExempt(
            reason = "One system call, which does not wait, and only where the bridge sleeps.")
    static void futexWake(final long address) {
        call(SYS_FUTEX, address, FUTEX_WAKE, 1);
    }

    /** Gives the processor up for some tens of microseconds. Real-time safe. */
    @RealTimeExempt(
            reason = "Between two blocks; a real-time thread that never sleeps would be ended.")
    static void sleepBriefly() {
        call(PROCESSOR.nanosleep, NAP.address(), 0, 0);
    }

    private static MemorySegment nap() {
        // struct timespec: seconds and nanoseconds.
        final MemorySegment time = Arena.global().allocate(JAVA_LONG, 2);
        time.setAtIndex(JAVA_LONG, 1, NAP_NANOS);
        return time;
    }

    /**
     * Waits until a process has ended.
     *
     * @return false where there is no such process to wait for
     */
    static boolean awaitEnd(final long pid) {
        final long fd = call(SYS_PIDFD_OPEN, pid, 0, 0);
        if (fd < 0) {
            return false;
        }
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment request = arena.allocate(8, 4);
            request.set(JAVA_INT, 0, (int) fd);
            request.set(JAVA_SHORT, 4, POLLIN);
            int ready = 0;
            while (ready <= 0) {
                ready = (int) POLL.invokeExact(request, 1L, -1);
            }
            return true;
        } catch (final Throwable e) {
            throw new AssertionError("poll(2) threw, which C functions cannot", e);
        }
    }

    /** Takes real-time priority from the calling thread, which it may have inherited from the one that started it. */
    static void leaveRealTime() {
        try (Arena arena = Arena.ofConfined()) {
            // struct sched_param: a priority, 0 where there is none.
            final MemorySegment parameter = arena.allocate(JAVA_INT);
            call(PROCESSOR.schedSetscheduler, 0, SCHED_OTHER, parameter.address());
        }
    }

    private static long call(final long number, final long a, final long b, final long c) {
        try {
            return (long) SYSCALL.invokeExact(number, a, b, c, 0L, 0L, 0L);
        } catch (final Throwable e) {
            throw new AssertionError("syscall(2) threw, which C functions cannot", e);
        }
    }
}
