// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

/** A region that cannot be declared, created, mapped or trusted. The message names the thing, what was found and what was expected. */
public final class RegionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Null where it was not the bytes that were refused. */
    private final transient Refusal refusal;

    /**
     * A refusal.
     *
     * @param message a sentence: what, found, expected, remedy
     */
    public RegionException(final String message) {
        super(message);
        this.refusal = null;
    }

    /**
     * A refusal with the system's own reason.
     *
     * @param message a sentence: what, found, expected, remedy
     * @param cause what the system said
     */
    public RegionException(final String message, final Throwable cause) {
        super(message, cause);
        this.refusal = null;
    }

    /** The bytes of a region are refused. */
    RegionException(final String what, final Refusal refusal) {
        super(what + " is not a usable region: " + refusal.text());
        this.refusal = refusal;
    }

    /**
     * {@return what the bytes of the region were refused for, or null where it was not for them, such as for a file that is not
     * there}
     */
    public Refusal refusal() {
        return refusal;
    }

    /** {@return what is wrong with the bytes of the region, or null where it was not for them} */
    public RegionFault fault() {
        return refusal == null ? null : refusal.fault();
    }
}
