// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.model;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** One execution's memory, actors and judgement. */
public final class Setup {
    private final Machine machine;
    private final TreeMap<Integer, String> places = new TreeMap<>();
    private final List<String> names = new ArrayList<>();
    private final List<Runnable> actors = new ArrayList<>();
    private final List<Runnable> checks = new ArrayList<>();
    private Supplier<?> outcome = () -> "";
    private String mortal;

    Setup(final Machine machine) {
        this.machine = machine;
    }

    /** Memory of so many zero bytes. Once in each set-up. */
    public ModelBuffer memory(final int bytes) {
        return machine.memory(bytes);
    }

    /** Memory that starts with these bytes. Once in each set-up. */
    public ModelBuffer memory(final ByteBuffer bytes) {
        final ModelBuffer memory = machine.memory(bytes.capacity());
        machine.fill(bytes);
        return memory;
    }

    /** Names the bytes from an offset to the next named one, for traces. */
    public Setup name(final int offset, final String place) {
        places.put(offset, place);
        return this;
    }

    /** Adds an actor, concurrent with all others. */
    public Setup actor(final String name, final Runnable body) {
        names.add(name);
        actors.add(body);
        return this;
    }

    /**
     * Adds an actor that dies before any of its accesses, or lives to its end, and the one that takes its place: each such end is
     * explored. The successor begins when the other is dead and knows all that it did, as a process that the kernel has said is
     * gone; others learn of the death by memory alone. Once in each set-up.
     *
     * @param life what may end anywhere
     * @param successor what follows in each case
     */
    public Setup mortal(final String name, final Runnable life, final Runnable successor) {
        if (mortal != null) {
            throw new IllegalStateException(
                    "A scenario has one actor that dies: "
                            + mortal
                            + ", and not "
                            + name
                            + " too.");
        }
        mortal = name;
        return actor(
                name,
                () -> {
                    machine.live(life);
                    successor.run();
                });
    }

    /**
     * How many stores and successful read-modify-writes the mortal actor made before its death, or its end. For checks and outcomes:
     * no actor may decide by it.
     */
    public int storesOfLife() {
        return machine.storesOfLife();
    }

    /** Adds what runs when all actors have ended, seeing all that they did; it throws if something is wrong. */
    public Setup check(final Runnable body) {
        checks.add(body);
        return this;
    }

    /** Says what came of the execution, after the checks; the report counts equal ones. */
    public Setup outcome(final Supplier<?> body) {
        outcome = body;
        return this;
    }

    /** Who may die; null for nobody. */
    String mortal() {
        return mortal;
    }

    List<String> names() {
        return names;
    }

    List<Runnable> actors() {
        return actors;
    }

    String judge() {
        checks.forEach(Runnable::run);
        return String.valueOf(outcome.get());
    }

    /** The name of the place that a byte belongs to. */
    String place(final int offset) {
        final Map.Entry<Integer, String> place = places.floorEntry(offset);
        return place == null ? "memory" : place.getValue();
    }
}
