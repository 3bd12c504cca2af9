// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.model;

/** There are more executions than the bound: what holds in all of them was not found out. */
public final class BoundException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    BoundException(final long executions) {
        super(
                "There are more than "
                        + executions
                        + " executions: raise the bound or make the scenario smaller. Until here"
                        + " there was no failure.");
    }
}
