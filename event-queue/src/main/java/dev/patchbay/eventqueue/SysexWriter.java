// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.eventqueue;

import dev.patchbay.layout.SectionEntry;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.AtomicBuffer;

/**
 * Sends system exclusive messages among other events: the bytes go into a ring, and once they are committed there, an event goes
 * into the queue that says where they are. So a message has its place among the events, and who sees the event sees the bytes.
 * Wait-free; nothing allocates. For the one thread that is the only producer of both, queue and ring; other events are offered to the
 * same {@link EventQueue} object.
 *
 * <p>A record whose event never came, because the producer died between the two, is passed over by the next message. Where the ring
 * is full, an event without a message goes into the queue: the consumer then gives back all records before it, those that nobody
 * asks for included, so that a ring never stays full. A producer that succeeds a dead one first calls {@link
 * RingWriter#takeOver()}.
 */
public final class SysexWriter {
    /** The message is on its way. */
    public static final int SENT = 1;

    /** The message was refused because the queue or the ring was full, and the one that was has counted it. */
    public static final int FULL = 0;

    /** The message was refused because it is empty or longer than {@link #maxLength()}; it can never be sent. */
    public static final int INVALID = -1;

    private final EventQueue queue;
    private final RingWriter ring;
    private final EventEncoder encoder;

    /**
     * A writer.
     *
     * @param queue takes the events
     * @param ring takes the bytes
     */
    public SysexWriter(final EventQueue queue, final RingWriter ring) {
        this.queue = queue;
        this.ring = ring;
        this.encoder = new EventEncoder(queue.buffer());
    }

    /**
     * {@return a writer to two sections}
     *
     * @param buffer the region's bytes, or memory laid out like them
     * @param queue takes the events
     * @param ring the directory's entry of a ring with one producer
     */
    public static SysexWriter over(
            final AtomicBuffer buffer, final EventQueue queue, final SectionEntry ring) {
        return new SysexWriter(queue, RingWriter.over(buffer, ring));
    }

    /** {@return the longest message in bytes} */
    public int maxLength() {
        return ring.maxLength();
    }

    /**
     * Sends a message. By the producer. The commit in the ring releases, and after it the queue's tail.
     *
     * @param sampleOffset the frame within the host's block, from 0
     * @param source holds the message
     * @param offset bytes from the start of the source to the message
     * @param length of the message in bytes
     * @return {@link #SENT}, {@link #FULL} or {@link #INVALID}
     */
    public int offer(
            final int sampleOffset, final DirectBuffer source, final int offset, final int length) {
        if (length < 1 || length > ring.maxLength()) {
            return INVALID;
        }
        final int slot = queue.tryClaim();
        if (slot == SlotQueue.FULL) {
            return FULL;
        }
        final boolean sent = ring.write(EventType.SYSEX, source, offset, length);
        final long end = ring.memory.tail();
        encoder.moveTo(slot);
        if (sent) {
            encoder.sysex(sampleOffset, end - RingMemory.align(length + RingMemory.HEADER), length);
        } else {
            encoder.sysex(sampleOffset, end, 0);
        }
        // Release, and after the commit in the ring: pairs with the acquire of the queue's tail.
        queue.commit(slot);
        return sent ? SENT : FULL;
    }
}
