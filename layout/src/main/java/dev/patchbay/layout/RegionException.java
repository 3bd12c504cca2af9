// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

/** A region that cannot be created, mapped or trusted. The message names the thing, what was found and what was expected. */
public final class RegionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** A refusal. */
    public RegionException(final String message) {
        super(message);
    }

    /** A refusal with the system's own reason. */
    public RegionException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
