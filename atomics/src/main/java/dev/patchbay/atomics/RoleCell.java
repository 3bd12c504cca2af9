// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.atomics;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.patchbay.layout.Field;
import dev.patchbay.layout.Loads;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.SectionEntry;
import dev.patchbay.layout.StandardStructs;
import dev.patchbay.layout.StructType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.agrona.concurrent.AtomicBuffer;

/**
 * A participant's own cell: who it is and how it fares. Written by its process alone; read by anybody, also while it changes. Its texts
 * are {@linkplain Snapshot snapshots} that share a sequence number, so a reader gets a text whole or not at all. In C: {@code pb_role_cell_message} and so on.
 */
public final class RoleCell {
    private static final StructType STRUCT = StandardStructs.ROLE;
    private static final int HEARTBEAT = STRUCT.offset("heartbeat_nanos");
    private static final int STATE = STRUCT.offset("state");
    private static final int TEXT_SEQUENCE = STRUCT.offset("text_sequence");
    private static final Field COLLECTOR = STRUCT.field("collector");
    private static final Field MESSAGE = STRUCT.field("message");

    /** Enough for a writer that writes without a pause: its texts are meant for people. */
    private static final int TRIES = 1000;

    private final AtomicBuffer buffer;
    private final int offset;

    /**
     * Makes the view of the cell of a role in the roles section.
     *
     * @param buffer the region's bytes, or memory laid out like them
     * @param roles the directory's entry of the section of roles
     * @param role whose cell it is
     */
    public RoleCell(final AtomicBuffer buffer, final SectionEntry roles, final Role role) {
        this.buffer = buffer;
        this.offset = roles.elementOffset(role.code());
    }

    /**
     * Says who serves in this role. {@link #state} comes after.
     *
     * @param pid the process
     * @param startTime of the process, in clock ticks since boot
     * @param generation 1 for the first process in this role
     * @param collector the garbage collector's name
     */
    public void identify(
            final int pid, final long startTime, final int generation, final String collector) {
        // Opaque: the release of each store behind it publishes it.
        buffer.putIntOpaque(offset + STATE, 0);
        buffer.putIntRelease(offset + STRUCT.offset("pid"), pid);
        buffer.putLongRelease(offset + STRUCT.offset("start_time"), startTime);
        buffer.putIntRelease(offset + STRUCT.offset("generation"), generation);
        text(COLLECTOR, collector);
        text(MESSAGE, "");
    }

    /**
     * Sets the state with release, so that who sees it sees all that was said before.
     *
     * @param state one of {@link dev.patchbay.layout.StandardRegion.RoleState}
     */
    public void state(final int state) {
        buffer.putIntRelease(offset + STATE, state);
    }

    /**
     * Says why the state is what it will be; cut to what fits. {@link #state} comes after. Pairs with {@link #messageOf}.
     *
     * @param text a sentence for people
     */
    public void message(final String text) {
        text(MESSAGE, text);
    }

    /**
     * Says that the process lives.
     *
     * @param nanos the time now, of the monotonic clock, in nanoseconds
     */
    public void heartbeat(final long nanos) {
        // Opaque: a time, behind which nothing is read.
        buffer.putLongOpaque(offset + HEARTBEAT, nanos);
    }

    /**
     * {@return the state of a role's process, loaded with acquire} It is one of
     * {@link dev.patchbay.layout.StandardRegion.RoleState}, if no other version wrote it.
     *
     * @param loads from the region
     * @param roles the directory's entry of the section of roles
     * @param role whose state
     */
    public static int stateOf(final Loads loads, final SectionEntry roles, final Role role) {
        return loads.int32(roles.elementOffset(role.code()) + STATE);
    }

    /**
     * {@return why the state of a role's process is what it is} Any thread; a read-only mapping suffices. Pairs with {@link #message}.
     * Empty where there is none, and where the writer is in the middle of a text at each of a thousand tries, as one that died there is.
     *
     * @param loads from the region
     * @param roles the directory's entry of the section of roles
     * @param role whose message
     */
    public static String messageOf(final Loads loads, final SectionEntry roles, final Role role) {
        return textOf(loads, roles.elementOffset(role.code()), MESSAGE);
    }

    /**
     * {@return the name of the garbage collector of a role's process} Read as {@link #messageOf}.
     *
     * @param loads from the region
     * @param roles the directory's entry of the section of roles
     * @param role whose collector
     */
    public static String collectorOf(final Loads loads, final SectionEntry roles, final Role role) {
        return textOf(loads, roles.elementOffset(role.code()), COLLECTOR);
    }

    private void text(final Field field, final String text) {
        final byte[] bytes = Arrays.copyOf(text.getBytes(UTF_8), field.count());
        bytes[field.count() - 1] = 0;
        final long[] words = new long[field.count() / Long.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).asLongBuffer().get(words);
        new Snapshot(buffer, offset + TEXT_SEQUENCE, offset + field.offset(), words.length)
                .write(words);
    }

    private static String textOf(final Loads loads, final int cell, final Field field) {
        final long[] words = new long[field.count() / Long.BYTES];
        final SnapshotReader reader =
                new SnapshotReader(
                        loads,
                        cell + TEXT_SEQUENCE,
                        new SequencedWords(field.offset() - TEXT_SEQUENCE, words.length));
        if (!reader.read(words, TRIES)) {
            return "";
        }
        final byte[] bytes = new byte[field.count()];
        ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).asLongBuffer().put(words);
        int end = 0;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, 0, end, UTF_8);
    }
}
