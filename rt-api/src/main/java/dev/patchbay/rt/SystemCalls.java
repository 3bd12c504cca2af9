// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * What the engine asks the system for outside of blocks: scheduling, locked memory and limits. Each call says why it failed. They
 * allocate, so none is for the real-time path. The calls' numbers are {@link Processor}'s; all others are the same on both.
 */
@SuppressWarnings("restricted")
final class SystemCalls {
    /** No error. */
    static final int OK = 0;

    /** Not permitted. */
    static final int EPERM = 1;

    /** No limit, as {@link #limit} gives it. */
    static final long UNLIMITED = -1;

    /** A limit: bytes of locked memory. */
    static final int RLIMIT_MEMLOCK = 8;

    /** A limit: the highest real-time priority. */
    static final int RLIMIT_RTPRIO = 14;

    /** A limit: microseconds that a real-time thread may run without sleeping. */
    static final int RLIMIT_RTTIME = 15;

    private static final Processor PROCESSOR = Processor.present();
    static final long MCL_CURRENT = 1;
    static final long MCL_ONFAULT = 4;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO =
            STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final MethodHandle SYSCALL =
            LINKER.downcallHandle(
                    LINKER.defaultLookup().findOrThrow("syscall"),
                    FunctionDescriptor.of(
                            JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
                    Linker.Option.firstVariadicArg(1),
                    Linker.Option.captureCallState("errno"));

    private SystemCalls() {}

    /** The calling thread's id, as its process sees it. */
    static int threadId() {
        return (int) call(PROCESSOR.gettid, 0, 0, 0, 0);
    }

    /**
     * Schedules a thread of this process.
     *
     * @param policy a number of sched_setscheduler(2), with its flags
     * @param priority 1 to 99 for SCHED_FIFO and SCHED_RR, else 0
     * @return {@link #OK} or the error's number
     */
    static int schedule(final int thread, final int policy, final int priority) {
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment parameter = arena.allocateFrom(JAVA_INT, priority);
            return error(call(PROCESSOR.schedSetscheduler, thread, policy, parameter.address(), 0));
        }
    }

    /** Locks pages in memory, present or not. {@link #OK} or the error's number. */
    static int lock(final long address, final long length) {
        return error(call(PROCESSOR.mlock, address, length, 0, 0));
    }

    /** Locks all that is mapped now, each page once it is touched. {@link #OK} or the error's number. */
    static int lockAllOnceTouched() {
        return error(call(PROCESSOR.mlockall, MCL_CURRENT | MCL_ONFAULT, 0, 0, 0));
    }

    /** This process's soft limit of a resource; {@link #UNLIMITED} where there is none. */
    static long limit(final int resource) {
        return limit(resource, 0);
    }

    /** This process's hard limit, likewise. */
    static long hardLimit(final int resource) {
        return limit(resource, 1);
    }

    private static long limit(final int resource, final int index) {
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment old = arena.allocate(JAVA_LONG, 2);
            call(PROCESSOR.prlimit64, 0, resource, 0, old.address());
            return old.getAtIndex(JAVA_LONG, index);
        }
    }

    /** Lowers this process's limits of a resource to these; lower ones stay. {@link #OK} or the error's number. */
    static int lowerLimits(final int resource, final long soft, final long hard) {
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment limits = arena.allocate(JAVA_LONG, 2);
            limits.setAtIndex(JAVA_LONG, 0, least(limit(resource), soft));
            limits.setAtIndex(JAVA_LONG, 1, least(hardLimit(resource), hard));
            return error(call(PROCESSOR.prlimit64, 0, resource, limits.address(), 0));
        }
    }

    /** No limit is the largest unsigned number. */
    private static long least(final long a, final long b) {
        return Long.compareUnsigned(a, b) < 0 ? a : b;
    }

    /** The name of an error's number, for people who look it up. */
    static String name(final int error) {
        return switch (error) {
            case EPERM -> "EPERM";
            case 3 -> "ESRCH";
            case 11 -> "EAGAIN";
            case 12 -> "ENOMEM";
            case 22 -> "EINVAL";
            case 38 -> "ENOSYS";
            default -> "error " + error;
        };
    }

    private static int error(final long result) {
        return result < 0 ? (int) -result : OK;
    }

    /** The result, or the error's number below 0. */
    private static long call(
            final long number, final long a, final long b, final long c, final long d) {
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment state = arena.allocate(STATE);
            final long result = (long) SYSCALL.invokeExact(state, number, a, b, c, d);
            return result < 0 ? -(int) ERRNO.get(state, 0L) : result;
        } catch (final Throwable e) {
            throw new AssertionError("syscall(2) threw, which C functions cannot", e);
        }
    }
}
