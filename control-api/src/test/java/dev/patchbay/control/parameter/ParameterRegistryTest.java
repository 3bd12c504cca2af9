// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.parameter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.layout.Parameter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ParameterRegistryTest {
    private static final int CUTOFF = 0;
    private static final int MIX = 1;
    private static final int METER = 2;
    private static final List<Parameter> PARAMETERS =
            List.of(
                    Parameter.of(70, "cutoff", "Cutoff")
                            .unit("Hz")
                            .range(20, 20_000, 440)
                            .logarithmic()
                            .group("Filter")
                            .build(),
                    Parameter.of(5, "mix", "Mix").unit("%").range(0, 100, 50).build(),
                    Parameter.of(6, "meter", "Meter")
                            .flag(Parameter.Flag.READ_ONLY)
                            .group("Filter")
                            .build());

    private final FakeEngine engine = new FakeEngine(PARAMETERS);
    private final List<String> told = new ArrayList<>();
    private long now = -5;
    private final ParameterRegistry registry = new ParameterRegistry(PARAMETERS, engine, () -> now);
    private final ParameterWriter panel = registry.writer("panel", Duration.ofNanos(100));

    ParameterRegistryTest() {
        registry.listen(new Scribe());
    }

    private final class Scribe implements ParameterListener {
        @Override
        public void gestureBegan(final int index) {
            told.add("began " + index);
        }

        @Override
        public void changed(final int index, final double normalized, final String writer) {
            told.add(writer + " " + index + "=" + normalized);
        }

        @Override
        public void gestureEnded(final int index) {
            told.add("ended " + index);
        }
    }

    @Test
    void parametersAreFoundByIdAndSymbolAndGroup() {
        assertEquals(3, registry.count());
        assertEquals(CUTOFF, registry.indexOfId(70).orElseThrow());
        assertTrue(registry.indexOfId(71).isEmpty());
        assertEquals(MIX, registry.indexOfSymbol("mix").orElseThrow());
        assertTrue(registry.indexOfSymbol("Mix").isEmpty());
        assertEquals(
                List.of(
                        new ParameterGroup("Filter", List.of(CUTOFF, METER)),
                        new ParameterGroup("", List.of(MIX))),
                registry.groups());
        assertEquals("440 Hz", registry.text(CUTOFF));
        assertEquals(440, registry.plain(CUTOFF), 1e-3);
    }

    @Test
    void everyDoubleThatIsSetComesBackBitByBitBeforeAndAfterTheEnginePlaysIt() {
        final long seed = System.nanoTime();
        System.out.println("ParameterRegistryTest: seed " + seed);
        final Random r = new Random(seed);
        final double[] extremes = {
            0, 1, Double.MIN_VALUE, 1e-40, Math.nextDown(1.0), 0.1, 1 / 3.0, 0x1p-24, 0x1p-126
        };
        for (int i = 0; i < 10_000; i++) {
            final double value =
                    i < extremes.length
                            ? extremes[i]
                            : r.nextInt(4) == 0
                                    ? Double.longBitsToDouble(
                                            (long) (r.nextDouble() * Double.doubleToLongBits(1.0)))
                                    : r.nextDouble();
            panel.set(MIX, value);
            for (int step = 0; step < 5; step++) {
                assertEquals(
                        Double.doubleToRawLongBits(value),
                        Double.doubleToRawLongBits(registry.value(MIX)),
                        value + " after " + step + " blocks, seed " + seed);
                assertTrue(registry.has(MIX, (float) value));
                engine.block();
                registry.poll();
            }
        }
        assertFalse(told.stream().anyMatch(t -> t.startsWith("engine")), told::toString);
    }

    @Test
    void anothersValueReplacesOneThatWasSetHere() {
        panel.set(MIX, 0.1);
        engine.block();
        engine.cells[MIX] = 0.7f;
        engine.answer();
        registry.poll();
        assertEquals((double) 0.7f, registry.value(MIX));
        assertEquals("engine 1=" + (double) 0.7f, told.get(told.size() - 1));
    }

    @Test
    void aValueThatTheHostOverrodeInTheSameBlockIsGivenUp() {
        panel.set(MIX, 0.1);
        // The block was under way: it does not have the change, which counts all the same.
        engine.answer();
        registry.poll();
        assertEquals(0.1, registry.value(MIX));
        engine.take();
        engine.cells[MIX] = 0.5f;
        engine.answer();
        registry.poll();
        assertEquals(0.5, registry.value(MIX), "what plays");
        assertEquals("engine 1=0.5", told.get(told.size() - 1));
    }

    @Test
    void aTransactionIsPublishedOnceAndRefusedWhole() {
        panel.setAll(Map.of(CUTOFF, 0.25, MIX, 0.75));
        assertEquals(1, engine.published);
        engine.block();
        assertEquals("[0.25, 0.75, 0.0]", Arrays.toString(engine.cells));
        final IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> panel.setAll(Map.of(CUTOFF, 0.5, MIX, 1.5)));
        assertEquals("The parameter \"mix\" takes 0 to 1, but was given 1.5.", e.getMessage());
        engine.block();
        assertEquals("[0.25, 0.75, 0.0]", Arrays.toString(engine.cells));
        assertEquals(0.25, registry.value(CUTOFF));
    }

    @Test
    void whatIsNoValueIsRefusedAndZeroHasNoSign() {
        for (final double bad :
                new double[] {
                    Double.NaN,
                    Double.POSITIVE_INFINITY,
                    Double.NEGATIVE_INFINITY,
                    -Double.MIN_VALUE,
                    Math.nextUp(1.0)
                }) {
            assertThrows(IllegalArgumentException.class, () -> panel.set(MIX, bad), "" + bad);
        }
        for (final int bad : new int[] {-1, 3, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            assertThrows(IllegalArgumentException.class, () -> panel.set(bad, 0));
            assertThrows(IllegalArgumentException.class, () -> panel.begin(bad));
            assertThrows(IllegalArgumentException.class, () -> panel.end(bad));
            assertThrows(IllegalArgumentException.class, () -> registry.value(bad));
        }
        assertEquals(List.of(), told);
        panel.set(MIX, -0.0);
        assertEquals(0, Double.doubleToRawLongBits(registry.value(MIX)));
    }

    @Test
    void onlyThePluginChangesWhatIsReadOnly() {
        assertEquals(
                "The parameter \"meter\" is read-only: only the plug-in itself changes it.",
                assertThrows(IllegalArgumentException.class, () -> panel.set(METER, 0.5))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> panel.begin(METER));
        registry.pluginWriter("module").set(METER, 0.5);
        assertEquals(0.5, registry.value(METER));
    }

    @Test
    void textIsSetInTheParametersUnit() {
        panel.setText(CUTOFF, "1k2");
        assertEquals("1.2 kHz", registry.text(CUTOFF));
        assertEquals(1_200, registry.plain(CUTOFF), 1e-9);
        engine.block();
        registry.poll();
        assertEquals(1_200, registry.plain(CUTOFF), 1e-9, "more than 32 bits of it");
        assertThrows(IllegalArgumentException.class, () -> panel.setText(CUTOFF, "loud"));
    }

    @Test
    void aChangeAloneIsAGestureOfItsOwn() {
        panel.set(MIX, 0.25);
        assertEquals(List.of("began 1", "panel 1=0.25", "ended 1"), told);
        assertFalse(registry.isHeld(MIX));
    }

    @Test
    void gesturesNestAndTheOutermostEndLetsGo() {
        panel.begin(MIX);
        panel.begin(MIX);
        panel.set(MIX, 0.25);
        panel.end(MIX);
        panel.set(MIX, 0.5);
        assertTrue(panel.holds(MIX));
        panel.end(MIX);
        panel.end(MIX);
        assertEquals(List.of("began 1", "panel 1=0.25", "panel 1=0.5", "ended 1"), told);
    }

    @Test
    void severalWritersHoldAParameterInOneGesture() {
        final ParameterWriter knob = registry.writer("knob", ParameterRegistry.NEVER);
        panel.begin(MIX);
        knob.begin(MIX);
        knob.set(MIX, 0.25);
        panel.set(MIX, 0.5);
        panel.end(MIX);
        assertTrue(registry.isHeld(MIX));
        knob.set(MIX, 0.75);
        knob.end(MIX);
        assertEquals(
                List.of("began 1", "knob 1=0.25", "panel 1=0.5", "knob 1=0.75", "ended 1"), told);
        assertEquals(0.75, registry.value(MIX), "the last change counts");
    }

    @Test
    void aForgottenGestureEndsAfterItsWritersRest() {
        panel.begin(MIX);
        now += 99;
        panel.set(MIX, 0.25);
        now += 99;
        registry.poll();
        assertTrue(panel.holds(MIX));
        now += 1;
        registry.poll();
        assertEquals(List.of("began 1", "panel 1=0.25", "ended 1"), told);
        panel.end(MIX);
        assertEquals(3, told.size(), "an end that comes late is nothing");
        panel.set(MIX, 0.5);
        assertEquals(6, told.size(), "a gesture of its own");
    }

    @Test
    void aWriterThatIsClosedLetsGoOfEverything() {
        final ParameterWriter knob = registry.writer("knob", ParameterRegistry.NEVER);
        knob.begin(MIX);
        knob.begin(CUTOFF);
        now = Long.MAX_VALUE;
        registry.poll();
        assertEquals(List.of("began 1", "began 0"), told, "it never rests");
        knob.close();
        knob.close();
        assertEquals(List.of("began 1", "began 0", "ended 0", "ended 1"), told);
        assertTrue(
                assertThrows(IllegalStateException.class, () -> knob.set(MIX, 0))
                        .getMessage()
                        .startsWith("The writer \"knob\" is closed"));
        assertThrows(IllegalArgumentException.class, () -> registry.writer("hasty", Duration.ZERO));
    }

    @Test
    void aListenerMayChangeParametersAndIsToldInOrder() {
        registry.listen(
                new ParameterListener() {
                    @Override
                    public void changed(final int index, final double value, final String writer) {
                        if (index == MIX) {
                            panel.set(CUTOFF, value);
                        }
                    }
                });
        panel.set(MIX, 0.25);
        assertEquals(
                List.of("began 1", "panel 1=0.25", "ended 1", "began 0", "panel 0=0.25", "ended 0"),
                told);
        assertEquals(0.25, registry.value(CUTOFF));
    }

    @Test
    void whateverWritersDoGesturesAreWholeAndTheLastChangeCounts() {
        final long seed = System.nanoTime();
        System.out.println("ParameterRegistryTest: seed " + seed);
        final Random r = new Random(seed);
        final double[] last = {registry.value(CUTOFF), registry.value(MIX)};
        final List<ParameterWriter> writers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            writers.add(registry.writer("w" + i, Duration.ofNanos(20)));
        }
        for (int step = 0; step < 50_000; step++) {
            final ParameterWriter writer = writers.get(r.nextInt(writers.size()));
            final int index = r.nextInt(2);
            switch (r.nextInt(8)) {
                case 0, 1 -> writer.begin(index);
                case 2, 3 -> writer.end(index);
                case 4 -> {
                    last[index] = r.nextDouble();
                    writer.set(index, last[index]);
                }
                case 5 -> {
                    // The host, between blocks and after all that was published was taken.
                    engine.block();
                    engine.block();
                    engine.cells[index] = r.nextFloat();
                    last[index] = engine.cells[index];
                    registry.poll();
                }
                case 6 -> {
                    writer.close();
                    writers.set(
                            writers.indexOf(writer),
                            registry.writer("w" + step, Duration.ofNanos(20)));
                }
                default -> {
                    now += r.nextInt(15);
                    engine.block();
                    registry.poll();
                }
            }
            assertEquals(last[index], registry.value(index), "step " + step + ", seed " + seed);
            boolean held = false;
            for (final ParameterWriter one : writers) {
                held |= one.holds(index);
            }
            assertEquals(held, registry.isHeld(index), "step " + step + ", seed " + seed);
        }
        writers.forEach(ParameterWriter::close);
        final boolean[] open = new boolean[2];
        for (final String event : told) {
            final String[] words = event.split("[ =]");
            final int index = Integer.parseInt(words[1]);
            switch (words[0]) {
                case "began" -> {
                    assertFalse(open[index], "a beginning in a gesture, seed " + seed);
                    open[index] = true;
                }
                case "ended" -> {
                    assertTrue(open[index], "an end without a beginning, seed " + seed);
                    open[index] = false;
                }
                case "engine" -> {
                    // The host may move what somebody holds.
                }
                default -> assertTrue(open[index], "a change outside of gestures, seed " + seed);
            }
        }
        assertFalse(open[0] || open[1]);
    }
}
