// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import java.util.Locale;

/** What a section of a region is, so that a tool which knows no declaration can read it. */
public enum SectionKind {
    /** Structs whose fields are written before the region is ready and never again. */
    CONSTANTS(1, "read-only"),
    /** Structs whose fields are stored and loaded one by one. */
    STRUCTS(2, "release stores, acquire loads"),
    /** An array of one atomic scalar type. */
    ARRAY(3, "release stores, acquire loads"),
    /** A bitset of 64-bit words. */
    BITSET(4, "atomic or by the setters, exchange by the drainer"),
    /** A struct that is read whole: a sequence number before a payload. */
    SNAPSHOT(5, "seqlock"),
    /** Three arrays of elements, of which one belongs to the writer, one to the reader, and one is exchanged. */
    TRIPLE_BUFFER(6, "compare-and-set of one word, acquire and release"),
    /** A ring of fixed slots with one producer and one consumer. */
    EVENT_QUEUE(7, "tail and head by release and acquire"),
    /** Two byte arrays, of which the last complete one is always readable. */
    BLOB(8, "seqlock over two slots"),
    /** Audio blocks with their doorbells. */
    AUDIO_BLOCKS(9, "doorbell words sequentially consistent"),
    /** Named 64-bit counters with one writer. */
    COUNTERS(10, "release stores, acquire loads"),
    /** Parameters: normalized values as 32-bit floats, described by structs in a section of their own. */
    PARAMETERS(11, "release stores, acquire loads"),
    /** What each voice does: 32-bit words, 0 for a free voice. */
    VOICE_STATES(12, "release stores, acquire loads"),
    /** Meters: peak, mean square and clips of numbered windows. */
    METERS(13, "newest window by release and acquire"),
    /** Counts of values in logarithmic buckets. */
    HISTOGRAM(14, "release stores, acquire loads"),
    /** One cell for each role, by its code: who takes part, and whether it lives. Each role writes its own. */
    ROLES(15, "release stores, acquire loads"),
    /** A ring of records of any length, with one producer and one consumer: Agrona's OneToOneRingBuffer. */
    RING(16, "record length and positions by release and acquire"),
    /** A ring of records of any length, with many producers and one consumer: Agrona's ManyToOneRingBuffer. */
    SHARED_RING(17, "tail by compare-and-set, record length by release and acquire"),
    /** The declaration's names and comments as JSON text, for tools that do not know the declaration. */
    SCHEMA(18, "read-only"),
    /** A ring of fixed slots with many producers and one consumer. */
    SHARED_EVENT_QUEUE(19, "tail by compare-and-set, commit words and head by release and acquire"),
    /** The last messages of one writer to any number of readers, each in a slot with a sequence number; the oldest is overwritten. */
    BROADCAST(20, "tail by release and acquire, a seqlock in each slot");

    private final int code;
    private final String order;

    SectionKind(final int code, final String order) {
        this.code = code;
        this.order = order;
    }

    /** {@return the number that stands for this kind in a region's directory} */
    public int code() {
        return code;
    }

    /** {@return the name in words, such as {@code triple buffer}} */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** {@return the memory order in a few words} */
    public String order() {
        return order;
    }

    /**
     * {@return the kind with this number, or null where this version of the library knows none: a reader skips such a section}
     *
     * @param code the number from a region's directory
     */
    public static SectionKind ofCode(final int code) {
        for (final SectionKind kind : values()) {
            if (kind.code == code) {
                return kind;
            }
        }
        return null;
    }
}
