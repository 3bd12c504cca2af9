// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.calls;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** By the foreign function interface, with the transition of the thread's state or without. */
@SuppressWarnings("restricted")
final class ForeignDowncall extends Downcall {
    private static final MethodHandle PLAIN = abs();
    private static final MethodHandle CRITICAL = abs(Linker.Option.critical(false));

    private final boolean isCritical;

    ForeignDowncall(final boolean isCritical) {
        this.isCritical = isCritical;
    }

    private static MethodHandle abs(final Linker.Option... options) {
        final Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().find("abs").orElseThrow(),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT),
                options);
    }

    @Override
    public double run(final long from, final int count) {
        try {
            return isCritical ? critical(from, count) : plain(from, count);
        } catch (final Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private static long plain(final long from, final int count) throws Throwable {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += (int) PLAIN.invokeExact(argument(from + i));
        }
        return sum;
    }

    private static long critical(final long from, final int count) throws Throwable {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += (int) CRITICAL.invokeExact(argument(from + i));
        }
        return sum;
    }
}
