// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout.header;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** C text that lies beside a class as a resource, so that it can be read and edited as C. */
public final class CText {
    private CText() {}

    /**
     * The text of a resource beside this class.
     *
     * @throws IllegalStateException if it is not there
     */
    public static String beside(final Class<?> owner, final String name) {
        try (InputStream in = owner.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(
                        "The C text " + name + " is missing beside " + owner.getName() + ".");
            }
            return new String(in.readAllBytes(), UTF_8);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
