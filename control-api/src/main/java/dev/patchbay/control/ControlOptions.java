// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control;

/**
 * What the environment asks of a control process beside its work, for demos and tests that show that sound does not notice.
 *
 * @param allocateMegabytes megabytes to allocate per second; 0 for none
 * @param presetSeconds seconds from preset to preset; 0 to stay
 * @param reloadSeconds how long new code may take to become ready; more than 0
 */
record ControlOptions(int allocateMegabytes, double presetSeconds, double reloadSeconds) {
    /** As long as the bridge's tools give a control process by default. */
    private static final double DEFAULT_RELOAD_SECONDS = 10;

    /** The variable that is read. */
    static final String VARIABLE = "PATCHBAY_CONTROL_OPTIONS";

    /**
     * Reads a text such as {@code allocate=300,preset-every=4}; none, or an empty one, asks for nothing.
     *
     * @throws IllegalArgumentException if it cannot be read, with a sentence that names the part
     */
    static ControlOptions parse(final String text) {
        int allocate = 0;
        double preset = 0;
        double reload = 0;
        if (text != null && !text.isBlank()) {
            for (final String part : text.split(",")) {
                final String[] pair = part.split("=", 2);
                final double value = pair.length == 2 ? number(pair[1]) : Double.NaN;
                if (!(value >= 0 && value <= 100_000)) {
                    throw refuse(part);
                }
                switch (pair[0]) {
                    case "allocate" -> allocate = (int) value;
                    case "preset-every" -> preset = value;
                    case "reload-limit" -> reload = value;
                    default -> throw refuse(part);
                }
            }
        }
        return new ControlOptions(allocate, preset, reload > 0 ? reload : DEFAULT_RELOAD_SECONDS);
    }

    private static double number(final String text) {
        try {
            return Double.parseDouble(text);
        } catch (final NumberFormatException e) {
            return Double.NaN;
        }
    }

    private static IllegalArgumentException refuse(final String part) {
        return new IllegalArgumentException(
                VARIABLE
                        + " holds \""
                        + part
                        + "\", expected allocate=MEGABYTES, preset-every=SECONDS or"
                        + " reload-limit=SECONDS with a number from 0 to 100000.");
    }
}
