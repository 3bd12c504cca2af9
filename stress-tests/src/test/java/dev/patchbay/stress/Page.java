// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A page of the documentation with tables that a test has the numbers of. Such a table lies between two comments, {@code <!-- NAME:
 * kept by TEST -->} and {@code <!-- end of NAME -->}; what is around it is written by people.
 */
public final class Page {
    private static final Path FOLDER =
            Path.of(System.getProperty("basedir", ".")).resolve("../docs").normalize();

    private final Path file;

    /** A page by the name of its file in {@code docs}. */
    public Page(final String name) {
        this.file = FOLDER.resolve(name);
    }

    /**
     * The page has this table, or, where {@code -Dpatchbay.regenerate=true} is given, gets it.
     *
     * @param name of the table in the comments
     * @param test that calls this
     * @param lines head, line below it and rows
     */
    public void assertHas(final String name, final Class<?> test, final List<String> lines)
            throws IOException {
        final String text = Files.readString(file);
        final String begin = "<!-- " + name + ": kept by " + test.getSimpleName() + " -->\n";
        final String end = "<!-- end of " + name + " -->\n";
        final int from = text.indexOf(begin) + begin.length();
        final int to = text.indexOf(end);
        if (!text.contains(begin) || to < from) {
            throw new IllegalStateException(
                    file + " has no lines \"" + begin.strip() + "\" and \"" + end.strip() + "\".");
        }
        final String table = "\n" + String.join("\n", lines) + "\n\n";
        if (Boolean.getBoolean("patchbay.regenerate")) {
            Files.writeString(file, text.substring(0, from) + table + text.substring(to));
            return;
        }
        assertEquals(
                table,
                text.substring(from, to),
                "The table of "
                        + name
                        + " in "
                        + file
                        + " is not what the test found. If that is meant, run the test with"
                        + " -Dpatchbay.regenerate=true and commit the page.");
    }
}
