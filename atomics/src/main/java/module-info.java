// SPDX-License-Identifier: Apache-2.0
/**
 * Lock-free cells, buffers and doorbells over a region. Each is constructed from an {@code AtomicBuffer} and an offset, so
 * the same code runs on shared memory and on a test's model of memory.
 */
module dev.patchbay.atomics {
    requires transitive dev.patchbay.layout;

    exports dev.patchbay.atomics;

    provides dev.patchbay.layout.header.HeaderPart with
            dev.patchbay.atomics.AtomicsHeaderPart,
            dev.patchbay.atomics.BroadcastHeaderPart;
}
