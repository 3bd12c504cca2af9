// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.atomics;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;
import org.agrona.concurrent.AtomicBuffer;

/**
 * A buffer whose user dies before its n-th store, as a process does that is killed: what it stored stays, nothing follows.
 */
final class MortalBuffer {
    private MortalBuffer() {}

    /** The end of the user. */
    private static final class Death extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Death() {
            super(null, null, false, false);
        }
    }

    /**
     * Runs an action whose user dies before the store of this number, counted from 0.
     *
     * @return whether it died; if not, the action has fewer stores
     */
    static boolean dies(
            final AtomicBuffer memory, final int stores, final Consumer<AtomicBuffer> action) {
        final int[] left = {stores};
        final AtomicBuffer mortal =
                (AtomicBuffer)
                        Proxy.newProxyInstance(
                                AtomicBuffer.class.getClassLoader(),
                                new Class<?>[] {AtomicBuffer.class},
                                (proxy, method, arguments) -> {
                                    if (method.getName().matches("(put|getAnd|compareAnd).*")
                                            && left[0]-- == 0) {
                                        throw new Death();
                                    }
                                    try {
                                        return method.invoke(memory, arguments);
                                    } catch (final InvocationTargetException e) {
                                        throw e.getCause();
                                    }
                                });
        try {
            action.accept(mortal);
            return false;
        } catch (final Death e) {
            return true;
        }
    }
}
