// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.soak;

import dev.patchbay.atomics.Blob;
import dev.patchbay.atomics.DirtyBits;
import dev.patchbay.atomics.IntCells;
import dev.patchbay.atomics.Snapshot;
import dev.patchbay.atomics.TripleBuffer;
import dev.patchbay.eventqueue.RecordWriter;
import dev.patchbay.eventqueue.RingWriter;
import dev.patchbay.eventqueue.SharedRingWriter;
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
    private final EventSender events;
    private final NumberedSender numbered;
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
        this.events = new EventSender(region, role);
        this.numbered = role.equals(SoakRegion.WRITER) ? new NumberedSender(region) : null;
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
        events.takeOver();
        if (role.equals(SoakRegion.WRITER)) {
            stream.takeOver();
        }
        for (final Lane lane : lanes) {
            floor[lane.ordinal()] = journal.get(lane, SoakRegion.Sent.DONE);
            isFirst[lane.ordinal()] = !lane.isNumbered();
            if (lane.isNumbered()) {
                goOn(lane, floor[lane.ordinal()]);
            }
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

    /** Goes on behind what the primitive holds: at least what is known to be sent, at most what was begun. */
    private void goOn(final Lane lane, final long done) {
        final long found = numbered.found(lane);
        final long begun = journal.get(lane, SoakRegion.Sent.BEGUN);
        if (found < done || found > Math.max(begun, done)) {
            throw new SoakFailure(
                    lane
                            + ": a successor found "
                            + found
                            + " sent, but "
                            + done
                            + " were, and number "
                            + begun
                            + " was begun");
        }
        journal.set(lane, SoakRegion.Sent.DONE, found);
    }

    private boolean step(final Lane lane) {
        final int i = lane.ordinal();
        final long begun = journal.get(lane, SoakRegion.Sent.BEGUN);
        final long done = journal.get(lane, SoakRegion.Sent.DONE);
        // What was begun by a predecessor and not done may have been sent or not; its number is not
        // used again. What this process was refused, is sent under the same number.
        final long number = isFirst[i] ? Math.max(begun, done) + 1 : done + 1;
        // The first of a process comes alone: it alone tells what it follows.
        final int count = lane.isBatched() && !isFirst[i] ? SoakRegion.batchOf(number) : 1;
        final long last = number + count - 1;
        journal.set(lane, SoakRegion.Sent.BEGUN, last);
        final long origin = SoakRegion.origin(isFirst[i], floor[i]);
        final long sent = number - 1 + send(lane, number, count, origin);
        if (sent >= number) {
            journal.set(lane, SoakRegion.Sent.DONE, sent);
            isFirst[i] = false;
        }
        if (sent < last) {
            journal.set(
                    lane, SoakRegion.Sent.REFUSED, journal.get(lane, SoakRegion.Sent.REFUSED) + 1);
            // The others were not sent: take their numbers back, so that a successor may use them.
            journal.set(lane, SoakRegion.Sent.BEGUN, sent);
        }
        return sent >= number;
    }

    /** Sends so many messages, as many as there is room for: how many. */
    private int send(final Lane lane, final long number, final int count, final long origin) {
        if (count > 1) {
            return events.sendBatch(lane, number, count, origin);
        }
        return send(lane, number, origin) ? 1 : 0;
    }

    private boolean send(final Lane lane, final long number, final long origin) {
        return switch (lane) {
            case EVENTS, CROWD, SECOND_CROWD, SYSEX -> events.send(lane, number, origin);
            case NEWS, METERS, CHANGES -> {
                numbered.send(lane, number);
                yield true;
            }
            case STREAM -> send(stream, number, origin);
            case POST, SECOND_POST -> send(post, number, origin);
            case PLACE -> {
                NumberedSender.fillBlock(block, role.code(), number, 0);
                place.write(block);
                yield true;
            }
            case COPIES -> {
                final int at = copies.writerOffset();
                for (int b = 0; b < SoakRegion.BLOCKS; b++) {
                    NumberedSender.fillBlock(block, role.code(), number, b);
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

    private boolean send(final RecordWriter writer, final long number, final long origin) {
        final int type = 1 + role.code();
        final int length = SoakRegion.recordLength(number);
        if ((number & 1) == 0) {
            EventSender.fillRecord(record, 0, role, number, origin);
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
        EventSender.fillRecord(writer.buffer(), at, role, number, origin);
        writer.commit(at);
        return true;
    }

    private byte[] stateOf(final long number) {
        final byte[] bytes = new byte[SoakRegion.stateLength(number)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i < 8 ? number >>> 8 * i : SoakRegion.word(role.code(), number, i));
        }
        return bytes;
    }
}
