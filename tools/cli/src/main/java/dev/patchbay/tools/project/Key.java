// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.project;

import java.util.Optional;

/**
 * A key of a mapping in a build file.
 *
 * @param name as it is written
 * @param required whether it must be there
 * @param shape what its value may be
 * @param about what it is for, for people
 * @param otherwise what holds where it is missing, if that can be said
 */
record Key<T>(String name, boolean required, Shape<T> shape, String about, Optional<T> otherwise) {
    /** A key that must be there. */
    static <T> Key<T> required(final String name, final Shape<T> shape, final String about) {
        return new Key<>(name, true, shape, about, Optional.empty());
    }

    /** A key that may be missing. */
    static <T> Key<T> optional(final String name, final Shape<T> shape, final String about) {
        return new Key<>(name, false, shape, about, Optional.empty());
    }

    /** A key that may be missing, and what holds then. */
    static <T> Key<T> optional(
            final String name, final Shape<T> shape, final String about, final T otherwise) {
        return new Key<>(name, false, shape, about, Optional.of(otherwise));
    }
}
