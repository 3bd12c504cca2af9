// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.automation;

import dev.patchbay.control.parameter.ParameterRegistry;
import dev.patchbay.layout.AutomationBase;
import java.util.Arrays;

/** What is being recorded of hands. A take that has ended becomes part of its parameter's lane. */
final class Takes {
    /** The lanes that takes become part of, by the parameter's index. */
    interface Lanes {
        /** The length of the lane's loop; 0 where there is none. */
        double loop(int index);

        /** What its times count. */
        AutomationBase base(int index);

        /** A take has ended. */
        void keep(int index, Recording take, double end);
    }

    private final ParameterRegistry registry;
    private final Song song;
    private final Lanes lanes;
    private final Take[] takes;

    /** A recording, the lane's loop when it began, and in which turn of that it is. */
    private record Take(Recording recording, double loop, double turn) {
        double local(final double time) {
            return time - turn * loop;
        }

        void move(final double time, final double value, final double gap) {
            recording.move(local(time), value, gap);
        }
    }

    Takes(final ParameterRegistry registry, final Song song, final Lanes lanes) {
        this.registry = registry;
        this.song = song;
        this.lanes = lanes;
        this.takes = new Take[registry.count()];
    }

    boolean isRecording(final int index) {
        return takes[index] != null;
    }

    /** What is being recorded becomes part of no lane. */
    void forget() {
        Arrays.fill(takes, null);
    }

    /** What is being recorded of a parameter ends where the hand was last. */
    void finish(final int index) {
        final Take take = takes[index];
        if (take != null) {
            takes[index] = null;
            lanes.keep(index, take.recording(), take.recording().lastTime());
        }
    }

    /** What goes on with the takes of now, where nothing was heard of hands in between. */
    Runnable undo() {
        final Take[] now = takes.clone();
        return () -> System.arraycopy(now, 0, takes, 0, now.length);
    }

    void begin(final int index, final double time, final double value) {
        final Take last = takes[index];
        takes[index] = take(index, time, value);
        if (last != null) {
            // Its end was lost, since nobody took it in time.
            lanes.keep(index, last.recording(), last.recording().lastTime());
        }
    }

    private Take take(final int index, final double time, final double value) {
        final double loop = loop(index);
        final double turn = loop > 0 ? Math.floor(time / loop) : 0;
        return take(index, loop, turn, time - turn * loop, value);
    }

    private Take take(
            final int index,
            final double loop,
            final double turn,
            final double local,
            final double value) {
        final boolean stepped = registry.get(index).stepCount() > 0;
        return new Take(new Recording(stepped, local, value), loop, turn);
    }

    /** The lane's loop; 0 where there is none, or one that is too short for the times of points to tell its turns apart. */
    private double loop(final int index) {
        final double loop = lanes.loop(index);
        return loop >= Recording.SHORTEST ? loop : 0;
    }

    void move(final int index, final double time, final double value) {
        if (takes[index] == null) {
            takes[index] = take(index, time, value);
            return;
        }
        try {
            inTurn(index, time);
        } finally {
            // Where there is no room for the turn before, the hand goes on.
            takes[index].move(time, value, gap(index));
        }
    }

    private double gap(final int index) {
        return song.length(AutomationControl.STILL_SECONDS, lanes.base(index));
    }

    /** Goes to the turn that a time is in: where the lane begins anew, what was recorded ends, and the hand's value goes on. */
    private void inTurn(final int index, final double time) {
        final Take last = takes[index];
        final double value = last.recording().lastValue();
        final double loop = loop(index);
        if (loop != last.loop()) {
            // The lane was given another loop: what was recorded stands where it was put.
            takes[index] = take(index, time, value);
            lanes.keep(index, last.recording(), last.recording().lastTime());
            return;
        }
        if (!(loop > 0 && time >= (last.turn() + 1) * loop)) {
            return;
        }
        final double turn = Math.max(last.turn() + 1, Math.floor(time / loop));
        takes[index] = take(index, loop, turn, 0, value);
        lanes.keep(index, last.recording(), loop);
        if (turn > last.turn() + 1) {
            // All turns between two changes are alike, and so is the part of this one that is
            // behind the hand.
            lanes.keep(index, take(index, loop, turn - 1, 0, value).recording(), loop);
        }
    }

    void end(final int index, final double time, final double value) {
        if (takes[index] == null) {
            return;
        }
        try {
            inTurn(index, time);
        } finally {
            // The hand is gone, also where there is no room for what it did.
            final Take take = takes[index];
            takes[index] = null;
            if ((float) take.recording().lastValue() != (float) value) {
                take.move(time, value, gap(index));
            }
            lanes.keep(index, take.recording(), take.local(time));
        }
    }
}
