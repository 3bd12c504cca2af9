// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import dev.patchbay.atomics.DirtyBits;
import dev.patchbay.atomics.Snapshot;
import dev.patchbay.atomics.StructCopy;
import dev.patchbay.eventqueue.EventQueue;
import dev.patchbay.eventqueue.EventType;
import dev.patchbay.eventqueue.automation.AutomationWriter;
import dev.patchbay.eventqueue.automation.HandsWriter;
import dev.patchbay.eventqueue.automation.LaneEntry;
import dev.patchbay.eventqueue.automation.PointEntry;
import dev.patchbay.layout.AutomationBase;
import dev.patchbay.layout.AutomationShape;
import dev.patchbay.layout.StandardRegion;
import dev.patchbay.layout.StandardRegion.HandPhase;
import dev.patchbay.layout.StandardStructs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A host that plays its song to an engine, control beside it, and what a lane must sound like by its definition. */
final class AutomatedSong implements AutoCloseable {
    static final double RATE = 48_000;

    final EngineProcess engine;
    final AutomationWriter automation;
    final HandsWriter hands;
    private final EventQueue told;
    private final List<String> enginesOwn = new ArrayList<>();
    private final DirtyBits dirty;
    private final Snapshot transport;
    private final StructCopy where = new StructCopy(StandardStructs.TRANSPORT);
    double tempo = 120;
    long position;
    boolean playing = true;

    AutomatedSong(final EngineProcess engine) {
        this.engine = engine;
        this.automation =
                new AutomationWriter(engine.buffer, engine.section(StandardRegion.AUTOMATION));
        this.hands =
                new HandsWriter(engine.buffer, engine.section(StandardRegion.AUTOMATION_HANDS));
        this.told = EventQueue.over(engine.buffer, engine.section(StandardRegion.NOTIFICATIONS));
        this.dirty = DirtyBits.over(engine.buffer, engine.section(StandardRegion.DIRTY_FROM_RT));
        this.transport = Snapshot.over(engine.buffer, engine.section(StandardRegion.TRANSPORT));
    }

    double quarters() {
        return position / RATE * tempo / 60;
    }

    /** Renders a block; the answer is what the two parameters were in each frame. */
    float[][] play(final int frames) {
        where.integer("position_samples").set(position);
        where.floating("position_quarters").set(quarters());
        where.floating("tempo").set(tempo);
        where.floating("sample_rate").set(RATE);
        where.integer("playing").set(playing ? 1 : 0);
        transport.write(where);
        engine.render(frames);
        position += playing ? frames : 0;
        return new float[][] {engine.channel(0, frames), engine.channel(1, frames)};
    }

    /** The parameters that the host is told of, as bits. */
    long tellsHost() {
        return dirty.drain(0);
    }

    /** What control is told of hands: phase, parameter, value and time. */
    List<String> tellsControl() {
        final List<String> all = new ArrayList<>();
        told.poll(
                event -> {
                    if (event.type() == EventType.PARAMETER && event.channel() == HandPhase.NONE) {
                        enginesOwn.add(event.parameterIndex() + "=" + event.normalized());
                    } else if (event.type() == EventType.PARAMETER) {
                        all.add(
                                String.format(
                                        Locale.ROOT,
                                        "%d %d %.4f %.6f",
                                        event.channel(),
                                        event.parameterIndex(),
                                        event.normalized(),
                                        event.detail()));
                    }
                },
                told.capacity());
        return all;
    }

    /** What control was told, up to the last call of the method above, of changes that the engine has made itself. */
    List<String> enginesOwn() {
        return enginesOwn;
    }

    static PointEntry point(final double time, final double value) {
        return new PointEntry(time, (float) value, AutomationShape.LINEAR, 0);
    }

    static LaneEntry lane(
            final int parameter, final AutomationBase base, final PointEntry... points) {
        return new LaneEntry(parameter, base, 0, List.of(points));
    }

    /** The value in a frame of the song, from the documentation alone. */
    float expected(final LaneEntry lane, final long frame) {
        final double perUnit = lane.base() == AutomationBase.SECONDS ? RATE : RATE * 60 / tempo;
        double reach = (frame + 0.5) / perUnit;
        double turn = 0;
        if (lane.loop() > 0) {
            turn = Math.floor(reach / lane.loop()) * lane.loop();
            reach -= turn;
        }
        final List<PointEntry> points = lane.points();
        int last = -1;
        while (last + 1 < points.size() && points.get(last + 1).time() <= reach) {
            last++;
        }
        if (last < 0) {
            return points.get(0).value();
        }
        final PointEntry from = points.get(last);
        if (last + 1 == points.size() || from.shape() == AutomationShape.HOLD) {
            return from.value();
        }
        final PointEntry to = points.get(last + 1);
        final double time = Math.floorDiv(frame, 32L) * 32 / perUnit - turn;
        final double x = (time - from.time()) / (to.time() - from.time());
        final double part = from.shape().part(Math.max(0, Math.min(1, x)), from.curve());
        return (float) (from.value() + part * (to.value() - from.value()));
    }

    @Override
    public void close() throws IOException {
        engine.ask(StandardRegion.Request.QUIT, 0, 0);
        engine.commander.remove(engine.region.instanceId());
        engine.region.close();
    }
}
