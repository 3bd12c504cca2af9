// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.panel;

import dev.patchbay.tools.ToolException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The panel of a plug-in instance.
 *
 * @param pid of the host
 * @param instance the region's id
 * @param address of the page, with its token
 * @param socket where the address was asked for
 */
public record Panel(long pid, String instance, String address, Path socket) {
    /**
     * Opens the page in the user's browser. The browser is given a file that leads there, which only this user can read: a command
     * line can be read by all users, and would tell them the token.
     *
     * @throws ToolException if there is no program that opens pages
     */
    public void open() {
        final String name = socket.getFileName().toString();
        final Path link =
                socket.resolveSibling(
                        name.substring(0, name.length() - Panels.SOCKET.length()) + ".html");
        try {
            Files.deleteIfExists(link);
            Files.createFile(
                    link,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
            Files.writeString(
                    link,
                    "<!doctype html><meta charset=\"utf-8\"><meta http-equiv=\"refresh\""
                            + " content=\"0; url="
                            + address
                            + "\"><title>Panel</title><a href=\""
                            + address
                            + "\">Open the panel</a>\n");
            new ProcessBuilder("xdg-open", link.toString())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (final IOException e) {
            throw new ToolException(
                    "The page cannot be opened ("
                            + e.getMessage()
                            + "): open the address above in a browser.",
                    e);
        }
    }
}
