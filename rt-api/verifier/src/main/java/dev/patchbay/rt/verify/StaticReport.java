// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt.verify;

import java.util.List;

/**
 * What the static half found.
 *
 * @param subject what was checked
 * @param findings what fails the check, in a stable order
 * @param warnings what does not fail it, in a stable order
 */
public record StaticReport(String subject, List<Finding> findings, List<Finding> warnings) {
    /** Whether nothing was found that fails the check. */
    public boolean passed() {
        return findings.isEmpty();
    }
}
