// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.bundle;

import dev.patchbay.tools.ToolException;
import dev.patchbay.tools.files.Folders;
import dev.patchbay.tools.files.NewFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * Copies a bundle to where hosts look for plug-ins. The copy gets its name when it is whole, and an older one of the same name is
 * replaced only then. A host that has loaded the older one keeps the files that it and its processes have open; what it starts
 * later comes from the new one.
 */
public final class Installation {
    /** Where hosts look for a user's plug-ins, below the home folder. */
    private static final String USER = ".vst3";

    private Installation() {}

    /** {@return the folder in which hosts look for the plug-ins of the user} */
    public static Path userFolder() {
        return Path.of(System.getProperty("user.home"), USER);
    }

    /**
     * Copies a bundle.
     *
     * @return the copy
     * @throws ToolException if that fails; the older one is there as it was
     */
    public static Path copy(final Path bundle, final Path folder) {
        final Path target = folder.toAbsolutePath().normalize().resolve(bundle.getFileName());
        refuseOther(target);
        try (NewFolder copy = new NewFolder(target)) {
            Folders.copy(bundle.resolve("Contents"), copy.path().resolve("Contents"));
            copy.complete();
        } catch (final IOException e) {
            throw new ToolException(
                    "The bundle cannot be installed as " + target + ": " + e + ".", e);
        }
        return target;
    }

    /** Refuses to replace what is no bundle. */
    static void refuseOther(final Path target) {
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)
                && !Files.isDirectory(target.resolve("Contents"))) {
            throw new ToolException(
                    target + " exists and is no bundle, expected one or nothing: move it away.");
        }
    }
}
