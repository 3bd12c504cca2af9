// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.model;

/**
 * What is checked: memory, actors that meet in it, and what must hold in the end. It is set up anew for each execution, so
 * whatever an actor changes must be made within {@link #setUp}; and it must be deterministic: neither time nor chance. Actors
 * run one after the other, so what one leaves in variables of the heap may only be judged, never decide what another does.
 */
@FunctionalInterface
public interface Scenario {
    /** Makes memory and actors. What it stores itself is there before any actor starts. */
    void setUp(Setup setup);
}
