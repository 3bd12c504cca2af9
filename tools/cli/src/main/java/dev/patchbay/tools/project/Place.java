// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.project;

import dev.patchbay.tools.ToolException;

/**
 * Where a value stands in a build file, for errors about it.
 *
 * @param file the file as the user named it
 * @param line from 1 on
 * @param key the path of keys, such as {@code modules.rt.gc}; empty for the file as a whole
 */
public record Place(String file, int line, String key) {
    /** The place of a key below this one. */
    Place below(final String name, final int atLine) {
        return new Place(file, atLine, key.isEmpty() ? name : key + "." + name);
    }

    /**
     * The error about the value here.
     *
     * @param rest what follows the key in the sentence, without the full stop
     */
    public ToolException error(final String rest) {
        return new ToolException(
                file + ":" + line + ": " + (key.isEmpty() ? "the file" : key) + " " + rest + ".");
    }

    /** As {@link #error(String)}, because of another failure. */
    public ToolException error(final String rest, final Throwable cause) {
        final ToolException error = error(rest);
        error.initCause(cause);
        return error;
    }
}
