// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.model;

/** Takes the fences of redirected code to the model that runs it. It has no others, so code that uses them does not link. */
public final class ModelFences {
    private ModelFences() {}

    /** In the place of {@code VarHandle.releaseFence}. */
    public static void releaseFence() {
        fence(false, true);
    }

    /** In the place of {@code VarHandle.acquireFence}. */
    public static void acquireFence() {
        fence(true, false);
    }

    private static void fence(final boolean acquire, final boolean release) {
        final Machine machine = Machine.running();
        if (machine != null) {
            machine.fence(acquire, release);
        }
    }
}
