// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.model;

import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;

/**
 * One order weakened: what an actor does to a place in one way, it does with less. A scenario that is still satisfied either
 * does not look closely enough, or the order is stronger than it need be.
 *
 * @param actor the actor's name
 * @param place the place's name
 * @param access the way of access
 * @param from the order in the code
 * @param to the weaker order
 */
public record Weakening(String actor, String place, Access access, Order from, Order to) {
    /** Ways of access. */
    public enum Access {
        /** A load. */
        LOAD,
        /** A store. */
        STORE,
        /** A read-modify-write. */
        UPDATE
    }

    Order apply(final String byActor, final String onPlace, final Access by, final Order order) {
        final boolean meant =
                access == by && from == order && actor.equals(byActor) && place.equals(onPlace);
        return meant ? to : order;
    }

    /** All weakenings of an access that stay atomic, the least first. */
    static List<Weakening> of(
            final String actor, final String place, final Access access, final Order order) {
        final EnumSet<Order> weaker =
                switch (access) {
                    case LOAD -> EnumSet.of(Order.ACQUIRE, Order.OPAQUE);
                    case STORE -> EnumSet.of(Order.RELEASE, Order.OPAQUE);
                    case UPDATE -> EnumSet.range(Order.OPAQUE, Order.ACQUIRE_RELEASE);
                };
        weaker.removeIf(to -> to.compareTo(order) >= 0);
        return weaker.stream()
                .sorted(Comparator.reverseOrder())
                .map(to -> new Weakening(actor, place, access, order, to))
                .toList();
    }

    @Override
    public String toString() {
        return String.format("%s %s %s %s->%s", actor, access, place, from, to)
                .toLowerCase(Locale.ROOT);
    }
}
