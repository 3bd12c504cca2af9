// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.map;

import dev.patchbay.layout.StructType;
import dev.patchbay.tools.report.Svg;
import java.util.Arrays;
import java.util.List;

/** The cards of all structs, each below the shortest of as many columns as fit. */
final class StructCards {
    private static final double GAP = 16;

    private final List<StructMap> cards;
    private final double[] ends;

    StructCards(final List<StructType> structs, final double width) {
        this.cards = structs.stream().map(StructMap::new).toList();
        this.ends = new double[(int) ((width + GAP) / (StructMap.WIDTH + GAP))];
    }

    /** The height of the longest column. */
    double height() {
        return place(null, 0, 0);
    }

    /** Draws the cards with the upper left corner of the first here. */
    void draw(final Svg svg, final double x, final double y) {
        place(svg, x, y);
    }

    private double place(final Svg svg, final double x, final double y) {
        Arrays.fill(ends, 0);
        double longest = 0;
        for (final StructMap card : cards) {
            int shortest = 0;
            for (int i = 1; i < ends.length; i++) {
                shortest = ends[i] < ends[shortest] ? i : shortest;
            }
            if (svg != null) {
                card.draw(svg, x + shortest * (StructMap.WIDTH + GAP), y + ends[shortest]);
            }
            ends[shortest] += card.height();
            longest = Math.max(longest, ends[shortest]);
        }
        return longest;
    }
}
