// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.demo;

import dev.patchbay.tools.ToolException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The unified log of a JVM, written with the decorators {@code timenanos,tags}: lines such as {@code
 * [3200106550518ns][safepoint   ] Safepoint "ZMarkStartYoungAndOld", …, Total: 152465 ns, …}. Its times are those of
 * CLOCK_MONOTONIC. Checked against what JDK 25 writes for Epsilon, ZGC, G1, Serial and Parallel.
 */
public final class JvmLog {
    private static final Pattern LINE = Pattern.compile("\\[(\\d+)ns\\]\\[([a-z0-9,]+) *\\] ?(.*)");
    private static final Pattern SAFEPOINT =
            Pattern.compile("Safepoint \"([^\"]+)\".*, Total: (\\d+) ns.*");

    /** The start of a pause is logged, too, by some collectors; only its end has a duration. */
    private static final Pattern PAUSE =
            Pattern.compile(
                    "GC\\(\\d+\\) (?:[YOyo]: )?(Pause .*?)(?: \\d+[KMG]->\\d+[KMG]\\(\\d+[KMG]\\))?"
                            + " (\\d+\\.\\d+)ms");

    private static final Pattern DROPPED =
            Pattern.compile("(\\d+) messages dropped due to async logging.*");

    /** What the JVM writes of a class that it had from an archive of class data or an AOT cache. */
    private static final String FROM_CACHE = "source: shared objects file";

    private final List<Pause> pauses = new ArrayList<>();
    private final List<Pause> safepoints = new ArrayList<>();
    private final Map<Event, List<Entry>> events = new EnumMap<>(Event.class);
    private long dropped;
    private long classesFromCache;

    /** Something that can hold up a thread without a collection. */
    public enum Event {
        /** A handshake: threads stop one at a time. */
        HANDSHAKE,
        /** Compiled code was given up. */
        DEOPTIMIZATION,
        /** A method was compiled. */
        COMPILATION,
        /** A class was loaded. */
        CLASS_LOAD
    }

    /**
     * A time in which all Java threads stood still.
     *
     * @param endNanos when it ended, on CLOCK_MONOTONIC
     * @param millis how long it lasted
     * @param name what the JVM calls it
     */
    public record Pause(long endNanos, double millis, String name) {
        /** When it began. */
        public long startNanos() {
            return endNanos - Math.round(millis * 1e6);
        }
    }

    /**
     * An event as the log tells it.
     *
     * @param nanos when it was logged, on CLOCK_MONOTONIC
     * @param text what the JVM says of it
     */
    public record Entry(long nanos, String text) {}

    private JvmLog() {
        for (final Event event : Event.values()) {
            events.put(event, new ArrayList<>());
        }
    }

    /**
     * Reads a log with its rotated parts, {@code FILE.0} and {@code FILE.1}.
     *
     * @throws ToolException if it is missing, has no line of this form, or tells that lines were dropped
     */
    public static JvmLog read(final Path file) {
        final JvmLog log = new JvmLog();
        long lines = 0;
        try {
            for (final String suffix : List.of("", ".0", ".1")) {
                final Path part = Path.of(file + suffix);
                if (suffix.isEmpty() || Files.exists(part)) {
                    lines += log.readPart(part);
                }
            }
        } catch (final IOException e) {
            throw new ToolException("The JVM's log " + file + " cannot be read: " + e + ".", e);
        }
        if (lines == 0) {
            throw new ToolException(
                    "The JVM's log "
                            + file
                            + " has no line of the form [NANOSns][TAGS] TEXT, expected those of"
                            + " -Xlog with timenanos,tags.");
        }
        if (log.dropped > 0) {
            throw new ToolException(
                    "The JVM's log "
                            + file
                            + " says that "
                            + log.dropped
                            + " lines were dropped, so its pauses cannot be told.");
        }
        log.pauses.sort(Comparator.comparingLong(Pause::endNanos));
        log.safepoints.sort(Comparator.comparingLong(Pause::endNanos));
        return log;
    }

    private long readPart(final Path part) throws IOException {
        long lines = 0;
        try (BufferedReader reader = Files.newBufferedReader(part)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                final Matcher matcher = LINE.matcher(line);
                if (matcher.matches()) {
                    lines++;
                    add(Long.parseLong(matcher.group(1)), matcher.group(2), matcher.group(3));
                } else {
                    final Matcher lost =
                            DROPPED.matcher(line.replaceFirst("^(\\[[^\\]]*\\])+ ?", ""));
                    dropped += lost.matches() ? Long.parseLong(lost.group(1)) : 0;
                }
            }
        }
        return lines;
    }

    private void add(final long nanos, final String tags, final String text) {
        switch (tags) {
            case "safepoint" -> {
                final Matcher safepoint = SAFEPOINT.matcher(text);
                if (safepoint.matches()) {
                    safepoints.add(
                            new Pause(
                                    nanos,
                                    Long.parseLong(safepoint.group(2)) / 1e6,
                                    safepoint.group(1)));
                }
            }
            case "gc", "gc,phases" -> {
                final Matcher pause = PAUSE.matcher(text);
                if (pause.matches()) {
                    pauses.add(
                            new Pause(nanos, Double.parseDouble(pause.group(2)), pause.group(1)));
                }
            }
            case "handshake" -> add(Event.HANDSHAKE, nanos, text);
            case "deoptimization" -> add(Event.DEOPTIMIZATION, nanos, text);
            case "jit,compilation" -> {
                // The end of compiled code has a line with this tag, too. Most of it is what
                // another
                // tier
                // replaced, or has a line of its own; what a class that came late has invalidated
                // has not.
                if (text.contains("marked for deoptimization")) {
                    add(Event.DEOPTIMIZATION, nanos, text);
                } else if (!text.contains("made not entrant")) {
                    add(Event.COMPILATION, nanos, text);
                }
            }
            case "class,load" -> {
                add(Event.CLASS_LOAD, nanos, text);
                classesFromCache += text.endsWith(FROM_CACHE) ? 1 : 0;
            }
            default -> {
                final Matcher lost = DROPPED.matcher(text);
                dropped += lost.matches() ? Long.parseLong(lost.group(1)) : 0;
            }
        }
    }

    private void add(final Event event, final long nanos, final String text) {
        events.get(event).add(new Entry(nanos, text.strip()));
    }

    /** The collector's stop-the-world pauses, by time. */
    public List<Pause> pauses() {
        return List.copyOf(pauses);
    }

    /** All safepoints, whatever for, by time. */
    public List<Pause> safepoints() {
        return List.copyOf(safepoints);
    }

    /** How many classes came from an AOT cache. */
    public long classesFromCache() {
        return classesFromCache;
    }

    /** How many events of a kind lie between two instants. */
    public long count(final Event event, final long fromNanos, final long toNanos) {
        return between(event, fromNanos, toNanos).size();
    }

    /** The events of a kind between two instants, by time. */
    public List<Entry> between(final Event event, final long fromNanos, final long toNanos) {
        return events.get(event).stream()
                .filter(entry -> entry.nanos() > fromNanos && entry.nanos() < toNanos)
                .sorted(Comparator.comparingLong(Entry::nanos))
                .toList();
    }

    /** Those of these pauses that overlap a span of time. */
    public static List<Pause> between(
            final List<Pause> all, final long fromNanos, final long toNanos) {
        return all.stream()
                .filter(p -> p.endNanos() > fromNanos && p.startNanos() < toNanos)
                .toList();
    }
}
