// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth.control;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.control.ControlContext;
import dev.patchbay.control.midi.MidiControl;
import dev.patchbay.control.parameter.EngineParameters;
import dev.patchbay.control.parameter.ParameterRegistry;
import dev.patchbay.examples.polysynth.PolySynthParameters;
import dev.patchbay.layout.Parameter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolySynthControlTest {
    private final FakeContext context = new FakeContext();
    private final PolySynthControl control = new PolySynthControl();

    @BeforeEach
    void init() {
        control.init(context);
    }

    @Test
    void aFreshInstanceHasNoPreset() {
        assertEquals(
                "{\"format\":\"polysynth\",\"version\":1,\"preset\":null,\"edited\":false}",
                state());
    }

    @Test
    void aPresetIsAppliedInOneStepThatSetsAllParameters() {
        control.selectPreset(control.presets().indexOf("Velvet Pad"));
        assertEquals(1, context.steps.size());
        assertEquals(PolySynthParameters.COUNT, context.steps.get(0).size());
        assertEquals(
                "{\"format\":\"polysynth\",\"version\":1,\"preset\":\"Velvet"
                        + " Pad\",\"edited\":false}",
                state());
        assertEquals(1, context.stateChanges);
    }

    @Test
    void theEchoOfAPresetDoesNotMakeItEdited() {
        control.selectPreset(3);
        context.echo(control);
        assertTrue(state().endsWith("\"edited\":false}"), state());
    }

    @Test
    void aParameterThatIsMovedMakesThePresetEditedAndMovedBackNot() {
        control.selectPreset(3);
        final int changes = context.stateChanges;
        final float chosen = context.value(PolySynthParameters.VOLUME);
        context.move(control, PolySynthParameters.VOLUME, 0.1f);
        assertTrue(state().endsWith("\"edited\":true}"), state());
        assertEquals(changes + 1, context.stateChanges);
        context.move(control, PolySynthParameters.VOLUME, 0.2f);
        assertEquals(changes + 1, context.stateChanges, "the bytes are the same");
        context.move(control, PolySynthParameters.VOLUME, chosen);
        assertTrue(state().endsWith("\"edited\":false}"), state());
        assertEquals(changes + 2, context.stateChanges);
    }

    @Test
    void aStateSurvivesTheWayThroughAHost() {
        for (int preset = 0; preset < control.presets().size(); preset++) {
            control.selectPreset(preset);
            context.move(control, 0, preset % 2 == 0 ? 1 : context.value(0));
            final byte[] saved = control.saveState();
            final PolySynthControl other = new PolySynthControl();
            other.init(new FakeContext());
            other.loadState(saved);
            assertArrayEquals(saved, other.saveState());
        }
    }

    @Test
    void whenItsParametersArriveAfterAStateThePresetIsKnownAgain() {
        control.selectPreset(2);
        final byte[] saved = control.saveState();
        final PolySynthControl other = new PolySynthControl();
        other.init(context);
        other.loadState(saved);
        context.echo(other);
        assertArrayEquals(saved, other.saveState());
    }

    @Test
    void aPresetThatThisVersionDoesNotKnowIsKept() {
        final String stored =
                "{\"format\":\"polysynth\",\"version\":1,\"preset\":\"Of"
                        + " Tomorrow\",\"edited\":true}";
        control.loadState(stored.getBytes(StandardCharsets.UTF_8));
        control.setParameter(0, 1);
        assertEquals(stored, state());
    }

    @Test
    void noBytesAreAFreshState() {
        control.selectPreset(1);
        control.loadState(new byte[0]);
        assertTrue(state().contains("\"preset\":null"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | must read",
                "null | must read",
                "{\"format\":\"polysynth\",\"version\":1,\"preset\":null,\"edited\":false} x | must"
                        + " read",
                "{\"format\":\"polysynth\",\"version\":1,\"preset\":\"a\\u0000\",\"edited\":false}"
                        + " | must read",
                "{\"format\":\"polysynth\",\"version\":1,\"preset\":\"\",\"edited\":false} | must"
                        + " read",
                "{\"format\":\"polysynth\",\"version\":1,\"preset\":\"A\",\"edited\":maybe} | must"
                        + " read",
                "{\"format\":\"polysynth\",\"version\":1,\"preset\":\"A\"} | must read",
                "{\"format\":\"polysynth\",\"version\":2,\"sound\":[1,2]} | version 2",
                "{\"format\":\"polysynth\",\"version\":99999999999} | must read",
                "{\"format\":\"othersynth\",\"version\":1} | must read",
            })
    void otherTextIsRefusedWithASentence(final String text, final String reason) {
        assertRefused(text.getBytes(StandardCharsets.UTF_8), reason);
    }

    @ParameterizedTest
    @ValueSource(ints = {1_001, 1 << 20})
    void tooManyBytesAreRefused(final int length) {
        assertRefused(new byte[length], "at most 1000 bytes long, but this one has " + length);
    }

    @Test
    void bytesThatAreNoTextAreRefused() {
        assertRefused(new byte[] {'{', (byte) 0xC3, (byte) 0x28}, "must be UTF-8");
    }

    @Test
    void anyDamageToAStateIsEitherRefusedOrAStateAgain() {
        control.selectPreset(1);
        final byte[] good = control.saveState();
        final long seed = new Random().nextLong();
        final Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            final byte[] bad = good.clone();
            for (int n = random.nextInt(3); n >= 0; n--) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
            }
            try {
                control.loadState(bad);
                assertArrayEquals(bad, control.saveState(), "seed " + seed);
            } catch (final IllegalArgumentException e) {
                assertTrue(e.getMessage().endsWith("."), "seed " + seed + ": " + e.getMessage());
            }
        }
    }

    @Test
    void indicesThatDoNotExistAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> control.selectPreset(-1));
        assertThrows(
                IllegalArgumentException.class,
                () -> control.selectPreset(control.presets().size()));
        assertThrows(
                IllegalArgumentException.class,
                () -> control.setParameter(PolySynthParameters.COUNT, 0));
        assertThrows(IllegalArgumentException.class, () -> control.setParameter(-1, 0));
    }

    private void assertRefused(final byte[] bytes, final String reason) {
        control.selectPreset(4);
        final byte[] before = control.saveState();
        final IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> control.loadState(bytes));
        assertTrue(e.getMessage().contains(reason), e.getMessage());
        assertArrayEquals(before, control.saveState(), "the state is as it was");
    }

    private String state() {
        return new String(control.saveState(), StandardCharsets.UTF_8);
    }

    /** Holds values as the shared memory does: as floats, which the engine plays at once. */
    private static final class FakeContext implements ControlContext, EngineParameters {
        private final List<Parameter> parameters = new PolySynthParameters().parameters();
        private final float[] values = new float[parameters.size()];
        private final List<Map<Integer, Double>> steps = new ArrayList<>();
        private final ParameterRegistry registry;
        private int stateChanges;
        private long blocks;

        FakeContext() {
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) parameters.get(i).defaultNormalized();
            }
            registry = new ParameterRegistry(parameters, this);
        }

        void move(final PolySynthControl control, final int index, final float value) {
            values[index] = value;
            blocks += 2;
            control.setParameter(index, value);
        }

        void echo(final PolySynthControl to) {
            for (int i = 0; i < values.length; i++) {
                to.setParameter(i, values[i]);
            }
        }

        @Override
        public List<Parameter> parameters() {
            return parameters;
        }

        @Override
        public float value(final int index) {
            return values[index];
        }

        @Override
        public void change(final Map<Integer, Double> normalizedByIndex) {
            steps.add(normalizedByIndex);
            registry.pluginWriter("module").setAll(normalizedByIndex);
        }

        @Override
        public ParameterRegistry registry() {
            return registry;
        }

        @Override
        public MidiControl midi() {
            throw new UnsupportedOperationException("The synth leaves MIDI to the engine.");
        }

        @Override
        public float playing(final int index) {
            return values[index];
        }

        @Override
        public void set(final int index, final float normalized) {
            values[index] = normalized;
        }

        @Override
        public void publish() {
            blocks++;
        }

        @Override
        public long blocks() {
            return blocks;
        }

        @Override
        public void stateChanged() {
            stateChanges++;
        }
    }
}
