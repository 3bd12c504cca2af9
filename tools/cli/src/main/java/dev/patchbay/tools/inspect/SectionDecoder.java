// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.inspect;

import dev.patchbay.atomics.BroadcastReader;
import dev.patchbay.atomics.MeterReader;
import dev.patchbay.atomics.VoiceStates;
import dev.patchbay.layout.Field;
import dev.patchbay.layout.Heads;
import dev.patchbay.layout.Loads;
import dev.patchbay.layout.RingDescriptor;
import dev.patchbay.layout.SectionEntry;
import dev.patchbay.layout.SectionKind;
import dev.patchbay.layout.StandardRegion;
import dev.patchbay.layout.StructType;
import dev.patchbay.layout.VoiceStateDescriptor;
import dev.patchbay.tools.inspect.RegionReading.Bits;
import dev.patchbay.tools.inspect.RegionReading.Blocks;
import dev.patchbay.tools.inspect.RegionReading.Broadcast;
import dev.patchbay.tools.inspect.RegionReading.Bytes;
import dev.patchbay.tools.inspect.RegionReading.Content;
import dev.patchbay.tools.inspect.RegionReading.Copies;
import dev.patchbay.tools.inspect.RegionReading.Counts;
import dev.patchbay.tools.inspect.RegionReading.Lane;
import dev.patchbay.tools.inspect.RegionReading.Level;
import dev.patchbay.tools.inspect.RegionReading.Levels;
import dev.patchbay.tools.inspect.RegionReading.Message;
import dev.patchbay.tools.inspect.RegionReading.Note;
import dev.patchbay.tools.inspect.RegionReading.Nothing;
import dev.patchbay.tools.inspect.RegionReading.Parameters;
import dev.patchbay.tools.inspect.RegionReading.Queue;
import dev.patchbay.tools.inspect.RegionReading.Ring;
import dev.patchbay.tools.inspect.RegionReading.Scalars;
import dev.patchbay.tools.inspect.RegionReading.SharedQueue;
import dev.patchbay.tools.inspect.RegionReading.Structs;
import dev.patchbay.tools.inspect.RegionReading.Voice;
import dev.patchbay.tools.inspect.RegionReading.Voices;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** Reads what a section holds, by its kind and, where its elements are structs, by the schema. */
final class SectionDecoder {
    private static final int SNAPSHOT_TRIES = 1000;

    /** How many messages of a broadcast are shown. */
    private static final int LAST_MESSAGES = 4;

    private final Loads loads;
    private final List<SectionEntry> entries;
    private final SchemaReader schema;
    private final IntFunction<String> roleName;
    private final String instanceId;
    private final SeenWindows seen;

    /**
     * A decoder.
     *
     * @param roleName what to call the role of a code
     * @param instanceId of the region
     * @param seen remembers which windows of meters were shown
     */
    SectionDecoder(
            final Loads loads,
            final List<SectionEntry> entries,
            final SchemaReader schema,
            final IntFunction<String> roleName,
            final String instanceId,
            final SeenWindows seen) {
        this.instanceId = instanceId;
        this.seen = seen;
        this.loads = loads;
        this.entries = List.copyOf(entries);
        this.schema = schema;
        this.roleName = roleName;
    }

    /** What a section holds, or why that cannot be said: the directory may say what cannot be. */
    Content decode(final SectionEntry e) {
        if (e.kind() == null) {
            return new Nothing("of a kind that this version does not know");
        }
        try {
            return switch (e.kind()) {
                case CONSTANTS, STRUCTS -> structs(e);
                case SNAPSHOT -> snapshot(e);
                case ARRAY -> new Scalars(scalars(e));
                case BITSET -> bits(e);
                case BROADCAST -> broadcast(e);
                case TRIPLE_BUFFER -> copies(e);
                case EVENT_QUEUE -> queue(e);
                case SHARED_EVENT_QUEUE -> sharedQueue(e);
                case BLOB -> blob(e);
                case AUDIO_BLOCKS -> blocks(e);
                case COUNTERS -> counters(e);
                case PARAMETERS ->
                        new Parameters(new ParameterDecoder(loads, e, describer(e)).decode());
                case VOICE_STATES -> voices(e);
                case METERS -> levels(e);
                case HISTOGRAM -> histogram(e);
                case RING, SHARED_RING -> ring(e);
                case ROLES -> new Nothing("");
                case SCHEMA -> new Nothing("names and comments, as JSON");
            };
        } catch (final IndexOutOfBoundsException | IllegalArgumentException ex) {
            return new Nothing("its numbers in the directory do not fit its kind");
        }
    }

