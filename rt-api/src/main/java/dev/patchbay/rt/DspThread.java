// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.patchbay.atomics.Snapshot;
import dev.patchbay.layout.Field;
import dev.patchbay.layout.StandardRegion;
import dev.patchbay.layout.StandardStructs;
import dev.patchbay.layout.StructType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.agrona.concurrent.AtomicBuffer;

/**
 * The thread that renders for one region, and what the system grants it: denormals taken as 0, memory locked, the priority of
 * the host's audio thread. What was granted, and the remedy for what was not, stands in the region and in the log.
 */
final class DspThread {
    private static final StructType STRUCT = StandardStructs.RT_CONDITIONS;

    /** Longer than an engine that keeps to its deadlines is awake, and shorter than any limit that the kernel is given. */
    private static final long LONG_BLOCK_NANOS = 50_000_000;

    private final int id = SystemCalls.threadId();
    private final Snapshot conditions;
    private final Consumer<String> log;
    private final Outcome denormals;
    private final Outcome regionMemory;
    private final Scheduling scheduling;
    private Outcome processMemory;
    private final Set<String> told = new HashSet<>();
    private boolean ended;

    private DspThread(
            final AtomicBuffer buffer,
            final Sections sections,
            final Outcome denormals,
            final Outcome regionMemory,
            final Consumer<String> log) {
        this.log = log;
        this.conditions = Snapshot.over(buffer, sections.get(StandardRegion.RT_CONDITIONS));
        this.denormals = denormals;
        this.regionMemory = regionMemory;
        this.processMemory = MemoryLock.process();
        this.scheduling =
                new Scheduling(
                        id,
                        Snapshot.over(buffer, sections.get(StandardRegion.AUDIO_THREAD)),
                        this::publish);
    }

    /**
     * Makes the calling thread the one that renders. Before anything of a module is made.
     *
     * @param buffer the region
     * @param log takes a sentence for each change of what is granted
     */
    static DspThread enter(
            final AtomicBuffer buffer, final Sections sections, final Consumer<String> log) {
        final DspThread thread =
                new DspThread(
                        buffer,
                        sections,
                        FlushToZero.onThisThread(),
                        MemoryLock.region(buffer),
                        log);
        thread.publish();
        return thread;
    }

    /** For a rehearsal: the calling thread stays as it is but for its priority, and the memory is a copy that needs no lock. */
    static DspThread rehearse(
            final AtomicBuffer copy, final Sections sections, final Consumer<String> log) {
        final Outcome none = new Outcome(StandardRegion.Grant.UNKNOWN, "");
        final DspThread thread = new DspThread(copy, sections, none, none, log);
        thread.publish();
        return thread;
    }

    /** What follows is no block and may take long. On the thread itself. */
    void leaveBlocks() {
        scheduling.serving(false);
    }

    /** A module is ready, and blocks may come: what it allocated is locked, too. On the thread itself. */
    void enterBlocks() {
        final Outcome locked = MemoryLock.process();
        final boolean news;
        synchronized (this) {
            news = !locked.equals(processMemory);
            processMemory = locked;
        }
        if (news) {
            publish();
        }
        scheduling.serving(true);
    }

    /** The thread has ended. From now on nothing here touches the region: an answer of rtkit may come later. Any thread. */
    void end() {
        scheduling.end();
        synchronized (this) {
            ended = true;
        }
    }

    /** Follows the host; to be called now and then, by another thread. */
    void tend() {
        scheduling.follow();
    }

    /**
     * Real-time priority has been used for too long by some thread; if it was this one, it loses it. Any thread.
     *
     * @param awakeNanos how long it is since this one last woke up, if it does not sleep
     */
    void overran(final long awakeNanos) {
        if (awakeNanos > LONG_BLOCK_NANOS && runs()) {
            scheduling.overran();
        }
    }

    private boolean runs() {
        try {
            final String stat = Files.readString(Path.of("/proc/self/task/" + id + "/stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) == 'R';
        } catch (final IOException e) {
            // It has ended.
            return false;
        }
    }

    /** What is granted now, a line each. */
    synchronized List<String> report() {
        return List.of(
                "scheduling: " + scheduling.outcome().report(),
                "memory: " + memory(),
                "denormals: " + denormals.report());
    }

    private String memory() {
        final String both = regionMemory.report() + " " + processMemory.report();
        return regionMemory.grant() == StandardRegion.Grant.REFUSED
                        || processMemory.grant() == StandardRegion.Grant.REFUSED
                ? both + " " + MemoryLock.REMEDY
                : both;
    }

    private synchronized void publish() {
        if (ended) {
            return;
        }
        final Outcome scheduled = scheduling.outcome();
        final Scheduling.Schedule present = scheduling.present();
        final ByteBuffer bytes = ByteBuffer.allocate(STRUCT.size()).order(ByteOrder.nativeOrder());
        bytes.putInt(STRUCT.offset("thread"), id);
        bytes.putInt(STRUCT.offset("policy"), present.policy());
        bytes.putInt(STRUCT.offset("priority"), present.priority());
        bytes.putInt(STRUCT.offset("scheduling"), scheduled.grant());
        bytes.putInt(STRUCT.offset("region_memory"), regionMemory.grant());
        bytes.putInt(STRUCT.offset("process_memory"), processMemory.grant());
        bytes.putInt(STRUCT.offset("denormals"), denormals.grant());
        text(bytes, "scheduling_report", scheduled.report());
        text(bytes, "memory_report", memory());
        text(bytes, "denormals_report", denormals.report());
        final long[] words = new long[conditions.words()];
        bytes.asLongBuffer().get(words);
        conditions.write(words);
        // Once: a host with threads of several priorities would fill the log.
        final boolean first = told.isEmpty();
        if (told.add(scheduled.report()) && !first) {
            log.accept("scheduling: " + scheduled.report());
        }
    }

    private static void text(final ByteBuffer bytes, final String name, final String text) {
        final Field field = STRUCT.field(name);
        final byte[] encoded = text.getBytes(UTF_8);
        // Longer ones are cut; the last byte stays 0.
        bytes.put(field.offset(), encoded, 0, Math.min(encoded.length, field.count() - 1));
    }
}
