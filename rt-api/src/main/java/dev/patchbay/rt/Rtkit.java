// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.List;

/**
 * Asks rtkit, the service of desktops that gives threads of ordinary users a real-time priority, over the system bus. The bus is
 * spoken by libsystemd, or by what takes its place on systems without systemd; it is opened when it is first needed, and a
 * system without it has no rtkit either. rtkit gives SCHED_RR, to processes whose RLIMIT_RTTIME is not above its own limit: they
 * could hold up the machine otherwise. Calls take milliseconds, or seconds where the service hangs: for a thread of its own.
 */
@SuppressWarnings("restricted")
final class Rtkit {
    private static final List<String> LIBRARIES =
            List.of("libsystemd.so.0", "libelogind.so.0", "libbasu.so.0");
    private static final String SERVICE = "org.freedesktop.RealtimeKit1";
    private static final String PATH = "/org/freedesktop/RealtimeKit1";
    private static final long TIMEOUT_MICROS = 2_000_000;

    /** struct sd_bus_error: a name, a message and whether they must be freed. */
    private static final MemoryLayout ERROR =
            MemoryLayout.structLayout(
                    ADDRESS, ADDRESS, JAVA_INT, MemoryLayout.paddingLayout(Integer.BYTES));

    private static final int FIXED_ARGUMENTS = 8;

    /**
     * An answer of rtkit.
     *
     * @param priority that the thread has now; 0: none was given
     * @param reason why none was given, as the end of a sentence that begins with "rtkit"
     */
    record Answer(int priority, String reason) {}

    private static final class Refusal extends Exception {
        private static final long serialVersionUID = 1;

        Refusal(final String reason) {
            super(reason);
        }
    }

    private final Arena arena;
    private final SymbolLookup library;
    private final MemorySegment service;
    private final MemorySegment path;
    private final MemorySegment error;

    private Rtkit(final Arena arena, final SymbolLookup library) {
        this.arena = arena;
        this.library = library;
        this.service = arena.allocateFrom(SERVICE);
        this.path = arena.allocateFrom(PATH);
        this.error = arena.allocate(ERROR);
    }

    /**
     * Asks for a priority for a thread of this process. Lowers the process's RLIMIT_RTTIME, for good, to what rtkit allows.
     *
     * @param priority from 1 on; rtkit's own limit is taken where it is lower
     */
    static Answer makeRealTime(final int thread, final int priority) {
        // Not confined: a library that was once in use has threads and handlers, and stays.
        for (final String name : LIBRARIES) {
            final SymbolLookup found;
            try {
                found = SymbolLookup.libraryLookup(name, Arena.global());
            } catch (final IllegalArgumentException e) {
                continue;
            }
            try (Arena arena = Arena.ofConfined()) {
                return new Rtkit(arena, found).ask(thread, priority);
            } catch (final Refusal e) {
                return new Answer(0, e.getMessage());
            }
        }
        return new Answer(
                0, "cannot be asked, since this system has no " + String.join(", ", LIBRARIES));
    }

    private Answer ask(final int thread, final int priority) throws Refusal {
        final MemorySegment reference = arena.allocate(ADDRESS);
        check(
                "the system bus cannot be opened",
                call(function("sd_bus_open_system", JAVA_INT, ADDRESS), reference));
        final MemorySegment bus = reference.get(ADDRESS, 0);
        try {
            check(
                    "the system bus takes no time limit",
                    call(
                            function(
                                    "sd_bus_set_method_call_timeout", JAVA_INT, ADDRESS, JAVA_LONG),
                            bus,
                            TIMEOUT_MICROS));
            final long most = property(bus, "MaxRealtimePriority", 'i');
            final long micros = property(bus, "RTTimeUSecMax", 'x');
            final int limited = RealTimeLimit.lowerTo(micros);
            if (limited != SystemCalls.OK) {
                throw new Refusal(
                        "wants RLIMIT_RTTIME lowered to "
                                + micros
                                + " µs, which failed: "
                                + SystemCalls.name(limited));
            }
            final int wanted = (int) Math.max(1, Math.min(priority, most));
            makeRealTime(bus, thread, wanted);
            return new Answer(wanted, "");
        } finally {
            callAddress(function("sd_bus_flush_close_unref", ADDRESS, ADDRESS), bus);
        }
    }

    private long property(final MemorySegment bus, final String name, final char type)
            throws Refusal {
        final MemorySegment value = arena.allocate(JAVA_LONG);
        final MethodHandle get =
                function(
                        "sd_bus_get_property_trivial",
                        JAVA_INT,
                        ADDRESS,
                        ADDRESS,
                        ADDRESS,
                        ADDRESS,
                        ADDRESS,
                        ADDRESS,
                        JAVA_BYTE,
                        ADDRESS);
        check(
                "does not answer",
                call(
                        get,
                        bus,
                        service,
                        path,
                        service,
                        arena.allocateFrom(name),
                        error,
                        (byte) type,
                        value));
        return type == 'x' ? value.get(JAVA_LONG, 0) : value.get(JAVA_INT, 0);
    }

    /** Signature ttu: process, thread, priority. */
    private void makeRealTime(final MemorySegment bus, final int thread, final int priority)
            throws Refusal {
        final MethodHandle callMethod =
                Linker.nativeLinker()
                        .downcallHandle(
                                symbol("sd_bus_call_method"),
                                FunctionDescriptor.of(
                                        JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS,
                                        ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, JAVA_LONG, JAVA_INT),
                                Linker.Option.firstVariadicArg(FIXED_ARGUMENTS));
        check(
                "refuses",
                call(
                        callMethod,
                        bus,
                        service,
                        path,
                        service,
                        arena.allocateFrom("MakeThreadRealtimeWithPID"),
                        error,
                        MemorySegment.NULL,
                        arena.allocateFrom("ttu"),
                        ProcessHandle.current().pid(),
                        (long) thread,
                        priority));
    }

    /** A negative result is the number of an error; the bus's own words say more. */
    private void check(final String what, final int result) throws Refusal {
        if (result >= 0) {
            return;
        }
        final MemorySegment words = error.get(ADDRESS, ADDRESS.byteSize());
        final String text =
                words.equals(MemorySegment.NULL)
                        ? SystemCalls.name(-result)
                        : words.reinterpret(Long.MAX_VALUE).getString(0);
        throw new Refusal(what + " (" + text + ")");
    }

    private MemorySegment symbol(final String name) throws Refusal {
        return library.find(name)
                .orElseThrow(() -> new Refusal("cannot be asked: the bus library lacks " + name));
    }

    private MethodHandle function(
            final String name, final MemoryLayout result, final MemoryLayout... arguments)
            throws Refusal {
        return Linker.nativeLinker()
                .downcallHandle(symbol(name), FunctionDescriptor.of(result, arguments));
    }

    private static int call(final MethodHandle function, final Object... arguments) {
        try {
            return (int) function.invokeWithArguments(arguments);
        } catch (final Throwable e) {
            throw new AssertionError("a C function threw, which they cannot", e);
        }
    }

    private static void callAddress(final MethodHandle function, final MemorySegment argument) {
        try {
            function.invokeWithArguments(argument);
        } catch (final Throwable e) {
            throw new AssertionError("a C function threw, which they cannot", e);
        }
    }
}
