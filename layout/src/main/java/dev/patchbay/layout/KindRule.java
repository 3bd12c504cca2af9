// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import java.util.EnumMap;
import java.util.Map;

/**
 * What each section of a kind must have for its readers to stay within it. A region is refused where one has not.
 *
 * @param head bytes of the struct at its start
 * @param element the least bytes from element to element
 * @param unit what the bytes from element to element are a multiple of
 * @param trailer bytes behind the elements of each copy
 * @param copies how many there are, or 0 for any number
 * @param powerOfTwo whether the count must be one
 * @param beside bytes behind the elements of each copy for each of them, before the trailer
 */
public record KindRule(
        int head, int element, int unit, int trailer, int copies, boolean powerOfTwo, int beside) {
    /** Of a section of unknown kind: it need only lie within the region. */
    public static final KindRule ANY = new KindRule(0, 1, 1, 0, 0, false);

    /** The rule of a kind with nothing beside its elements. */
    private KindRule(
            final int head,
            final int element,
            final int unit,
            final int trailer,
            final int copies,
            final boolean powerOfTwo) {
        this(head, element, unit, trailer, copies, powerOfTwo, 0);
    }

    private static final Map<SectionKind, KindRule> RULES = new EnumMap<>(SectionKind.class);

    static {
        RULES.put(SectionKind.BITSET, of(null, Long.BYTES));
        RULES.put(SectionKind.SNAPSHOT, of(Heads.SNAPSHOT, Long.BYTES));
        RULES.put(
                SectionKind.TRIPLE_BUFFER,
                new KindRule(Heads.TRIPLE_BUFFER.size(), 1, 1, 0, 3, false));
        RULES.put(SectionKind.EVENT_QUEUE, queue(Heads.EVENT_QUEUE, 0));
        RULES.put(
                SectionKind.SHARED_EVENT_QUEUE, queue(Heads.SHARED_EVENT_QUEUE, Heads.COMMIT_WORD));
        RULES.put(SectionKind.BLOB, new KindRule(Heads.BLOB.size(), 1, 1, 0, 2, false));
        RULES.put(
                SectionKind.AUDIO_BLOCKS,
                new KindRule(
                        Heads.AUDIO_BLOCKS.size(),
                        Heads.AUDIO_SLOT.size(),
                        Heads.AUDIO_SLOT.alignment(),
                        0,
                        1,
                        false));
        RULES.put(SectionKind.COUNTERS, of(null, Long.BYTES));
        RULES.put(SectionKind.PARAMETERS, of(null, Float.BYTES));
        RULES.put(SectionKind.VOICE_STATES, of(null, Integer.BYTES));
        RULES.put(
                SectionKind.METERS,
                new KindRule(
                        MeterDescriptor.HEAD.size(),
                        MeterDescriptor.METER.size(),
                        MeterDescriptor.METER.alignment(),
                        0,
                        1,
                        false));
        RULES.put(SectionKind.HISTOGRAM, of(null, Long.BYTES));
        RULES.put(
                SectionKind.ROLES,
                new KindRule(
                        0,
                        StandardStructs.ROLE.size(),
                        StandardStructs.ROLE.alignment(),
                        0,
                        1,
                        false));
        RULES.put(
                SectionKind.BROADCAST,
                new KindRule(
                        Heads.BROADCAST.size(),
                        Heads.BROADCAST_SLOT.size() + Long.BYTES,
                        Long.BYTES,
                        0,
                        1,
                        true));
        RULES.put(SectionKind.RING, ring(SectionKind.RING));
        RULES.put(SectionKind.SHARED_RING, ring(SectionKind.SHARED_RING));
    }

    /**
     * {@return the rule for a kind; {@link #ANY} for null}
     *
     * @param kind what a section is, or null where this version does not know it
     */
    public static KindRule of(final SectionKind kind) {
        return kind == null ? ANY : RULES.getOrDefault(kind, ANY);
    }

    private static KindRule ring(final SectionKind kind) {
        return new KindRule(
                RingDescriptor.headOf(kind).size(), 1, 1, RingDescriptor.TRAILER.size(), 1, true);
    }

    private static KindRule queue(final StructType head, final int beside) {
        return new KindRule(
                head.size(),
                EventDescriptor.STRUCT.size(),
                EventDescriptor.STRUCT.alignment(),
                0,
                1,
                true,
                beside);
    }

    private static KindRule of(final StructType head, final int element) {
        return new KindRule(head == null ? 0 : head.size(), element, element, 0, 1, false);
    }
}
