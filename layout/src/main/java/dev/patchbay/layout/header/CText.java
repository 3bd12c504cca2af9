// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout.header;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** C text that lies beside a class as a resource, so that it can be read and edited as C. */
public final class CText {
    private static final String LICENCE = "/* SPDX-License-Identifier: Apache-2.0 */\n";

    private CText() {}

    /**
     * {@return the text of a resource} The class that it lies beside opens it, since a module's resources are its own.
     *
     * @param name for the message
     * @param resource what {@code getResourceAsStream} gave; is closed
     * @throws IllegalStateException if it is null, as it is where the resource is missing
     */
    public static String read(final String name, final InputStream resource) {
        if (resource == null) {
            throw new IllegalStateException("The C text " + name + " is missing in the jar.");
        }
        try (resource) {
            final String text = new String(resource.readAllBytes(), UTF_8);
            // The generated header carries the licence once, at its start.
            return text.startsWith(LICENCE) ? text.substring(LICENCE.length()) : text;
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
