// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.panel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The page's address, whose token is its key.
 *
 * @param port of the loopback interface
 * @param token 256 random bits in the letters of base64url
 */
record PanelAddress(int port, String token) {
    /** The one interface that is listened at. */
    static final String HOST = "127.0.0.1";

    private static final int TOKEN_BYTES = 32;
    private static final Pattern FORM =
            Pattern.compile("http://127\\.0\\.0\\.1:([0-9]{1,5})/([A-Za-z0-9_-]{43})/\\s*");

    /** {@return a new token} */
    static String newToken() {
        final byte[] bytes = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** {@return the address in a file; null where there is none} */
    static PanelAddress read(final Path file) throws IOException {
        if (!Files.exists(file)) {
            return null;
        }
        final Matcher text = FORM.matcher(Files.readString(file));
        return text.matches()
                ? new PanelAddress(Integer.parseInt(text.group(1)), text.group(2))
                : null;
    }

    /** Writes it into a file that nobody else can read at any moment. */
    void write(final Path file) throws IOException {
        final Path whole = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(whole);
        Files.createFile(
                whole,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(whole, this + "\n");
        Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public String toString() {
        return "http://" + HOST + ":" + port + "/" + token + "/";
    }
}
