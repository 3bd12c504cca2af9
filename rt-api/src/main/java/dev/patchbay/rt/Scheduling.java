// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import dev.patchbay.atomics.Snapshot;
import dev.patchbay.layout.StandardRegion.Grant;
import dev.patchbay.layout.StandardStructs;

/**
 * Gives the thread that renders the policy and priority of the host's audio thread, as the bridge publishes them, for as long as it
 * serves blocks; before, after and while a module is made it is an ordinary thread, since all that takes long. Where the
 * kernel permits no such priority, rtkit is asked. The thread itself makes no call for this while it renders.
 */
final class Scheduling {
    static final String REMEDY =
            "Allow it with the line \"@audio - rtprio 95\" in a file below"
                    + " /etc/security/limits.d, be in the group audio, and log in again; or install"
                    + " rtkit.";

    /** Policies of sched_setscheduler(2). */
    static final int OTHER = 0;

    static final int FIFO = 1;
    static final int RR = 2;
    private static final int DEADLINE = 6;

    /** What the thread starts is ordinary. Once set it stays: taking it back needs a privilege. */
    static final int RESET_ON_FORK = 0x4000_0000;

    /** For an audio thread under SCHED_DEADLINE, which has no priority to follow. */
    private static final int PRIORITY_FOR_DEADLINE = 20;

    private static final int TRIES = 8;
    private static final int POLICY = StandardStructs.AUDIO_THREAD.offset("policy");
    private static final int PRIORITY = StandardStructs.AUDIO_THREAD.offset("priority");
    private static final int THREAD = StandardStructs.AUDIO_THREAD.offset("thread");

    /**
     * A policy with its priority.
     *
     * @param policy a number of sched_setscheduler(2), without flags
     * @param priority 1 to 99 for SCHED_FIFO and SCHED_RR, else 0
     */
    record Schedule(int policy, int priority) {
        static final Schedule ORDINARY = new Schedule(OTHER, 0);

        boolean realTime() {
            return policy == FIFO || policy == RR;
        }

        @Override
        public String toString() {
            return realTime() ? (policy == FIFO ? "SCHED_FIFO " : "SCHED_RR ") + priority : "none";
        }
    }

    private final int thread;
    private final Snapshot audioThread;
    private final long[] words;
    private final Runnable changed;
    private boolean serving;
    private boolean asking;
    private boolean ended;
    private Schedule wanted = Schedule.ORDINARY;
    private Schedule present = Schedule.ORDINARY;
    private Outcome outcome =
            new Outcome(
                    Grant.UNKNOWN,
                    "The priority of the host's audio thread is followed once that processes.");

    /**
     * Schedules a thread.
     *
     * @param thread its id
     * @param audioThread what the bridge says of the host's
     * @param changed called after each change, on whichever thread made it
     */
    Scheduling(final int thread, final Snapshot audioThread, final Runnable changed) {
        this.thread = thread;
        this.audioThread = audioThread;
        this.words = new long[audioThread.words()];
        this.changed = changed;
    }

    /** Whether blocks are served from now on. Not under real-time conditions. */
    void serving(final boolean now) {
        synchronized (this) {
            serving = now;
        }
        follow();
    }

    /** The thread has ended, and the region may be unmapped: its number may soon be another thread's. Any thread. */
    synchronized void end() {
        ended = true;
    }

    /** Applies what the bridge has published since. Allocates nothing while nothing changes. Not for the thread itself while it serves. */
    void follow() {
        if (followed()) {
            changed.run();
        }
    }

    synchronized Outcome outcome() {
        return outcome;
    }

    synchronized Schedule present() {
        return present;
    }

    private synchronized boolean followed() {
        // Whoever asks rtkit comes back here with its answer.
        if (ended || asking || !audioThread.read(words, TRIES)) {
            return false;
        }
        final boolean known = int32(THREAD) != 0;
        final int policy = serving && known ? int32(POLICY) : OTHER;
        final int priority = policy == OTHER ? 0 : int32(PRIORITY);
        final boolean untold = serving && known && outcome.grant() == Grant.UNKNOWN;
        if (policy == wanted.policy() && priority == wanted.priority() && !untold) {
            return false;
        }
        wanted = new Schedule(policy, priority);
        if (policy == DEADLINE) {
            takeRealTime(new Schedule(FIFO, PRIORITY_FOR_DEADLINE));
        } else if (wanted.realTime()) {
            takeRealTime(wanted);
        } else {
            takeOrdinary(known);
        }
        return true;
    }

