// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.map;

import java.util.ArrayList;
import java.util.List;

/** Fits texts into a picture, whose reader's font is not known: by the width of a letter. */
final class MapText {
    private MapText() {}

    /** The text, cut with an ellipsis where letters of this width do not fit. */
    static String fit(final String text, final double width, final double letter) {
        final int most = (int) (width / letter);
        if (text.length() <= most) {
            return text;
        }
        return most < 2 ? "" : text.substring(0, most - 1).stripTrailing() + "…";
    }

    /** The text in lines of this width, at least one and at most so many; what does not fit is cut with an ellipsis. */
    static List<String> wrap(
            final String text, final double width, final double letter, final int mostLines) {
        final int most = (int) (width / letter);
        final List<String> lines = new ArrayList<>();
        String rest = text;
        while (rest.length() > most && lines.size() < mostLines - 1) {
            final int space = rest.lastIndexOf(' ', most);
            final int end = space > 0 ? space : most;
            lines.add(rest.substring(0, end));
            rest = rest.substring(end).stripLeading();
        }
        lines.add(fit(rest, width, letter));
        return lines;
    }
}
