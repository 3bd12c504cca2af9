// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.inspect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where this process's open files lead to. */
public final class Descriptors {
    /** Standard input. */
    public static final int INPUT = 0;

    /** Standard output. */
    public static final int OUTPUT = 1;

    /** Standard error. */
    public static final int ERROR = 2;

    private Descriptors() {}

    /** Whether a descriptor of this process leads to a terminal. */
    public static boolean isTerminal(final int descriptor) {
        try {
            final String target =
                    Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
            return target.startsWith("/dev/pts/")
                    || target.startsWith("/dev/tty")
                    || target.equals("/dev/console");
        } catch (final IOException e) {
            return false;
        }
    }
}
