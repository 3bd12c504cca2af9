// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.MetaMessage;
import javax.sound.midi.MidiEvent;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.Sequence;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Track;

/**
 * Writes {@code demo.mid}: ten bars in D minor that end in D major, 25 seconds, four parts for one and the same sound. Chords
 * lie under the sustain pedal and swell with expression, the bass walks in eighths, an arpeggio runs in sixteenths with
 * accents, and a lead bends into its notes and brings in the modulation wheel on the long ones.
 *
 * <p>Run it with the file's path to write it anew.
 */
public final class DemoPiece {
    private static final int TICKS_PER_QUARTER = 480;
    private static final int TICKS_PER_STEP = TICKS_PER_QUARTER / 4;
    private static final int STEPS_PER_BAR = 16;
    private static final int MICROSECONDS_PER_QUARTER = 625_000; // 96 quarters a minute

    private static final int PAD = 0;
    private static final int BASS = 1;
    private static final int ARPEGGIO = 2;
    private static final int LEAD = 3;

    /** The chord of each bar, from the lowest voice up; the voices move as little as they can. */
    private static final int[][] CHORDS = {
        {53, 57, 60, 64}, // D minor 9
        {53, 57, 58, 62}, // B flat major 7
        {52, 55, 57, 60}, // F major 9, without its root
        {52, 55, 57, 62}, // C 6/9
        {53, 57, 60, 64}, // D minor 9
        {53, 57, 58, 62}, // B flat major 7
        {53, 57, 58, 62}, // G minor 9
        {52, 55, 57, 62}, // A 7 sus 4, solved by the lead
        {54, 57, 61, 64}, // D major 9
    };

    private static final int[] ROOTS = {38, 34, 41, 36, 38, 34, 31, 33, 38};

    /** One bar of bass: step, length, semitones above the root, velocity. */
    private static final int[][] BASS_BAR = {
        {0, 3, 0, 108},
        {3, 1, 0, 70},
        {4, 2, 12, 84},
        {6, 2, 0, 92},
        {8, 3, 7, 100},
        {11, 1, 7, 66},
        {12, 2, 12, 88},
        {14, 2, 7, 80},
    };

    /** The chord's voices in the order in which the arpeggio touches them; 4 and up are an octave higher. */
    private static final int[] ARPEGGIO_ORDER = {0, 2, 1, 3, 4, 2, 3, 5, 6, 3, 4, 2, 5, 3, 7, 4};

    private static final int[] ARPEGGIO_VELOCITY = {
        96, 50, 62, 54, 80, 48, 60, 74, 92, 50, 64, 54, 84, 52, 72, 60,
    };

    /** The lead: bar, step, length in steps, key, velocity, semitones from which the wheel bends into it. */
    private static final int[][] MELODY = {
        {1, 10, 2, 69, 76, 0},
        {1, 12, 4, 72, 84, 0},
        {2, 0, 6, 76, 100, -2},
        {2, 6, 2, 74, 82, 0},
        {2, 8, 4, 72, 88, 0},
        {2, 12, 2, 69, 80, 0},
        {2, 14, 2, 72, 84, 0},
        {3, 0, 10, 74, 98, -1},
        {3, 12, 1, 72, 72, 0},
        {3, 13, 1, 74, 78, 0},
        {3, 14, 2, 76, 86, 0},
        {4, 0, 4, 77, 104, 0},
        {4, 4, 2, 76, 86, 0},
        {4, 6, 4, 72, 92, 0},
        {4, 10, 2, 69, 80, 0},
        {4, 12, 4, 72, 90, 0},
        {5, 0, 8, 74, 100, -2},
        {5, 8, 3, 77, 104, 0},
        {5, 11, 1, 76, 76, 0},
        {5, 12, 4, 74, 92, 0},
        {6, 0, 3, 82, 112, -2},
        {6, 3, 3, 81, 104, 0},
        {6, 6, 2, 79, 92, 0},
        {6, 8, 4, 77, 98, 0},
        {6, 12, 2, 74, 84, 0},
        {6, 14, 2, 77, 90, 0},
        {7, 0, 8, 76, 106, -1},
        {7, 8, 4, 74, 92, 0},
        {7, 12, 4, 73, 96, 0},
        {8, 0, 14, 78, 104, -2},
    };

    private DemoPiece() {}

    /**
     * Writes the piece.
     *
     * @param arguments the file to write
     * @throws IOException if it cannot be written
     */
    public static void main(final String[] arguments) throws IOException {
        Files.write(Path.of(arguments[0]), bytes());
    }

    /** The piece as a standard MIDI file of format 1. */
    static byte[] bytes() {
        try {
            final Sequence piece = new Sequence(Sequence.PPQ, TICKS_PER_QUARTER);
            tempo(piece.createTrack());
            pad(named(piece, "Pad"));
            bass(named(piece, "Bass"));
            arpeggio(named(piece, "Arpeggio"));
            lead(named(piece, "Lead"));
            final ByteArrayOutputStream out = new ByteArrayOutputStream();
            MidiSystem.write(piece, 1, out);
            return out.toByteArray();
        } catch (final InvalidMidiDataException | IOException e) {
            throw new IllegalStateException("The piece is wrong: " + e.getMessage(), e);
        }
    }

    private static void tempo(final Track track) throws InvalidMidiDataException {
        final int t = MICROSECONDS_PER_QUARTER;
        track.add(
                new MidiEvent(
                        new MetaMessage(
                                0x51, new byte[] {(byte) (t >> 16), (byte) (t >> 8), (byte) t}, 3),
                        0));
        track.add(new MidiEvent(new MetaMessage(0x58, new byte[] {4, 2, 24, 8}, 4), 0));
    }

