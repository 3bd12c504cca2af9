// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class ParameterTest {
    private static Parameter.Builder builder() {
        return Parameter.of(1, "cutoff", "Cutoff");
    }

    private static String refusal(final UnaryOperator<Parameter.Builder> change) {
        return assertThrows(IllegalArgumentException.class, () -> change.apply(builder()).build())
                .getMessage();
    }

    private static Parameter random(final Random r) {
        final double low = (r.nextDouble() - 0.5) * Math.pow(10, r.nextInt(9) - 3);
        final double high = low + r.nextDouble() * Math.pow(10, r.nextInt(9) - 3) + 1e-6;
        switch (r.nextInt(4)) {
            case 0:
                return builder().range(low, high, low).build();
            case 1:
                final double least = Math.abs(low) + 1e-6;
                return builder().range(least, least + high - low, least).logarithmic().build();
            case 2:
                return builder().range(low, high, high).power(0.2 + 5 * r.nextDouble()).build();
            default:
                return builder().range(low, high, low).steps(1 + r.nextInt(1000)).build();
        }
    }

    @Test
    void plainAndNormalizedAreEachOthersInverseAndStayInRange() {
        final long seed = System.nanoTime();
        System.out.println("ParameterTest: seed " + seed);
        final Random r = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            final Parameter p = random(r);
            final String what = p + ", seed " + seed;
            final double n = r.nextDouble();
            final double plain = p.toPlain(n);
            assertTrue(plain >= p.minimum() && plain <= p.maximum(), what);
            final double back = p.toNormalized(plain);
            assertTrue(back >= 0 && back <= 1, what);
            final double span = p.maximum() - p.minimum();
            // A span that is small beside its ends leaves few digits to the difference.
            final double tolerance =
                    1e-9 * span + 1e-13 * Math.max(Math.abs(p.minimum()), Math.abs(p.maximum()));
            assertEquals(plain, p.toPlain(back), tolerance, what);
            assertEquals(p.minimum(), p.toPlain(0), what);
            assertEquals(p.maximum(), p.toPlain(1), what);
            assertEquals(0, p.toNormalized(p.minimum()), what);
            assertEquals(1, p.toNormalized(p.maximum()), what);
            final double more = Math.min(1, n + r.nextDouble() / 10);
            assertTrue(p.toPlain(more) >= plain, what);
        }
    }

    @Test
    void whateverIsAskedEveryScaleAnswersWithinItsRangeAndInOrder() {
        final long seed = System.nanoTime();
        System.out.println("ParameterTest: seed " + seed);
        final Random r = new Random(seed);
        final double[] ends = {0, Double.MIN_VALUE, 1e-300, 1e-5, 1, 440, 1e9, 8e307};
        final double[] asked = {
            Double.NEGATIVE_INFINITY,
            -Double.MAX_VALUE,
            -1,
            -Double.MIN_VALUE,
            -0.0,
            0,
            Double.MIN_VALUE,
            1e-40,
            0x1p-24,
            0.5,
            Math.nextDown(1.0),
            1,
            Math.nextUp(1.0),
            1e9,
            Double.MAX_VALUE,
            Double.POSITIVE_INFINITY
        };
        for (int i = 0; i < 20_000; i++) {
            // Zero without a sign.
            final double a = ends[r.nextInt(ends.length)] * (r.nextBoolean() ? 1 : -1) + 0.0;
            final double b = r.nextInt(4) == 0 ? Math.nextUp(a) : ends[r.nextInt(ends.length)];
            final Parameter.Builder builder =
                    builder().range(Math.min(a, b), Math.max(a, b), Math.max(a, b));
            switch (r.nextInt(4)) {
                case 0 -> builder.logarithmic();
                case 1 -> builder.power(Math.pow(10, r.nextInt(641) - 323));
                case 2 -> builder.steps(1 + r.nextInt(1 << r.nextInt(31)));
                default -> builder.range(Math.min(a, b), Math.max(a, b), Math.min(a, b));
            }
            final Parameter p;
            try {
                p = builder.build();
            } catch (final IllegalArgumentException e) {
                // No range, or none that a logarithm has.
                continue;
            }
            final String what = p + ", seed " + seed;
            assertEquals(p.minimum(), p.toPlain(Double.NaN), what);
            assertEquals(0, p.toNormalized(Double.NaN), what);
            double plain = p.minimum();
            double normalized = 0;
            for (final double value : asked) {
                assertTrue(p.toPlain(value) >= plain && p.toPlain(value) <= p.maximum(), what);
                plain = p.toPlain(value);
                final double back = p.toNormalized(value);
                assertTrue(back >= normalized && back <= 1, value + " of " + what);
                normalized = back;
            }
            assertEquals(p.maximum(), plain, what);
            assertEquals(1, normalized, what);
            assertEquals(0, p.toNormalized(p.minimum()), what);
            assertEquals(1, p.toNormalized(p.maximum()), what);
        }
    }

    @Test
    void theScalesMapTheMiddleAsTheySay() {
        assertEquals(15, builder().range(10, 20, 10).build().toPlain(0.5));
        assertEquals(200, builder().range(20, 2000, 20).logarithmic().build().toPlain(0.5), 1e-9);
        assertEquals(2.5, builder().range(0, 10, 0).power(2).build().toPlain(0.5));
        assertEquals(0.5, builder().range(0, 10, 0).power(2).build().toNormalized(2.5));
    }

    /** Up to some 5000 steps; beyond, 32 bits are too few beside the host's rule of rounding down. */
    @Test
    void everyStepKeepsItsValueAlsoThroughACellOf32Bits() {
        for (final int steps :
                new int[] {1, 2, 7, 127, 1000, 4096, 5000, 16_383, 100_000, 1 << 22}) {
            final Parameter p = builder().range(0, steps, 0).steps(steps).build();
            final int stride = Math.max(1, steps / 100_003);
            for (int i = 0; i <= steps; i += stride) {
                assertEquals(i, p.toPlain(p.toNormalized(i)), "of " + steps);
                assertEquals(i, p.toPlain((float) p.toNormalized(i)), "of " + steps + ", 32 bits");
            }
        }
    }

    /** As VST3 has it: steps + 1 parts of equal size. */
    @Test
    void whatLiesBetweenTheStepsFallsIntoPartsOfEqualSize() {
        for (final int steps : new int[] {1, 3, 10, 127}) {
            final Parameter p = builder().range(0, steps, 0).steps(steps).build();
            for (int part = 0; part <= steps; part++) {
                final double width = 1.0 / (steps + 1);
                assertEquals(part, p.toPlain((part + 0.01) * width), "of " + steps);
                assertEquals(part, p.toPlain((part + 0.99) * width), "of " + steps);
            }
        }
    }

    @Test
    void namedValuesAreAChoiceFromZero() {
        final Parameter p = builder().values("Sine", "Saw", "Square").build();
        assertEquals(2, p.stepCount());
        assertEquals(2, p.maximum());
        assertEquals(0, p.toPlain(0.33));
        assertEquals(1, p.toPlain(0.34));
        assertEquals(2, p.toPlain(0.67));
        assertEquals(0.5, p.toNormalized(1));
        assertEquals(0.5, p.toNormalized(1.2));
    }

    @Test
    void valuesOutsideAreClampedAndNaNIsTheMinimum() {
        final Parameter p = builder().range(-1, 3, 0).build();
        assertEquals(-1, p.toPlain(-5));
        assertEquals(3, p.toPlain(5));
        assertEquals(-1, p.toPlain(Double.NaN));
        assertEquals(0, p.toNormalized(-5));
        assertEquals(1, p.toNormalized(5));
        assertEquals(0, p.toNormalized(Double.NaN));
        assertEquals(0.25, p.defaultNormalized());
    }

    @Test
    void whatContradictsItselfIsRefusedWithItsNumbers() {
        assertEquals(
                "Parameter \"cutoff\": the default must lie in 0.0…1.0, but it is 2.0.",
                refusal(b -> b.initial(2)));
        assertEquals(
                "Parameter \"cutoff\": the minimum must be below the maximum, and both and their"
                        + " distance finite, but they are 1.0 and 1.0.",
                refusal(b -> b.range(1, 1, 1)));
        assertTrue(refusal(b -> b.range(0, Double.NaN, 0)).contains("0.0 and NaN"));
        assertTrue(refusal(b -> b.range(-1e308, 1.7e308, 0)).contains("distance finite"));
        assertTrue(refusal(b -> b.initial(Double.NaN)).contains("it is NaN"));
        assertEquals(
                "Parameter \"cutoff\": a logarithmic scale needs a minimum above 0 and a finite"
                        + " ratio above 1, but they are 0.0 and 1.0.",
                refusal(Parameter.Builder::logarithmic));
        assertTrue(refusal(b -> b.range(1e-300, 1e300, 1).logarithmic()).contains("finite ratio"));
        assertEquals(
                "Parameter \"cutoff\": the exponent must be above 0, and it and its reciprocal"
                        + " finite, but it is 0.0.",
                refusal(b -> b.power(0)));
        assertEquals(
                "Parameter \"cutoff\": the step count must not be negative: -1.",
                refusal(b -> b.steps(-1)));
        assertEquals(
                "Parameter \"cutoff\": 4 values need as many names, but there are 2.",
                refusal(b -> b.values("a", "b").steps(3)));
        assertEquals(
                "Parameter \"cutoff\": a value's name is one line, but one is \"a\nb\".",
                refusal(b -> b.values("a\nb", "c")));
    }

    @Test
    void idsAndSymbolsThatCannotBeAreRefused() {
        for (final int id : new int[] {-1, 1 << 30, Integer.MAX_VALUE}) {
            assertEquals(
                    "Parameter \"cutoff\": the id must lie in 0…2^30−1, but it is " + id + ".",
                    assertThrows(
                                    IllegalArgumentException.class,
                                    () -> Parameter.of(id, "cutoff", "Cutoff").build())
                            .getMessage());
        }
        assertEquals((1 << 30) - 1, Parameter.of((1 << 30) - 1, "x", "").build().id());
        assertTrue(
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Parameter.of(1, "Cutoff", "Cutoff").build())
                        .getMessage()
                        .startsWith("The name of a parameter must be"));
    }
}
