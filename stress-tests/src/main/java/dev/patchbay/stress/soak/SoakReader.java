// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.soak;

import dev.patchbay.atomics.Blob;
import dev.patchbay.atomics.DirtyBits;
import dev.patchbay.atomics.IntCells;
import dev.patchbay.atomics.Snapshot;
import dev.patchbay.atomics.TripleBuffer;
import dev.patchbay.eventqueue.Event;
import dev.patchbay.eventqueue.EventQueue;
import dev.patchbay.eventqueue.RingReader;
import dev.patchbay.eventqueue.SharedRingRecovery;
import dev.patchbay.layout.Region;
import dev.patchbay.stress.soak.SoakRegion.Order;
import dev.patchbay.stress.soak.SoakRegion.Received;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.AtomicBuffer;

/** Takes what comes on all lanes, checks it and notes it. {@code consume} in soak.c does the same. */
final class SoakReader {
    private static final int MOST_AT_ONCE = 20;
    private static final int TRIES = 100;

    private final Journal orders;
    private final Journal journal;
    private final AtomicBuffer buffer;
    private final SplittableRandom random;
    private final EventQueue events;
    private final RingReader stream;
    private final RingReader post;
    private final SharedRingRecovery recovery;
    private final Snapshot place;
    private final TripleBuffer copies;
    private final Blob state;
    private final IntCells[] values;
    private final int[][] known = new int[2][SoakRegion.CELLS];
    private final DirtyBits dirty;
    private final Receipt[] receipts = new Receipt[Lane.values().length];
    private final long[] block = new long[SoakRegion.BLOCK_WORDS];
    private final boolean isBroken;

    SoakReader(final Region region, final long seed, final boolean isBroken) {
        this.isBroken = isBroken;
        this.orders = new Journal(region, "orders");
        this.journal = new Journal(region, "reader_journal");
        this.buffer = region.buffer();
        this.random = new SplittableRandom(seed);
        this.events = EventQueue.over(buffer, SoakRegion.section(region, "events"));
        this.stream = RingReader.over(buffer, SoakRegion.section(region, "stream"));
        this.post = RingReader.over(buffer, SoakRegion.section(region, "post"));
        this.recovery = SharedRingRecovery.over(buffer, SoakRegion.section(region, "post"));
        this.place = Snapshot.over(buffer, SoakRegion.section(region, "place"));
        this.copies = TripleBuffer.over(buffer, SoakRegion.section(region, "copies"));
        this.state = new Blob(buffer, SoakRegion.section(region, "state"));
        this.dirty = DirtyBits.over(buffer, SoakRegion.section(region, "dirty"));
        this.values =
                new IntCells[] {
                    IntCells.over(buffer, SoakRegion.section(region, "writer_values")),
                    IntCells.over(buffer, SoakRegion.section(region, "second_values"))
                };
        for (final Lane lane : Lane.values()) {
            receipts[lane.ordinal()] = new Receipt(lane, journal);
        }
    }

    void run() {
        // What a predecessor drained and did not read is not marked any more.
        for (int producer = 0; producer < 2; producer++) {
            for (int cell = 0; cell < SoakRegion.CELLS; cell++) {
                look(producer, cell);
            }
        }
        while (orders.get(Order.STOP_READER) == 0) {
            if (round() == 0) {
                LockSupport.parkNanos(20_000);
            }
        }
        // A ring does not read across its end in one call.
        int quiet = 0;
        while (quiet < 3) {
            quiet = round() == 0 ? quiet + 1 : 0;
        }
        for (int producer = 0; producer < 2; producer++) {
            for (int cell = 0; cell < SoakRegion.CELLS; cell++) {
                if (known[producer][cell] != values[producer].getAcquire(cell)) {
                    throw new SoakFailure("VALUES: the change of cell " + cell + " was not marked");
                }
            }
        }
    }

    private int round() {
        final int limit = 1 + random.nextInt(MOST_AT_ONCE);
        int messages = readEvents(limit);
        receipts[Lane.EVENTS.ordinal()].givenBack();
        messages +=
                sound(
                        stream.read(
                                (type, from, at, length) ->
                                        hear(Lane.STREAM, type, from, at, length),
                                limit),
                        Lane.STREAM);
        receipts[Lane.STREAM.ordinal()].givenBack();
        messages += sound(post.read(this::hearPost, limit), Lane.POST);
        receipts[Lane.POST.ordinal()].givenBack();
        receipts[Lane.SECOND_POST.ordinal()].givenBack();
        final long dead = orders.get(Order.DEAD_ROLES);
        recovery.unblock((int) dead);
        journal.set(SoakRegion.ACKNOWLEDGED, dead);
        readPlace();
        readCopies();
        readState();
        readValues();
        return messages;
    }

    private static int sound(final int messages, final Lane lane) {
        if (messages == RingReader.CORRUPT) {
            throw new SoakFailure(lane + ": what lies in the ring is no record");
        }
        return messages;
    }

