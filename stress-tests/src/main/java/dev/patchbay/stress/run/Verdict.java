// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.run;

import java.util.List;

/**
 * What came of a unit.
 *
 * @param passed whether all that it looked at held
 * @param detail one line: what was done, such as the number of executions, or what failed
 * @param table what else to show
 */
public record Verdict(boolean passed, String detail, Table table) {
    /**
     * Rows for the report.
     *
     * @param columns their headings
     * @param rows as many texts each as there are columns
     */
    public record Table(List<String> columns, List<List<String>> rows) {
        /** No rows. */
        public static final Table NONE = new Table(List.of(), List.of());
    }

    /** {@return a success} @param detail one line */
    public static Verdict passed(final String detail) {
        return new Verdict(true, detail, Table.NONE);
    }

    /** {@return a failure} @param detail one line that says what, and the remedy where there is one */
    public static Verdict failed(final String detail) {
        return new Verdict(false, detail, Table.NONE);
    }

    /** {@return the same with rows} @param rows what else to show */
    public Verdict with(final Table rows) {
        return new Verdict(passed, detail, rows);
    }
}
