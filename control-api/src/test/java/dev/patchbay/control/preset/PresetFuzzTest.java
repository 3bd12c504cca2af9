// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.preset;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.control.json.JsonException;
import dev.patchbay.control.state.ComponentState;
import dev.patchbay.control.state.ControlState;
import dev.patchbay.control.state.ParameterValues;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Damages good files at random: each is read or refused with a sentence, nothing else is thrown, and what is read is written so that it is
 * read as the same. {@code -Dpatchbay.fuzz.seed=N} plays a run again, {@code -Dpatchbay.fuzz.rounds=N} a longer one.
 */
class PresetFuzzTest {
    private static final int ROUNDS = Integer.getInteger("patchbay.fuzz.rounds", 10_000);

    private static final List<String> PIECES =
            List.of(
                    "{",
                    "}",
                    "[",
                    "]",
                    ",",
                    ":",
                    "\"",
                    "\\",
                    "\\u0000",
                    "\\ud800",
                    "null",
                    "NaN",
                    "-Infinity",
                    "1e999",
                    "-0.0",
                    "1e-999",
                    "\"values\":",
                    "\"10\":0,",
                    "{\"10\":{}}",
                    "\uFEFF",
                    "é",
                    "\u202E",
                    "999999999999999999999999999999",
                    "[[[[[[[[[[[[[[[[",
                    "\"version\":2,",
                    "//",
                    "\r\n",
                    "\0");

    private static final Preset GOOD =
            Preset.of("Größe", ParameterValues.of(Map.of(10, 0.1, 20, 1e-5, 77, 1.0 / 3)))
                    .withAuthor("Me")
                    .withTags(List.of("warm", "soft"))
                    .withComment("two\nlines");

    private final long seed = Long.getLong("patchbay.fuzz.seed", new Random().nextLong());
    private final Random random = new Random(seed);
    private int read;
    private int refused;

    /** Reads bytes, and gives those that it would write for them. */
    private interface Codec {
        byte[] rewrite(byte[] bytes) throws JsonException, PresetException;
    }

    private void fuzz(final byte[] good, final Codec codec) throws Exception {
        assertArrayEquals(good, codec.rewrite(good));
        for (int round = 0; round < ROUNDS; round++) {
            final byte[] bad = damaged(good);
            try {
                final byte[] written = codec.rewrite(bad);
                assertArrayEquals(written, codec.rewrite(written), this::toString);
                read++;
            } catch (final JsonException | PresetException | IllegalArgumentException e) {
                final String message = String.valueOf(e.getMessage());
                assertTrue(
                        message.endsWith(".") && message.length() < 1_500,
                        () -> this + " is told: " + message);
                refused++;
            } catch (final RuntimeException | Error e) {
                throw new AssertionError(this + " failed in round " + round, e);
            }
        }
        assertTrue(read > 0 && refused > 0, this + ": " + read + " read, " + refused + " refused");
    }

    @Override
    public String toString() {
        return "-Dpatchbay.fuzz.seed=" + seed;
    }

    private byte[] damaged(final byte[] good) {
        byte[] bytes = good;
        for (int n = random.nextInt(3); n >= 0; n--) {
            final int from = random.nextInt(bytes.length + 1);
            final int to = Math.min(bytes.length, from + random.nextInt(12));
            final ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.write(bytes, 0, from);
            switch (random.nextInt(5)) {
                case 0 -> out.writeBytes(PIECES.get(random.nextInt(PIECES.size())).getBytes(UTF_8));
                case 1 -> out.write(random.nextInt(256));
                case 2 -> out.write(bytes, from, to - from);
                case 3 -> {
                    final byte[] noise = new byte[to - from];
                    random.nextBytes(noise);
                    out.writeBytes(noise);
                }
                default -> {
                    final int other = random.nextInt(bytes.length + 1);
                    out.write(bytes, other, Math.min(bytes.length - other, 40));
                }
            }
            final int rest = random.nextInt(4) == 0 ? from : to;
            out.write(bytes, rest, bytes.length - rest);
            bytes = out.toByteArray();
            if (bytes.length == 0) {
                return bytes;
            }
        }
        return bytes;
    }

    @Test
    void noDamageToAPresetsFileDoesHarm() throws Exception {
        fuzz(
                PresetJson.file(GOOD, Synth.IDENTITY, Synth.PARAMETERS),
                bytes ->
                        PresetJson.file(
                                PresetJson.read(bytes, "x.json", Synth.IDENTITY),
                                Synth.IDENTITY,
                                Synth.PARAMETERS));
    }

    @Test
    void noDamageToASessionsStateDoesHarm() throws Exception {
        final SessionJson.Buffer buffer =
                new SessionJson.Buffer(GOOD, "user/x.json", "00", GOOD.values());
        fuzz(
                new SessionJson(Slot.B, new SessionJson.Buffer(GOOD, null, "", null), buffer)
                        .write(Synth.IDENTITY),
                bytes -> SessionJson.read(bytes, Synth.IDENTITY).write(Synth.IDENTITY));
    }

    @Test
    void noDamageToAVstpresetDoesHarm() throws Exception {
        final byte[] component =
                new ComponentState(
                                GOOD.values(),
                                new ControlState(new byte[] {1}, new byte[] {2}).encode())
                        .encode(Synth.PARAMETERS);
        fuzz(
                new VstPreset(Synth.UID, component).write(Synth.IDENTITY, "N"),
                bytes -> {
                    final VstPreset vst = VstPreset.read(bytes, "x.vstpreset");
                    final ComponentState state = ComponentState.decode(vst.component());
                    final ControlState control = ControlState.decode(state.control());
                    return new VstPreset(
                                    vst.uid(),
                                    new ComponentState(state.values(), control.encode())
                                            .encode(Synth.PARAMETERS))
                            .write(Synth.IDENTITY, "N");
                });
    }
}
