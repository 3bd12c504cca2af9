// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.soak;

import dev.patchbay.atomics.Blob;
import dev.patchbay.atomics.DirtyBits;
import dev.patchbay.atomics.IntCells;
import dev.patchbay.atomics.Snapshot;
import dev.patchbay.atomics.TripleBuffer;
import dev.patchbay.eventqueue.EventQueue;
import dev.patchbay.eventqueue.EventType;
import dev.patchbay.eventqueue.RecordWriter;
import dev.patchbay.eventqueue.RingWriter;
import dev.patchbay.eventqueue.SharedRingWriter;
import dev.patchbay.layout.EventDescriptor;
import dev.patchbay.layout.Region;
import dev.patchbay.layout.Role;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Sends on all lanes of its role until it is told to stop, or killed. {@code produce} in soak.c does the same. */
final class SoakProducer {
    private final Role role;
    private final List<Lane> lanes;
    private final Journal orders;
    private final Journal journal;
    private final AtomicBuffer buffer;
    private final EventQueue events;
    private final RingWriter stream;
    private final SharedRingWriter post;
    private final Snapshot place;
    private final TripleBuffer copies;
    private final Blob state;
    private final IntCells values;
    private final DirtyBits dirty;
    private final long[] block = new long[SoakRegion.BLOCK_WORDS];
    private final UnsafeBuffer record = new UnsafeBuffer(new byte[256]);
    private final long[] floor = new long[Lane.values().length];
    private final boolean[] isFirst = new boolean[Lane.values().length];

    SoakProducer(final Region region, final Role role) {
        this.role = role;
        this.lanes = Lane.of(role);
        this.orders = new Journal(region, "orders");
        this.journal = new Journal(region, role.name() + "_journal");
        this.buffer = region.buffer();
        this.events = EventQueue.over(buffer, SoakRegion.section(region, "events"));
        this.stream = RingWriter.over(buffer, SoakRegion.section(region, "stream"));
        this.post = SharedRingWriter.over(buffer, SoakRegion.section(region, "post"), role);
        this.place = Snapshot.over(buffer, SoakRegion.section(region, "place"));
        this.copies = TripleBuffer.over(buffer, SoakRegion.section(region, "copies"));
        this.state = new Blob(buffer, SoakRegion.section(region, "state"));
        this.values = IntCells.over(buffer, SoakRegion.section(region, role.name() + "_values"));
        this.dirty = DirtyBits.over(buffer, SoakRegion.section(region, "dirty"));
    }

    /** Takes over from a predecessor, if there was one, and sends. */
    void run() {
        post.takeOver();
        if (role.equals(SoakRegion.WRITER)) {
            stream.takeOver();
        }
        for (final Lane lane : lanes) {
            floor[lane.ordinal()] = journal.get(lane, SoakRegion.Sent.DONE);
            isFirst[lane.ordinal()] = true;
        }
        while (orders.get(SoakRegion.Order.STOP_PRODUCERS) == 0) {
            boolean sent = false;
            for (final Lane lane : lanes) {
                sent |= step(lane) && lane.isQueued();
            }
            if (!sent) {
                LockSupport.parkNanos(20_000);
            }
        }
    }

    private boolean step(final Lane lane) {
        final int i = lane.ordinal();
        final long begun = journal.get(lane, SoakRegion.Sent.BEGUN);
        final long done = journal.get(lane, SoakRegion.Sent.DONE);
        // What was begun by a predecessor and not done may have been sent or not; its number is not
        // used again. What this process was refused, is sent under the same number.
        final long number = isFirst[i] ? Math.max(begun, done) + 1 : done + 1;
        journal.set(lane, SoakRegion.Sent.BEGUN, number);
        if (!send(lane, number, SoakRegion.origin(isFirst[i], floor[i]))) {
            journal.set(
                    lane, SoakRegion.Sent.REFUSED, journal.get(lane, SoakRegion.Sent.REFUSED) + 1);
            // The number was not sent: take it back, so that a successor may use it.
            journal.set(lane, SoakRegion.Sent.BEGUN, isFirst[i] ? number - 1 : done);
            return false;
        }
        journal.set(lane, SoakRegion.Sent.DONE, number);
        isFirst[i] = false;
        return true;
    }

