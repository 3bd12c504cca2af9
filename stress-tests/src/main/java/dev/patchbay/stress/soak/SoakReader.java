// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.soak;

import dev.patchbay.atomics.Blob;
import dev.patchbay.atomics.DirtyBits;
import dev.patchbay.atomics.IntCells;
import dev.patchbay.atomics.Snapshot;
import dev.patchbay.atomics.TripleBuffer;
import dev.patchbay.eventqueue.RingReader;
import dev.patchbay.eventqueue.SharedRingRecovery;
import dev.patchbay.layout.Region;
import dev.patchbay.stress.soak.SoakRegion.Order;
import dev.patchbay.stress.soak.SoakRegion.Received;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.ControlledMessageHandler.Action;
import org.agrona.concurrent.MessageHandler;

/** Takes what comes on all lanes, checks it and notes it. {@code consume} in soak.c does the same. */
final class SoakReader {
    private static final int MOST_AT_ONCE = 20;
    static final int TRIES = 100;
    private static final Action[] ACTIONS = Action.values();

    private final Journal orders;
    private final Journal journal;
    private final AtomicBuffer buffer;
    private final SplittableRandom random;
    private final EventReader events;
    private final NumberedReader numbered;
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

    SoakReader(final Region region, final long seed, final boolean isBroken) {
        this.orders = new Journal(region, "orders");
        this.journal = new Journal(region, "reader_journal");
        this.buffer = region.buffer();
        this.random = new SplittableRandom(seed);
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
        this.events = new EventReader(region, journal, receipts, random, isBroken);
        this.numbered = new NumberedReader(region, journal, random);
    }

    void run() {
        // What a predecessor drained and did not read is not marked any more.
        for (int producer = 0; producer < 2; producer++) {
            for (int cell = 0; cell < SoakRegion.CELLS; cell++) {
                look(producer, cell);
            }
        }
        while (orders.get(Order.STOP_READER) == 0) {
            if (round(false) == 0) {
                LockSupport.parkNanos(20_000);
            }
        }
        // A ring does not read across its end in one call.
        int quiet = 0;
        while (quiet < 3) {
            quiet = round(true) == 0 ? quiet + 1 : 0;
        }
        for (int producer = 0; producer < 2; producer++) {
            for (int cell = 0; cell < SoakRegion.CELLS; cell++) {
                if (known[producer][cell] != values[producer].getAcquire(cell)) {
                    throw new SoakFailure("VALUES: the change of cell " + cell + " was not marked");
                }
            }
        }
    }

    /** Takes what is there, by any call that there is, or by those alone that leave nothing. */
    private int round(final boolean isPlain) {
        final int limit = 1 + random.nextInt(MOST_AT_ONCE);
        int messages = events.read(limit, isPlain);
        messages += readRing(stream, this::hearStream, limit, isPlain);
        receipts[Lane.STREAM.ordinal()].givenBack();
        messages += readRing(post, this::hearPost, limit, isPlain);
        receipts[Lane.POST.ordinal()].givenBack();
        receipts[Lane.SECOND_POST.ordinal()].givenBack();
        final long dead = orders.get(Order.DEAD_ROLES);
        recovery.unblock((int) dead);
        events.unblock(dead);
        journal.set(SoakRegion.ACKNOWLEDGED, dead);
        readPlace();
        readCopies();
        readState();
        readValues();
        numbered.read(limit);
        return messages;
    }

    private int readRing(
            final RingReader ring,
            final MessageHandler handler,
            final int limit,
            final boolean isPlain) {
        final int messages =
                isPlain || random.nextBoolean()
                        ? ring.read(handler, limit)
                        : ring.controlledRead(
                                (type, from, at, length) -> {
                                    final Action action = ACTIONS[random.nextInt(ACTIONS.length)];
                                    if (action != Action.ABORT) {
                                        handler.onMessage(type, from, at, length);
                                    }
                                    return action;
                                },
                                limit);
        if (messages == RingReader.CORRUPT) {
            throw new SoakFailure("STREAM or POST: what lies in the ring is no record");
        }
        return messages;
    }

    private void hearStream(
            final int type, final DirectBuffer source, final int at, final int length) {
        hear(Lane.STREAM, type, source, at, length);
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
            whole(block, Lane.PLACE, block[0], 0);
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
            whole(block, Lane.COPIES, number, b);
        }
        seen(Lane.COPIES, number);
    }

    /** Checks a block that is the so manieth of its number. */
    static void whole(final long[] block, final Lane lane, final long number, final int which) {
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

    static SoakFailure torn(final Lane lane, final long number) {
        return new SoakFailure(lane + ": message " + number + " does not hold what was sent");
    }
}
