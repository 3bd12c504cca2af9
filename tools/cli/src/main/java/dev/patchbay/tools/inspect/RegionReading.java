// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.inspect;

import java.util.List;
import java.util.Map;

/**
 * What a region held when it was looked at, decoded. Its components, in snake case, are the JSON of {@code patchbay inspect}.
 *
 * @param file what was opened
 * @param name of the declaration
 * @param length in bytes
 * @param layoutHash 16 hexadecimal digits
 * @param instanceId 32 hexadecimal digits
 * @param creator the process that made the region
 * @param roles who takes part, by code
 * @param sections the sections by offset
 * @param problems what could not be read, in sentences
 */
record RegionReading(
        String file,
        String name,
        long length,
        String layoutHash,
        String instanceId,
        Creator creator,
        List<Participant> roles,
        List<SectionReading> sections,
        List<String> problems) {

    /**
     * The process that made the region.
     *
     * @param ageSeconds since that process began, or null where it has ended
     */
    record Creator(int pid, boolean alive, String command, Double ageSeconds) {}

    /**
     * A role, and the process in it where the region has role cells.
     *
     * @param state in words
     * @param heartbeatSeconds since the last sign of life, or null where there was none
     */
    record Participant(
            String role,
            int code,
            String state,
            int pid,
            boolean alive,
            int generation,
            Double heartbeatSeconds,
            String collector,
            String message) {}

    /**
     * A section.
     *
     * @param kind in words, or null where this version knows none of its number
     * @param describedBy the section that describes its elements, or null
     * @param content what it held
     */
    record SectionReading(
            String name,
            String kind,
            String comment,
            long offset,
            long length,
            int count,
            List<String> writers,
            List<String> readers,
            String describedBy,
            Content content) {}

    /** What a section held. */
    sealed interface Content {}

    /** Nothing that can be shown, and why. */
    record Nothing(String reason) implements Content {}

    /** Parameters that are described. */
    record Parameters(List<ParameterValue> parameters) implements Content {}

    /** A parameter: its plain value, and as text with the unit or by the value's name. */
    record ParameterValue(
            int index,
            int id,
            String symbol,
            String name,
            double normalized,
            Double plain,
            String unit,
            String text) {}

    /**
     * Meters, over the windows since the last look.
     *
     * @param window the number of the newest window; 0 before the first
     * @param windows how many were gathered
     * @param missed how many were not, because later ones had taken their places
     */
    record Levels(long window, int windows, long missed, List<Level> levels) implements Content {}

    /**
     * A meter: peak and RMS linear and in decibels relative to full scale, null for silence; and what was counted since the
     * region was made.
     */
    record Level(
            double peak, Double peakDb, double rms, Double rmsDb, long clips, long notFinite) {}

    /** Voices, and how many of them are not free. */
    record Voices(int active, List<Voice> voices) implements Content {}

    /** A voice: its packed state, and what it says; null for a free one. */
    record Voice(int state, Note note) {}

    /** A voice's note: velocity is 0 to 127, generation counts the notes of this voice modulo 512. */
    record Note(int stage, boolean held, int channel, int key, int velocity, int generation) {}

    /** An event queue: positions count events since the start. */
    record Queue(long depth, long capacity, String written, String read, String dropped)
            implements Content {}

    /** An event queue with many producers; of the roles those that hold a claim or could not send. */
    record SharedQueue(
            long depth,
            long capacity,
            String written,
            String read,
            String dropped,
            List<Lane> lanes)
            implements Content {}

    /** A role's claims that may be open, and what it could not send. */
    record Lane(String role, long open, String dropped) {}

    /** A ring of records: positions count bytes since the start. */
    record Ring(long depth, long capacity, String written, String read, String dropped)
            implements Content {}

    /**
     * Counters by name.
     *
     * @param perSecond what each gained since the last frame of a watch, for a second; null at the first look
     */
    record Counts(Map<String, Long> counters, Map<String, Double> perSecond) implements Content {}

    /**
     * A histogram; a percentile is the most that its bucket can hold.
     *
     * @param lowest the least value of the first doubling in which there is any
     * @param doublings how many values lie in each doubling from there on
     * @param recent what was counted since the last frame of a watch; null at the first look
     */
    record Distribution(
            long total,
            long p50,
            long p99,
            long max,
            long lowest,
            List<Long> doublings,
            Recent recent)
            implements Content {}

    /** What a histogram counted since the last frame of a watch. */
    record Recent(double perSecond, long p50, long p99, long max) {}

    /**
     * Structs, each with its fields by name.
     *
     * @param sequence of a snapshot, else null
     */
    record Structs(Long sequence, List<Map<String, Object>> elements) implements Content {}

    /** A broadcast: how many messages there were, and the last few. */
    record Broadcast(String published, int capacity, List<Message> last) implements Content {}

    /** A message of a broadcast: its position, and its fields by name. */
    record Message(String position, Map<String, Object> fields) {}

    /** Scalars. */
    record Scalars(List<Object> values) implements Content {}

    /** A bitset: the numbers of the first bits that are set. */
    record Bits(int set, List<Integer> first) implements Content {}

    /** A blob: the last complete bytes. */
    record Bytes(String published, String epoch, long bytes, int capacity) implements Content {}

    /** Who holds which copy of a triple buffer. */
    record Copies(int writer, int offered, boolean fresh, int reader) implements Content {}

    /** Audio blocks: geometry, and how far both sides are. */
    record Blocks(
            int maxFrames, int inputs, int outputs, long requested, long done, boolean rtAsleep)
            implements Content {}

    /** The content of this type of each section that has it. */
    <T extends Content> List<SectionReading> with(final Class<T> type) {
        return sections.stream().filter(section -> type.isInstance(section.content())).toList();
    }
}
