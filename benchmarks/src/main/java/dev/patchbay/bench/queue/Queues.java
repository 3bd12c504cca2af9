// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.bench.queue;

import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.RingBuffer;
import dev.patchbay.eventqueue.EventQueue;
import dev.patchbay.eventqueue.SharedEventQueue;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.Section;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.agrona.BufferUtil;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;
import org.jctools.queues.MpscArrayQueue;
import org.jctools.queues.SpscArrayQueue;

/**
 * The queues in Java by name, one there and one back.
 *
 * @param there from the senders to the receiver
 * @param back from the receiver to the first sender; null where there are several senders
 */
public record Queues(Queue there, Queue back) {
    private static final int LINE = 64;
    private static final int PAGE = 4096;
    private static final List<Role> ROLES = List.of(BenchRegion.SENDER, BenchRegion.SECOND);

    /**
     * {@return the queues of a kind}
     *
     * @param kind its name
     * @param senders how many threads send: 1 or 2
     * @param region where those lie that lie in shared memory
     * @throws IllegalArgumentException if there is no such kind
     */
    public static Queues of(final String kind, final int senders, final AtomicBuffer region) {
        return senders == 1 ? ofOne(kind, region) : new Queues(ofMany(kind, region), null);
    }

    private static Queues ofOne(final String kind, final AtomicBuffer region) {
        return switch (kind) {
            case "patchbay" -> new Queues(events(region, "there"), events(region, "back"));
            case "agrona" ->
                    new Queues(
                            new AgronaRing(new OneToOneRingBuffer(ring(region, "ring_there"))),
                            new AgronaRing(new OneToOneRingBuffer(ring(region, "ring_back"))));
            case "jctools" ->
                    new Queues(
                            new JcToolsQueue(new SpscArrayQueue<>(Queue.CAPACITY)),
                            new JcToolsQueue(new SpscArrayQueue<>(Queue.CAPACITY)));
            case "disruptor" -> new Queues(disruptor(), disruptor());
            case "cache-line" -> new Queues(cacheLine(), cacheLine());
            default -> throw unknown(kind);
        };
    }

    private static Queue ofMany(final String kind, final AtomicBuffer region) {
        final Section crowd = BenchRegion.DECLARATION.section("crowd");
        return switch (kind) {
            case "patchbay" ->
                    new PatchbayQueue(
                            code ->
                                    SharedEventQueue.over(
                                            region,
                                            crowd.entry(),
                                            code < ROLES.size()
                                                    ? ROLES.get(code)
                                                    : BenchRegion.RECEIVER),
                            BenchRegion.RECEIVER.code());
            case "agrona" -> new AgronaRing(new ManyToOneRingBuffer(ring(region, "ring_there")));
            case "jctools" -> new JcToolsQueue(new MpscArrayQueue<>(Queue.CAPACITY));
            default -> throw unknown(kind);
        };
    }

    private static Queue events(final AtomicBuffer region, final String section) {
        return new PatchbayQueue(
                code -> EventQueue.over(region, BenchRegion.DECLARATION.section(section).entry()),
                BenchRegion.RECEIVER.code());
    }

    private static UnsafeBuffer ring(final AtomicBuffer region, final String section) {
        return new UnsafeBuffer(
                region,
                (int) BenchRegion.DECLARATION.section(section).elementOffset(0),
                BenchRegion.RING_BYTES + RingBufferDescriptor.TRAILER_LENGTH);
    }

    private static Queue disruptor() {
        return new DisruptorQueue(
                RingBuffer.createSingleProducer(
                        Message::new, Queue.CAPACITY, new BusySpinWaitStrategy()));
    }

    private static Queue cacheLine() {
        return new CacheLine(new UnsafeBuffer(aligned(2 * LINE)));
    }

    private static IllegalArgumentException unknown(final String kind) {
        return new IllegalArgumentException("There is no queue \"" + kind + "\".");
    }

    /** {@return zeroed memory of this process that begins at a page} */
    public static ByteBuffer aligned(final int length) {
        return BufferUtil.allocateDirectAligned(length, PAGE).order(ByteOrder.nativeOrder());
    }
}
