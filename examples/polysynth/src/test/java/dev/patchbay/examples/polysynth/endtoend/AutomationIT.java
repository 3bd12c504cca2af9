// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth.endtoend;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.patchbay.control.automation.Automation;
import dev.patchbay.control.automation.AutomationLane;
import dev.patchbay.control.automation.AutomationPoint;
import dev.patchbay.control.automation.AutomationState;
import dev.patchbay.control.state.ComponentState;
import dev.patchbay.control.state.ControlState;
import dev.patchbay.control.state.ParameterValues;
import dev.patchbay.examples.polysynth.PolySynthParameters;
import dev.patchbay.layout.AutomationBase;
import dev.patchbay.layout.AutomationShape;
import dev.patchbay.layout.Parameter;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.StandardRegion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Automation from a host's project to the sound: the real host, bridge and processes, and a module that lets parameters be heard. */
class AutomationIT {
    private static final List<Parameter> PARAMETERS = new PolySynthParameters().parameters();
    private static final int RATE = 48_000;
    private static final int MOST = 20_000;

    @TempDir private static Path shared;
    private static Path bundle;

    @TempDir private Path folder;
    private Path state;
    private AutomationLane volume;
    private AutomationLane cutoff;

    @BeforeAll
    static void bundle() throws Exception {
        bundle = Tools.bundle(shared, Sweeps.class.getName(), 0);
    }

    @BeforeEach
    void prepare() throws Exception {
        final List<AutomationPoint> many = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            // One in 19 frames, so that the points meet blocks and grid in every way.
            final AutomationShape shape = AutomationShape.values()[i % 3];
            final double curve = shape == AutomationShape.CURVE ? i % 9 - 4 : 0;
            final double time = Math.rint(i * 19 * 1e9 / RATE) / 1e9;
            many.add(new AutomationPoint(time, i % 11 / 10.0, shape, curve));
        }
        volume = new AutomationLane(id(0), AutomationBase.SECONDS, 0, true, many);
        // Begins anew every beat and a half, which is 36 000 frames.
        cutoff =
                new AutomationLane(
                        id(1),
                        AutomationBase.QUARTERS,
                        1.5,
                        true,
                        List.of(
                                AutomationPoint.linear(0, 0.125),
                                AutomationPoint.curve(0.5, 1, 3),
                                AutomationPoint.hold(1, 0.25),
                                AutomationPoint.linear(1.25, 0.75)));
        state = folder.resolve("automated.state");
        final byte[] rest = new ControlState(new byte[0], new byte[0]).encode();
        Files.write(
                state,
                new ComponentState(
                                ParameterValues.of(Map.of()),
                                new AutomationState(new Automation(List.of(volume, cutoff)), rest)
                                        .encode())
                        .encode(PARAMETERS));
    }

    private static int id(final int channel) {
        return PARAMETERS.stream()
                .filter(p -> p.symbol().equals(Sweeps.SYMBOLS[channel]))
                .findFirst()
                .orElseThrow()
                .id();
    }

    private HostRun start(final String name, final String... options) throws Exception {
        final List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of("--state-in", state.toString(), "--seconds", "4"));
        return HostRun.start(folder.resolve(name), bundle, Map.of(), all.toArray(String[]::new));
    }

    /** The value in a frame, as the documentation says it. */
    private static float expected(final AutomationLane lane, final int frame) {
        final double perUnit = lane.base() == AutomationBase.SECONDS ? RATE : RATE / 2.0;
        final double reach = (frame + 0.5) / perUnit;
        final double turn = lane.loop() > 0 ? Math.floor(reach / lane.loop()) * lane.loop() : 0;
        final List<AutomationPoint> points = lane.points();
        int last = 0;
        while (last + 1 < points.size() && points.get(last + 1).time() <= reach - turn) {
            last++;
        }
        final AutomationPoint from = points.get(last);
        if (last + 1 == points.size()) {
            return (float) from.value();
        }
        final AutomationPoint to = points.get(last + 1);
        final double time = frame / 32 * 32 / perUnit - turn;
        final double passed = (time - from.time()) / (to.time() - from.time());
        final double part = from.shape().part(Math.max(0, Math.min(1, passed)), from.curve());
        return (float) (from.value() + part * (to.value() - from.value()));
    }

    private void check(final float[][] heard, final String what) {
        for (int i = 0; i < heard[0].length; i++) {
            assertEquals(expected(volume, i), heard[0][i], 1e-6f, "volume, frame " + i + what);
            assertEquals(expected(cutoff, i), heard[1][i], 1e-6f, "cutoff, frame " + i + what);
        }
    }

    @Test
    void anOfflineRenderHasEachValueInItsFrameWhateverTheBlocksAndWithoutControl()
            throws Exception {
        final HostRun reference = start("reference").succeed();
        check(reference.samples(), "");
        final HostRun otherBlocks = start("blocks", "--block", "441").succeed();
        check(otherBlocks.samples(), ", blocks of 441");
        final HostRun killed = start("killed", "--realtime", "--mode", "offline");
        try (LiveRegion live = LiveRegion.of(killed)) {
            LiveRegion.await(
                    "sound", () -> live.counter(StandardRegion.BRIDGE_COUNTERS, "blocks") > 100);
            ProcessHandle.of(live.pid(Role.CONTROL)).orElseThrow().destroyForcibly();
            killed.succeed();
            assertEquals(1, live.counter(StandardRegion.BRIDGE_COUNTERS, "control_ended"));
        }
        assertArrayEquals(Files.readAllBytes(reference.wav), Files.readAllBytes(killed.wav));
    }

    @Test
    void theAutomationComesBackWithTheHostsProjectAndTheHostsValuesStayAsTheyWere()
            throws Exception {
        final Path saved = folder.resolve("saved.state");
        start("save", "--state-out", saved.toString()).succeed();
        final ComponentState back = ComponentState.decode(Files.readAllBytes(saved));
        final AutomationState parts = AutomationState.decode(back.control(), MOST);
        assertEquals(new Automation(List.of(volume, cutoff)), parts.automation());
        for (final Parameter parameter : PARAMETERS) {
            assertEquals(
                    (float) parameter.defaultNormalized(),
                    (float) back.values().of(parameter),
                    parameter.symbol() + " is not recorded as the host's");
        }
    }
}
