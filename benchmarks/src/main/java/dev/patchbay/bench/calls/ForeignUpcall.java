// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.calls;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** By the foreign function interface. */
@SuppressWarnings("restricted")
final class ForeignUpcall extends Upcall {
    private static final MethodHandle BSEARCH = bsearch();

    private final MemorySegment element = Arena.global().allocate(Integer.BYTES);
    private final MemorySegment comparison;

    ForeignUpcall() {
        try {
            comparison =
                    Linker.nativeLinker()
                            .upcallStub(
                                    MethodHandles.lookup()
                                            .findVirtual(
                                                    ForeignUpcall.class,
                                                    "compare",
                                                    MethodType.methodType(
                                                            int.class,
                                                            MemorySegment.class,
                                                            MemorySegment.class))
                                            .bindTo(this),
                                    FunctionDescriptor.of(
                                            ValueLayout.JAVA_INT,
                                            ValueLayout.ADDRESS,
                                            ValueLayout.ADDRESS),
                                    Arena.global());
        } catch (final ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static MethodHandle bsearch() {
        final Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().find("bsearch").orElseThrow(),
                FunctionDescriptor.of(
                        ValueLayout.ADDRESS,
                        ValueLayout.ADDRESS,
                        ValueLayout.ADDRESS,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.ADDRESS));
    }

    /** Called from C. */
    int compare(final MemorySegment one, final MemorySegment other) {
        return compared();
    }

    @Override
    void search(final int count) throws Throwable {
        for (int i = 0; i < count; i++) {
            final MemorySegment found =
                    (MemorySegment)
                            BSEARCH.invokeExact(
                                    element, element, 1L, (long) Integer.BYTES, comparison);
            if (found.address() == 0) {
                throw new IllegalStateException("bsearch found nothing");
            }
        }
    }
}
