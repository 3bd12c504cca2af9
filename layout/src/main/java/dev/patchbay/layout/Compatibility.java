// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether programs that were built for an older declaration can take part in regions of a newer one.
 *
 * <p>A program finds the sections it uses by name, through the directory, and checks the hash of each one's shape. So a newer
 * declaration may
 *
 * <ul>
 *   <li>append sections, and put some before or between others: a section may lie anywhere;
 *   <li>give a section more elements, a queue or ring more room, audio slots more bytes;
 *   <li>add roles, and readers of a section; and writers where many may write (bitsets, shared rings and event queues, role cells);
 *   <li>have another name, other comments, another schema.
 * </ul>
 *
 * <p>Programs of the older declaration are shut out, or would misread, where the newer one
 *
 * <ul>
 *   <li>lacks a section, be it removed or renamed;
 *   <li>gives a section another kind or shape: other fields, types, offsets, sizes or counter names;
 *   <li>gives a section fewer elements or smaller slots, or describes its elements elsewhere;
 *   <li>gives a role another code or another name, or lacks it;
 *   <li>changes who writes a section: two programs would write it, or none;
 *   <li>takes a section from one of its readers: what it holds is no longer meant for it, and a queue has one consumer.
 * </ul>
 *
 * <p>What values mean is not compared: parameters' ids and ranges, for instance, travel in the region as data.
 */
public final class Compatibility {
    /** What the comparison says. */
    public enum Verdict {
        /** Both have the same hash: every byte has the same place and the same owner. */
        SAME,
        /** Programs of the older declaration can take part. */
        READABLE_BY_OLDER,
        /** Some cannot. */
        INCOMPATIBLE
    }

    private static final Set<SectionKind> MANY_WRITERS =
            EnumSet.of(
                    SectionKind.BITSET,
                    SectionKind.SHARED_RING,
                    SectionKind.SHARED_EVENT_QUEUE,
                    SectionKind.ROLES);

    private final RegionOutline older;
    private final RegionOutline newer;
    private final List<String> reasons = new ArrayList<>();

    private Compatibility(final RegionOutline older, final RegionOutline newer) {
        this.older = older;
        this.newer = newer;
        compareRoles();
        older.entries().forEach(this::compareSection);
    }

    /**
     * Compares two declarations.
     *
     * @param older what programs were built for
     * @param newer what the region is made from
     * @return what the comparison found
     */
    public static Compatibility between(
            final RegionDeclaration older, final RegionDeclaration newer) {
        return between(RegionOutline.of(older), RegionOutline.of(newer));
    }

    /**
     * Compares two outlines, of which either may come from a declaration, a region or an image.
     *
     * @param older what programs were built for
     * @param newer the region that they are to take part in
     * @return what the comparison found
     */
    public static Compatibility between(final RegionOutline older, final RegionOutline newer) {
        return new Compatibility(older, newer);
    }

    /** {@return what the comparison says} */
    public Verdict verdict() {
        if (!reasons.isEmpty()) {
            return Verdict.INCOMPATIBLE;
        }
        return older.hash() == newer.hash() ? Verdict.SAME : Verdict.READABLE_BY_OLDER;
    }

    /**
     * {@return each difference that shuts programs of the older declaration out, as a sentence; empty unless it is
     * incompatible}
     */
    public List<String> reasons() {
        return List.copyOf(reasons);
    }

    /** The verdict in words, with all reasons. */
    @Override
    public String toString() {
        return switch (verdict()) {
            case SAME -> "same";
            case READABLE_BY_OLDER -> "readable by older";
            case INCOMPATIBLE -> "incompatible, because\n- " + String.join("\n- ", reasons);
        };
    }

    private void compareRoles() {
        for (int code = 0; code <= Role.MAX_CODE; code++) {
            final String name = older.roleNames().get(code);
            final String now = newer.roleNames().get(code);
            if (name.isEmpty() || name.equals(now)) {
                continue;
            }
            final int moved = newer.roleNames().indexOf(name);
            if (moved >= 0) {
                reasons.add(
                        "The role \"" + name + "\" has the code " + moved + ", was " + code + ".");
            } else if (now.isEmpty()) {
                reasons.add("The role \"" + name + "\" with the code " + code + " is missing.");
            } else {
                reasons.add(
                        "The role with the code "
                                + code
                                + " is \""
                                + now
                                + "\", was \""
                                + name
                                + "\".");
            }
        }
    }

