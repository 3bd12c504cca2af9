// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;

/** The native files that patchbay-c-bridge brings. */
final class NativeFiles {
    private static final String FOLDER = "/dev/patchbay/bridge/x86_64-linux/";

    private NativeFiles() {}

    /** The library that goes into each bundle. */
    static InputStream bridge() throws IOException {
        return open("libpatchbay-bridge.so");
    }

    /** The host without a screen. */
    static InputStream host() throws IOException {
        return open("patchbay-host");
    }

    private static InputStream open(final String name) throws IOException {
        final InputStream in = NativeFiles.class.getResourceAsStream(FOLDER + name);
        if (in == null) {
            throw new FileNotFoundException(
                    "the tools' class path has no " + FOLDER + name + ": add patchbay-c-bridge");
        }
        return in;
    }
}
