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

    /** A recording, and in which turn of its lane's loop it is. */
    private record Take(Recording recording, double turn) {}

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
        final double loop = lanes.loop(index);
        final double turn = loop > 0 ? Math.floor(time / loop) : 0;
        final boolean stepped = registry.get(index).stepCount() > 0;
        return new Take(new Recording(stepped, time - turn * loop, value), turn);
    }

    void move(final int index, final double time, final double value) {
        if (takes[index] == null) {
            takes[index] = take(index, time, value);
            return;
        }
        final Take take = inTurn(index, time);
        final double gap = song.length(AutomationControl.STILL_SECONDS, lanes.base(index));
        take.recording().move(time - take.turn() * lanes.loop(index), value, gap);
    }

    /** The take of the turn that a time is in: where the lane begins anew, what was recorded ends, and the hand's value goes on. */
    private Take inTurn(final int index, final double time) {
        final double loop = lanes.loop(index);
        while (loop > 0 && time >= (takes[index].turn() + 1) * loop) {
            final Take last = takes[index];
            final double value = last.recording().lastValue();
            // All turns between two changes are alike.
            final double turn = Math.max(last.turn() + 1, Math.floor(time / loop) - 1);
            takes[index] = take(index, turn * loop, value);
            lanes.keep(index, last.recording(), loop);
        }
        return takes[index];
    }

    void end(final int index, final double time, final double value) {
        if (takes[index] == null) {
            return;
        }
        final Take take = inTurn(index, time);
        takes[index] = null;
        final double local = time - take.turn() * lanes.loop(index);
        if ((float) take.recording().lastValue() != (float) value) {
            take.recording()
                    .move(
                            local,
                            value,
                            song.length(AutomationControl.STILL_SECONDS, lanes.base(index)));
        }
        lanes.keep(index, take.recording(), local);
    }
}
