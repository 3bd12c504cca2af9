// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.tools.ToolException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.sound.midi.MidiEvent;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.Sequence;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Track;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoopedMidiTest {
    @TempDir private Path folder;

    @Test
    void playsEachNoteAgainAfterTheLengthOfTheFile() throws Exception {
        final Path once = folder.resolve("once.mid");
        final Sequence sequence = new Sequence(Sequence.PPQ, 480);
        final Track track = sequence.createTrack();
        track.add(new MidiEvent(new ShortMessage(ShortMessage.NOTE_ON, 0, 60, 100), 0));
        // Two quarters at 120: a second.
        track.add(new MidiEvent(new ShortMessage(ShortMessage.NOTE_OFF, 0, 60, 0), 960));
        MidiSystem.write(sequence, 1, once.toFile());
        final Path looped = folder.resolve("looped.mid");
        LoopedMidi.write(once, 4.5, looped);
        final Track all = MidiSystem.getSequence(looped.toFile()).getTracks()[0];
        int notes = 0;
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).getMessage() instanceof ShortMessage message
                    && message.getCommand() == ShortMessage.NOTE_ON) {
                assertEquals(960L * notes, all.get(i).getTick());
                notes++;
            }
        }
        assertEquals(5, notes);
    }

    @Test
    void aFileThatIsNoneIsRefused() throws Exception {
        final Path text = Files.writeString(folder.resolve("text.mid"), "hello");
        assertTrue(
                assertThrows(
                                ToolException.class,
                                () -> LoopedMidi.write(text, 1, folder.resolve("x.mid")))
                        .getMessage()
                        .contains("cannot be looped"));
    }
}
