// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import dev.patchbay.eventqueue.EventQueue;
import dev.patchbay.eventqueue.EventType;
import dev.patchbay.eventqueue.automation.HandsReader;
import dev.patchbay.layout.StandardRegion;
import dev.patchbay.layout.StandardRegion.HandFlag;
import dev.patchbay.layout.StandardRegion.HandPhase;
import java.util.Arrays;
import org.agrona.concurrent.AtomicBuffer;

/**
 * The hands at the parameters while the host plays. One that control tells of holds its parameter as long as control says so and lives. A
 * MIDI controller cannot tell whether it is touched: it holds what it moves until it has been still for {@link #STILL_SECONDS}, which is counted
 * in frames. Where control records a parameter, it is told when a hand takes hold of it, moves it and lets go, each with the time in the song.
 * All but the constructor is real-time safe.
 */
final class Hands {
    /** How long a controller is still when the hand that moved it counts as gone. */
    static final double STILL_SECONDS = 0.5;

    private final AtomicBuffer buffer;
    private final Sections sections;
    private final HandsReader reader;
    private EventQueue toControl;
    private final BlockChanges changes;
    private final SongTime time;
    private final int stillFrames;

    /** Frames that have been played since the start, and up to which of them a controller holds a parameter. */
    private long played;

    private final long[] until;
    private boolean anyTaken;
    private final boolean[] began;
    private final int[] changed;
    private int changedCount;

    Hands(
            final AtomicBuffer buffer,
            final Sections sections,
            final int parameters,
            final BlockChanges changes,
            final SongTime time,
            final double sampleRate) {
        this.buffer = buffer;
        this.sections = sections;
        this.reader =
                new HandsReader(buffer, sections.get(StandardRegion.AUTOMATION_HANDS), parameters);
        this.changes = changes;
        this.time = time;
        this.stillFrames = (int) Math.rint(STILL_SECONDS * sampleRate);
        this.until = new long[parameters];
        this.began = new boolean[parameters];
        this.changed = new int[parameters];
        connect();
    }

    private void connect() {
        toControl = EventQueue.over(buffer, sections.get(StandardRegion.NOTIFICATIONS));
    }

    /** The memory has become another's. Between two blocks. */
    void moved() {
        connect();
        reader.forget();
    }

    /** Takes what control says. What is recorded no more has nobody to be told. */
    void refresh(final int goneControl) {
        if (reader.refresh(goneControl)) {
            for (int i = 0; i < began.length; i++) {
                began[i] &= isRecorded(i);
            }
        }
    }

    /** Notes a bulk change of control: what a hand in its panel does comes so. */
    void changedByControl(final int parameter) {
        // The region has room for more parameters than the module has.
        if (parameter < until.length && changedCount < changed.length) {
            changed[changedCount++] = parameter;
        }
    }

    void forgetChanges() {
        changedCount = 0;
    }

    /** Whether a hand has a parameter at a frame of this block. */
    boolean holds(final int parameter, final int frame) {
        return (reader.flags(parameter) & HandFlag.HELD) != 0 || until[parameter] > played + frame;
    }

    /** The frame of this block from which on no controller holds the parameter, as far as is known. */
    int freeFrom(final int parameter) {
        return (reader.flags(parameter) & HandFlag.HELD) != 0
                ? Automation.NEVER
                : (int) Math.min(Automation.NEVER, until[parameter] - played);
    }

    /** Tells control which hands have let go up to the first frame, with the values that they leave. */
    void letGo() {
        for (int i = 0; i < reader.count(); i++) {
            final int parameter = reader.marked(i);
            if (!holds(parameter, 0)) {
                release(parameter, 0);
            }
        }
    }

    /** Tells control which hands are there at the first frame, and what they have done. */
    void begin() {
        for (int i = 0; i < reader.count(); i++) {
            final int parameter = reader.marked(i);
            if (holds(parameter, 0) && isRecorded(parameter)) {
                start(parameter, 0);
            }
        }
        for (int i = 0; i < changedCount; i++) {
            if (holds(changed[i], 0)) {
                moved(changed[i], changes.value(changed[i]), 0);
            }
        }
        changedCount = 0;
    }

    private void start(final int parameter, final int frame) {
        if (!began[parameter]) {
            began[parameter] = true;
            tell(HandPhase.BEGAN, parameter, changes.value(parameter), frame);
        }
    }

    /** A controller takes a parameter at a frame. */
    void take(final int parameter, final int frame) {
        until[parameter] = played + frame + stillFrames;
        anyTaken = true;
        if (isRecorded(parameter)) {
            start(parameter, frame);
        }
    }

    /** A hand has given a parameter a value. */
    void moved(final int parameter, final float normalized, final int frame) {
        if (began[parameter]) {
            tell(HandPhase.MOVED, parameter, normalized, frame);
        }
    }

    /** No hand holds the parameter any more. */
    void release(final int parameter, final int frame) {
        if (began[parameter]) {
            began[parameter] = false;
            tell(HandPhase.ENDED, parameter, changes.value(parameter), frame);
        }
    }

    /** The song stops or jumps: what hands did ends where the last block did. */
    void endAll() {
        for (int i = 0; i < began.length; i++) {
            if (began[i]) {
                began[i] = false;
                offer(HandPhase.ENDED, i, changes.value(i), 0, time.lastEnd(isInSeconds(i)));
            }
        }
        if (anyTaken) {
            anyTaken = false;
            Arrays.fill(until, 0);
        }
    }

    /** Ends a block. */
    void end(final int frames) {
        played += frames;
    }

    private boolean isRecorded(final int parameter) {
        return (reader.flags(parameter) & HandFlag.RECORDED) != 0;
    }

    private boolean isInSeconds(final int parameter) {
        return (reader.flags(parameter) & HandFlag.SECONDS) != 0;
    }

    private void tell(
            final int phase, final int parameter, final float normalized, final int frame) {
        offer(phase, parameter, normalized, frame, time.at(frame, isInSeconds(parameter)));
    }

    private void offer(
            final int phase,
            final int parameter,
            final float normalized,
            final int frame,
            final double songTime) {
        // A full queue counts what it refuses; the end of what a hand does tells the last value.
        toControl.offer(EventType.PARAMETER, frame, phase, -1, parameter, normalized, songTime);
    }
}
