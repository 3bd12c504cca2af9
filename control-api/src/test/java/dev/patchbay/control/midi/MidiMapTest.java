// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.midi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.eventqueue.midi.MidiMapEntry;
import dev.patchbay.layout.MidiMode;
import dev.patchbay.layout.MidiSource;
import dev.patchbay.layout.Parameter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MidiMapTest {
    private static final Parameter CUTOFF = Parameter.of(201, "cutoff", "Cutoff").build();
    private static final Parameter MIX = Parameter.of(5, "mix", "Mix").steps(4).build();
    private static final Parameter METER =
            Parameter.of(6, "meter", "Meter").flag(Parameter.Flag.READ_ONLY).build();
    private static final List<Parameter> PARAMETERS = List.of(CUTOFF, MIX, METER);
    private static final String ONE =
            "{\"format\":\"patchbay-midi-map\",\"version\":1,\"mappings\":[{\"source\":\"controller\","
                + "\"channel\":1,\"number\":74,\"parameter\":201,\"minimum\":0.0,\"maximum\":1.0,"
                + "\"exponent\":1.0,\"mode\":\"pick-up\",\"step\":0.0078125}]}";

    private static MidiMapping mapping(
            final MidiSource source, final int channel, final int number, final Parameter to) {
        return MidiMapping.of(source, channel, number, to, MidiMode.JUMP);
    }

    static MidiMap random(final Random r) {
        final List<MidiMapping> mappings = new ArrayList<>();
        for (int i = r.nextInt(12); i > 0; i--) {
            final MidiSource source = MidiSource.values()[r.nextInt(6)];
            int number = r.nextInt(source.greatest() + 1);
            while (!source.admits(number)) {
                number = r.nextInt(source.greatest() + 1);
            }
            final boolean controller = source == MidiSource.CONTROLLER;
            mappings.add(
                    new MidiMapping(
                            source,
                            r.nextInt(17) - 1,
                            source == MidiSource.POLY_PRESSURE && r.nextBoolean() ? -1 : number,
                            r.nextInt(1 << 30),
                            r.nextInt(3) == 0 ? r.nextInt(2) : r.nextDouble(),
                            r.nextInt(3) == 0 ? r.nextInt(2) : r.nextDouble(),
                            Math.exp(r.nextDouble() * 6 - 3),
                            MidiMode.values()[r.nextInt(controller ? 6 : 3)],
                            1 - r.nextDouble()));
        }
        return new MidiMap(mappings);
    }

    @Test
    void aMapIsSavedCanonically() {
        final MidiMapping mapping =
                MidiMapping.of(MidiSource.CONTROLLER, 0, 74, CUTOFF, MidiMode.PICK_UP);
        assertEquals(ONE, new String(MidiMapJson.write(MidiMap.EMPTY.with(mapping)), UTF_8));
    }

    @Test
    void everyMapSurvivesTheWayThroughAStateByteForByte() {
        final long seed = System.nanoTime();
        System.out.println("MidiMapTest: seed " + seed);
        final Random r = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            final MidiMap map = random(r);
            final byte[] json = MidiMapJson.write(map);
            assertEquals(map, MidiMapJson.read(json), "seed " + seed);
            assertArrayEquals(json, MidiMapJson.write(MidiMapJson.read(json)), "seed " + seed);
            final byte[] rest = new byte[r.nextInt(20)];
            r.nextBytes(rest);
            if (r.nextInt(4) == 0 && rest.length >= 4) {
                System.arraycopy("PBMM".getBytes(UTF_8), 0, rest, 0, 4);
            }
            final MidiMapState state = new MidiMapState(map, rest);
            assertEquals(state, MidiMapState.decode(state.encode()), "seed " + seed);
        }
    }

    @Test
    void aStateWithoutAMapIsTheModulesAlone() {
        final byte[] rest = "the module's".getBytes(UTF_8);
        assertArrayEquals(rest, new MidiMapState(MidiMap.EMPTY, rest).encode());
        assertEquals(new MidiMapState(MidiMap.EMPTY, rest), MidiMapState.decode(rest));
        assertEquals(0, MidiMapState.decode(new byte[0]).rest().length);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | no object",
                "[] | no object",
                "{} | its format is not",
                "{\"format\":\"patchbay-midi-map\"} | no version",
                "{\"format\":\"patchbay-midi-map\",\"version\":1} | no mappings",
                "{\"format\":\"patchbay-midi-map\",\"version\":2,\"knobs\":3} | version 2, but this"
                        + " build reads version 1",
                "{\"format\":\"patchbay-midi-map\",\"version\":1,\"knobs\":3} | field \"knobs\"",
                "{\"format\":\"other\",\"version\":1,\"mappings\":[]} | its format is not",
                "{\"version\":1,\"version\":1} | Duplicate",
                "{\"version\":1e400} | whole number",
                "{\"mappings\":[[]]} | mapping 1 is no object",
                "{\"mappings\":[{\"knob\":1}]} | mapping 1 has an unknown field \"knob\"",
                "{\"mappings\":[{\"source\":[]}]} | neither a text nor a number",
                "{\"mappings\":[{}]} | mapping 1: The field \"source\" is null, expected one of"
                        + " controller, controller-pair",
                "[[[[[[[[[[ | no object",
                "{\"a | no JSON",
                "{\"mappings\":NaN} | no JSON",
            })
    void whatIsNoMapIsRefusedWithASentence(final String json, final String reason) {
        refused(json, reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"number\":74 | \"number\":128 | number 128",
                "\"number\":74 | \"number\":6 | number 6",
                "\"number\":74 | \"number\":7.5 | a whole number from 0",
                "\"number\":74 | \"number\":-2 | a whole number from 0",
                "\"channel\":1 | \"channel\":17 | channel 16",
                "\"channel\":1 | \"channel\":0 | a whole number from 1",
                "\"channel\":1 | \"channel\":\"omni\" | expected a number",
                "\"parameter\":201 | \"parameter\":-1 | a whole number from 0",
                "\"parameter\":201 | \"parameter\":\"any\" | expected a number",
                "\"parameter\":201 | \"parameter\":1e99 | a whole number from 0",
                "\"minimum\":0.0 | \"minimum\":-0.1 | range -0.1",
                "\"minimum\":0.0 | \"minimum\":1e999 | range Infinity",
                "\"minimum\":0.0 | \"minimum\":\"0\" | expected a number",
                "\"exponent\":1.0 | \"exponent\":0 | exponent 0.0",
                "\"step\":0.0078125 | \"step\":2 | step 2.0",
                "\"mode\":\"pick-up\" | \"mode\":\"PICK_UP\" | expected one of jump, pick-up",
                "\"source\":\"controller\" | \"source\":\"wheel\" | expected one of controller",
                "} | },{} | mapping 2",
                "]} | ]}] | no JSON",
            })
    void aMappingThatCannotBeIsRefusedWithItsField(
            final String found, final String replacement, final String reason) {
        assertEquals(1, MidiMapJson.read(ONE.getBytes(UTF_8)).mappings().size());
        refused(ONE.replaceFirst(java.util.regex.Pattern.quote(found), replacement), reason);
    }

    private static void refused(final String json, final String reason) {
        final String message =
                assertThrows(
                                IllegalArgumentException.class,
                                () -> MidiMapJson.read(json.getBytes(UTF_8)))
                        .getMessage();
        assertTrue(
                message.startsWith("The MIDI map cannot be read: ") && message.contains(reason),
                message);
    }

    @Test
    void anyDamageToAStateIsRefusedOrAStateAgain() {
        final long seed = System.nanoTime();
        System.out.println("MidiMapTest: seed " + seed);
        final Random r = new Random(seed);
        int refused = 0;
        for (int i = 0; i < 30_000; i++) {
            final byte[] bytes =
                    new MidiMapState(
                                    MidiMapJson.read(ONE.getBytes(UTF_8)), "module".getBytes(UTF_8))
                            .encode();
            for (int n = r.nextInt(3); n >= 0; n--) {
                bytes[r.nextInt(bytes.length)] = (byte) r.nextInt(256);
            }
            final byte[] cut =
                    java.util.Arrays.copyOf(
                            bytes, r.nextInt(4) == 0 ? r.nextInt(bytes.length) : bytes.length);
            try {
                final MidiMapState state = MidiMapState.decode(cut);
                assertEquals(state, MidiMapState.decode(state.encode()), "seed " + seed);
            } catch (final IllegalArgumentException e) {
                refused++;
            }
        }
        assertTrue(refused > 10_000, "refused " + refused);
        final byte[] long_ = new byte[MidiMapJson.MAX_BYTES + 1];
        assertTrue(
                assertThrows(IllegalArgumentException.class, () -> MidiMapJson.read(long_))
                        .getMessage()
                        .contains("at most 131072"));
    }

    @Test
    void theLongestMapFitsIntoWhatIsRead() {
        final MidiMapping longest =
                new MidiMapping(
                        MidiSource.CONTROLLER,
                        15,
                        119,
                        (1 << 30) - 1,
                        0.12345678901234566,
                        0.12345678901234567,
                        1.2345678901234567e-300,
                        MidiMode.TWOS_COMPLEMENT,
                        1.2345678901234567e-300);
        final MidiMap map = new MidiMap(Collections.nCopies(256, longest));
        assertEquals(map, MidiMapJson.read(MidiMapJson.write(map)));
        assertThrows(
                IllegalArgumentException.class,
                () -> map.with(mapping(MidiSource.PITCH_BEND, 0, 0, CUTOFF)));
    }

    @Test
    void aMappingReplacesTheOneFromTheSameControllerToTheSameParameter() {
        final MidiMapping first = mapping(MidiSource.CONTROLLER, 0, 74, CUTOFF);
        final MidiMapping other = mapping(MidiSource.CONTROLLER, 0, 74, MIX);
        final MidiMapping second =
                MidiMapping.of(MidiSource.CONTROLLER, 0, 74, CUTOFF, MidiMode.SCALE);
        final MidiMap map = MidiMap.EMPTY.with(first).with(other).with(second);
        assertEquals(List.of(second, other), map.mappings());
        assertEquals(List.of(second), map.without(other).mappings());
        assertEquals(0.25, other.step(), "a step of the parameter");
    }

    @Test
    void conflictsAreTold() {
        final MidiMap map =
                new MidiMap(
                        List.of(
                                mapping(MidiSource.CONTROLLER, 0, 33, MIX),
                                mapping(MidiSource.CONTROLLER_PAIR, -1, 1, CUTOFF),
                                mapping(MidiSource.CONTROLLER, 3, 1, CUTOFF),
                                mapping(MidiSource.PITCH_BEND, 4, 0, METER),
                                new MidiMapping(
                                        MidiSource.NRPN, 4, 9, 77, 0, 1, 1, MidiMode.JUMP, 1),
                                mapping(MidiSource.CONTROLLER, 4, 33, CUTOFF)));
        assertEquals(
                List.of(
                        "The controller 33 on channel 1 and the controllers 1 and 33 on any channel"
                                + " share a message: a controller that has a fine half should be"
                                + " mapped as a pair alone.",
                        "The controllers 1 and 33 on any channel and the controller 1 on channel 4"
                                + " both move \"Cutoff\" with the same message: the later mapping"
                                + " has the last word.",
                        "The controllers 1 and 33 on any channel and the controller 33 on channel 5"
                                + " both move \"Cutoff\" with the same message: the later mapping"
                                + " has the last word.",
                        "The pitch wheel on channel 5 cannot move \"Meter\", which only the plug-in"
                                + " changes.",
                        "The NRPN 9 on channel 5 moves the parameter 77, which this plug-in does"
                                + " not have: the mapping is kept, and moves nothing."),
                map.conflicts(PARAMETERS));
        assertEquals(
                List.of(1, 0, 0, 0),
                map.compile(PARAMETERS).stream().map(MidiMapEntry::parameter).toList(),
                "without what cannot be moved");
        assertEquals(
                List.of(),
                MidiMap.EMPTY
                        .with(mapping(MidiSource.CONTROLLER, 0, 1, CUTOFF))
                        .with(mapping(MidiSource.CONTROLLER, 0, 1, MIX))
                        .with(mapping(MidiSource.CONTROLLER, 1, 33, MIX))
                        .conflicts(PARAMETERS),
                "several by one and several to one are no conflict");
    }
}
