// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.automation;

import dev.patchbay.atomics.SnapshotReader;
import dev.patchbay.control.parameter.EngineParameters;
import dev.patchbay.control.parameter.ParameterListener;
import dev.patchbay.control.parameter.ParameterRegistry;
import dev.patchbay.eventqueue.Event;
import dev.patchbay.eventqueue.EventType;
import dev.patchbay.eventqueue.automation.AutomationWriter;
import dev.patchbay.eventqueue.automation.HandsWriter;
import dev.patchbay.layout.AutomationBase;
import dev.patchbay.layout.Parameter;
import dev.patchbay.layout.StandardRegion.HandFlag;
import dev.patchbay.layout.StandardRegion.HandPhase;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The automation of a plug-in instance: what it is, changing it and recording it. The engine plays it, whether the control process lives or
 * not, and tells what hands do with recorded parameters, to the frame. Not thread-safe: for the control module's thread.
 */
public final class AutomationControl {
    /** How far, normalized, a recorded change may be from the lane that is made of it: a thousandth of the parameter's range. */
    public static final double ERROR = 0.001;

    /** After so long without a change a hand counts as still: the value is held up to the next change, and does not glide to it. */
    public static final double STILL_SECONDS = 0.1;

    private final AutomationWriter writer;
    private final HandsWriter hands;
    private final ParameterRegistry registry;
    private final EngineParameters engine;
    private final Song song;
    private final String pluginWriter;
    private final Runnable changed;
    private final AutomationMode[] modes;
    private final boolean[] latched;
    private final Takes takes;
    private boolean[] played;
    private boolean[] playedBefore;
    private AutomationBase newBase = AutomationBase.QUARTERS;
    private Automation automation = Automation.EMPTY;
    private byte[] json = {};

    /**
     * Starts without automation, which is not published before it is set: the engine goes on with what the region has. No hand is at any
     * parameter.
     *
     * @param writer control's side of the region's automation
     * @param hands control's side of the region's hands
     * @param registry of the parameters
     * @param engine which plays them
     * @param transport where the host is in its song
     * @param pluginWriter the name of the writer whose changes are the plug-in's own, such as presets: they are no hand's
     * @param changed is run when the state to be saved has changed
     */
    public AutomationControl(
            final AutomationWriter writer,
            final HandsWriter hands,
            final ParameterRegistry registry,
            final EngineParameters engine,
            final SnapshotReader transport,
            final String pluginWriter,
            final Runnable changed) {
        this.writer = writer;
        this.hands = hands;
        this.registry = registry;
        this.engine = engine;
        this.song = new Song(transport);
        this.pluginWriter = pluginWriter;
        this.changed = changed;
        this.modes = new AutomationMode[registry.count()];
        this.latched = new boolean[registry.count()];
        this.takes =
                new Takes(
                        registry,
                        song,
                        new Takes.Lanes() {
                            @Override
                            public double loop(final int index) {
                                return lane(index).map(AutomationLane::loop).orElse(0.0);
                            }

                            @Override
                            public AutomationBase base(final int index) {
                                return lane(index).map(AutomationLane::base).orElse(newBase);
                            }

                            @Override
                            public void keep(
                                    final int index, final Recording take, final double end) {
                                record(index, take, end);
                            }
                        });
        this.played = new boolean[registry.count()];
        this.playedBefore = new boolean[registry.count()];
        Arrays.fill(modes, AutomationMode.READ);
        registry.listen(new Touches());
        hands.publish();
    }

    /** Hears of gestures before what is done in them reaches the engine. */
    private final class Touches implements ParameterListener {
        @Override
        public void gestureBegan(final int index) {
            tellHands();
        }

        @Override
        public void gestureEnded(final int index) {
            tellHands();
        }

        @Override
        public void changed(final int index, final double normalized, final String by) {
            final boolean hand = !by.equals(ParameterRegistry.ENGINE) && !by.equals(pluginWriter);
            song.refresh();
            if (hand && modes[index] == AutomationMode.LATCH && song.isPlaying()) {
                // However soon it lets go: the engine need not have seen it.
                latched[index] = true;
                tellHands();
                if (!registry.isHeld(index)) {
                    // The lane has overruled it, since no hand was there.
                    engine.set(index, (float) normalized);
                    engine.publish();
                }
            }
        }
    }

    /** {@return the automation} */
    public Automation automation() {
        return automation;
    }

