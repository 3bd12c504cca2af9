// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt.verify;

import java.util.List;

/**
 * What the static half of the verifier found, in a stable order: the same classes give the same report.
 *
 * @param subject what was checked
 * @param entries the methods from which it was checked
 * @param methods how many methods outside of the platform were read
 * @param findings what fails the check
 * @param warnings what does not fail it
 * @param exemptions the exempt methods that are reached
 * @param faults what is wrong with exemptions, a sentence each; fails the check
 */
public record StaticReport(
        String subject,
        List<String> entries,
        int methods,
        List<Finding> findings,
        List<Finding> warnings,
        List<Exemption> exemptions,
        List<String> faults) {
    /** Copies the lists. */
    public StaticReport {
        entries = List.copyOf(entries);
        findings = List.copyOf(findings);
        warnings = List.copyOf(warnings);
        exemptions = List.copyOf(exemptions);
        faults = List.copyOf(faults);
    }

    /** Whether nothing was found that fails the check. */
    public boolean passed() {
        return findings.isEmpty() && faults.isEmpty();
    }

    /** The report for a reader: the verdict, then findings, faults, exemptions and warnings. */
    @Override
    public String toString() {
        final StringBuilder text = new StringBuilder();
        text.append(subject).append(passed() ? " passed" : " did not pass");
        text.append(" the static check of real-time safety: ");
        text.append(count(findings.size() + faults.size(), "finding")).append(", ");
        text.append(count(warnings.size(), "warning")).append(", ");
        text.append(count(exemptions.size(), "exemption")).append(", ");
        text.append(count(methods, "method")).append(" read from ");
        text.append(String.join(", ", entries)).append(".\n");
        for (final Finding finding : findings) {
            text.append('\n').append(finding);
        }
        for (final String fault : faults) {
            text.append("\nEXEMPTION: ").append(fault).append('\n');
        }
        for (final Exemption exemption : exemptions) {
            text.append('\n').append(exemption);
        }
        for (final Finding warning : warnings) {
            text.append("\nwarning: ").append(warning);
        }
        return text.toString();
    }

    private static String count(final int number, final String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
