// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import dev.patchbay.atomics.Counters;
import dev.patchbay.atomics.FloatCells;
import dev.patchbay.atomics.MeterReader;
import dev.patchbay.atomics.ParameterChangesWriter;
import dev.patchbay.atomics.RoleCell;
import dev.patchbay.eventqueue.EventQueue;
import dev.patchbay.eventqueue.RingReader;
import dev.patchbay.eventqueue.SysexWriter;
import dev.patchbay.layout.Heads;
import dev.patchbay.layout.Parameter;
import dev.patchbay.layout.PluginImage;
import dev.patchbay.layout.Region;
import dev.patchbay.layout.RegionDeclaration;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.SectionEntry;
import dev.patchbay.layout.StandardRegion;
import dev.patchbay.layout.StandardRegion.Request;
import dev.patchbay.layout.StandardStructs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.agrona.concurrent.AtomicBuffer;

/** A plug-in instance in a real engine process under Epsilon, and a {@link BridgeSide} that plays it. */
final class EngineProcess implements AutoCloseable {
    static final int MAX_FRAMES = 512;
    private static final double SAMPLE_RATE = 48_000;
    private static final int WARM_ATTEMPTS = 6;
    private static final RegionDeclaration SHAPES =
            StandardRegion.declare(StandardRegion.Counts.DEFAULT);

    final Region region;
    final AtomicBuffer buffer;
    final EngineCommander commander;
    final Process process;
    final EventQueue hostEvents;
    final EventQueue controlEvents;
    final SysexWriter messages;
    final ParameterChangesWriter fromHost;
    final ParameterChangesWriter fromControl;
    final FloatCells parameters;
    private final BridgeSide bridge;
    private final int head;
    private long asked;

    EngineProcess(final Path folder, final String moduleClass) throws IOException {
        this(folder, moduleClass, ProcessHandle.current().pid());
    }

    EngineProcess(final Path folder, final String moduleClass, final long hostPid)
            throws IOException {
        this(folder, moduleClass, hostPid, List.of());
    }

    /** An engine whose JVM is started by another command, which changes what the process may do. */
    EngineProcess(
            final Path folder,
            final String moduleClass,
            final long hostPid,
            final List<String> starter)
            throws IOException {
        this(folder, new EngineCommander(folder, moduleClass, hostPid, starter));
    }

    /** A further instance in an engine that runs. */
    EngineProcess(final Path folder, final EngineCommander commander) throws IOException {
        this(folder, commander, 1);
    }

    /** An instance that has had engines before, in an engine that runs. */
    EngineProcess(final Path folder, final EngineCommander commander, final int generation)
            throws IOException {
        final Path file = folder.resolve("region");
        this.commander = commander;
        this.process = commander.process;
        this.region = Region.create(file, image());
        this.buffer = region.buffer();
        this.bridge = new BridgeSide(region, () -> commander.lives(asked));
        bridge.sampleRate(SAMPLE_RATE);
        this.hostEvents = bridge.hostEvents();
        this.messages = bridge.messages();
        this.controlEvents = bridge.controlEvents();
        this.fromHost = bridge.fromHost();
        this.fromControl = bridge.fromControl();
        this.parameters = FloatCells.over(buffer, section(StandardRegion.PARAMETERS));
        this.head = (int) section(StandardRegion.AUDIO).offset();
        final String refusal = commander.add(file, region.instanceId(), generation);
        if (!refusal.isEmpty()) {
            throw new IllegalStateException(refusal + text());
        }
        await("the engine to attach", () -> state() >= StandardRegion.RoleState.ATTACHED);
    }

    private static dev.patchbay.layout.RegionImage image() {
        final PluginImage image =
                new PluginImage(new StandardRegion.Counts(8, 4, 2, 2, MAX_FRAMES, 64, 64, 1024));
        image.parameters(
                List.of(
                        Parameter.of(1, "level", "Level").range(0, 10, 5).build(),
                        Parameter.of(2, "other", "Other").build()));
        return image.image();
    }

    SectionEntry section(final String name) {
        return region.section(SHAPES.section(name));
    }

    /** A reader that has seen what was closed before. */
    MeterReader meters(final String name) {
        return MeterReader.over(region.loads(), section(name));
    }