    /** {@return the most lanes and points together} */
    public int capacity() {
        return writer.capacity();
    }

    /**
     * Replaces the automation, from the engine's next block on, and in the state.
     *
     * @param replacement the new automation
     * @throws IllegalArgumentException if it has more points than there is room for; the last automation stays then
     */
    public void automation(final Automation replacement) {
        load(replacement);
        changed.run();
    }

    /**
     * Replaces the automation by one from a state. Modes that record become {@link AutomationMode#READ}: a project that is opened overwrites
     * nothing.
     *
     * @param loaded the new automation
     * @throws IllegalArgumentException as {@link #automation(Automation)}
     */
    public void load(final Automation loaded) {
        apply(loaded);
        takes.forget();
        Arrays.fill(latched, false);
        for (int i = 0; i < modes.length; i++) {
            final boolean off = lane(i).map(lane -> !lane.on()).orElse(false);
            modes[i] = off ? AutomationMode.OFF : AutomationMode.READ;
        }
        tellHands();
    }

    private void apply(final Automation next) {
        // What could not be read again would be lost with the project.
        AutomationJson.check(next, writer.capacity());
        final byte[] written = AutomationState.json(next);
        writer.publish(next.compile(registry.all()));
        automation = next;
        json = written;
    }

    /**
     * {@return what brings automation, modes and recordings back to how they are now}
     */
    public Runnable undo() {
        final Automation automationNow = automation;
        final AutomationBase newBaseNow = newBase;
        final AutomationMode[] modesNow = modes.clone();
        final boolean[] latchedNow = latched.clone();
        final Runnable undoTakes = takes.undo();
        return () -> {
            if (automation != automationNow) {
                apply(automationNow);
            }
            newBase = newBaseNow;
            System.arraycopy(modesNow, 0, modes, 0, modes.length);
            System.arraycopy(latchedNow, 0, latched, 0, latched.length);
            undoTakes.run();
            tellHands();
        };
    }

    /**
     * {@return the state with the automation before the rest}
     *
     * @param rest of control's state
     */
    public byte[] save(final byte[] rest) {
        return AutomationState.join(json, rest);
    }

    /**
     * {@return the lane of a parameter}
     *
     * @param index the parameter's place in the declaration
     * @throws IllegalArgumentException if there is no such parameter
     */
    public Optional<AutomationLane> lane(final int index) {
        return automation.lane(registry.get(index).id());
    }

    /**
     * Replaces the lane of a parameter. Whether it is played goes with its mode.
     *
     * @param lane the new lane
     * @throws IllegalArgumentException as {@link #automation(Automation)}
     */
    public void set(final AutomationLane lane) {
        apply(automation.with(lane));
        registry.indexOfId(lane.parameter())
                .ifPresent(
                        i -> {
                            if (lane.on() == (modes[i] == AutomationMode.OFF)) {
                                modes[i] = lane.on() ? AutomationMode.READ : AutomationMode.OFF;
                                tellHands();
                            }
                        });
        changed.run();
    }

    /**
     * Removes the lane of a parameter.
     *
     * @param index the parameter's place in the declaration
     * @throws IllegalArgumentException if there is no such parameter
     */
    public void remove(final int index) {
        apply(automation.without(registry.get(index).id()));
        changed.run();
    }

    /**
     * {@return what a parameter's lane and a hand do}
     *
     * @param index the parameter's place in the declaration
     * @throws IllegalArgumentException if there is no such parameter
     */
    public AutomationMode mode(final int index) {
        registry.get(index);
        return modes[index];
    }

    /**
     * Says what a parameter's lane and a hand do from now on. What is being recorded ends where the hand was last.
     *
     * @param index the parameter's place in the declaration
     * @param mode the new one
     * @throws IllegalArgumentException if there is no such parameter, or only the plug-in changes it; or if there is no room for what was
     *     recorded, which is lost then, or for a lane that is to be played, whose mode stays then
     */
    public void mode(final int index, final AutomationMode mode) {
        final Parameter parameter = registry.get(index);
        if (parameter.flags().contains(Parameter.Flag.READ_ONLY)) {
            throw new IllegalArgumentException(
                    "The parameter \""
                            + parameter.symbol()
                            + "\" is read-only: it cannot be automated.");
        }
        Objects.requireNonNull(mode);
        try {
            if (!mode.records()) {
                takes.finish(index);
            }
        } finally {
            // Where there is no room for what was recorded, the mode is left all the same.
            setMode(index, mode);
        }
    }