    /** The section that describes the elements of another, or null. */
    SectionEntry describer(final SectionEntry e) {
        final int number = e.describedBy();
        return number < 1 || number > entries.size() ? null : entries.get(number - 1);
    }

    private static int shown(final SectionEntry e) {
        return Math.min(e.count(), StructDecoder.MOST_ELEMENTS);
    }

    /** The struct of the elements, if the schema knows it and it is as large as the directory says. */
    private StructType element(final SectionEntry e) {
        final StructType struct = schema.element(e.name());
        return struct == null || struct.size() > e.stride() ? null : struct;
    }

    private Content structs(final SectionEntry e) {
        final StructType struct = element(e);
        if (struct == null) {
            return new Nothing("the schema does not tell its fields");
        }
        final List<Map<String, Object>> elements = new ArrayList<>();
        for (int i = 0; i < shown(e); i++) {
            final ByteBuffer bytes = StructDecoder.copy(loads, e.elementOffset(i), struct.size());
            elements.add(StructDecoder.struct(struct, bytes, 0));
        }
        return new Structs(null, elements);
    }

    private Content snapshot(final SectionEntry e) {
        final StructType struct = element(e);
        if (struct == null) {
            return new Nothing("the schema does not tell its fields");
        }
        final int sequence = (int) e.offset() + Heads.SNAPSHOT.offset("sequence");
        for (int i = 0; i < SNAPSHOT_TRIES; i++) {
            // As dev.patchbay.atomics.Snapshot reads: the payload counts if the number before and
            // after is the same and even.
            final long before = loads.int64(sequence);
            if ((before & 1) == 0) {
                final ByteBuffer bytes =
                        StructDecoder.copy(loads, e.elementOffset(0), struct.size());
                if (loads.int64(sequence) == before) {
                    return new Structs(before, List.of(StructDecoder.struct(struct, bytes, 0)));
                }
            }
            Thread.onSpinWait();
        }
        return new Nothing("its writer is in the middle of writing");
    }

    private Content broadcast(final SectionEntry e) {
        final StructType struct = element(e);
        if (struct == null || struct.size() != e.stride() - Heads.BROADCAST_SLOT.size()) {
            return new Nothing("the schema does not tell its fields");
        }
        final BroadcastReader reader = BroadcastReader.over(loads, e);
        reader.seekEnd();
        final long end = reader.position();
        reader.seekOldest();
        if (end - reader.position() > LAST_MESSAGES) {
            reader.seek(end - LAST_MESSAGES);
        }
        final ByteBuffer bytes = ByteBuffer.allocate(struct.size()).order(ByteOrder.nativeOrder());
        final long[] words = new long[struct.size() / Long.BYTES];
        final List<Message> last = new ArrayList<>();
        for (int i = 0; i < LAST_MESSAGES && end - reader.position() > 0; i++) {
            final String position = Long.toUnsignedString(reader.position());
            if (reader.read(words) == BroadcastReader.Result.MESSAGE) {
                bytes.asLongBuffer().put(words);
                last.add(new Message(position, StructDecoder.struct(struct, bytes, 0)));
            }
        }
        return new Broadcast(Long.toUnsignedString(end), e.count(), last);
    }

    private List<Object> scalars(final SectionEntry e) {
        final List<Object> values = new ArrayList<>();
        if (e.scalar() == null || e.stride() < e.scalar().size()) {
            throw new IllegalArgumentException("no scalars");
        }
        for (int i = 0; i < shown(e); i++) {
            values.add(
                    StructDecoder.scalar(
                            e.scalar(),
                            StructDecoder.copy(loads, e.elementOffset(i), e.scalar().size()),
                            0));
        }
        return values;
    }

