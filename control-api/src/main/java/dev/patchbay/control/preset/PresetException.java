// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.preset;

import dev.patchbay.control.json.JsonException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A preset cannot be read, written or found. The message is a sentence for the user. What was there before is still there. */
public class PresetException extends Exception {
    private static final long serialVersionUID = 1;

    /**
     * Makes one.
     *
     * @param sentence what is wrong and what to do
     */
    public PresetException(final String sentence) {
        super(sentence);
    }

    PresetException(final JsonException cause) {
        super(cause.getMessage(), cause);
    }

    PresetException(final String doing, final Path file, final IOException cause) {
        super(doing + " " + file + " failed: " + reason(cause) + ".", cause);
    }

    private static String reason(final IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof NoSuchFileException) {
            return "there is no such file";
        }
        if (e instanceof FileAlreadyExistsException) {
            return "something of this name is in the way";
        }
        final String reason =
                e instanceof FileSystemException ? ((FileSystemException) e).getReason() : null;
        return reason != null ? reason : String.valueOf(e.getMessage());
    }
}