    private void setMode(final int index, final AutomationMode mode) {
        final boolean on = mode != AutomationMode.OFF;
        final Optional<AutomationLane> lane = lane(index);
        final boolean switched = lane.isPresent() && lane.get().on() != on;
        if (switched) {
            apply(automation.with(lane.get().on(on)));
        }
        modes[index] = mode;
        latched[index] &= mode == AutomationMode.LATCH;
        tellHands();
        if (switched) {
            changed.run();
        }
    }

    /** {@return what the times of lanes count that begin by a recording} */
    public AutomationBase newBase() {
        return newBase;
    }

    /**
     * Says what the times of lanes count that begin by a recording; quarter notes otherwise. A lane that is there keeps its own.
     *
     * @param base from now on
     */
    public void newBase(final AutomationBase base) {
        newBase = Objects.requireNonNull(base);
        tellHands();
    }

    /**
     * {@return whether a parameter is being recorded}
     *
     * @param index the parameter's place in the declaration
     * @throws IllegalArgumentException if there is no such parameter
     */
    public boolean isRecording(final int index) {
        registry.get(index);
        return takes.isRecording(index);
    }

    /** Looks whether the song plays. The control process does it in each round. */
    public void poll() {
        song.refresh();
        if (!song.isPlaying()) {
            Arrays.fill(latched, false);
        }
        tellHands();
        final boolean[] last = playedBefore;
        playedBefore = played;
        played = last;
        Arrays.fill(played, false);
        for (final AutomationLane lane : automation.lanes()) {
            final OptionalInt index = registry.indexOfId(lane.parameter());
            if (song.isPlaying() && lane.on() && !lane.points().isEmpty() && index.isPresent()) {
                played[index.getAsInt()] = (flags(index.getAsInt()) & HandFlag.HELD) == 0;
            }
        }
    }

    /**
     * {@return whether a parameter's value was its lane's at one of the last two {@linkplain #poll looks}}
     *
     * @param index the parameter's place in the declaration
     * @throws IllegalArgumentException if there is no such parameter
     */
    public boolean playsLane(final int index) {
        registry.get(index);
        return played[index] || playedBefore[index];
    }

    private void tellHands() {
        boolean any = false;
        for (int i = 0; i < modes.length; i++) {
            any |= hands.set(i, flags(i));
        }
        if (any) {
            hands.publish();
        }
    }

    private int flags(final int index) {
        final AutomationMode mode = modes[index];
        final boolean held =
                mode == AutomationMode.WRITE || latched[index] || registry.isHeld(index);
        if (!mode.records()) {
            return held && mode == AutomationMode.READ ? HandFlag.HELD : 0;
        }
        return HandFlag.RECORDED
                | (held ? HandFlag.HELD : 0)
                | (lane(index).map(AutomationLane::base).orElse(newBase) == AutomationBase.SECONDS
                        ? HandFlag.SECONDS
                        : 0);
    }

    /**
     * Hears what the engine tells of hands. Other events are passed over.
     *
     * @param event of any type
     * @throws IllegalArgumentException if a recording has ended but there is no room for it; the last automation stays then
     */
    public void event(final Event event) {
        final int index = event.index();
        if (event.type() != EventType.PARAMETER
                || !event.isValid()
                || index >= modes.length
                || !(Math.abs(event.detail()) <= AutomationPoint.MAX_TIME)
                || !modes[index].records()) {
            return;
        }
        final double time = event.detail();
        final double value = event.normalized();
        switch (event.channel()) {
            case HandPhase.BEGAN -> {
                if (modes[index] == AutomationMode.LATCH) {
                    latched[index] = true;
                    tellHands();
                }
                takes.begin(index, time, value);
            }
            case HandPhase.MOVED -> takes.move(index, time, value);
            case HandPhase.ENDED -> takes.end(index, time, value);
            default -> {
                // Nothing that a hand does.
            }
        }
    }

    private void record(final int index, final Recording recording, final double time) {
        final double end = recording.end(time);
        final AutomationLane lane =
                lane(index)
                        .orElseGet(() -> AutomationLane.empty(registry.get(index).id(), newBase));
        apply(automation.with(lane.replace(recording.start(), end, recording.points(ERROR))));
        changed.run();
    }
}