    private void takeOrdinary(final boolean known) {
        final int error = SystemCalls.schedule(thread, OTHER | RESET_ON_FORK, 0);
        if (error != SystemCalls.OK) {
            outcome =
                    new Outcome(
                            Grant.REFUSED,
                            "The thread keeps " + present + ": " + SystemCalls.name(error) + ".");
            return;
        }
        present = Schedule.ORDINARY;
        // What it was granted while it served is still the news.
        if (serving && known) {
            outcome =
                    new Outcome(
                            Grant.NOT_NEEDED,
                            "The host's audio thread has no real-time priority, so this one takes"
                                    + " none.");
        }
    }

    /**
     * The thread has run for so long without sleeping that the kernel would end the process next: it goes on as an ordinary one, until
     * a module is activated again. Any thread.
     */
    void overran() {
        synchronized (this) {
            if (ended || !present.realTime()) {
                return;
            }
            final int error = SystemCalls.schedule(thread, OTHER | RESET_ON_FORK, 0);
            outcome =
                    new Outcome(
                            Grant.REFUSED,
                            "A block ran for more than half of RLIMIT_RTTIME, "
                                    + SystemCalls.hardLimit(SystemCalls.RLIMIT_RTTIME) / 1000
                                    + " ms, at which the kernel ends the process, so "
                                    + present
                                    + (error == SystemCalls.OK
                                            ? " was taken from the thread until the next"
                                                    + " activation."
                                            : " should be taken from the thread, which failed: "
                                                    + SystemCalls.name(error)
                                                    + ".")
                                    + " Let the module do less in a block.");
            present = error == SystemCalls.OK ? Schedule.ORDINARY : present;
        }
        changed.run();
    }

    private void takeRealTime(final Schedule goal) {
        int error = SystemCalls.schedule(thread, goal.policy() | RESET_ON_FORK, goal.priority());
        Schedule given = goal;
        final long limit = SystemCalls.limit(SystemCalls.RLIMIT_RTPRIO);
        if (error == SystemCalls.EPERM && limit > 0 && limit < goal.priority()) {
            given = new Schedule(goal.policy(), (int) limit);
            error = SystemCalls.schedule(thread, given.policy() | RESET_ON_FORK, given.priority());
        }
        if (error == SystemCalls.OK) {
            present = given;
            outcome =
                    new Outcome(
                            Grant.GRANTED,
                            given.equals(wanted)
                                    ? given + ", as the host's audio thread."
                                    : given == goal
                                            ? given + " for a host's thread of SCHED_DEADLINE."
                                            : given
                                                    + " instead of the host's "
                                                    + goal
                                                    + ": RLIMIT_RTPRIO allows no more. "
                                                    + REMEDY);
            return;
        }
        askRtkit(
                goal, "the kernel says " + SystemCalls.name(error) + ", RLIMIT_RTPRIO is " + limit);
    }

    /** On a thread of its own: whoever follows has other things to do in time. */
    private void askRtkit(final Schedule goal, final String refusal) {
        asking = true;
        final Thread asker =
                new Thread(() -> answered(goal, refusal, asked(goal)), "patchbay rtkit");
        asker.setDaemon(true);
        try {
            asker.start();
        } catch (final OutOfMemoryError e) {
            asking = false;
            refused(goal, refusal, "cannot be asked, since there is no thread for it: " + e);
        }
    }

    private Rtkit.Answer asked(final Schedule goal) {
        try {
            return Rtkit.makeRealTime(thread, goal.priority());
        } catch (final RuntimeException | Error e) {
            e.printStackTrace();
            return new Rtkit.Answer(0, "cannot be asked: asking threw " + e);
        }
    }

    private void refused(final Schedule goal, final String refusal, final String rtkit) {
        outcome =
                new Outcome(
                        Grant.REFUSED,
                        goal
                                + " of the host's audio thread is not permitted here: "
                                + refusal
                                + "; rtkit "
                                + rtkit
                                + ". "
                                + REMEDY);
    }

    private void answered(final Schedule goal, final String refusal, final Rtkit.Answer answer) {
        synchronized (this) {
            asking = false;
            if (ended) {
                return;
            }
            if (answer.priority() > 0) {
                present = new Schedule(RR, answer.priority());
                outcome =
                        new Outcome(
                                Grant.GRANTED_BY_RTKIT,
                                present + " by rtkit, for the host's " + goal + ".");
            } else {
                refused(goal, refusal, answer.reason());
            }
        }
        changed.run();
        // The host may have gone on in the meantime.
        follow();
    }

    private int int32(final int offset) {
        // Little-endian, as the header insists.
        return (int) (words[offset / Long.BYTES] >>> (offset % Long.BYTES) * Byte.SIZE);
    }
}
