// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.atomics;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.agrona.concurrent.AtomicBuffer;

/** A buffer whose user is interrupted before its n-th load or store, while the other side acts. */
final class InterruptedBuffer {
    private final AtomicBuffer memory;
    private final Runnable otherSide;
    private int left;

    InterruptedBuffer(final AtomicBuffer memory, final int steps, final Runnable otherSide) {
        this.memory = memory;
        this.otherSide = otherSide;
        this.left = steps;
    }

    /** The buffer for the side that is interrupted. */
    AtomicBuffer buffer() {
        return (AtomicBuffer)
                Proxy.newProxyInstance(
                        AtomicBuffer.class.getClassLoader(),
                        new Class<?>[] {AtomicBuffer.class},
                        (proxy, method, arguments) -> {
                            if (left-- == 0) {
                                otherSide.run();
                            }
                            try {
                                return method.invoke(memory, arguments);
                            } catch (final InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
    }

    /** Whether the other side has acted; if not, the user takes fewer steps. */
    boolean interrupted() {
        return left < 0;
    }
}