    private int readEvents(final int limit) {
        if (isBroken) {
            final long head = events.head();
            final long end = Math.min(events.tail(), head + limit);
            events.advance(end);
            for (long position = head; position != end; position++) {
                hear(events.peek(position));
            }
            return (int) (end - head);
        }
        return events.poll(this::hear, limit);
    }

    private void hear(final Event event) {
        final long number = (long) event.value();
        final int producer = SoakRegion.WRITER.code();
        if (event.sampleOffset() != ((int) number & Integer.MAX_VALUE)
                || event.channel() != (number & 15)
                || event.noteId() != (int) SoakRegion.word(producer, number, 0)
                || event.index() != (int) SoakRegion.word(producer, number, 1)) {
            throw torn(Lane.EVENTS, number);
        }
        receipts[Lane.EVENTS.ordinal()].arrived(number, (long) event.detail());
    }

    private void hearPost(
            final int type, final DirectBuffer source, final int at, final int length) {
        hear(
                type == 1 + SoakRegion.WRITER.code() ? Lane.POST : Lane.SECOND_POST,
                type,
                source,
                at,
                length);
    }

    private void hear(
            final Lane lane,
            final int type,
            final DirectBuffer source,
            final int at,
            final int length) {
        final int producer = lane.producer().code();
        final long number = source.getLong(at);
        boolean whole =
                type == 1 + producer && number > 0 && length == SoakRegion.recordLength(number);
        for (int i = 16; whole && i < length; i++) {
            whole = source.getByte(at + i) == (byte) SoakRegion.word(producer, number, i);
        }
        if (!whole) {
            throw torn(lane, number);
        }
        receipts[lane.ordinal()].arrived(number, source.getLong(at + 8));
    }

    private void readPlace() {
        if (place.read(block, TRIES) && block[0] != 0) {
            whole(Lane.PLACE, block[0], 0);
            seen(Lane.PLACE, block[0]);
        }
    }

    private void readCopies() {
        if (!copies.refresh()) {
            return;
        }
        final int at = copies.readerOffset();
        final long number = buffer.getLong(at);
        for (int b = 0; b < SoakRegion.BLOCKS; b++) {
            for (int w = 0; w < block.length; w++) {
                block[w] = buffer.getLong(at + (b * block.length + w) * Long.BYTES);
            }
            whole(Lane.COPIES, number, b);
        }
        seen(Lane.COPIES, number);
    }

    /** Checks a block that is the so manieth of its number. */
    private void whole(final Lane lane, final long number, final int which) {
        boolean whole = block[0] == number;
        for (int w = 1; w < block.length; w++) {
            whole &=
                    block[w]
                            == SoakRegion.word(
                                    lane.producer().code(), number, which * block.length + w);
        }
        if (!whole) {
            throw torn(lane, number);
        }
    }

    private void readState() {
        final Blob.Content content = state.read();
        if (content == null) {
            return;
        }
        final byte[] bytes = content.bytes();
        final long number = content.epoch();
        boolean whole = bytes.length == SoakRegion.stateLength(number);
        for (int i = 0; whole && i < bytes.length; i++) {
            final long expected =
                    i < 8 ? number >>> 8 * i : SoakRegion.word(SoakRegion.WRITER.code(), number, i);
            whole = bytes[i] == (byte) expected;
        }
        if (!whole) {
            throw torn(Lane.STATE, number);
        }
        seen(Lane.STATE, number);
    }

    private void readValues() {
        for (int word = 0; word < 2 * SoakRegion.CELLS / Long.SIZE; word++) {
            for (long bits = dirty.drain(word); bits != 0; bits &= bits - 1) {
                final int bit = word * Long.SIZE + Long.numberOfTrailingZeros(bits);
                look(bit / SoakRegion.CELLS, bit % SoakRegion.CELLS);
            }
        }
    }

    private void look(final int producer, final int cell) {
        final Lane lane = producer == 0 ? Lane.VALUES : Lane.SECOND_VALUES;
        final int number = values[producer].getAcquire(cell);
        if (number < known[producer][cell]) {
            throw new SoakFailure(
                    lane
                            + ": cell "
                            + cell
                            + " went back from "
                            + known[producer][cell]
                            + " to "
                            + number);
        }
        if (number != 0 && SoakRegion.cellOf(number) != cell) {
            throw torn(lane, number);
        }
        known[producer][cell] = number;
        journal.set(lane, Received.CHECKED, Math.max(number, journal.get(lane, Received.CHECKED)));
    }

    /** The newest of a lane that overwrites: it may stay, and never goes back, whoever died. */
    private void seen(final Lane lane, final long number) {
        final long before = journal.get(lane, Received.CHECKED);
        if (number < before) {
            throw new SoakFailure(lane + ": went back from " + before + " to " + number);
        }
        journal.set(lane, Received.CHECKED, number);
    }

    private static SoakFailure torn(final Lane lane, final long number) {
        return new SoakFailure(lane + ": message " + number + " does not hold what was sent");
    }
}
