// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParameterTextTest {
    private static final Parameter CUTOFF =
            Parameter.of(1, "cutoff", "Cutoff")
                    .unit("Hz")
                    .range(20, 20_000, 440)
                    .logarithmic()
                    .build();
    private static final Parameter VOLUME =
            Parameter.of(2, "volume", "Volume").unit("dB").range(-60, 6, 0).build();
    private static final Parameter MIX =
            Parameter.of(3, "mix", "Mix").unit("%").range(0, 100, 50).build();
    private static final Parameter ATTACK =
            Parameter.of(4, "attack", "Attack").unit("ms").range(0.5, 5_000, 3).build();
    private static final Parameter TUNE =
            Parameter.of(5, "tune", "Tune").unit("st").range(-24, 24, 0).steps(48).build();
    private static final Parameter AMOUNT = Parameter.of(6, "amount", "Amount").build();
    private static final Parameter WAVE =
            Parameter.of(7, "wave", "Wave").values("Saw", "Pulse", "8 Bit").build();
    private static final Parameter ROOM =
            Parameter.of(8, "room", "Room").unit("s").range(0, 10, 1).build();
    private static final List<Parameter> ALL =
            List.of(CUTOFF, VOLUME, MIX, ATTACK, TUNE, AMOUNT, WAVE, ROOM);

    private static Parameter named(final String symbol) {
        return ALL.stream().filter(p -> p.symbol().equals(symbol)).findFirst().orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "cutoff | 1200 | 1200 | 1.2 kHz",
                "cutoff | 440 | 440.0 | 440 Hz",
                "cutoff | 999.96 | 1000.0 | 1 kHz",
                "cutoff | 20000 | 20000 | 20 kHz",
                "volume | -6 | -6.00 | -6 dB",
                "volume | 0 | 0.00 | 0 dB",
                "volume | -0.0001 | 0.000 | 0 dB",
                "volume | 1.125 | 1.12 | 1.12 dB",
                "mix | 50 | 50.00 | 50 %",
                "mix | 100 | 100.0 | 100 %",
                "attack | 0.5 | 0.500 | 0.5 ms",
                "attack | 1500 | 1500 | 1.5 s",
                "attack | 999.99 | 1000.0 | 1 s",
                "room | 0.25 | 0.250 | 250 ms",
                "room | 0 | 0.00 | 0 s",
                "tune | -7 | -7 | -7 st",
                "amount | 0.25 | 0.250 | 0.25",
                "wave | 2 | 8 Bit | 8 Bit",
            })
    void valuesAreShownWithAndWithoutTheirUnit(
            final String symbol, final double plain, final String number, final String withUnit) {
        final Parameter p = named(symbol);
        final double n = p.toNormalized(plain);
        assertEquals(number, ParameterText.format(p, n));
        assertEquals(withUnit, ParameterText.formatWithUnit(p, n));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "cutoff | 1.2 kHz | 1200",
                "cutoff | 1k2 | 1200",
                "cutoff | 1k2Hz | 1200",
                "cutoff | 1,2 KHZ | 1200",
                "cutoff | 1.2k | 1200",
                "cutoff | 0.002 MHz | 2000",
                "cutoff | 440 | 440",
                "cutoff | a4 | 440",
                "cutoff | C4 | 261.6255653005986",
                "cutoff | Bb3 | 233.08188075904496",
                "cutoff | f#6 | 1479.9776908465376",
                "cutoff | 1e3 hz | 1000",
                "cutoff | 5 | 20",
                "cutoff | 1,200 | 20",
                "volume | -6 dB | -6",
                "volume | −6 | -6",
                "volume | +3db | 3",
                "volume | -inf | -60",
                "volume | -∞ dB | -60",
                "volume | 99 | 6",
                "mix | 50 % | 50",
                "mix | .5 | 0.5",
                "attack | 1.5 s | 1500",
                "attack | 700 us | 0.7",
                "attack | 0.05 min | 3000",
                "attack | 1k | 1000",
                "room | 250ms | 0.25",
                "tune | 7 | 7",
                "tune | 6.6 | 7",
                "tune | 1 oct | 12",
                "tune | 300 cents | 3",
                "amount | 25 % | 0.25",
                "amount | 25% | 0.25",
                "wave | pulse | 1",
                "wave | 8 BIT | 2",
                "wave | 1 | 1",
            })
    void whatPeopleTypeIsRead(final String symbol, final String text, final double plain) {
        final Parameter p = named(symbol);
        final double read = p.toPlain(ParameterText.parse(p, "  " + text + " "));
        assertEquals(plain, read, 1e-12 * Math.abs(plain) + 1e-15);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "loud",
                "1.2.3",
                "1 200",
                "1.200,5",
                "NaN",
                "inf",
                "Infinity",
                "0x10",
                "12 apples",
                "--3",
                "1e99999",
                "1e999",
                "k",
                "1k2k",
                "٣",
                "1f",
                "1d",
                "-",
                ".",
                "4%",
                "h4",
                "a",
                "a444"
            })
    void whatIsNoValueIsRefusedWithWhatIsExpected(final String text) {
        final IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class, () -> ParameterText.parse(CUTOFF, text));
        assertEquals(
                "\""
                        + text
                        + "\" is no value of the parameter \"Cutoff\": expected a number from"
                        + " 20 Hz to 20 kHz, or a note such as A4.",
                e.getMessage());
    }

    @Test
    void theRefusalSaysWhatTheParameterTakes() {
        assertEquals(
                "\"Sine\" is no value of the parameter \"Wave\": expected one of Saw, Pulse, 8"
                        + " Bit.",
                refusal(WAVE, "Sine"));
        assertTrue(refusal(TUNE, "x").endsWith("expected a whole number from -24 st to 24 st."));
        assertTrue(refusal(MIX, "1k").endsWith("expected a number from 0 % to 100 %."));
        assertTrue(refusal(MIX, "a4").endsWith("expected a number from 0 % to 100 %."));
        final String[] many = new String[20];
        for (int i = 0; i < many.length; i++) {
            many[i] = "v" + i;
        }
        final Parameter choice = Parameter.of(9, "many", "Many").values(many).build();
        assertTrue(refusal(choice, "x").endsWith("v6, v7 and 12 more."));
        assertTrue(refusal(CUTOFF, "9".repeat(101)).startsWith("\"99999999999999999999…\" is"));
    }

    private static String refusal(final Parameter p, final String text) {
        return assertThrows(IllegalArgumentException.class, () -> ParameterText.parse(p, text))
                .getMessage();
    }

    @Test
    void theLocaleChangesNothing() {
        final Locale before = Locale.getDefault();
        try {
            for (final String tag : new String[] {"de-DE", "ar-EG", "tr-TR", "hi-IN-u-nu-deva"}) {
                Locale.setDefault(Locale.forLanguageTag(tag));
                final double n = CUTOFF.toNormalized(1234.5);
                assertEquals("1.23 kHz", ParameterText.formatWithUnit(CUTOFF, n), tag);
                assertEquals("1234", ParameterText.format(CUTOFF, n), tag);
                assertEquals(n, ParameterText.parse(CUTOFF, "1234.5 HZ"), tag);
                assertEquals(1, ParameterText.parse(WAVE, "8 bIT"), tag);
            }
        } finally {
            Locale.setDefault(before);
        }
    }

    private static Parameter random(final Random r) {
        final String[] units = {"", "Hz", "kHz", "dB", "%", "ms", "s", "ct", "st", "oct", "°", "k"};
        final Parameter.Builder p = Parameter.of(1, "p", "P").unit(units[r.nextInt(units.length)]);
        final double low = (r.nextInt(3) - 1) * Math.pow(10, r.nextInt(9) - 4) * r.nextDouble();
        final double high = low + Math.pow(10, r.nextInt(9) - 3) * (r.nextDouble() + 0.01);
        switch (r.nextInt(5)) {
            case 0:
                return p.range(low, high, low).build();
            case 1:
                final double least = Math.abs(low) + 1e-5;
                return p.range(least, least + high - low, least).logarithmic().build();
            case 2:
                return p.range(low, high, high).power(0.2 + 5 * r.nextDouble()).build();
            case 3:
                return p.range(low, high, low).steps(1 + r.nextInt(1000)).build();
            default:
                return p.values("None", "A 4", "-1", "100 %").build();
        }
    }

    @Test
    void everyTextThatIsShownIsReadBackToWhatItShows() {
        final long seed = System.nanoTime();
        System.out.println("ParameterTextTest: seed " + seed);
        final Random r = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            final Parameter p = random(r);
            final double n = r.nextInt(8) == 0 ? r.nextInt(2) : r.nextDouble();
            final double plain = p.toPlain(n);
            final String text = ParameterText.formatWithUnit(p, n);
            final String what = text + " of " + p + " at " + n + ", seed " + seed;
            final double read = ParameterText.parse(p, text);
            assertTrue(read >= 0 && read <= 1, what);
            // Half a unit of the last of at least three digits, or of the third place; then the
            // nearest step to that.
            final double step = p.stepCount() > 0 ? (p.maximum() - p.minimum()) / p.stepCount() : 0;
            final double own = p.unit().equals("s") || p.unit().equals("kHz") ? 1e-3 : 1;
            final double digits = 0.005001 * Math.abs(plain) + step;
            assertEquals(plain, p.toPlain(read), digits + 0.000501 * own, what);
            final double plainRead = p.toPlain(ParameterText.parse(p, ParameterText.format(p, n)));
            assertEquals(plain, plainRead, digits + 0.000501, what);
        }
    }

    @Test
    void noTextAtAllMakesTheReaderFallOver() {
        final long seed = System.nanoTime();
        System.out.println("ParameterTextTest: seed " + seed);
        final Random r = new Random(seed);
        final String letters = "0123456789.,+-−eEkKaAbB#♭∞%HhzZdms \t\u0000µ°ü𝄞";
        for (int i = 0; i < 50_000; i++) {
            final StringBuilder text = new StringBuilder();
            for (int c = r.nextInt(12); c > 0; c--) {
                text.append(letters.charAt(r.nextInt(letters.length())));
            }
            final Parameter p = ALL.get(r.nextInt(ALL.size()));
            try {
                final double read = ParameterText.parse(p, text.toString());
                assertTrue(read >= 0 && read <= 1, text + ", seed " + seed);
            } catch (final IllegalArgumentException e) {
                assertTrue(e.getMessage().contains("is no value of the parameter"), e::getMessage);
            }
        }
    }

    @Test
    void extremesAndWhatIsNoNumberAreShownAsTheNearestValue() {
        for (final Parameter p : ALL) {
            assertEquals(ParameterText.format(p, 0), ParameterText.format(p, Double.NaN));
            assertEquals(
                    ParameterText.formatWithUnit(p, 1),
                    ParameterText.formatWithUnit(p, Double.POSITIVE_INFINITY));
            assertEquals(0, ParameterText.parse(p, ParameterText.formatWithUnit(p, -1)));
            assertEquals(1, ParameterText.parse(p, ParameterText.formatWithUnit(p, 2)));
        }
        final Parameter huge = Parameter.of(1, "h", "H").range(-8e307, 8e307, 0).build();
        assertEquals(1, ParameterText.parse(huge, "1e308"));
        assertTrue(ParameterText.formatWithUnit(huge, 1).length() > 300);
    }
}
