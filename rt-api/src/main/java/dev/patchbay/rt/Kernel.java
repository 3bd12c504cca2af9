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

    private static final long MREMAP_MAYMOVE = 1;
    private static final long MREMAP_FIXED = 2;
    private static final long SCHED_OTHER = 0;
    // Not the private variants: the word is shared with other processes.
    private static final long FUTEX_WAIT = 0;
    private static final long FUTEX_WAKE = 1;
    private static final short POLLIN = 1;

    /** In each act of a rehearsal. */
    private static final int REHEARSED_CALLS = 1_000;

    private static final int REHEARSED_NAPS = 20;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final MethodHandle SYSCALL =
            LINKER.downcallHandle(
                    LINKER.defaultLookup().findOrThrow("syscall"),
                    FunctionDescriptor.of(
                            JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG,
                            JAVA_LONG, JAVA_LONG),
                    Linker.Option.firstVariadicArg(1));
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

    /**
     * Goes into the kernel and back often enough to have the way there compiled, that of the JDK's foreign functions included. How
     * often an engine sleeps while it rehearses hangs on the machine's load; if it were too seldom, the way would be compiled
     * between two blocks.
     */
    static void rehearse() {
        final Nap nap = new Nap();
        final long word = nap.address();
        for (int i = 0; i < REHEARSED_CALLS; i++) {
            // The word has another value, so nobody sleeps, and nobody is woken.
            futexWait(word, -1);
            futexWake(word);
        }
        for (int i = 0; i < REHEARSED_NAPS; i++) {
            nap.rehearse();
        }
    }

    /**
     * Lets an address range show other memory from now on, in one step for all threads: that of a shared mapping, which keeps its
     * own address as well. What the range showed before is unmapped.
     *
     * @param source the address of the shared mapping
     * @param target the address of a mapping of the same length
     * @param length in bytes
     * @return whether that was possible; if not, nothing has changed
     */
    static boolean showAt(final long source, final long target, final long length) {
        // An old length of 0 asks for a second mapping of the same pages.
        return call(PROCESSOR.mremap, source, 0, length, MREMAP_MAYMOVE | MREMAP_FIXED, target)
                == target;
    }

    /** Reads the time and the counts of the calling thread. See {@link Nap}. Real-time safe. */
    static void usage(final int who, final long rusage) {
        call(PROCESSOR.getrusage, who, rusage, 0);
    }

    /** Sleeps for as long as a {@code struct timespec} says. See {@link Nap}. */
    static void sleep(final long timespec) {
        call(PROCESSOR.nanosleep, timespec, 0, 0);
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
        return call(number, a, b, c, 0, 0);
    }

    private static long call(
            final long number,
            final long a,
            final long b,
            final long c,
            final long d,
            final long e) {
        try {
            return (long) SYSCALL.invokeExact(number, a, b, c, d, e, 0L);
        } catch (final Throwable thrown) {
            throw new AssertionError("syscall(2) threw, which C functions cannot", thrown);
        }
    }
}
