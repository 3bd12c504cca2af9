// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.soak;

import dev.patchbay.eventqueue.Event;
import dev.patchbay.eventqueue.EventHandler;
import dev.patchbay.eventqueue.EventQueue;
import dev.patchbay.eventqueue.SharedEventQueue;
import dev.patchbay.eventqueue.SlotQueue;
import dev.patchbay.eventqueue.SysexReader;
import dev.patchbay.layout.Region;
import dev.patchbay.stress.soak.SoakRegion.Received;
import java.util.SplittableRandom;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Takes events from their queues by each of the calls that there are, and checks them. soak_events.h does the same. */
final class EventReader {
    private final Journal journal;
    private final Receipt[] receipts;
    private final SplittableRandom random;
    private final boolean isBroken;
    private final EventQueue events;
    private final SharedEventQueue crowd;
    private final EventQueue sysexEvents;
    private final SysexReader sysex;
    private final byte[] bytes = new byte[256];
    private final UnsafeBuffer message = new UnsafeBuffer(bytes);

    /** With {@code isBroken}, it gives events back before it has looked at them. */
    EventReader(
            final Region region,
            final Journal journal,
            final Receipt[] receipts,
            final SplittableRandom random,
            final boolean isBroken) {
        final AtomicBuffer buffer = region.buffer();
        this.journal = journal;
        this.receipts = receipts;
        this.random = random;
        this.isBroken = isBroken;
        this.events = EventQueue.over(buffer, SoakRegion.section(region, "events"));
        this.crowd =
                SharedEventQueue.over(
                        buffer, SoakRegion.section(region, "crowd"), SoakRegion.READER);
        this.sysexEvents = EventQueue.over(buffer, SoakRegion.section(region, "sysex_events"));
        this.sysex = SysexReader.over(buffer, SoakRegion.section(region, "sysex"));
    }

    void unblock(final long dead) {
        crowd.unblock((int) dead);
    }

    /** Takes at most so many of each queue; by {@code poll} alone where all that is there has to come. */
    int read(final int limit, final boolean isPlain) {
        int messages =
                isBroken
                        ? readTooEarly(limit)
                        : read(events, this::hear, limit, isPlain, Lane.EVENTS, null);
        messages += read(crowd, this::hearCrowd, limit, isPlain, Lane.CROWD, Lane.SECOND_CROWD);
        messages += read(sysexEvents, this::hearMessage, limit, isPlain, Lane.SYSEX, null);
        sysex.release();
        return messages;
    }

    private int read(
            final SlotQueue queue,
            final EventHandler handler,
            final int limit,
            final boolean isPlain,
            final Lane lane,
            final Lane second) {
        final int way = isPlain ? 0 : random.nextInt(3);
        int messages = 0;
        if (way == 0) {
            messages = queue.poll(handler, limit);
        } else if (way == 1) {
            final int frame =
                    EventSender.frame(journal.get(lane, Received.CHECKED) + random.nextInt(1, 40));
            messages =
                    queue.pollBefore(
                            event -> {
                                if (event.sampleOffset() >= frame) {
                                    throw new SoakFailure(
                                            lane + ": pollBefore went beyond frame " + frame);
                                }
                                handler.onEvent(event);
                            },
                            frame,
                            limit);
        } else {
            while (messages < limit) {
                final Event event = queue.peekFirst();
                if (event == null) {
                    break;
                }
                handler.onEvent(event);
                queue.removeFirst();
                givenBack(lane, second);
                messages++;
            }
        }
        givenBack(lane, second);
        return messages;
    }

    private void givenBack(final Lane lane, final Lane second) {
        receipts[lane.ordinal()].givenBack();
        if (second != null) {
            receipts[second.ordinal()].givenBack();
        }
    }

    private int readTooEarly(final int limit) {
        final long head = events.head();
        final long end = Math.min(events.tail(), head + limit);
        events.advance(end);
        for (long position = head; position != end; position++) {
            hear(events.peek(position));
        }
        receipts[Lane.EVENTS.ordinal()].givenBack();
        return (int) (end - head);
    }

    private void hear(final Event event) {
        check(Lane.EVENTS, event);
    }

    private void hearCrowd(final Event event) {
        final boolean isFirst = event.type() == EventSender.type(SoakRegion.WRITER.code());
        check(isFirst ? Lane.CROWD : Lane.SECOND_CROWD, event);
    }

    private void check(final Lane lane, final Event event) {
        final long number = (long) event.value();
        final int producer = lane.producer().code();
        if (event.type() != EventSender.type(producer)
                || event.sampleOffset() != EventSender.frame(number)
                || event.channel() != (number & 15)
                || event.noteId() != (int) SoakRegion.word(producer, number, 0)
                || event.index() != (int) SoakRegion.word(producer, number, 1)) {
            throw SoakReader.torn(lane, number);
        }
        receipts[lane.ordinal()].arrived(number, (long) event.detail());
    }

    private void hearMessage(final Event event) {
        if (!sysex.take(event)) {
            if (event.sysexLength() != 0) {
                throw new SoakFailure("SYSEX: the message of an event is not in the ring");
            }
            return;
        }
        final int length = event.copyPayload(0, bytes, 0, bytes.length);
        final long number = message.getLong(0);
        final int producer = SoakRegion.WRITER.code();
        boolean whole =
                number > 0
                        && event.sampleOffset() == EventSender.frame(number)
                        && event.payloadLength() == length
                        && length == SoakRegion.recordLength(number);
        for (int i = 16; whole && i < length; i++) {
            whole = bytes[i] == (byte) SoakRegion.word(producer, number, i);
        }
        if (!whole) {
            throw SoakReader.torn(Lane.SYSEX, number);
        }
        receipts[Lane.SYSEX.ordinal()].arrived(number, message.getLong(8));
    }
}
