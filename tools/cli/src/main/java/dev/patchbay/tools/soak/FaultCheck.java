// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.soak;

import dev.patchbay.layout.Role;
import dev.patchbay.tools.ToolException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Makes one fault in a host that plays, and looks whether all is kept that was promised. */
final class FaultCheck {
    /** A machine with much other work may take so long to start and warm an engine. */
    private static final int BACK_SECONDS = 60;

    private static final int MOVE_SECONDS = 5;
    private static final int LOG_SECONDS = 5;

    /** The host asks for a block each few milliseconds; a machine with other work may hold it up. */
    private static final long MOST_STANDSTILL_NANOS = 3_000_000_000L;

    private static final int BACK_BLOCKS = 10;

    /** After so many missed blocks in a row the fade is over. */
    private static final int FADED_BLOCKS = 3;

    /** Events that were kept meanwhile are at most a second old. */
    private static final double KEPT_SECONDS = 1.5;

    private static final float SAME = 1e-6f;

    /** Blocks that have to be silent. */
    record Span(long from, long to) {}

    /** What one fault has led to. */
    record Outcome(FaultFigures.Made made, Span silent) {}

    private final FaultHost host;
    private final Fault fault;
    private final Random random;
    private final int rate;
    private final BitSet moving;
    private final List<String> broken = new ArrayList<>();
    private final long missedBefore;
    private final long endedBefore;
    private final long rtBefore;
    private final long controlBefore;
    private long silentFrom = -1;
    private long silentTo = -1;
    private long silentBlocks;
    private long streakMissed;
    private long lastTotal;
    private long lastMove = System.nanoTime();
    private boolean stood;

    /**
     * Prepares a fault.
     *
     * @param moving the parameters that automation moves
     */
    FaultCheck(
            final FaultHost host,
            final Fault fault,
            final Random random,
            final int rate,
            final BitSet moving) {
        this.host = host;
        this.fault = fault;
        this.random = random;
        this.rate = rate;
        this.moving = moving;
        missedBefore = host.missed();
        endedBefore = host.counter("rt_ended");
        rtBefore = host.pid(Role.RT);
        controlBefore = host.pid(Role.CONTROL);
        lastTotal = host.total();
        silentBlocks = host.blocks();
        streakMissed = host.missed();
    }

    Outcome run(final int hostNumber) throws InterruptedException {
        final double at = position();
        final boolean spare = host.counter("rt_spares_ready") == 1;
        final boolean held =
                fault.endsEngine() && host.region().activeVoices() >= FaultSong.CHORD_NOTES;
        final float[] before = host.region().parameters();
        final long start = System.nanoTime();
        make();
        boolean heldChecked = false;
        double back = 0;
        if (fault.endsEngine()) {
            engineBack();
            heldChecked = held && checkHeld();
            back = host.counter("rt_sound_gap_nanos") / 1e6;
        } else if (fault == Fault.STOP_ENGINE) {
            final long answered = host.blocks();
            promise(
                    watch(BACK_SECONDS, () -> host.blocks() >= answered + BACK_BLOCKS),
                    "the engine went on, but no block was answered within " + BACK_SECONDS + " s");
            back = (System.nanoTime() - start) / 1e6;
        }
        if (fault.endsControl()) {
            promise(
                    watch(
                            BACK_SECONDS,
                            () ->
                                    host.pid(Role.CONTROL) != controlBefore
                                            && host.ready(Role.CONTROL)),
                    "no other control process was ready within " + BACK_SECONDS + " s");
            back = Math.max(back, (System.nanoTime() - start) / 1e6);
        }
        if (fault == Fault.KILL_SPARE) {
            promise(
                    watch(BACK_SECONDS, () -> host.counter("rt_spares_ready") == 1),
                    "no other spare was ready within " + BACK_SECONDS + " s");
            back = (System.nanoTime() - start) / 1e6;
        }
        promise(host.alive(), "the host ended: " + host.said().strip());
        promise(!stood, "the host's audio thread stood still for more than 3 s");
        checkIdentity();
        checkLog();
        checkParameters(before);
        return new Outcome(
                new FaultFigures.Made(
                        fault,
                        hostNumber,
                        at,
                        spare,
                        back,
                        host.missed() - missedBefore,
                        heldChecked,
                        broken),
                new Span(silentFrom, silentTo));
    }

    private double position() {
        return host.total() * (double) FaultHost.BLOCK / rate;
    }

    private void promise(final boolean kept, final String otherwise) {
        if (!kept) {
            broken.add(otherwise + ".");
        }
    }

    private void make() throws InterruptedException {
        switch (fault) {
            case KILL_ENGINE -> signal("KILL", rtBefore);
            case TERM_ENGINE -> signal("TERM", rtBefore);
            case KILL_CONTROL -> signal("KILL", controlBefore);
            case TERM_CONTROL -> signal("TERM", controlBefore);
            case KILL_BOTH -> signal("KILL", rtBefore, controlBefore);
            case STOP_ENGINE -> stop(rtBefore);
            case STOP_CONTROL -> stop(controlBefore);
            case KILL_SPARE -> {
                signal("KILL", host.sparePid());
                watch(BACK_SECONDS, () -> host.counter("rt_spares_ready") == 0);
            }
            case DELETE_FILES -> {
                host.ownFolders().forEach(FaultCheck::deleteFiles);
                final long now = host.total();
                watch(BACK_SECONDS, () -> host.total() > now + 2 * BACK_BLOCKS);
            }
            case KILL_HOST -> throw new IllegalArgumentException("A host's end is its own matter.");
        }
    }

