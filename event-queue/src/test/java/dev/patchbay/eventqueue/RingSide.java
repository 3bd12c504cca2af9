// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.eventqueue;

import dev.patchbay.layout.RingDescriptor;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.SectionKind;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.ControlledMessageHandler;
import org.agrona.concurrent.ControlledMessageHandler.Action;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBuffer;

/** Both sides of a ring on memory of their own, by one implementation or the other: what a script of operations runs on. */
interface RingSide {
    /** Data and trailer. */
    DirectBuffer bytes();

    boolean write(int type, DirectBuffer source, int length);

    /** The place of the payload, or {@link RecordWriter#FULL}. */
    int tryClaim(int type, int length);

    void store(int place, DirectBuffer source, int length);

    void commit(int place);

    void abort(int place);

    int read(MessageHandler handler, int limit);

    int controlledRead(ControlledMessageHandler handler, int limit);

    int size();

    /** Agrona's own classes. */
    static RingSide agrona(final SectionKind kind, final UnsafeBuffer memory) {
        final RingBuffer ring =
                kind == SectionKind.RING
                        ? new OneToOneRingBuffer(memory)
                        : new ManyToOneRingBuffer(memory);
        return new RingSide() {
            @Override
            public DirectBuffer bytes() {
                return memory;
            }

            @Override
            public boolean write(final int type, final DirectBuffer source, final int length) {
                return ring.write(type, source, 0, length);
            }

            @Override
            public int tryClaim(final int type, final int length) {
                return ring.tryClaim(type, length);
            }

            @Override
            public void store(final int place, final DirectBuffer source, final int length) {
                memory.putBytes(place, source, 0, length);
            }

            @Override
            public void commit(final int place) {
                ring.commit(place);
            }

            @Override
            public void abort(final int place) {
                ring.abort(place);
            }

            @Override
            public int read(final MessageHandler handler, final int limit) {
                return ring.read(handler, limit);
            }

            @Override
            public int controlledRead(final ControlledMessageHandler handler, final int limit) {
                return ring.controlledRead(handler, limit);
            }

            @Override
            public int size() {
                return ring.size();
            }
        };
    }

    /** Patchbay's classes, on a copy of the memory that lies behind a head. */
    static RingSide patchbay(final SectionKind kind, final DirectBuffer initial) {
        final int data = RingDescriptor.headOf(kind).size();
        final UnsafeBuffer region =
                new UnsafeBuffer(java.nio.ByteBuffer.allocateDirect(data + initial.capacity()));
        region.putBytes(data, initial, 0, initial.capacity());
        final int capacity = initial.capacity() - RingDescriptor.TRAILER.size();
        final boolean single = kind == SectionKind.RING;
        if (!single) {
            // Nothing is half cleared, wherever the ring begins.
            region.putLong(
                    RingDescriptor.SHARED_HEAD.offset("cleared"),
                    initial.getLong(capacity + RingDescriptor.TRAILER.offset("head")));
        }
        final RecordWriter writer =
                single
                        ? new RingWriter(region, 0, data, capacity)
                        : new SharedRingWriter(region, 0, data, capacity, Role.UI);
        final RingReader reader =
                single
                        ? RingReader.single(region, data, capacity)
                        : RingReader.shared(region, 0, data, capacity);
        return new RingSide() {
            @Override
            public DirectBuffer bytes() {
                return new UnsafeBuffer(region, data, initial.capacity());
            }

            @Override
            public boolean write(final int type, final DirectBuffer source, final int length) {
                return writer.write(type, source, 0, length);
            }

            @Override
            public int tryClaim(final int type, final int length) {
                return writer.tryClaim(type, length);
            }

            @Override
            public void store(final int place, final DirectBuffer source, final int length) {
                writer.buffer().putBytes(place, source, 0, length);
            }

            @Override
            public void commit(final int place) {
                writer.commit(place);
            }

            @Override
            public void abort(final int place) {
                writer.abort(place);
            }

            @Override
            public int read(final MessageHandler handler, final int limit) {
                return reader.read(handler, limit);
            }

            @Override
            public int controlledRead(final ControlledMessageHandler handler, final int limit) {
                return reader.controlledRead(handler, limit);
            }

            @Override
            public int size() {
                return reader.size();
            }
        };
    }

    /** What the handlers of one read saw, as a hash, and what they answer in turn: n continue, k commit, b break, a abort. */
    final class Heard {
        private final String actions;
        private int calls;
        private long hash = Hash.START;

        Heard(final String actions) {
            this.actions = actions;
        }

        long hash() {
            return hash;
        }

        /** Reads with the plain handler where it goes on always, else with the controlled one. */
        int read(final RingSide side, final int limit) {
            return actions.equals("n")
                    ? side.read(this::hear, limit)
                    : side.controlledRead(
                            (type, buffer, index, length) -> {
                                hear(type, buffer, index, length);
                                return answer();
                            },
                            limit);
        }

        private void hear(
                final int type, final DirectBuffer buffer, final int index, final int length) {
            hash = Hash.of(hash, type);
            hash = Hash.of(hash, length);
            hash = Hash.of(hash, buffer, index, length);
        }

        private Action answer() {
            return switch (actions.charAt(calls++ % actions.length())) {
                case 'n' -> Action.CONTINUE;
                case 'k' -> Action.COMMIT;
                case 'b' -> Action.BREAK;
                default -> Action.ABORT;
            };
        }
    }

    /** FNV-1a, as in ring_script.c. */
    final class Hash {
        static final long START = 0xcbf29ce484222325L;

        private Hash() {}

        static long of(
                final long hash, final DirectBuffer buffer, final int index, final int length) {
            long h = hash;
            for (int i = 0; i < length; i++) {
                h = (h ^ buffer.getByte(index + i) & 0xFF) * 0x100000001b3L;
            }
            return h;
        }

        static long of(final long hash, final int value) {
            long h = hash;
            for (int i = 0; i < Integer.BYTES; i++) {
                h = (h ^ value >>> i * Byte.SIZE & 0xFF) * 0x100000001b3L;
            }
            return h;
        }
    }
}
