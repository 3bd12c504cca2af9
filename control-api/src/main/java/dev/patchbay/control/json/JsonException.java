// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.json;

/** Something that was read is not what it must be. The message names source, line and field. */
public final class JsonException extends Exception {
    private static final long serialVersionUID = 1;
    private static final int LONGEST = 400;

    JsonException(final String source, final int line, final String field, final String sentence) {
        super(
                clean(source)
                        + (line > 0 ? ", line " + line : "")
                        + (field.isEmpty() ? "" : ", field \"" + clean(field) + "\"")
                        + ": "
                        + clean(sentence));
    }

    /** What stands in a file must not break the lines of a log, nor fill it. */
    private static String clean(final String text) {
        final String line = text.replaceAll("\\p{Cntrl}", "?");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }
}