    private static Track named(final Sequence piece, final String name)
            throws InvalidMidiDataException {
        final Track track = piece.createTrack();
        track.add(
                new MidiEvent(
                        new MetaMessage(
                                0x03, name.getBytes(StandardCharsets.US_ASCII), name.length()),
                        0));
        return track;
    }

    private static void pad(final Track track) throws InvalidMidiDataException {
        controller(track, 0, PAD, 7, 72);
        for (int bar = 0; bar < CHORDS.length; bar++) {
            final int start = bar * STEPS_PER_BAR;
            // The pedal is changed just after the new chord, as a pianist does, so that the old one
            // does not break off.
            controller(track, start * TICKS_PER_STEP + 40, PAD, 64, 0);
            controller(track, start * TICKS_PER_STEP + 80, PAD, 64, 127);
            for (final int key : CHORDS[bar]) {
                note(track, PAD, start, bar == CHORDS.length - 1 ? 14 : 10, key, 70 + bar % 2 * 8);
            }
            for (int step = 0; step < STEPS_PER_BAR; step++) {
                final int swell = 84 + (step < 8 ? step : 16 - step) * 5;
                controller(track, (start + step) * TICKS_PER_STEP, PAD, 11, swell);
            }
        }
        final int end = CHORDS.length * STEPS_PER_BAR;
        controller(track, end * TICKS_PER_STEP, PAD, 64, 0);
    }

    private static void bass(final Track track) throws InvalidMidiDataException {
        controller(track, 0, BASS, 7, 104);
        for (int bar = 0; bar < ROOTS.length - 1; bar++) {
            for (final int[] n : BASS_BAR) {
                note(track, BASS, bar * STEPS_PER_BAR + n[0], n[1], ROOTS[bar] + n[2], n[3]);
            }
        }
        note(track, BASS, (ROOTS.length - 1) * STEPS_PER_BAR, 14, ROOTS[ROOTS.length - 1], 104);
    }

    private static void arpeggio(final Track track) throws InvalidMidiDataException {
        controller(track, 0, ARPEGGIO, 7, 84);
        for (int bar = 0; bar < CHORDS.length; bar++) {
            // Enters softly, is loudest in the seventh bar, and in the last runs up once and stays
            // there.
            final int loudness = 60 + Math.min(bar, 6) * 7;
            final int steps = bar == CHORDS.length - 1 ? 9 : STEPS_PER_BAR;
            for (int step = 0; step < steps; step++) {
                final int voice = steps == STEPS_PER_BAR ? ARPEGGIO_ORDER[step] : Math.min(7, step);
                final int key = CHORDS[bar][voice % 4] + 12 + voice / 4 * 12;
                final int velocity = ARPEGGIO_VELOCITY[step] * loudness / 100;
                note(
                        track,
                        ARPEGGIO,
                        bar * STEPS_PER_BAR + step,
                        step == 8 && steps == 9 ? 6 : 1,
                        key,
                        velocity);
            }
        }
    }

    private static void lead(final Track track) throws InvalidMidiDataException {
        controller(track, 0, LEAD, 7, 100);
        controller(track, 0, LEAD, 1, 0);
        for (final int[] n : MELODY) {
            final int start = n[0] * STEPS_PER_BAR + n[1];
            note(track, LEAD, start, n[2], n[3], n[4]);
            bend(track, start, n[5]);
            if (n[2] >= 6) {
                vibrato(track, start, n[2]);
            }
        }
    }

    /** Bends from some semitones away into the note within two steps; the wheel's range is two semitones. */
    private static void bend(final Track track, final int step, final int semitones)
            throws InvalidMidiDataException {
        final int slices = semitones == 0 ? 0 : 12;
        for (int i = 0; i <= slices; i++) {
            final int away = slices == 0 ? 0 : semitones * 4096 * (slices - i) / slices;
            final int wheel = Math.min(16383, 8192 + away);
            final int tick = step * TICKS_PER_STEP + i * 2 * TICKS_PER_STEP / 12;
            track.add(
                    new MidiEvent(
                            new ShortMessage(
                                    ShortMessage.PITCH_BEND, LEAD, wheel & 127, wheel >> 7),
                            tick));
        }
    }

    /** Lets a long note begin straight, then brings in wheel and expression, and takes them back. */
    private static void vibrato(final Track track, final int step, final int steps)
            throws InvalidMidiDataException {
        for (int i = 0; i < steps; i++) {
            final int tick = (step + i) * TICKS_PER_STEP;
            controller(track, tick, LEAD, 1, Math.max(0, Math.min(90, (i - 2) * 22)));
            controller(track, tick, LEAD, 11, 100 + Math.min(27, i * 5));
        }
        controller(track, (step + steps) * TICKS_PER_STEP, LEAD, 1, 0);
        controller(track, (step + steps) * TICKS_PER_STEP, LEAD, 11, 108);
    }

    private static void note(
            final Track track,
            final int channel,
            final int step,
            final int steps,
            final int key,
            final int velocity)
            throws InvalidMidiDataException {
        final int start = step * TICKS_PER_STEP;
        final int end = start + steps * TICKS_PER_STEP - TICKS_PER_STEP / 8;
        track.add(
                new MidiEvent(
                        new ShortMessage(ShortMessage.NOTE_ON, channel, key, velocity), start));
        track.add(new MidiEvent(new ShortMessage(ShortMessage.NOTE_OFF, channel, key, 64), end));
    }

    private static void controller(
            final Track track, final int tick, final int channel, final int number, final int value)
            throws InvalidMidiDataException {
        track.add(
                new MidiEvent(
                        new ShortMessage(ShortMessage.CONTROL_CHANGE, channel, number, value),
                        tick));
    }
}
