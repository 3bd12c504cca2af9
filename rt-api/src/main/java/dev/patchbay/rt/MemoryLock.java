// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import dev.patchbay.layout.StandardRegion.Grant;
import org.agrona.concurrent.AtomicBuffer;

/**
 * Keeps memory from being paged out: a page that must come back from a disk takes milliseconds. The region is locked whole. All other
 * memory of the process is locked page by page as it is touched, so that what the JVM only reserves costs nothing.
 */
final class MemoryLock {
    static final String REMEDY =
            "Allow it with the line \"@audio - memlock unlimited\" in a file below"
                    + " /etc/security/limits.d, be in the group audio, and log in again.";

    private MemoryLock() {}

    /** Locks a region's pages. They stay locked until it is unmapped. */
    static Outcome region(final AtomicBuffer buffer) {
        final int error = SystemCalls.lock(buffer.addressOffset(), buffer.capacity());
        return error == SystemCalls.OK
                ? new Outcome(Grant.GRANTED, "The region is locked in memory.")
                : refused("The region", error);
    }

    /** Locks what is mapped now, and not what is mapped later: to be called again once more is. */
    static Outcome process() {
        final int error = SystemCalls.lockAllOnceTouched();
        return error == SystemCalls.OK
                ? new Outcome(Grant.GRANTED, "The process's memory is locked as it is touched.")
                : refused("The process's memory", error);
    }

    private static Outcome refused(final String what, final int error) {
        final long limit = SystemCalls.limit(SystemCalls.RLIMIT_MEMLOCK);
        return new Outcome(
                Grant.REFUSED,
                what
                        + " may be paged out: the kernel refuses to lock it ("
                        + SystemCalls.name(error)
                        + "), RLIMIT_MEMLOCK is "
                        + (limit == SystemCalls.UNLIMITED ? "unlimited" : limit / 1024 + " KiB")
                        + ".");
    }
}
