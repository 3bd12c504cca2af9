// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth.control;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a host stores with its project, beside the parameter values: which preset was chosen last, and whether a parameter
 * was moved since. One line of JSON, always written the same way, so that equal states are equal bytes:
 *
 * <pre>{"format":"polysynth","version":1,"preset":"Velvet Pad","edited":true}</pre>
 *
 * @param preset the preset's name, or null where none was chosen; a name that this version does not know is kept
 * @param edited whether a parameter differs from the preset
 */
record StoredState(String preset, boolean edited) {
    private static final int LONGEST = 1_000;
    private static final int VERSION = 1;
    private static final Pattern LINE =
            Pattern.compile(
                    "\\{\"format\":\"polysynth\",\"version\":([0-9]{1,9}),\"preset\":(?:null|\"([A-Za-z0-9"
                        + " ]{1,60})\"),\"edited\":(true|false)}");
    private static final Pattern START =
            Pattern.compile(
                    "\\{\"format\":\"polysynth\",\"version\":([0-9]{1,9})[,}].*", Pattern.DOTALL);

    /** The state as bytes. */
    byte[] toBytes() {
        final String name = preset == null ? "null" : "\"" + preset + "\"";
        final String line =
                "{\"format\":\"polysynth\",\"version\":"
                        + VERSION
                        + ",\"preset\":"
                        + name
                        + ",\"edited\":"
                        + edited
                        + "}";
        return line.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads what {@link #toBytes} wrote; no bytes are the state of a fresh instance.
     *
     * @throws IllegalArgumentException if the bytes are anything else, with a sentence that says what
     */
    static StoredState of(final byte[] bytes) {
        if (bytes.length == 0) {
            return new StoredState(null, false);
        }
        if (bytes.length > LONGEST) {
            throw new IllegalArgumentException(
                    "The state of PolySynth is at most "
                            + LONGEST
                            + " bytes long, but this one has "
                            + bytes.length
                            + ".");
        }
        final String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (final CharacterCodingException e) {
            throw new IllegalArgumentException(
                    "The state of PolySynth must be UTF-8, but it is not.", e);
        }
        final Matcher start = START.matcher(text);
        if (start.matches() && Integer.parseInt(start.group(1)) != VERSION) {
            throw new IllegalArgumentException(
                    "The state was saved by a PolySynth whose state has version "
                            + start.group(1)
                            + "; this one reads version "
                            + VERSION
                            + ".");
        }
        final Matcher line = LINE.matcher(text);
        if (!line.matches()) {
            throw new IllegalArgumentException(
                    "The state of PolySynth must read "
                            + new String(
                                    new StoredState("Two Saws", false).toBytes(),
                                    StandardCharsets.UTF_8)
                            + " with a preset of letters, digits and spaces or null, but it does"
                            + " not.");
        }
        return new StoredState(line.group(2), Boolean.parseBoolean(line.group(3)));
    }
}
