// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.patchbay.layout.StandardRegion.Grant;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * Has the processor take denormal numbers as 0, on the calling thread alone: a filter that rings out into them would be
 * ten to a hundred times slower. FTZ and DAZ on 64-bit x86, FZ on AArch64, set through fesetenv(3).
 *
 * <p>It bends Java's arithmetic: results below {@link Float#MIN_NORMAL} and {@link Double#MIN_NORMAL} are 0 on this thread, and
 * denormal operands count as 0, in comparisons too. It holds for all code of this thread, compiled or not, and over calls of
 * native functions. Not over calls <em>from</em> native code into Java: there the VM restores the standard mode for as long as
 * the upcall lasts, so whoever renders inside an upcall must call this inside of it.
 */
@SuppressWarnings("restricted")
final class FlushToZero {
    /** Room for any processor's fenv_t. */
    static final int FENV_BYTES = 64;

    private static final String REMEDY =
            " Let the module add a tiny constant to what it feeds back.";

    /** Volatile, so that no compiler computes with it beforehand. */
    private static volatile float halfOfLeast = Float.MIN_NORMAL;

    private FlushToZero() {}

    /** Sets the mode, and computes whether it holds. */
    static Outcome onThisThread() {
        final String failure = set(Processor.present());
        if (!failure.isEmpty()) {
            return refused(failure);
        }
        return holds()
                ? new Outcome(Grant.GRANTED, "Denormal numbers are taken as 0.")
                : refused("the processor did not keep the mode that takes them as 0");
    }

    private static Outcome refused(final String why) {
        return new Outcome(
                Grant.REFUSED,
                "Denormal numbers are computed, which is slow: " + why + "." + REMEDY);
    }

    /** Whether a result and an operand that are denormal are 0 on the calling thread. By bits: a comparison would itself be bent. */
    static boolean holds() {
        final float result = halfOfLeast * 0.5f;
        final float operand = Float.intBitsToFloat(Float.floatToRawIntBits(halfOfLeast) >> 1);
        return Float.floatToRawIntBits(result) == 0
                && Float.floatToRawIntBits(operand * (1 << 30)) == 0;
    }

    /** Why it could not be set, or nothing. */
    private static String set(final Processor processor) {
        final Linker linker = Linker.nativeLinker();
        final FunctionDescriptor shape = FunctionDescriptor.of(JAVA_INT, ADDRESS);
        final Optional<MemorySegment> getter = linker.defaultLookup().find("fegetenv");
        final Optional<MemorySegment> setter = linker.defaultLookup().find("fesetenv");
        if (getter.isEmpty() || setter.isEmpty()) {
            return "the C library lacks fegetenv(3) or fesetenv(3)";
        }
        final MethodHandle get = linker.downcallHandle(getter.get(), shape);
        final MethodHandle set = linker.downcallHandle(setter.get(), shape);
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment environment = arena.allocate(FENV_BYTES, Long.BYTES);
            final int at = processor.modeOffset;
            int result = (int) get.invokeExact(environment);
            environment.set(JAVA_INT, at, environment.get(JAVA_INT, at) | processor.flushToZero);
            result |= (int) set.invokeExact(environment);
            return result == 0 ? "" : "fegetenv(3) or fesetenv(3) failed";
        } catch (final RuntimeException e) {
            throw e;
        } catch (final Throwable e) {
            throw new AssertionError("fesetenv(3) threw, which C functions cannot", e);
        }
    }
}
