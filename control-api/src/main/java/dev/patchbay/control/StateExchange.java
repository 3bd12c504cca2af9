// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control;

import dev.patchbay.atomics.Blob;
import dev.patchbay.atomics.Participant;
import dev.patchbay.layout.StandardRegion;
import dev.patchbay.layout.StateReference;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Control's side of the state: takes what the host restored, and publishes what is to be saved, under the epoch of what was taken last. The bridge uses no
 * publication of an older epoch, so what cannot be read is not overwritten.
 */
final class StateExchange {
    private static final int TRIES = 100;

    private final Blob toControl;
    private final Blob fromControl;
    private final StateMemory memoryTo;
    private final StateMemory memoryFrom;
    private long seen;
    private long seenEpoch;
    private long epoch;
    private byte[] published;

    StateExchange(final Participant participant) {
        toControl =
                new Blob(
                        participant.buffer(), participant.section(StandardRegion.STATE_TO_CONTROL));
        fromControl =
                new Blob(
                        participant.buffer(),
                        participant.section(StandardRegion.STATE_FROM_CONTROL));
        final String id = participant.region().instanceId();
        memoryTo = new StateMemory(participant.hostPid(), StateReference.TO_CONTROL + id);
        memoryFrom = new StateMemory(participant.hostPid(), StateReference.FROM_CONTROL + id);
        final Blob.Content former = fromControl.read();
        if (former != null) {
            StateReference.decode(former.bytes()).ifPresent(memoryFrom::known);
        }
    }

    /** Whether the host has ever restored a state. */
    boolean anyRestored() {
        return toControl.published() != 0;
    }

    /**
     * What the host has restored since the last call; {@link #accept} comes after where it can be used.
     *
     * @throws IOException if it cannot be read, with a sentence
     */
    Optional<byte[]> take() throws IOException {
        if (toControl.published() == seen) {
            return Optional.empty();
        }
        for (int tries = 0; tries < TRIES; tries++) {
            final Blob.Content content = toControl.read();
            if (content == null) {
                return Optional.empty();
            }
            seen = content.sequence();
            seenEpoch = content.epoch();
            if (!StateReference.begins(content.bytes())) {
                return Optional.of(content.bytes());
            }
            final Optional<StateReference> reference = StateReference.decode(content.bytes());
            if (reference.isEmpty()) {
                throw new IOException("the bridge says in an unknown form where it lies");
            }
            final Optional<byte[]> bytes = memoryTo.read(reference.get());
            // Its place is used again only after another was published.
            if (bytes.isPresent() && toControl.published() == seen) {
                return bytes;
            }
            if (toControl.published() == seen) {
                throw new IOException("it is not where the bridge says that it lies");
            }
        }
        return Optional.empty();
    }

    /** What was taken last is in use: what is published from now on is newer. */
    void accept() {
        epoch = seenEpoch;
        published = null;
    }

    /** Whether a state has no room in the region. */
    boolean isLarge(final byte[] state) {
        return state.length > fromControl.capacity();
    }

    /** What was taken last is to be taken once more. */
    void again() {
        seen = 0;
    }

    /** Whether the host keeps a state that is not in use here. */
    boolean isBehind() {
        return seenEpoch != epoch;
    }

    /**
     * Publishes a state, if it is another than the last.
     *
     * @return whether it is another
     * @throws IOException if it cannot be published, with a sentence; the last one stays
     */
    boolean publish(final byte[] state) throws IOException {
        if (Arrays.equals(state, published)) {
            return false;
        }
        // Also where it fails: once is enough to be told.
        published = state;
        if (state.length <= fromControl.capacity() && !StateReference.begins(state)) {
            fromControl.write(state, epoch);
            memoryFrom.clear();
            return true;
        }
        if (state.length > StateReference.MOST_BYTES) {
            throw new IOException(
                    "it has "
                            + state.length
                            + " bytes, at most "
                            + StateReference.MOST_BYTES
                            + " are possible");
        }
        final byte[] reference = memoryFrom.write(state).encode();
        if (reference.length > fromControl.capacity()) {
            throw new IOException(
                    "the region has room for " + fromControl.capacity() + " bytes only");
        }
        fromControl.write(reference, epoch);
        return true;
    }
}