    int state() {
        return region.loads().int32(role("state"));
    }

    String message() {
        return bridge.message();
    }

    String collector() {
        return RoleCell.collectorOf(region.loads(), section(StandardRegion.ROLES), Role.RT);
    }

    private int role(final String field) {
        return section(StandardRegion.ROLES).elementOffset(Role.RT.code())
                + StandardStructs.ROLE.offset(field);
    }

    long counter(final String name) {
        return Counters.over(buffer, section(StandardRegion.RT_COUNTERS))
                .getAcquire(BlockRenderer.counter(name));
    }

    /** Whether the engine sleeps, or is about to. */
    boolean asleep() {
        return buffer.getIntVolatile(head + Heads.AUDIO_BLOCKS.offset("rt_asleep")) != 0;
    }

    /** Asks for a fresh module without warm-up; the answer is the status. */
    int activateOffline() {
        return ask(Request.ACTIVATE, MAX_FRAMES, StandardRegion.SlotFlag.OFFLINE);
    }

    /**
     * Asks for a module whose blocks may be judged: a rehearsal after which nothing was left to compile, and one more, since the
     * first may have ended while a method waited for its first call after a compilation. On a loaded machine it takes several.
     */
    void activateWarm() {
        for (int attempt = 0; attempt < WARM_ATTEMPTS; attempt++) {
            // With the same largest block the module would be kept, and nothing rehearsed.
            final boolean first = activate(MAX_FRAMES - 1);
            if (activate(MAX_FRAMES) && first) {
                return;
            }
        }
        throw new IllegalStateException(
                "The engine was still compiling after "
                        + 2 * WARM_ATTEMPTS
                        + " rehearsals: the machine is too busy to tell.");
    }

    private boolean activate(final int maxFrames) {
        asked = System.nanoTime();
        return bridge.activate(SAMPLE_RATE, maxFrames);
    }

    /** Renders a block and gives its first channel. */
    float[] render(final int frames) {
        return render(frames, 0, 0);
    }

    float[] render(final int frames, final int flags, final int channel) {
        final int status = ask(Request.PROCESS, frames, flags);
        if (status != 0) {
            throw new IllegalStateException("the block was refused: " + message());
        }
        return channel(channel, frames);
    }

    /** The frames of a channel of the last block. */
    float[] channel(final int channel, final int frames) {
        final float[] samples = new float[frames];
        bridge.output(channel, samples, frames);
        return samples;
    }

    void input(final int channel, final float[] samples) {
        bridge.input(channel, samples, samples.length);
    }

    int ask(final int kind, final int frames, final int flags) {
        asked = System.nanoTime();
        try {
            return bridge.ask(kind, frames, flags);
        } catch (final IllegalStateException e) {
            throw new IllegalStateException("no answer: " + e.getMessage() + " " + text(), e);
        }
    }

    /** Renders blocks such that the next one is there before one is answered. */
    void renderAhead(final int blocks, final int frames) {
        for (int i = 0; i < blocks; i++) {
            bridge.send(Request.PROCESS, frames, 0);
            await("a free slot", () -> bridge.unanswered() < 2);
        }
        await("the last answer", () -> bridge.unanswered() == 0);
    }

    /** Asks, and does not wait. */
    void send(final int kind, final int frames, final int flags) {
        asked = System.nanoTime();
        bridge.send(kind, frames, flags);
    }

    /** Whether the last request is answered. */
    boolean answered() {
        return bridge.unanswered() == 0;
    }

    int tailFrames() {
        return answer("tail_frames");
    }

    int latencyFrames() {
        return answer("latency_frames");
    }

    private int answer(final String field) {
        return buffer.getInt(
                section(StandardRegion.AUDIO).elementOffset(bridge.request() & 1)
                        + Heads.AUDIO_SLOT.offset(field));
    }

    /** What the module has said since this was last asked. */
    List<String> logLines() {
        return LogLines.read(RingReader.over(buffer, section(StandardRegion.RT_LOG)));
    }

    void await(final String what, final java.util.function.BooleanSupplier condition) {
        commander.await(what, condition);
    }

    String text() {
        return commander.text();
    }

    @Override
    public void close() {
        commander.close();
        region.close();
    }
}
