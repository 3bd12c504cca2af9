// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.atomics;

/**
 * The numbers of transactions: 1 to 2³² − 1, and then 1 again. 0 stands for none. Which of two is newer tells their difference, so
 * it holds for numbers less than 2³¹ apart. In C: {@code pb_parameter_changes_after} and so on.
 */
final class Transactions {
    /** How far a number may stay behind the newest: {@link #aged} moves it along. */
    private static final int AGE = 1 << 30;

    private Transactions() {}

    /** The number that follows. */
    static int after(final int transaction) {
        return transaction == -1 ? 1 : transaction + 1;
    }

    /** Whether one is newer than the other. None is newer than no other, and any is newer than none. */
    static boolean isNewer(final int transaction, final int than) {
        return transaction != 0 && (than == 0 || transaction - than > 0);
    }

    /** The number, or one not so far behind the newest that it would seem newer again one day. */
    static int aged(final int transaction, final int newest) {
        return transaction == 0 || newest - transaction <= AGE
                ? transaction
                : after(newest - AGE - 1);
    }
}
