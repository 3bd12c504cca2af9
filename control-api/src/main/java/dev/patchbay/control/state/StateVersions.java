// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.state;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * The versions of a module's own state, and the way from each to the one after it. A module that changes what its bytes mean counts its version
 * up and says how the former bytes become the new ones; it then reads nothing but the newest:
 *
 * <pre>{@code
 * StateVersions.current(3)
 *         .from(1, MyState::withTuning)   // the bytes of version 1 become those of version 2
 *         .from(2, MyState::inJson)       // those of version 2 become those of version 3
 * }</pre>
 *
 * <p>Immutable. The functions are called on the module's thread, each with bytes of its own version, and leave them as they are.
 */
public final class StateVersions {
    /** Those of a module that has never changed what its bytes mean. */
    public static final StateVersions FIRST = current(1);

    private final int current;
    private final Map<Integer, UnaryOperator<byte[]>> steps;

    private StateVersions(final int current, final Map<Integer, UnaryOperator<byte[]>> steps) {
        this.current = current;
        this.steps = steps;
    }

    /**
     * {@return the versions up to this one, without a way from the former ones yet}
     *
     * @param version what the module writes, from 1
     * @throws IllegalArgumentException if it is below 1
     */
    public static StateVersions current(final int version) {
        if (version < 1) {
            throw new IllegalArgumentException(
                    "The version of a state is " + version + ", expected 1 or more.");
        }
        return new StateVersions(version, Map.of());
    }

    /**
     * {@return the same with one more step of the way}
     *
     * @param version a former one, from 1
     * @param migration makes its bytes those of the version after it; it throws an {@link IllegalArgumentException} with a sentence where
     *     it cannot read them
     * @throws IllegalArgumentException if the version is no former one, or has a step already
     */
    public StateVersions from(final int version, final UnaryOperator<byte[]> migration) {
        if (version < 1 || version >= current || steps.containsKey(version)) {
            throw new IllegalArgumentException(
                    "A migration from version "
                            + version
                            + " of the state was declared"
                            + (steps.containsKey(version) ? " twice" : "")
                            + ", expected one from each of the versions 1 to "
                            + (current - 1)
                            + ".");
        }
        final Map<Integer, UnaryOperator<byte[]>> more = new TreeMap<>(steps);
        more.put(version, migration);
        return new StateVersions(current, more);
    }

    /** {@return the version that the module writes and reads} */
    public int current() {
        return current;
    }

    /**
     * {@return a state in the current version}
     *
     * @param state the module's own bytes; not changed
     * @param savedIn the version that they were saved in
     * @throws IllegalArgumentException if there is no way from that version to the current one, or a step of it fails, with a sentence
     *     that says why
     */
    public byte[] migrate(final byte[] state, final int savedIn) {
        if (savedIn < 1 || savedIn > current) {
            throw new IllegalArgumentException(
                    "The module's state has version "
                            + Integer.toUnsignedString(savedIn)
                            + ", but this module reads versions up to "
                            + current
                            + ": it was saved by a newer version of the plug-in. Install that one,"
                            + " or a newer one, to go on with it.");
        }
        byte[] bytes = state;
        for (int version = savedIn; version < current; version++) {
            final UnaryOperator<byte[]> step = steps.get(version);
            if (step == null) {
                throw new IllegalArgumentException(
                        "The module's state has version "
                                + savedIn
                                + ", and this module, which reads version "
                                + current
                                + ", has no migration from version "
                                + version
                                + ".");
            }
            bytes = step(step, version, bytes);
        }
        return bytes;
    }

    private static byte[] step(
            final UnaryOperator<byte[]> step, final int version, final byte[] bytes) {
        final byte[] next;
        try {
            next = step.apply(bytes);
        } catch (final RuntimeException | StackOverflowError e) {
            throw failed(version, e instanceof RuntimeException ? e.getMessage() : e.toString(), e);
        }
        if (next == null) {
            throw failed(version, "it gave nothing", null);
        }
        return next;
    }

    private static IllegalArgumentException failed(
            final int version, final String why, final Throwable cause) {
        return new IllegalArgumentException(
                "The migration of the module's state from version "
                        + version
                        + " to "
                        + (version + 1)
                        + " failed: "
                        + why,
                cause);
    }
}
