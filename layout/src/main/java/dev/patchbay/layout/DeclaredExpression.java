// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

/**
 * A note expression that a plug-in understands, as its build declares it.
 *
 * @param expression a number of {@link NoteExpression}
 * @param number which of the plug-in's own it is, 0 to {@value #MAX_NUMBER}; 0 for those that have a meaning
 * @param name what a host shows
 * @param shortName the same in few letters
 * @param gesture what plays it on a keyboard that senses more than keys
 */
public record DeclaredExpression(
        int expression, int number, String name, String shortName, Gesture gesture) {
    /** The highest number of an expression of the plug-in's own. */
    public static final int MAX_NUMBER = 100_000;

    /** A movement on a key. */
    public enum Gesture {
        /** None. */
        NONE,
        /** To the left and to the right. */
        X,
        /** To the near and to the far end of the key. */
        Y,
        /** Into the key. */
        PRESSURE
    }

    /** Checks the numbers. */
    public DeclaredExpression {
        if (expression < 0 || expression > NoteExpression.CUSTOM) {
            throw new IllegalArgumentException(
                    "A note expression has a number from 0 to "
                            + NoteExpression.CUSTOM
                            + ", but \""
                            + name
                            + "\" has "
                            + expression
                            + ".");
        }
        if (number < 0
                || number > MAX_NUMBER
                || number != 0 && expression != NoteExpression.CUSTOM) {
            throw new IllegalArgumentException(
                    "The note expression \""
                            + name
                            + "\" has the number "
                            + number
                            + ", but allowed are 0 to "
                            + MAX_NUMBER
                            + " for the plug-in's own, and 0 for all others.");
        }
    }
}