    private Content bits(final SectionEntry e) {
        int set = 0;
        final List<Integer> first = new ArrayList<>();
        for (int i = 0; i < e.count(); i++) {
            long word = loads.int64(e.elementOffset(i));
            set += Long.bitCount(word);
            for (; word != 0 && first.size() < StructDecoder.MOST_ELEMENTS; word &= word - 1) {
                first.add(i * Long.SIZE + Long.numberOfTrailingZeros(word));
            }
        }
        return new Bits(set, first);
    }

    private Content copies(final SectionEntry e) {
        final int state = loads.int32((int) e.offset() + Heads.TRIPLE_BUFFER.offset("state"));
        return new Copies(state & 3, state >> 2 & 3, (state >> 6 & 1) != 0, state >> 4 & 3);
    }

    private Content queue(final SectionEntry e) {
        final int at = (int) e.offset();
        // The head first: so the tail is never behind it, though the queue moves meanwhile.
        final long head = loads.int64(at + Heads.EVENT_QUEUE.offset("head"));
        final long tail = loads.int64(at + Heads.EVENT_QUEUE.offset("tail"));
        return new Queue(
                depth(tail - head, e.count()),
                e.count(),
                Long.toUnsignedString(tail),
                Long.toUnsignedString(head),
                Long.toUnsignedString(loads.int64(at + Heads.EVENT_QUEUE.offset("dropped"))));
    }

    /** As {@link #queue}; what was refused and what is claimed stand in a lane for each role. */
    private Content sharedQueue(final SectionEntry e) {
        final int at = (int) e.offset();
        final long head = loads.int64(at + Heads.SHARED_EVENT_QUEUE.offset("head"));
        final long tail = loads.int64(at + Heads.SHARED_EVENT_QUEUE.offset("tail"));
        final Field lanes = Heads.SHARED_EVENT_QUEUE.field("lanes");
        final List<Lane> used = new ArrayList<>();
        long sum = 0;
        for (int role = 0; role < lanes.count(); role++) {
            final int lane = at + lanes.offset() + role * lanes.elementSize();
            final long open = loads.int64(lane + RingDescriptor.LANE.offset("open"));
            final long dropped = loads.int64(lane + RingDescriptor.LANE.offset("dropped"));
            sum += dropped;
            if (open != 0 || dropped != 0) {
                used.add(new Lane(roleName.apply(role), open, Long.toUnsignedString(dropped)));
            }
        }
        return new SharedQueue(
                depth(tail - head, e.count()),
                e.count(),
                Long.toUnsignedString(tail),
                Long.toUnsignedString(head),
                Long.toUnsignedString(sum),
                used);
    }

    private Content ring(final SectionEntry e) {
        final int trailer = e.elementOffset(0) + e.count();
        final long head = loads.int64(trailer + RingDescriptor.TRAILER.offset("head"));
        final long tail = loads.int64(trailer + RingDescriptor.TRAILER.offset("tail"));
        return new Ring(
                depth(tail - head, e.count()),
                e.count(),
                Long.toUnsignedString(tail),
                Long.toUnsignedString(head),
                Long.toUnsignedString(dropped(e)));
    }

    /** What the producers refused: one counts in the head, many in a lane each. */
    private long dropped(final SectionEntry e) {
        final int at = (int) e.offset();
        if (e.kind() == SectionKind.RING) {
            return loads.int64(at + RingDescriptor.HEAD.offset("dropped"));
        }
        final Field lanes = RingDescriptor.SHARED_HEAD.field("lanes");
        long sum = 0;
        for (int lane = 0; lane < lanes.count(); lane++) {
            sum +=
                    loads.int64(
                            at
                                    + lanes.offset()
                                    + lane * lanes.elementSize()
                                    + RingDescriptor.LANE.offset("dropped"));
        }
        return sum;
    }