    private void compareSection(final SectionEntry was) {
        if (was.kind() == SectionKind.SCHEMA) {
            return;
        }
        final SectionEntry now = newer.entry(was.name()).orElse(null);
        if (now == null) {
            add(was, "is missing: it was removed or renamed.");
            return;
        }
        if (was.kind() != now.kind()) {
            add(was, "is of the kind " + kind(now) + ", was " + kind(was) + ".");
        } else if (was.hash() != now.hash()) {
            compareShape(was);
        }
        compareNumbers(was, now);
        compareUsers(was, now);
    }

    private void compareShape(final SectionEntry was) {
        final RegionOutline.Shape before = older.shape(was.name()).orElse(null);
        final RegionOutline.Shape after = newer.shape(was.name()).orElse(null);
        final List<String> differences =
                before == null || after == null
                        ? List.of()
                        : new ShapeDifferences().of(before, after);
        if (differences.isEmpty()) {
            add(was, "has another shape: the hashes differ.");
        }
        differences.forEach(difference -> add(was, "has another shape: " + difference + "."));
    }

    private void compareNumbers(final SectionEntry was, final SectionEntry now) {
        if (now.count() < was.count()) {
            add(was, "has " + now.count() + " elements, at least " + was.count() + " were there.");
        }
        if (was.hash() != now.hash()) {
            return;
        }
        // The same shape in other numbers: audio slots of another geometry, or a directory that
        // another library wrote.
        if (now.stride() < was.stride()) {
            add(
                    was,
                    "has slots of "
                            + now.stride()
                            + " bytes, at least "
                            + was.stride()
                            + " were there.");
        }
        if (now.copies() != was.copies()) {
            add(was, "has " + now.copies() + " copies, was " + was.copies() + ".");
        }
        if (now.scalar() != was.scalar()) {
            add(was, "has elements of the type " + now.scalar() + ", was " + was.scalar() + ".");
        }
        final String describedBefore = older.describedBy(was);
        final String describedNow = newer.describedBy(now);
        if (!Objects.equals(describedBefore, describedNow)) {
            add(
                    was,
                    "is described by "
                            + quoted(describedNow)
                            + ", was "
                            + quoted(describedBefore)
                            + ".");
        }
    }

    private void compareUsers(final SectionEntry was, final SectionEntry now) {
        final int gained = now.writers() & ~was.writers();
        final int lost = was.writers() & ~now.writers();
        if (lost != 0 || gained != 0 && !MANY_WRITERS.contains(now.kind())) {
            add(
                    was,
                    "is written by "
                            + names(newer, now.writers())
                            + ", was written by "
                            + names(older, was.writers())
                            + ".");
        }
        final int gone = was.readers() & ~now.readers();
        if (gone != 0) {
            add(was, "is no longer read by " + names(older, gone) + ".");
        }
    }

    private void add(final SectionEntry section, final String what) {
        reasons.add("The section \"" + section.name() + "\" " + what);
    }

    private static String quoted(final String name) {
        return name.isEmpty() ? "nothing" : '"' + name + '"';
    }

    private static String kind(final SectionEntry entry) {
        return entry.kind() == null ? "that this version does not know" : entry.kind().label();
    }

    private static String names(final RegionOutline outline, final int roles) {
        final List<String> names = new ArrayList<>();
        for (int code = 0; code < Integer.SIZE; code++) {
            if ((roles >>> code & 1) != 0) {
                final String name = code <= Role.MAX_CODE ? outline.roleNames().get(code) : "";
                names.add(name.isEmpty() ? "role " + code : name);
            }
        }
        return names.isEmpty() ? "nobody" : names.stream().collect(Collectors.joining(" and "));
    }
}
