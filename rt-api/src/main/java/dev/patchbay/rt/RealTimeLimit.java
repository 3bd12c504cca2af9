// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import java.lang.reflect.Proxy;
import java.util.function.Consumer;

/**
 * RLIMIT_RTTIME, which rtkit insists on and a system may set by itself: how long a thread of real-time priority may run without
 * sleeping. At the hard limit the kernel kills the process, and with it all instances; at the soft one it sends SIGXCPU, which would
 * end the process as well if nobody took it. So the soft limit is kept at half of the hard one, and the signal taken: the
 * thread that ran for so long loses its priority in the time that is left.
 */
final class RealTimeLimit {
    private static final String SIGNAL = "XCPU";

    private static volatile boolean taken;

    private RealTimeLimit() {}

    /**
     * Takes the signal from now on.
     *
     * @param overran called on a thread of the VM's for each signal, by when half of the time is over
     * @param log told where the signal cannot be taken
     */
    static void watch(final Runnable overran, final Consumer<String> log) {
        try {
            take(
                    () -> {
                        overran.run();
                        // The kernel has added a second to the soft limit.
                        keepApart();
                    });
            taken = true;
            keepApart();
        } catch (final ReflectiveOperationException | RuntimeException e) {
            log.accept(
                    "a block that runs for longer than RLIMIT_RTTIME, where that is set, ends this"
                            + " process: SIGXCPU cannot be taken, since "
                            + e);
        }
    }

    /** By reflection: to the compiler each mention of the class is a warning that cannot be suppressed. There is no other way in the JDK. */
    private static void take(final Runnable action) throws ReflectiveOperationException {
        final Class<?> signal = Class.forName("sun.misc.Signal");
        final Class<?> handler = Class.forName("sun.misc.SignalHandler");
        final Object taker =
                Proxy.newProxyInstance(
                        RealTimeLimit.class.getClassLoader(),
                        new Class<?>[] {handler},
                        (proxy, method, arguments) -> {
                            if (method.getName().equals("handle")) {
                                action.run();
                                return null;
                            }
                            return method.invoke(action, arguments);
                        });
        signal.getMethod("handle", signal, handler)
                .invoke(null, signal.getConstructor(String.class).newInstance(SIGNAL), taker);
    }

    /**
     * Lowers the limit as far as rtkit wants it, for good.
     *
     * @param micros the most that it allows
     * @return {@link SystemCalls#OK} or the error's number
     */
    static int lowerTo(final long micros) {
        return SystemCalls.lowerLimits(
                SystemCalls.RLIMIT_RTTIME, taken ? soft(micros) : micros, micros);
    }

    private static void keepApart() {
        final long hard = SystemCalls.hardLimit(SystemCalls.RLIMIT_RTTIME);
        if (hard != SystemCalls.UNLIMITED) {
            lowerTo(hard);
        }
    }

    private static long soft(final long hard) {
        return hard / 2;
    }
}
