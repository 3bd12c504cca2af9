// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

/**
 * A handle on a region that is mapped for loads only, from {@link Region#attachReadOnly}. It has no way to a store: a store into
 * such memory would end the VM.
 */
public final class ReadOnlyRegion extends MappedRegion {
    ReadOnlyRegion(final Mapping mapping) {
        super(mapping);
    }

    /**
     * {@return a further handle on the same mapping, for another user: another thread, or a component that closes when it
     * likes}
     *
     * @throws IllegalStateException if this handle is closed
     */
    public ReadOnlyRegion share() {
        return new ReadOnlyRegion(retained());
    }
}
