// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.soak;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.patchbay.tools.ToolException;
import dev.patchbay.tools.demo.Demo;
import dev.patchbay.tools.demo.DemoOptions;
import dev.patchbay.tools.demo.Diagnosis;
import dev.patchbay.tools.demo.Recording;
import dev.patchbay.tools.demo.RegionFinder;
import dev.patchbay.tools.files.CompleteFile;
import dev.patchbay.tools.files.Folders;
import dev.patchbay.tools.report.SoakReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Plays a bundle for minutes as the demo does, at the pace of a sound card, with a trace of each block, and beside it a bare thread
 * that shows the machine's own noise. Judges as the verifier does.
 */
public final class Soak {
    /** The engine's trace holds these more, for a host that starts with a block or two. */
    private static final long SPARE_BLOCKS = 64;

    private final SoakOptions options;
    private final RegionFinder finder;
    private final PrintWriter err;

    /**
     * Prepares a soak.
     *
     * @param options what to play
     * @param finder where to look for the region
     * @param err where to show progress
     */
    public Soak(final SoakOptions options, final RegionFinder finder, final PrintWriter err) {
        this.options = options;
        this.finder = finder;
        this.err = err;
    }

    /**
     * Plays, judges and reports.
     *
     * @throws ToolException if something cannot be started, or a figure cannot be read
     */
    public SoakFigures run() {
        Path work = null;
        final AtomicReference<NoiseRun> noise = new AtomicReference<>();
        try {
            Files.createDirectories(options.folder());
            work = Files.createTempDirectory(options.folder().toAbsolutePath(), ".soak-");
            final Path folder = work;
            final Path song = folder.resolve("song.mid");
            LoopedMidi.write(options.midi(), options.seconds(), song);
            return new Demo(demo(song), finder, err)
                    .play(
                            () ->
                                    // From the first block on, so to the last and a little more.
                                    noise.set(new NoiseRun(options, options.seconds(), folder)),
                            recording -> report(recording, noise.get()));
        } catch (final IOException e) {
            throw new ToolException("The soak's files cannot be written: " + e + ".", e);
        } finally {
            if (noise.get() != null) {
                noise.get().close();
            }
            delete(work);
        }
    }

    private DemoOptions demo(final Path song) {
        return new DemoOptions(
                song,
                null,
                options.folder(),
                options.plugin(),
                options.host(),
                false,
                Optional.of(options.seconds()),
                options.frames(),
                options.rate(),
                options.allocateMBps(),
                options.presetSeconds(),
                Diagnosis.NONE,
                options.fifo(),
                (long) Math.ceil(options.seconds() * options.rate() / options.frames())
                        + SPARE_BLOCKS);
    }

    private SoakFigures report(final Recording recording, final NoiseRun run) {
        if (run == null) {
            throw new ToolException(
                    "The host ended before the noise of the machine could be measured: play"
                            + " longer.");
        }
        final Noise noise = run.await();
        final SoakFigures figures = SoakFigures.of(options, recording, noise);
        try {
            CompleteFile.write(
                    options.folder().resolve("summary.json"),
                    new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(figures)
                            + "\n");
        } catch (final com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException("Texts and numbers are always JSON.", e);
        }
        CompleteFile.write(
                options.folder().resolve("report.html"),
                new SoakReport(figures, recording, noise).html());
        return figures;
    }

    private void delete(final Path work) {
        if (work == null) {
            return;
        }
        try {
            Folders.delete(work);
        } catch (final IOException e) {
            err.println("patchbay: " + work + " is left behind: " + e);
        }
    }
}
