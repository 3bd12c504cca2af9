// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import dev.patchbay.atomics.DirtyBits;
import dev.patchbay.eventqueue.automation.AutomationReader;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.StandardRegion;
import org.agrona.concurrent.AtomicBuffer;

/**
 * Plays the region's automation while the host plays: each lane's parameter has, from the frame that is nearest to a point on, the point's
 * value, and on the way to the next one the value of every frame whose number in the song is a multiple of {@link #GRID}. So the values
 * depend on the song's position alone, not on where blocks begin or what was played before.
 *
 * <p>A parameter that a hand holds is left to it ({@link Hands}); else its lane has the last word: bulk changes are overruled before the
 * first frame, and events that would set it are passed over. The host is not told of each value, which it would record a second time; it is
 * told the last one when the lane ends: with the song, or with the automation.
 *
 * <p>Per block it costs a look at each lane, and for each lane that moves the points and grid frames that the block passes. All but the
 * constructor is real-time safe.
 */
final class Automation {
    /** So many frames a value on a way stays the same: two thirds of a millisecond at 48 kHz. A module smooths its parameters. */
    static final int GRID = 32;

    /** Behind each block. */
    static final int NEVER = Integer.MAX_VALUE;

    private final AtomicBuffer buffer;
    private final int gone;
    private final AutomationReader reader;
    private final Hands hands;
    private final SongTime time;
    private final ParameterState parameters;
    private final BlockChanges changes;
    private final DirtyBits dirty;

    /** Whether a parameter was a lane's, by its index. */
    private final boolean[] owned;

    /** The lanes that go on within the block, and at which frame each of them does, in no order. */
    private final int[] busy;

    private final int[] frames;
    private int busyCount;
    private int next = NEVER;
    private int total;
    private boolean playing;

    Automation(
            final AtomicBuffer buffer,
            final Sections sections,
            final ParameterState parameters,
            final BlockChanges changes,
            final DirtyBits dirty,
            final Transport transport,
            final double sampleRate) {
        final int count = parameters.count();
        this.buffer = buffer;
        this.gone = sections.get(StandardRegion.GONE).elementOffset(Role.CONTROL.code());
        this.reader = new AutomationReader(buffer, sections.get(StandardRegion.AUTOMATION), count);
        this.time = new SongTime(transport, sampleRate);
        this.hands = new Hands(buffer, sections, count, changes, time, sampleRate);
        this.parameters = parameters;
        this.changes = changes;
        this.dirty = dirty;
        this.owned = new boolean[count];
        this.busy = new int[count];
        this.frames = new int[count];
    }

    /** The memory has become another's. Between two blocks. */
    void memoryMoved() {
        reader.forget();
        hands.moved();
    }

    /** Notes that control has changed a parameter in bulk; before the block begins. */
    void changedByControl(final int index) {
        hands.changedByControl(index);
    }

    /** Begins a block, after the bulk changes: what is automated has its value from the first frame on. */
    void begin(final int blockFrames) {
        total = blockFrames;
        busyCount = 0;
        next = NEVER;
        final boolean others = reader.refresh();
        hands.refresh(buffer.getIntVolatile(gone));
        final boolean wasPlaying = playing;
        playing = time.begin();
        changes.begin();
        if (wasPlaying && (!playing || time.jumped())) {
            hands.endAll();
        }
        if (wasPlaying && !playing || others) {
            letGo();
        }
        if (!playing) {
            hands.forgetChanges();
            return;
        }
        // Before the lanes take what they let go.
        hands.letGo();
        for (int lane = 0; lane < reader.lanes(); lane++) {
            final int parameter = reader.parameter(lane);
            owned[parameter] = true;
            if (hands.holds(parameter, 0)) {
                await(lane, hands.freeFrom(parameter));
            } else {
                parameters.set(parameter, value(lane, 0));
                await(lane, goesOn(lane, 0));
            }
        }
        soonest();
        // The lanes have changed values.
        changes.begin();
        hands.begin();
    }

    /** Tells the host what the parameters have come to that are no lane's any more. */
    private void letGo() {
        for (int i = 0; i < owned.length; i++) {
            if (owned[i] && (!playing || reader.laneOf(i) == AutomationReader.NONE)) {
                owned[i] = false;
                dirty.set(i);
            }
        }
    }

    /** The next frame at which a lane may change its parameter; {@link #NEVER} where none does in this block. */
    int next() {
        return next;
    }

    /** Goes to the frame that {@link #next} has told. */
    void play() {
        final int frame = next;
        for (int i = busyCount - 1; i >= 0; i--) {
            if (frames[i] == frame) {
                frames[i] = play(busy[i], frame);
                if (frames[i] >= total) {
                    busyCount--;
                    busy[i] = busy[busyCount];
                    frames[i] = frames[busyCount];
                }
            }
        }
        soonest();
    }

    /** Goes to a frame with a lane; the answer is the frame at which it goes on. */
    private int play(final int lane, final int frame) {
        final int parameter = reader.parameter(lane);
        if (hands.holds(parameter, frame)) {
            return hands.freeFrom(parameter);
        }
        hands.release(parameter, frame);
        changes.change(parameter, value(lane, frame), frame, false);
        return goesOn(lane, frame);
    }

    /** Goes to a frame with a lane; the answer is its value there: that of the last grid frame, or of a point since. */
    private float value(final int lane, final int frame) {
        final boolean seconds = reader.isInSeconds(lane);
        final double length = time.frame(seconds);
        reader.move(lane, time.at(frame, seconds), length / 2);
        return reader.value(lane, time.sinceGrid(frame, GRID) * length);
    }

    /** The frame after this one at which the lane may have another value. */
    private int goesOn(final int lane, final int frame) {
        final double away = reader.untilNext(lane) / time.frame(reader.isInSeconds(lane));
        // What is no number, or behind: the next frame looks again.
        final int point =
                frame + (away > 1 ? (int) Math.max(1, Math.min(total, Math.ceil(away))) : 1);
        return reader.isMoving(lane)
                ? Math.min(point, frame + GRID - time.sinceGrid(frame, GRID))
                : point;
    }

    private void await(final int lane, final int frame) {
        if (frame < total) {
            busy[busyCount] = lane;
            frames[busyCount] = frame;
            busyCount++;
        }
    }

    private void soonest() {
        next = NEVER;
        for (int i = 0; i < busyCount; i++) {
            next = Math.min(next, frames[i]);
        }
    }

    /** Whether an event that sets this parameter is passed over: its lane has the last word. */
    boolean overrules(final int parameter, final int frame) {
        return playing
                && reader.laneOf(parameter) != AutomationReader.NONE
                && !hands.holds(parameter, frame);
    }

    /** A controller is about to move a parameter: a hand takes it, and has it until the controller has been still for a while. */
    void take(final int parameter, final int frame) {
        if (playing) {
            hands.take(parameter, frame);
            final int lane = reader.laneOf(parameter);
            if (lane != AutomationReader.NONE && !isBusy(lane)) {
                await(lane, hands.freeFrom(parameter));
                soonest();
            }
        }
    }

    private boolean isBusy(final int lane) {
        for (int i = 0; i < busyCount; i++) {
            if (busy[i] == lane) {
                return true;
            }
        }
        return false;
    }

    /** A controller has moved a parameter. */
    void moved(final int parameter, final float normalized, final int frame) {
        if (playing) {
            hands.moved(parameter, normalized, frame);
        }
    }

    /** Ends a block, after its last frame. */
    void end() {
        hands.end(total);
        time.end(total);
    }
}
