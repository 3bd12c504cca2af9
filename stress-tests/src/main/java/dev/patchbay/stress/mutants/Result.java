// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.mutants;

import dev.patchbay.stress.model.ModelFailure;

/**
 * What became of a mutant, or of a point that no scenario comes by.
 *
 * @param name of the mutant; of the point or the method, with {@code not reached}, otherwise
 * @param line of the source
 * @param fate what became of it
 * @param how by what it was killed, in a few words; empty otherwise
 * @param scenario which scenario killed it; empty otherwise
 */
public record Result(String name, int line, Fate fate, String how, String scenario) {
    /** What ends the name of a point, or of a method, that no scenario comes by. */
    static final String UNREACHED = ": not reached";

    private static final String PROMISE = "broken: ";

    /** Ways to end. */
    public enum Fate {
        /** The model found it out. */
        KILLED,
        /** No scenario shows a difference. */
        SURVIVED,
        /** No scenario comes by. */
        NOT_REACHED
    }

    static Result survivor(final Mutation mutation, final boolean decided) {
        final String how = decided ? "" : "more executions than the bound";
        return new Result(mutation.toString(), mutation.point().line(), Fate.SURVIVED, how, "");
    }

    static Result killed(final Mutation mutation, final String how, final String scenario) {
        return new Result(mutation.toString(), mutation.point().line(), Fate.KILLED, how, scenario);
    }

    static Result notReached(final String place, final int line) {
        return new Result(place + UNREACHED, line, Fate.NOT_REACHED, "", "");
    }

    /** By what the model condemned it, without where. */
    static String how(final ModelFailure failure) {
        final String reason = failure.reason();
        final int promise = reason.indexOf(PROMISE);
        if (promise >= 0) {
            return reason.substring(promise + PROMISE.length());
        }
        return reason.replaceFirst("^in the end: ", "the end threw ")
                .replaceAll("[:,].*", "")
                .replaceFirst("^.* threw .*?(\\w+)$", "$1 thrown");
    }
}
