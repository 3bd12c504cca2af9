// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.soak;

import dev.patchbay.eventqueue.Event;
import dev.patchbay.eventqueue.EventQueue;
import dev.patchbay.eventqueue.EventType;
import dev.patchbay.eventqueue.RingWriter;
import dev.patchbay.eventqueue.SharedEventQueue;
import dev.patchbay.eventqueue.SlotQueue;
import dev.patchbay.eventqueue.SysexWriter;
import dev.patchbay.layout.EventDescriptor;
import dev.patchbay.layout.Region;
import dev.patchbay.layout.Role;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Sends events: by the queues of one and of many producers, and messages of any length beside a queue. soak_events.h does the same. */
final class EventSender {
    private final Role role;
    private final AtomicBuffer buffer;
    private final EventQueue events;
    private final SharedEventQueue crowd;
    private final RingWriter dump;
    private final SysexWriter sysex;
    private final UnsafeBuffer batch =
            new UnsafeBuffer(new byte[SoakRegion.MOST_IN_A_BATCH * EventDescriptor.SIZE]);
    private final UnsafeBuffer record = new UnsafeBuffer(new byte[256]);

    EventSender(final Region region, final Role role) {
        this.role = role;
        this.buffer = region.buffer();
        this.events = EventQueue.over(buffer, SoakRegion.section(region, "events"));
        this.crowd = SharedEventQueue.over(buffer, SoakRegion.section(region, "crowd"), role);
        this.dump = RingWriter.over(buffer, SoakRegion.section(region, "sysex"));
        this.sysex =
                new SysexWriter(
                        EventQueue.over(buffer, SoakRegion.section(region, "sysex_events")), dump);
    }

    void takeOver() {
        crowd.takeOver();
        if (role.equals(SoakRegion.WRITER)) {
            dump.takeOver();
        }
    }

    boolean send(final Lane lane, final long number, final long origin) {
        return switch (lane) {
            case EVENTS -> send(events, number, origin);
            case CROWD, SECOND_CROWD -> send(crowd, number, origin);
            default -> {
                final int length = SoakRegion.recordLength(number);
                fillRecord(record, 0, role, number, origin);
                yield sysex.offer(frame(number), record, 0, length) == SysexWriter.SENT;
            }
        };
    }

    /** Sends so many events from this number on at a time, as many as there is room for: how many. */
    int sendBatch(final Lane lane, final long number, final int count, final long origin) {
        for (int i = 0; i < count; i++) {
            store(batch, i * EventDescriptor.SIZE, number + i, origin);
        }
        return (lane == Lane.EVENTS ? events : crowd).offerBatch(batch, 0, count);
    }

    private void store(
            final AtomicBuffer target, final int at, final long number, final long origin) {
        Event.store(
                target,
                at,
                type(role.code()),
                frame(number),
                channel(number),
                noteId(number),
                index(number),
                number,
                origin);
    }

    private int noteId(final long number) {
        return (int) SoakRegion.word(role.code(), number, 0);
    }

    private int index(final long number) {
        return (int) SoakRegion.word(role.code(), number, 1);
    }

    private static int channel(final long number) {
        return (int) number & 15;
    }

    /** The type says who sends. */
    static int type(final int producer) {
        return producer == SoakRegion.WRITER.code() ? EventType.CONTROLLER : EventType.PITCH_BEND;
    }

    static int frame(final long number) {
        return (int) number & Integer.MAX_VALUE;
    }

    private boolean send(final SlotQueue queue, final long number, final long origin) {
        if ((number & 1) == 0) {
            return queue.offer(
                    type(role.code()),
                    frame(number),
                    channel(number),
                    noteId(number),
                    index(number),
                    number,
                    origin);
        }
        if (number % 5 == 0) {
            final int unwanted = queue.tryClaim();
            if (unwanted == SlotQueue.FULL) {
                return false;
            }
            queue.abort(unwanted);
        }
        final int at = queue.tryClaim();
        if (at == SlotQueue.FULL) {
            return false;
        }
        store(buffer, at, number, origin);
        queue.commit(at);
        return true;
    }

    /** The bytes of a record of {@link SoakRegion#recordLength}. */
    static void fillRecord(
            final AtomicBuffer target,
            final int at,
            final Role role,
            final long number,
            final long origin) {
        final int length = SoakRegion.recordLength(number);
        target.putLong(at, number);
        target.putLong(at + 8, origin);
        for (int i = 16; i < length; i++) {
            target.putByte(at + i, (byte) SoakRegion.word(role.code(), number, i));
        }
    }
}
