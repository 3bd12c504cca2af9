// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.gettingstarted;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.MidiEvent;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.Sequence;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Track;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Makes projects by "patchbay new", builds them as their authors would, by Maven and the published artifacts, and listens. */
class NewProjectIT {
    /** The whole storm takes a minute; the instrument is tested with it. */
    private static final String FEW_BLOCKS = "-Dpatchbay.verify.blocks=1000";

    private static final int SAMPLE_RATE = 48_000;

    @TempDir private static Path folder;

    private static Repository repository;
    private static Jdk jdk;

    @BeforeAll
    static void publish() throws IOException {
        repository = Repository.ofThisBuild();
        jdk =
                Jdk.oldestAndNewest().stream()
                        .filter(one -> one.feature() >= 25)
                        .findFirst()
                        .orElseThrow();
    }

    /** The tools, as the launcher runs them. */
    private static Shell.Result tools(final String... arguments)
            throws IOException, InterruptedException {
        final Path root = Repository.root();
        final List<String> command =
                new ArrayList<>(
                        List.of(
                                jdk.java(),
                                "-Dpatchbay.home=" + root,
                                "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
                                "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
                                "-cp",
                                Files.readString(
                                        root.resolve("tools/cli/target/runtime.classpath")),
                                "dev.patchbay.tools.Main"));
        command.addAll(List.of(arguments));
        return new Shell(folder, jdk, repository).run(command);
    }

    private static void maven(final Path project, final String... arguments)
            throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>(List.of("mvn", "-B", "-o"));
        command.addAll(List.of(arguments));
        final Shell.Result result = new Shell(project, jdk, repository).run(command);
        assertEquals(0, result.status(), result.output());
        assertTrue(result.output().contains("RtTest"), "the verifier ran: " + result.output());
    }

    @Test
    void aNewInstrumentIsTestedMakesABundleAndItsNoteIsHeard()
            throws IOException, InterruptedException, InvalidMidiDataException {
        final Shell.Result made = tools("new", "Tone", "--vendor", "Acme");
        assertEquals(0, made.status(), made.output());
        final Path installed = folder.resolve("vst3");
        maven(folder.resolve("Tone"), "package", "-Dpatchbay.install=" + installed);

        final Path bundle = installed.resolve("Tone.vst3");
        final Shell.Result checked = tools("validate", "--bundle", bundle.toString());
        assertEquals(0, checked.status(), checked.output());

        final Path midi = folder.resolve("a4.mid");
        MidiSystem.write(oneSecondOfA4(), 0, midi.toFile());
        final Path wav = folder.resolve("a4.wav");
        final Shell.Result played =
                new Shell(folder, jdk, repository)
                        .run(
                                List.of(
                                        "env",
                                        "PATCHBAY_LOG_DIR=" + folder.resolve("logs"),
                                        Repository.root()
                                                .resolve("c-bridge/target/native/patchbay-host")
                                                .toString(),
                                        "render",
                                        "--quiet",
                                        "--plugin",
                                        bundle.toString(),
                                        "--midi",
                                        midi.toString(),
                                        // Brightness 0 leaves a sine, whose zeros can be counted.
                                        "--set",
                                        "2=0",
                                        "--rate",
                                        Integer.toString(SAMPLE_RATE),
                                        "--out",
                                        wav.toString()));
        assertEquals(0, played.status(), played.output());
        final float[] left = Wav.left(wav);
        assertEquals(440, Wav.risingZeros(left, SAMPLE_RATE / 4, SAMPLE_RATE * 3 / 4) * 2.0, 4.0);
        assertTrue(Wav.peak(left, 0, SAMPLE_RATE) > 0.05, "the note is heard");
        final int end = left.length - SAMPLE_RATE / 10;
        assertTrue(Wav.peak(left, end, left.length) < 0.01, "it has faded at the end");
    }

    @Test
    void aNewEffectIsRightAndPassesItsTests() throws IOException, InterruptedException {
        final Shell.Result made = tools("new", "Echo", "--effect", "--package", "com.acme.echo");
        assertEquals(0, made.status(), made.output());
        maven(folder.resolve("Echo"), "test", FEW_BLOCKS);
    }

    /** At 120 quarters a minute, which is what holds where a file says nothing. */
    private static Sequence oneSecondOfA4() throws InvalidMidiDataException {
        final Sequence sequence = new Sequence(Sequence.PPQ, 480);
        final Track track = sequence.createTrack();
        track.add(new MidiEvent(new ShortMessage(ShortMessage.NOTE_ON, 0, 69, 100), 0));
        track.add(new MidiEvent(new ShortMessage(ShortMessage.NOTE_OFF, 0, 69, 0), 960));
        return sequence;
    }
}
