// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.run;

import java.time.Duration;
import java.util.Locale;

/** Durations as a person reads them. */
final class Times {
    private Times() {}

    /** Minutes and seconds, with hours where there are any. */
    static String text(final Duration time) {
        final long seconds = time.toSeconds();
        return seconds < 3600
                ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
                : String.format(
                        Locale.ROOT,
                        "%d:%02d:%02d",
                        seconds / 3600,
                        seconds / 60 % 60,
                        seconds % 60);
    }

    /** With a tenth of a second where it is short. */
    static String exact(final double seconds) {
        return seconds < 60
                ? String.format(Locale.ROOT, "%.1f s", seconds)
                : text(Duration.ofMillis((long) (1000 * seconds)));
    }

    /** Whole minutes, rounded up. */
    static String minutes(final Duration time) {
        final long minutes = (time.toSeconds() + 59) / 60;
        return minutes == 1 ? "1 minute" : minutes + " minutes";
    }
}
