// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** In which order the contenders of a round are measured: A B C, C B A, A B C and so on, so that a drift of the machine favours none. */
final class Order {
    private Order() {}

    static <T> List<T> of(final List<T> contenders, final int round) {
        final List<T> order = new ArrayList<>(contenders);
        if (round % 2 == 1) {
            Collections.reverse(order);
        }
        return order;
    }
}