    private boolean send(final Lane lane, final long number, final long origin) {
        return switch (lane) {
            case EVENTS -> sendEvent(number, origin);
            case STREAM -> send(stream, number, origin);
            case POST, SECOND_POST -> send(post, number, origin);
            case PLACE -> {
                fillBlock(number, 0);
                place.write(block);
                yield true;
            }
            case COPIES -> {
                final int at = copies.writerOffset();
                for (int b = 0; b < SoakRegion.BLOCKS; b++) {
                    fillBlock(number, b);
                    for (int w = 0; w < block.length; w++) {
                        buffer.putLong(at + (b * block.length + w) * Long.BYTES, block[w]);
                    }
                }
                copies.publish();
                yield true;
            }
            case STATE -> {
                state.write(stateOf(number), number);
                yield true;
            }
            case VALUES, SECOND_VALUES -> {
                final int cell = SoakRegion.cellOf(number);
                values.setRelease(cell, (int) number);
                dirty.set(lane == Lane.VALUES ? cell : SoakRegion.CELLS + cell);
                yield true;
            }
        };
    }

    private boolean sendEvent(final long number, final long origin) {
        final int noteId = (int) SoakRegion.word(role.code(), number, 0);
        final int index = (int) SoakRegion.word(role.code(), number, 1);
        final int frame = (int) number & Integer.MAX_VALUE;
        final int channel = (int) number & 15;
        if ((number & 1) == 0) {
            return events.offer(
                    EventType.CONTROLLER, frame, channel, noteId, index, number, origin);
        }
        final int at = events.tryClaim();
        if (at == RecordWriter.FULL) {
            return false;
        }
        buffer.putInt(at + EventDescriptor.SAMPLE_OFFSET, frame);
        buffer.putShort(at + EventDescriptor.TYPE, (short) EventType.CONTROLLER);
        buffer.putShort(at + EventDescriptor.CHANNEL, (short) channel);
        buffer.putInt(at + EventDescriptor.NOTE_ID, noteId);
        buffer.putInt(at + EventDescriptor.INDEX, index);
        buffer.putDouble(at + EventDescriptor.VALUE, number);
        buffer.putDouble(at + EventDescriptor.DETAIL, origin);
        events.commit(at);
        return true;
    }

    private boolean send(final RecordWriter writer, final long number, final long origin) {
        final int type = 1 + role.code();
        final int length = SoakRegion.recordLength(number);
        if ((number & 1) == 0) {
            fillRecord(record, 0, number, origin, length);
            return writer.write(type, record, 0, length);
        }
        if (number % 5 == 0) {
            final int unwanted = writer.tryClaim(type, length);
            if (unwanted == RecordWriter.FULL) {
                return false;
            }
            writer.abort(unwanted);
        }
        final int at = writer.tryClaim(type, length);
        if (at == RecordWriter.FULL) {
            return false;
        }
        fillRecord(writer.buffer(), at, number, origin, length);
        writer.commit(at);
        return true;
    }

    private void fillRecord(
            final AtomicBuffer target,
            final int at,
            final long number,
            final long origin,
            final int length) {
        target.putLong(at, number);
        target.putLong(at + 8, origin);
        for (int i = 16; i < length; i++) {
            target.putByte(at + i, (byte) SoakRegion.word(role.code(), number, i));
        }
    }

    private void fillBlock(final long number, final int which) {
        block[0] = number;
        for (int w = 1; w < block.length; w++) {
            block[w] = SoakRegion.word(role.code(), number, which * block.length + w);
        }
    }

    private byte[] stateOf(final long number) {
        final byte[] bytes = new byte[SoakRegion.stateLength(number)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i < 8 ? number >>> 8 * i : SoakRegion.word(role.code(), number, i));
        }
        return bytes;
    }
}
