// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth;

import dev.patchbay.eventqueue.EventType;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.MetaMessage;
import javax.sound.midi.MidiEvent;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.Sequence;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Track;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/** Plays a MIDI file on a synth and writes what it hears; run it with a MIDI file and a WAV file to listen. */
public final class MidiRender {
    private MidiRender() {}

    /**
     * Renders a file with the default sound, and four seconds after its end.
     *
     * @param arguments the MIDI file and the WAV file
     * @throws IOException if one cannot be read or written
     * @throws InvalidMidiDataException if the first is no MIDI file
     */
    public static void main(final String[] arguments) throws IOException, InvalidMidiDataException {
        final Sequence song = MidiSystem.getSequence(new File(arguments[0]));
        final SynthHarness harness = new SynthHarness(48_000);
        schedule(song, harness, 48_000);
        final int frames = (int) ((song.getMicrosecondLength() / 1e6 + 4) * 48_000);
        final float[][] sound = harness.render(frames);
        final byte[] bytes = new byte[frames * 6];
        for (int i = 0; i < frames * 2; i++) {
            final int sample = Math.round(sound[i & 1][i >> 1] * 8_388_607);
            bytes[i * 3] = (byte) sample;
            bytes[i * 3 + 1] = (byte) (sample >> 8);
            bytes[i * 3 + 2] = (byte) (sample >> 16);
        }
        final AudioFormat format = new AudioFormat(48_000, 24, 2, true, false);
        try (AudioInputStream stream =
                new AudioInputStream(new ByteArrayInputStream(bytes), format, frames)) {
            AudioSystem.write(stream, AudioFileFormat.Type.WAVE, new File(arguments[1]));
        }
    }

    /** Hands over all events of a song at their frames; tempo changes are followed. */
    static void schedule(final Sequence song, final SynthHarness harness, final double sampleRate) {
        final TempoMap tempo = new TempoMap(song);
        for (final Track track : song.getTracks()) {
            for (int i = 0; i < track.size(); i++) {
                final MidiEvent event = track.get(i);
                if (event.getMessage() instanceof ShortMessage) {
                    final ShortMessage message = (ShortMessage) event.getMessage();
                    harness.at(
                            Math.round(tempo.seconds(event.getTick()) * sampleRate),
                            () -> send(harness, message));
                }
            }
        }
    }

    private static void send(final SynthHarness harness, final ShortMessage message) {
        final int channel = message.getChannel();
        final int first = message.getData1();
        final double second = message.getData2() / 127.0;
        switch (message.getCommand()) {
            case ShortMessage.NOTE_ON ->
                    harness.event(EventType.NOTE_ON, channel, -1, first, second, 0);
            case ShortMessage.NOTE_OFF ->
                    harness.event(EventType.NOTE_OFF, channel, -1, first, second, 0);
            case ShortMessage.CONTROL_CHANGE ->
                    harness.event(EventType.CONTROLLER, channel, -1, first, second, 0);
            case ShortMessage.PITCH_BEND -> {
                final double wheel = ((message.getData2() << 7 | first) - 8192) / 8192.0;
                harness.event(EventType.PITCH_BEND, channel, -1, 0, wheel, 0);
            }
            default -> {}
        }
    }

    /** When a tick is. */
    private static final class TempoMap {
        private final TreeMap<Long, Integer> tempi = new TreeMap<>();
        private final int resolution;

        TempoMap(final Sequence song) {
            resolution = song.getResolution();
            tempi.put(0L, 500_000);
            for (final Track track : song.getTracks()) {
                for (int i = 0; i < track.size(); i++) {
                    if (track.get(i).getMessage() instanceof MetaMessage) {
                        final MetaMessage meta = (MetaMessage) track.get(i).getMessage();
                        final byte[] d = meta.getData();
                        if (meta.getType() == 0x51) {
                            tempi.put(
                                    track.get(i).getTick(),
                                    (d[0] & 255) << 16 | (d[1] & 255) << 8 | d[2] & 255);
                        }
                    }
                }
            }
        }

        double seconds(final long tick) {
            double seconds = 0;
            long from = 0;
            int tempo = 500_000;
            for (final Map.Entry<Long, Integer> change : tempi.headMap(tick, true).entrySet()) {
                seconds += (change.getKey() - from) * tempo / 1e6 / resolution;
                from = change.getKey();
                tempo = change.getValue();
            }
            return seconds + (tick - from) * tempo / 1e6 / resolution;
        }
    }
}
