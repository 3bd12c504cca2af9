// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.run;

import java.io.File;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The class path of this program, for the JVMs that it starts, wherever they are started. */
public final class OwnClassPath {
    private OwnClassPath() {}

    /** {@return the class path with absolute entries} */
    public static String text() {
        // Surefire has the tests and their libraries on a path of its own.
        final String path =
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path"));
        return Stream.of(path.split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
