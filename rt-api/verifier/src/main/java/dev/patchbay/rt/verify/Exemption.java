// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt.verify;

import java.util.List;

/**
 * A method that {@link dev.patchbay.rt.RealTimeExempt} excuses.
 *
 * @param method the class's binary name and the method's name
 * @param reason why, in the author's words
 * @param path the calls that lead to it, itself last
 * @param covered what would have been found in it and below it
 */
public record Exemption(String method, String reason, List<Step> path, List<Finding> covered) {
    private static final int SHOWN = 8;

    /** Copies the lists. */
    public Exemption {
        path = List.copyOf(path);
        covered = List.copyOf(covered);
    }

    /** Its method, its reason and the first findings that it covers, in one line for each. */
    @Override
    public String toString() {
        final StringBuilder text = new StringBuilder();
        text.append("exempt: ").append(path.get(path.size() - 1)).append('\n');
        text.append("    reason: ").append(reason).append('\n');
        for (final Finding finding : covered.subList(0, Math.min(SHOWN, covered.size()))) {
            text.append("    covers ").append(finding.category()).append(": ");
            text.append(finding.what()).append(" at ").append(finding.place()).append('\n');
        }
        if (covered.size() > SHOWN) {
            text.append("    covers ").append(covered.size() - SHOWN).append(" more\n");
        }
        return text.toString();
    }
}
