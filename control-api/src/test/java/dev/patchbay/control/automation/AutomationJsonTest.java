// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.automation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AutomationJsonTest {
    private static final int MOST = 1_000;
    private static final String SMALL =
            "{\"format\":\"patchbay-automation\",\"version\":1,\"lanes\":[{\"parameter\":201,"
                    + "\"base\":\"quarters\",\"loop\":4.0,\"on\":true,\"points\":[[0.0,0.5],"
                    + "[1.0,0.25,\"hold\"],[2.0,0.75,\"curve\",-3.0]]}]}";

    private static Automation read(final String json) {
        return AutomationJson.read(json.getBytes(UTF_8), MOST);
    }

    @Test
    void equalAutomationIsEqualBytesAndComesBack() {
        assertEquals(SMALL, new String(AutomationJson.write(read(SMALL)), UTF_8));
        final long seed = System.nanoTime();
        System.out.println("AutomationJsonTest: seed " + seed);
        final Random r = new Random(seed);
        for (int i = 0; i < 200; i++) {
            final Automation automation = Lanes.random(r);
            final byte[] bytes = AutomationJson.write(automation);
            final Automation back = AutomationJson.read(bytes, MOST);
            assertEquals(automation, back);
            assertArrayEquals(bytes, AutomationJson.write(back));
            final byte[] rest = new byte[r.nextInt(20)];
            r.nextBytes(rest);
            final AutomationState state =
                    AutomationState.decode(new AutomationState(automation, rest).encode(), MOST);
            assertEquals(automation, state.automation());
            assertArrayEquals(rest, state.rest());
        }
    }

    @Test
    void aStateFromBeforeThereWasAutomationIsOneWithoutIt() {
        final byte[] old = "PBMM and so on".getBytes(UTF_8);
        assertEquals(Automation.EMPTY, AutomationState.decode(old, MOST).automation());
        assertArrayEquals(old, new AutomationState(Automation.EMPTY, old).encode());
        final byte[] tricky = "PBAU".getBytes(UTF_8);
        final byte[] encoded = new AutomationState(Automation.EMPTY, tricky).encode();
        assertArrayEquals(tricky, AutomationState.decode(encoded, MOST).rest());
    }

    @Test
    void fieldsOfALaterVersionAreKept() {
        final String more =
                SMALL.replace(
                        "]]}]}", "]],\"colour\":\"red\"}],\"grid\":{\"b\":1e3,\"a\":[null]}}");
        final String kept =
                SMALL.replace(
                        "]]}]}", "]],\"colour\":\"red\"}],\"grid\":{\"a\":[null],\"b\":1e3}}");
        assertEquals(kept, new String(AutomationJson.write(read(more)), UTF_8));
        final Automation edited = read(more);
        final AutomationLane lane = edited.lanes().get(0).with(AutomationPoint.linear(3, 1));
        assertTrue(
                new String(AutomationJson.write(edited.with(lane)), UTF_8).contains("\"red\""),
                "an edit keeps them, too");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "patchbay-automation\" | patchbay-presets\" | field \"format\": Expected",
                "\"version\":1 | \"version\":2 | saved by a newer build",
                "\"quarters\" | \"bars\" | field \"lanes[0].base\": Expected \"quarters\" or"
                        + " \"seconds\"",
                "\"loop\":4.0 | \"loop\":-1 | field \"lanes[0].loop\": Expected a number from 0.0",
                "\"loop\":4.0 | \"loop\":1e999 | field \"lanes[0].loop\"",
                "\"on\":true | \"on\":1 | field \"lanes[0].on\": Expected true or false",
                "[0.0,0.5] | [0.0,1.5] | field \"lanes[0].points[0]\": A point of automation needs",
                "[0.0,0.5] | [0.0] | field \"lanes[0].points[0]\": Expected a list of time and"
                        + " value",
                "[0.0,0.5] | {} | field \"lanes[0].points[0]\": Expected a list of time and value",
                "\"hold\" | \"step\" | field \"lanes[0].points[1]\": Expected a list",
                "-3.0 | -30 | field \"lanes[0].points[2]\": A point of automation needs",
                "[[0.0 | [[NaN | This is not JSON",
                "\"lanes\":[{ | \"lanes\":[7,{ | field \"lanes[0]\": Expected an object in braces",
                "\"parameter\":201 | \"parameter\":-1 | field \"lanes[0].parameter\": Expected a"
                        + " whole",
            })
    void whatIsWrongIsRefusedByItsName(final String good, final String bad, final String why) {
        assertTrue(SMALL.contains(good), good);
        final String message =
                assertThrows(IllegalArgumentException.class, () -> read(SMALL.replace(good, bad)))
                        .getMessage();
        assertTrue(message.contains(why), message);
        assertTrue(message.startsWith("the automation, line 1"), message);
    }

    @Test
    void twoLanesOfAParameterAndTooManyPointsAreRefused() {
        final String lane = SMALL.substring(SMALL.indexOf("[{") + 1, SMALL.length() - 2);
        final String twice = SMALL.replace("[{", "[" + lane + ",{");
        assertTrue(
                assertThrows(IllegalArgumentException.class, () -> read(twice))
                        .getMessage()
                        .contains("has two lanes"));
        final byte[] small = SMALL.getBytes(UTF_8);
        assertEquals(3, AutomationJson.read(small, 3).lanes().get(0).points().size());
        assertTrue(
                assertThrows(IllegalArgumentException.class, () -> AutomationJson.read(small, 2))
                        .getMessage()
                        .contains("room for 2 in 4096 lanes."));
    }

    @Test
    void damagedBytesAreReadOrRefusedWithASentence() {
        final long seed = System.nanoTime();
        System.out.println("AutomationJsonTest, damage: seed " + seed);
        final Random r = new Random(seed);
        final byte[] whole = new AutomationState(read(SMALL), new byte[3]).encode();
        int refused = 0;
        for (int i = 0; i < 4_000; i++) {
            byte[] bytes = whole.clone();
            for (int k = r.nextInt(4); k >= 0; k--) {
                bytes[r.nextInt(bytes.length)] =
                        (byte) (r.nextBoolean() ? r.nextInt() : "[]{},0\"".charAt(r.nextInt(7)));
            }
            bytes = r.nextInt(4) == 0 ? Arrays.copyOf(bytes, r.nextInt(bytes.length)) : bytes;
            try {
                final Automation automation = AutomationState.decode(bytes, MOST).automation();
                automation.compile(List.of());
            } catch (final IllegalArgumentException e) {
                refused++;
                assertTrue(e.getMessage().endsWith("."), e.getMessage());
            }
        }
        assertTrue(refused > 2_000, refused + " refused");
    }
}
