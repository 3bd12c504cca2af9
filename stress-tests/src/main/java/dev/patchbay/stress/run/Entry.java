// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.run;

import java.time.Instant;
import java.util.List;

/**
 * A verdict as the journal keeps it.
 *
 * @param part the name of the part
 * @param unit the name of the unit
 * @param passed whether all that it looked at held
 * @param detail one line
 * @param columns headings of what else to show
 * @param rows as many texts each
 * @param folder where its files are, relative to the results; empty where it left none
 * @param seconds how long it ran; of a batch, its share
 * @param ended when, in UTC
 */
record Entry(
        String part,
        String unit,
        boolean passed,
        String detail,
        List<String> columns,
        List<List<String>> rows,
        String folder,
        double seconds,
        String ended) {

    static Entry of(
            final Planned planned,
            final Verdict verdict,
            final String folder,
            final double seconds) {
        return new Entry(
                planned.part(),
                planned.unit().name(),
                verdict.passed(),
                verdict.detail(),
                verdict.table().columns(),
                verdict.table().rows(),
                folder,
                seconds,
                Instant.now().toString());
    }

    String key() {
        return part + "/" + unit;
    }
}
