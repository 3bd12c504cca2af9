// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import dev.patchbay.atomics.Participant;
import dev.patchbay.layout.BlockTraceDescriptor;
import dev.patchbay.layout.StandardRegion.RoleState;
import java.time.Duration;

/** One plug-in instance in an engine process: its region, its engine, and the thread that serves it. */
final class EngineInstance {
    /** Enough of the id to tell regions apart; the kernel shows 15 characters of a thread's name. */
    private static final int NAME_DIGITS = 8;

    private final Participant participant;
    private final Engine engine;
    private final Thread thread;
    private final EngineLog log;
    private DspThread conditions;
    private boolean closed;
    private boolean abandoned;

    /**
     * Prepares to serve.
     *
     * @param participant whose region to serve; closed with this instance
     * @param warmUp that of the process
     * @param log takes what the system grants its thread, and other news
     */
    EngineInstance(final Participant participant, final WarmUp warmUp, final EngineLog log) {
        this.log = log.of(name(participant));
        this.participant = participant;
        this.engine =
                new Engine(
                        participant,
                        warmUp,
                        BlockTrace.open(
                                System.getenv(BlockTraceDescriptor.VARIABLE),
                                participant.hostPid(),
                                participant.region().instanceId(),
                                participant.generation()));
        this.thread = new Thread(this::serve, name(participant));
        // The process ends when it is told to, whatever this thread does.
        thread.setDaemon(true);
    }

    private static String name(final Participant participant) {
        return "rt " + participant.region().instanceId().substring(0, NAME_DIGITS);
    }

    /** The id of its region. */
    String id() {
        return participant.region().instanceId();
    }

    void start() {
        thread.start();
    }

    /** What a module throws, the engine answers for; this is for the rest. The other instances play on in any case. */
    private void serve() {
        try {
            final DspThread entered = engine.enter(log);
            entered.report().forEach(log);
            synchronized (this) {
                conditions = entered;
            }
            engine.run(entered);
        } catch (final RuntimeException | Error e) {
            System.err.println("patchbay rt: the engine of the region " + id() + " threw " + e);
            e.printStackTrace();
            refuse(e);
        }
    }

    /** Without an answer the host would wait for as long as a module may take to start. */
    private void refuse(final Throwable thrown) {
        final String why =
                "The engine threw "
                        + thrown
                        + ". Its log has the stack trace; the instance is silent until it is"
                        + " removed from the host and added again.";
        try {
            engine.refuse(why);
        } catch (final RuntimeException | Error e) {
            System.err.println(
                    "patchbay rt: the engine of the region "
                            + id()
                            + " cannot answer: it threw "
                            + e);
            e.printStackTrace();
            participant.role().message(why);
            participant.role().state(RoleState.FAILED);
        }
    }

    /**
     * Waits for the end of the thread, which the bridge has asked for through the instance's region, and unmaps that. The request to
     * quit takes the way of all others, so that no block pays for a further look at whether the end has come.
     *
     * @param millis how long to wait for the thread
     * @return whether it has ended; if not, the region stays mapped
     */
    boolean end(final long millis) throws InterruptedException {
        if (!thread.join(Duration.ofMillis(millis))) {
            return false;
        }
        close();
        return true;
    }

    private synchronized void close() {
        closed = true;
        if (conditions != null) {
            conditions.end();
        }
        participant.region().close();
    }

    /** A thread of this process has used real-time priority for too long. Any thread. */
    synchronized void overran() {
        if (!closed && conditions != null) {
            conditions.overran(engine.awakeNanos());
        }
    }

    /**
     * Says that the process lives, publishes what the thread has cost, and follows the host's priority. What it throws is told once,
     * and then it does none of this any more: the monitor has other instances to look after.
     */
    synchronized void tend(final long nanos) {
        if (closed || abandoned) {
            return;
        }
        try {
            engine.beat(nanos);
            if (conditions != null) {
                conditions.tend();
            }
        } catch (final RuntimeException | Error e) {
            abandoned = true;
            log.accept(
                    "it plays on, but its figures and its priority stay as they are: looking after"
                            + " it threw "
                            + e);
            e.printStackTrace();
        }
    }
}
