// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.model;

/** A relation between at most 64 numbered events. */
final class Relation {
    /** For each event the set of those that it is related to. */
    private final long[] rows;

    /** Says whether it holds between two events. */
    @FunctionalInterface
    interface Between {
        boolean holds(int a, int b);
    }

    private Relation(final int events) {
        rows = new long[events];
    }

    Relation(final int events, final Between between) {
        this(events);
        for (int a = 0; a < events; a++) {
            for (int b = 0; b < events; b++) {
                rows[a] |= between.holds(a, b) ? 1L << b : 0;
            }
        }
    }

    static Relation identity(final int events) {
        return new Relation(events, (a, b) -> a == b);
    }

    Relation or(final Relation other) {
        final Relation all = new Relation(rows.length);
        for (int a = 0; a < rows.length; a++) {
            all.rows[a] = rows[a] | other.rows[a];
        }
        return all;
    }

    Relation and(final Relation other) {
        final Relation both = new Relation(rows.length);
        for (int a = 0; a < rows.length; a++) {
            both.rows[a] = rows[a] & other.rows[a];
        }
        return both;
    }

    Relation minus(final Relation other) {
        final Relation rest = new Relation(rows.length);
        for (int a = 0; a < rows.length; a++) {
            rest.rows[a] = rows[a] & ~other.rows[a];
        }
        return rest;
    }

    Relation only(final Between between) {
        return and(new Relation(rows.length, between));
    }

    Relation then(final Relation other) {
        final Relation all = new Relation(rows.length);
        for (int a = 0; a < rows.length; a++) {
            for (long left = rows[a]; left != 0; left &= left - 1) {
                all.rows[a] |= other.rows[Long.numberOfTrailingZeros(left)];
            }
        }
        return all;
    }

    /** Its transitive closure. */
    Relation closed() {
        Relation all = this;
        for (int length = 1; length < rows.length; length *= 2) {
            all = all.or(all.then(all));
        }
        return all;
    }

    boolean isIrreflexive() {
        for (int a = 0; a < rows.length; a++) {
            if ((rows[a] >>> a & 1) != 0) {
                return false;
            }
        }
        return true;
    }

    boolean isEmpty() {
        for (final long row : rows) {
            if (row != 0) {
                return false;
            }
        }
        return true;
    }
}
