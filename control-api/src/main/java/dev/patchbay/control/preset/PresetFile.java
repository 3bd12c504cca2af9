// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.preset;

import java.util.Locale;
import java.util.Optional;

/**
 * A preset as a file.
 *
 * @param name of the file, such that every system takes it
 * @param bytes of the file; not copied, and not to be changed
 */
public record PresetFile(String name, byte[] bytes) {
    /** The most bytes of a preset's file; one of 256 parameters has some 30 000. */
    public static final int MOST_BYTES = 1 << 20;

    /** The kinds of files. */
    public enum Format {
        /** This program's own, which people and programs can read. */
        JSON(".json"),
        /** Steinberg's, which hosts read and write. */
        VSTPRESET(".vstpreset");

        private final String ending;

        Format(final String ending) {
            this.ending = ending;
        }

        /** {@return how names of such files end} */
        public String ending() {
            return ending;
        }

        /**
         * {@return the format that a file's name ends with, if it is one}
         *
         * @param name of the file, or its ending alone
         */
        public static Optional<Format> ofFile(final String name) {
            for (final Format format : values()) {
                if (name.toLowerCase(Locale.ROOT).endsWith(format.ending)) {
                    return Optional.of(format);
                }
            }
            return Optional.empty();
        }
    }
}
