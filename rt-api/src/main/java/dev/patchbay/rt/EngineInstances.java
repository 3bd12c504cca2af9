// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import dev.patchbay.atomics.Counters;
import dev.patchbay.atomics.Participant;
import dev.patchbay.layout.EngineRegion;
import dev.patchbay.layout.RegionException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The instances of an engine process. Added and removed by its main thread alone; looked at by the monitor. The threads that render
 * share nothing with it but the compiled code and the heap.
 */
final class EngineInstances {
    private static final int INSTANCES = counter("instances");
    private static final int ADDED = counter("instances_added");
    private static final int REMOVED = counter("instances_removed");

    /** A thread that has not ended by then hangs in its module. */
    private static final long END_MILLIS = 1_000;

    private final Participant process;
    private final String collector;
    private final Counters counters;
    private final WarmUp warmUp = new WarmUp();
    private final JvmEvents events = JvmEvents.ofThisVm();
    private final EngineLog log;
    private final List<EngineInstance> instances = new CopyOnWriteArrayList<>();
    // Made once: an iterator for each round would be memory that nothing frees.
    private final Consumer<EngineInstance> tend = instance -> instance.tend(this.tendedAt);
    private long tendedAt;

    EngineInstances(final Participant process, final String collector, final EngineLog log) {
        this.process = process;
        this.log = log;
        this.collector = collector;
        this.counters = Counters.over(process.buffer(), process.section(EngineRegion.COUNTERS));
    }

    /** The number of a counter of the engine's region. */
    static int counter(final String name) {
        return EngineRegion.declaration().section(EngineRegion.COUNTERS).indexOf(name);
    }

    /**
     * Attaches to an instance's region and starts to serve it.
     *
     * @throws RegionException in a sentence, if the region cannot be used or is served already
     */
    void add(final Path file, final String id, final int generation) {
        if (find(id) != null) {
            throw new RegionException("The region " + id + " is served already.");
        }
        final Participant participant = process.join(file, id, generation);
        try {
            final EngineInstance instance = new EngineInstance(participant, warmUp, log);
            participant.identify(collector);
            instances.add(instance);
            instance.start();
        } catch (final RuntimeException | Error e) {
            instances.removeIf(instance -> instance.id().equals(id));
            participant.region().close();
            throw e;
        }
        counters.add(ADDED, 1);
        tell("serves", id);
    }

    /**
     * Ends an instance; one that is not there has ended.
     *
     * @throws IllegalStateException in a sentence, if its thread does not end
     */
    void remove(final String id) throws InterruptedException {
        final EngineInstance instance = find(id);
        if (instance == null) {
            return;
        }
        if (!instance.end(END_MILLIS)) {
            throw new IllegalStateException(
                    "Its thread has not ended within "
                            + END_MILLIS
                            + " ms: the module hangs. Thread and region stay until this process"
                            + " ends.");
        }
        instances.remove(instance);
        counters.add(REMOVED, 1);
        tell("has let go of", id);
    }

    /**
     * Says for each that the process lives, and looks after its thread.
     *
     * @return whether one of them rehearses
     */
    boolean tend(final long nanos) {
        tendedAt = nanos;
        // For all of them: they publish what was found.
        events.look();
        instances.forEach(tend);
        return warmUp.tend(nanos);
    }

    /** A thread of this process has used real-time priority for too long: the instance whose it is loses it. Any thread. */
    void overran() {
        instances.forEach(EngineInstance::overran);
    }

    private EngineInstance find(final String id) {
        for (final EngineInstance instance : instances) {
            if (instance.id().equals(id)) {
                return instance;
            }
        }
        return null;
    }

    private void tell(final String what, final String id) {
        counters.setRelease(INSTANCES, instances.size());
        final Runtime runtime = Runtime.getRuntime();
        log.accept(
                String.format(
                        "%s the region %s, %d in all; %d of %d MB of heap used",
                        what,
                        id,
                        instances.size(),
                        runtime.totalMemory() - runtime.freeMemory() >> 20,
                        runtime.maxMemory() >> 20));
    }
}
