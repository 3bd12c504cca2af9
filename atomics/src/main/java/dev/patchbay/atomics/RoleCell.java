// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.atomics;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.patchbay.layout.Field;
import dev.patchbay.layout.Loads;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.SectionEntry;
import dev.patchbay.layout.StandardStructs;
import dev.patchbay.layout.StructType;
import java.util.Arrays;
import org.agrona.concurrent.AtomicBuffer;

/** A participant's own cell: who it is and how it fares. Written by its process alone. */
public final class RoleCell {
    private static final StructType STRUCT = StandardStructs.ROLE;
    private static final int HEARTBEAT = STRUCT.offset("heartbeat_nanos");
    private static final int STATE = STRUCT.offset("state");

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
        buffer.putIntRelease(offset + STATE, 0);
        buffer.putIntRelease(offset + STRUCT.offset("pid"), pid);
        buffer.putLongRelease(offset + STRUCT.offset("start_time"), startTime);
        buffer.putIntRelease(offset + STRUCT.offset("generation"), generation);
        text("collector", collector);
        text("message", "");
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
     * Says why the state is what it will be; cut to what fits. {@link #state} comes after.
     *
     * @param text a sentence for people
     */
    public void message(final String text) {
        text("message", text);
    }

    /**
     * Says that the process lives.
     *
     * @param nanos the time now, of the monotonic clock, in nanoseconds
     */
    public void heartbeat(final long nanos) {
        buffer.putLongRelease(offset + HEARTBEAT, nanos);
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

    private void text(final String name, final String text) {
        final Field field = STRUCT.field(name);
        final byte[] bytes = Arrays.copyOf(text.getBytes(UTF_8), field.count());
        bytes[field.count() - 1] = 0;
        buffer.putBytes(offset + field.offset(), bytes);
    }
}