    private void stop(final long pid) throws InterruptedException {
        signal("STOP", pid);
        final long end = System.nanoTime() + (100 + random.nextInt(700)) * 1_000_000L;
        watch(BACK_SECONDS, () -> System.nanoTime() - end > 0);
        signal("CONT", pid);
    }

    private void signal(final String name, final long... pids) throws InterruptedException {
        final StringBuilder command = new StringBuilder("kill -" + name);
        for (final long pid : pids) {
            if (pid <= 1) {
                promise(false, "there was no process that SIG" + name + " could be sent to");
                return;
            }
            command.append(' ').append(pid);
        }
        try {
            final Process kill = new ProcessBuilder("sh", "-c", command.toString()).start();
            promise(kill.waitFor() == 0, command + " failed: the process had ended by itself");
        } catch (final IOException e) {
            throw new ToolException("No shell can be started for " + command + ": " + e + ".", e);
        }
    }

    /** The folders stay: what is gone is what lies in them. */
    private static void deleteFiles(final Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            for (final Path file : all.filter(one -> !Files.isDirectory(one)).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (final IOException | UncheckedIOException e) {
            throw new ToolException("The files in " + folder + " cannot be deleted: " + e + ".", e);
        }
    }

    /** Waits, and looks at the blocks meanwhile: whether they go on, and which of them are to be silent. */
    private boolean watch(final int seconds, final java.util.function.BooleanSupplier condition)
            throws InterruptedException {
        return host.await(
                seconds,
                () -> {
                    look();
                    return condition.getAsBoolean();
                });
    }

    private void look() {
        final long answered = host.blocks();
        final long missed = host.missed();
        final long now = System.nanoTime();
        if (answered + missed != lastTotal) {
            lastTotal = answered + missed;
            lastMove = now;
        } else {
            stood |= now - lastMove > MOST_STANDSTILL_NANOS;
        }
        if (answered != silentBlocks) {
            silentBlocks = answered;
            streakMissed = missed;
        } else if (missed - streakMissed >= FADED_BLOCKS && host.blocks() == answered) {
            // Of the longest time without an answer.
            final long from = answered + streakMissed + FADED_BLOCKS;
            if (answered + missed - from > silentTo - silentFrom) {
                silentFrom = from;
                silentTo = answered + missed;
            }
        }
    }

    private void engineBack() throws InterruptedException {
        promise(
                watch(BACK_SECONDS, () -> host.counter("rt_ended") > endedBefore),
                "the engine's end was not counted");
        final boolean back =
                watch(
                        BACK_SECONDS,
                        () ->
                                host.pid(Role.RT) != rtBefore
                                        && host.counter("rt_restarts") > endedBefore);
        promise(back, "no other engine took its place within " + BACK_SECONDS + " s");
        final long answered = host.blocks();
        promise(
                watch(BACK_SECONDS, () -> host.blocks() >= answered + BACK_BLOCKS),
                "another engine came, but no block was answered within " + BACK_SECONDS + " s");
        promise(host.missed() > missedBefore, "no missed block was counted");
    }

    /** Whether it could be checked: not where a new chord may have come meanwhile. */
    private boolean checkHeld() {
        final int voices = host.region().activeVoices();
        if (position() % FaultSong.CHORD_SECONDS < KEPT_SECONDS) {
            return false;
        }
        promise(
                voices < FaultSong.CHORD_NOTES,
                voices + " voices sound in the new engine, so held notes have not ended");
        return true;
    }

    /** Whoever was not meant lives. */
    private void checkIdentity() {
        promise(
                fault.endsEngine() || host.pid(Role.RT) == rtBefore,
                "the engine was replaced, though nothing was done to it");
        promise(
                fault.endsControl() || host.pid(Role.CONTROL) == controlBefore,
                "control was replaced, though nothing was done to it");
    }

    private void checkLog() throws InterruptedException {
        if (fault.endsEngine()) {
            promise(told(rtBefore), "no sentence tells of the end of the engine " + rtBefore);
        }
        if (fault.endsControl()) {
            promise(
                    told(controlBefore),
                    "no sentence tells of the end of control " + controlBefore);
        }
    }

    private boolean told(final long pid) throws InterruptedException {
        final String words = "process " + pid + " ended unexpectedly";
        return host.await(LOG_SECONDS, () -> host.said().contains(words));
    }

    private void checkParameters(final float[] before) throws InterruptedException {
        final float[] after = host.region().parameters();
        for (int i = 0; i < before.length; i++) {
            if (!moving.get(i)) {
                promise(
                        Math.abs(before[i] - after[i]) <= SAME,
                        "parameter " + i + " was " + before[i] + " before, and is " + after[i]);
            }
        }
        for (int i = moving.nextSetBit(0); i >= 0; i = moving.nextSetBit(i + 1)) {
            final int index = i;
            promise(
                    host.await(
                            MOVE_SECONDS,
                            () ->
                                    Math.abs(host.region().parameters()[index] - after[index])
                                            > SAME),
                    "parameter " + i + " is not moved by automation any more");
        }
    }
}
