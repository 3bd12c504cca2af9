// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.map;

import dev.patchbay.layout.Role;

/**
 * The colours of roles: those of Okabe and Ito, which stay apart for colour-blind people, ordered so that the first ones also
 * differ in brightness on a grey print.
 */
final class Palette {
    private static final String[] COLOURS = {
        "#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#f0e442", "#444444"
    };

    private Palette() {}

    /** The style class of what a role writes. */
    static String fill(final Role role) {
        return "role" + role.code();
    }

    /** The style classes of all roles. */
    static String css() {
        final StringBuilder css = new StringBuilder();
        for (int code = 0; code < COLOURS.length; code++) {
            css.append(".role").append(code).append("{fill:").append(COLOURS[code]).append("}\n");
            css.append(".ring").append(code).append("{fill:#fff;stroke:").append(COLOURS[code]);
            css.append(";stroke-width:2.4}\n");
        }
        return css.toString();
    }
}