    /** Between the two loads the other side may have moved on by more than the capacity. */
    private static long depth(final long difference, final long capacity) {
        return Math.max(0, Math.min(difference, capacity));
    }

    private Content blob(final SectionEntry e) {
        final StructType head = Heads.BLOB;
        final int at = (int) e.offset();
        final long published = loads.int64(at + head.offset("published"));
        final int slot = (int) (published & 1) * Long.BYTES;
        return new Bytes(
                Long.toUnsignedString(published),
                Long.toUnsignedString(loads.int64(at + head.offset("slot_epoch") + slot)),
                published == 0 ? 0 : loads.int64(at + head.offset("slot_length") + slot),
                e.count());
    }

    private Content blocks(final SectionEntry e) {
        final StructType head = Heads.AUDIO_BLOCKS;
        final int at = (int) e.offset();
        return new Blocks(
                loads.int32(at + head.offset("max_frames")),
                loads.int32(at + head.offset("input_channels")),
                loads.int32(at + head.offset("output_channels")),
                Integer.toUnsignedLong(loads.int32(at + head.offset("request"))),
                Integer.toUnsignedLong(loads.int32(at + head.offset("done"))),
                loads.int32(at + head.offset("rt_asleep")) != 0);
    }

    private Content counters(final SectionEntry e) {
        final Map<String, Long> counters = new LinkedHashMap<>();
        final long[] values = new long[shown(e)];
        for (int i = 0; i < values.length; i++) {
            values[i] = loads.int64(e.elementOffset(i));
            counters.putIfAbsent(schema.counter(e.name(), i), values[i]);
        }
        final SeenCounts.Gain gain = gain(e, values);
        if (gain == null) {
            return new Counts(counters, null);
        }
        final Map<String, Double> perSecond = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i++) {
            perSecond.putIfAbsent(schema.counter(e.name(), i), gain.perSecond(i));
        }
        return new Counts(counters, perSecond);
    }

    private SeenCounts.Gain gain(final SectionEntry e, final long[] values) {
        return seen.counts().since(instanceId + '/' + e.name(), values, System.nanoTime());
    }

    private Content voices(final SectionEntry e) {
        final List<Voice> voices = new ArrayList<>();
        int active = 0;
        for (int i = 0; i < shown(e); i++) {
            final int state = loads.int32(e.elementOffset(i));
            final boolean free = VoiceStates.stageOf(state) == VoiceStateDescriptor.FREE;
            voices.add(new Voice(state, free ? null : note(state)));
            active += free ? 0 : 1;
        }
        return new Voices(active, voices);
    }

    private static Note note(final int state) {
        return new Note(
                VoiceStates.stageOf(state),
                VoiceStates.isHeld(state),
                VoiceStates.channelOf(state),
                VoiceStates.keyOf(state),
                VoiceStates.velocityOf(state),
                VoiceStates.generationOf(state));
    }

    private Content levels(final SectionEntry e) {
        final MeterReader reader = MeterReader.over(loads, e);
        final int windows = seen.poll(instanceId + '/' + e.name(), reader);
        final List<Level> levels = new ArrayList<>();
        for (int i = 0; i < shown(e); i++) {
            levels.add(
                    new Level(
                            reader.peak(i),
                            decibels(reader.peak(i)),
                            reader.rms(i),
                            decibels(reader.rms(i)),
                            reader.totalClips(i),
                            reader.totalNotFinite(i)));
        }
        return new Levels(reader.seen(), windows, reader.missed(), levels);
    }

    /** What a broken writer may have left, NaN or infinite, is shown as silence. */
    private static Double decibels(final double linear) {
        final double decibels = 20 * Math.log10(linear);
        return Double.isFinite(decibels) ? decibels : null;
    }

    private Content histogram(final SectionEntry e) {
        if (e.count() > StandardRegion.HISTOGRAM_BUCKETS) {
            return new Nothing("it has more buckets than a histogram can");
        }
        final long[] counts = new long[e.count()];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = Math.max(0, loads.int64(e.elementOffset(i)));
        }
        return Distributions.of(counts, gain(e, counts));
    }
}
