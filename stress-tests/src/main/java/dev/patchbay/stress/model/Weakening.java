// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.model;

import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;

/**
 * One order weakened: what an actor does to a place at one site of the code, it does with less. A scenario that is still
 * satisfied either does not look closely enough, or the order is stronger than it need be.
 */
public final class Weakening {
    private final Machine.Use use;
    private final int number;
    private final Order to;

    /** Ways of access. */
    public enum Access {
        /** A load. */
        LOAD,
        /** A store. */
        STORE,
        /** A read-modify-write. */
        UPDATE
    }

    private Weakening(final Machine.Use use, final int number, final Order to) {
        this.use = use;
        this.number = number;
        this.to = to;
    }

    Order apply(final String actor, final String place, final Access access, final Order order) {
        final boolean meant =
                use.access() == access
                        && use.order() == order
                        && use.actor().equals(actor)
                        && use.place().equals(place)
                        && use.site().isHere();
        return meant ? to : order;
    }

    /**
     * All weakenings of an access that stay atomic, the least first.
     *
     * @param number which of the sites of this name it is, from 1
     */
    static List<Weakening> of(final Machine.Use use, final int number) {
        final EnumSet<Order> weaker =
                switch (use.access()) {
                    case LOAD -> EnumSet.of(Order.ACQUIRE, Order.OPAQUE);
                    case STORE -> EnumSet.of(Order.RELEASE, Order.OPAQUE);
                    case UPDATE -> EnumSet.range(Order.OPAQUE, Order.ACQUIRE_RELEASE);
                };
        weaker.removeIf(to -> to.compareTo(use.order()) >= 0);
        return weaker.stream()
                .sorted(Comparator.reverseOrder())
                .map(to -> new Weakening(use, number, to))
                .toList();
    }

    /** Says who weakens what where: {@code writer Snapshot.write#2 store words release->opaque}. */
    @Override
    public String toString() {
        return String.format(
                "%s %s#%d %s %s %s->%s",
                use.actor(),
                use.site().name(),
                number,
                lower(use.access()),
                use.place(),
                lower(use.order()),
                lower(to));
    }

    private static String lower(final Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
