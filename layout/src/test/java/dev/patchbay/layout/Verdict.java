// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * What is said of the bytes of a region: nothing wrong, where the fault is 0, or what a refusal says.
 *
 * @param fault the fault's code
 */
record Verdict(int fault, int section, long found, long low, long high, String text) {
    private static final Verdict FINE = new Verdict(0, 0, 0, 0, 0, "nothing is wrong with it.");

    /** What Java says. An accepted region's sections lie within it, one behind the other. */
    static Verdict of(final byte[] region) {
        try {
            final RegionFacts facts =
                    new RegionValidator("it", region.length).check(Small.over(region));
            checkSections(facts, region.length);
            return FINE;
        } catch (final RegionException e) {
            final Refusal r = e.refusal();
            return new Verdict(
                    r.fault().code(), r.section(), r.found(), r.low(), r.high(), r.text());
        }
    }

    /** Sections lie within the region, one behind the other. */
    static void checkSections(final RegionFacts facts, final int length) {
        long end = RegionHeader.DIRECTORY_OFFSET;
        for (final SectionEntry e : facts.entries().values()) {
            final long elements = e.elementsOffset() + (long) e.copies() * e.copyStride();
            if (e.offset() < end
                    || e.offset() % Layouts.LINE_PAIR != 0
                    || elements > e.length()
                    || (long) e.count() * e.stride() > e.copyStride()
                    || e.offset() + e.length() > length
                    || (e.writers() & ~roles(facts)) != 0) {
                throw new AssertionError("accepted: " + e);
            }
            end = e.offset() + e.length();
        }
        assertTrue(end <= length);
    }

    private static int roles(final RegionFacts facts) {
        return facts.roles().stream().mapToInt(Role::bit).sum();
    }
}
