// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.patchbay.layout.BlockTraceDescriptor;
import dev.patchbay.layout.RegionException;
import dev.patchbay.layout.Role;
import dev.patchbay.tools.ToolException;
import dev.patchbay.tools.files.CompleteFile;
import dev.patchbay.tools.files.Folders;
import dev.patchbay.tools.inspect.Descriptors;
import dev.patchbay.tools.panel.Panel;
import dev.patchbay.tools.panel.Panels;
import dev.patchbay.tools.realtime.BlockTrace;
import dev.patchbay.tools.report.HtmlReport;
import dev.patchbay.tools.report.Wave;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * Plays a MIDI file through a plug-in in the headless host, looks into the region meanwhile, and reports. The results appear
 * together at the end, or not at all.
 */
public final class Demo {
    /** Thirty times a second. */
    private static final long SAMPLE_MILLIS = 33;

    private static final int WAVE_COLUMNS = 1000;
    private static final String SOUND = "demo.wav";

    /** In memory: a trace that waits for a disk would disturb what it looks at. */
    private static final Path MEMORY = Path.of("/dev/shm");

    private final DemoOptions options;
    private final RegionFinder finder;
    private final PrintWriter err;
    private final boolean terminal;
    private final List<Sample> samples = new ArrayList<>();
    private RegionView region;
    private volatile boolean stopped;
    private HostRun run;
    private Path work;
    private Path traces;
    private Runnable whenPlaying;
    private boolean playing;

    /**
     * Prepares a demo.
     *
     * @param options what to play
     * @param finder where to look for the region
     * @param err where to show progress
     */
    public Demo(final DemoOptions options, final RegionFinder finder, final PrintWriter err) {
        this.options = options;
        this.finder = finder;
        this.err = err;
        this.terminal = Descriptors.isTerminal(Descriptors.ERROR);
    }

    /**
     * Plays and reports.
     *
     * @throws ToolException if the host failed, or a figure cannot be read; no result is written then
     */
    public Figures play() {
        return play(this::tellPanel, this::report);
    }

    /**
     * Plays and hands over what was seen.
     *
     * @param playing called once, when the first block has been played
     * @param use makes something of the recording, whose region and trace are gone when it returns
     * @throws ToolException if the host failed, or a figure cannot be read
     */
    public <T> T play(final Runnable playing, final Function<Recording, T> use) {
        whenPlaying = playing;
        final Thread hook = new Thread(this::stop, "patchbay demo end");
        try {
            prepare();
            Runtime.getRuntime().addShutdownHook(hook);
            final Path wav = work.resolve(SOUND);
            final Path json = work.resolve("host.json");
            render(wav, json);
            return use.apply(recording(wav, json));
        } catch (final IOException e) {
            throw new ToolException("The demo failed: " + e + ".", e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ToolException("The demo was interrupted.", e);
        } finally {
            abandon();
            removeHook(hook);
            if (region != null) {
                region.close();
            }
        }
    }

    /** Where the plug-in can be seen and moved meanwhile; an offline render is over before anybody gets there. */
    private void tellPanel() {
        if (options.offline()) {
            return;
        }
        try {
            final Panel panel = Panels.ofThisUser().find(Long.toString(run.pid())).get(0);
            err.println("panel     " + panel.address());
        } catch (final ToolException e) {
            err.println("patchbay: " + e.getMessage());
        }
        err.flush();
    }

    private void prepare() throws IOException {
        final Path folder = Files.createDirectories(options.folder().toAbsolutePath());
        Files.createDirectories(options.logs());
        // Of earlier runs: their names differ, so they would pile up.
        try (DirectoryStream<Path> old =
                Files.newDirectoryStream(options.logs(), "{rt,control}-*.log*")) {
            for (final Path file : old) {
                Files.delete(file);
            }
        }
        work = Files.createTempDirectory(folder, ".demo-");
        if (options.traceBlocks() > 0) {
            traces =
                    Files.isWritable(MEMORY)
                            ? Files.createTempDirectory(MEMORY, "patchbay-trace-")
                            : Files.createTempDirectory(work, "trace-");
        }
    }

    private void render(final Path wav, final Path json) throws IOException, InterruptedException {
        final OptionalDouble total =
                options.seconds()
                        .map(OptionalDouble::of)
                        .orElseGet(() -> MidiLength.renderSeconds(options.midi()));
        final ProgressDisplay progress =
                new ProgressDisplay(
                        err, terminal, total, (double) options.block() / options.rate());
        progress.starting("starting the host, the RT and the control process");
        synchronized (this) {
            run = new HostRun(options, wav, json, traces);
        }
        try {
            while (!run.ended(SAMPLE_MILLIS)) {
                tell(progress);
                if (region == null) {
                    region = attach();
                } else {
                    sample(progress);
                }
            }
            tell(progress);
        } finally {
            progress.done();
        }
        if (stopped) {
            throw new ToolException("The demo was stopped before its end.");
        }
        run.checkEnd();
        if (region == null) {
            throw new ToolException(
                    "The host played without a region that could be found among its open files: is"
                            + " the plug-in a Patchbay bundle?");
        }
        samples.add(Sample.of(region));
    }

    /** Hands on what the bridge says: where to attach a debugger, and what it costs. */
    private void tell(final ProgressDisplay progress) throws IOException {
        for (final String sentence : run.newWords()) {
            progress.done();
            err.println(sentence);
            err.flush();
        }
    }

    private void sample(final ProgressDisplay progress) {
        final Sample sample = Sample.of(region);
        samples.add(sample);
        for (final Role role : List.of(Role.RT, Role.CONTROL)) {
            final RegionView.Participant module = region.participant(role);
            run.module(module.pid(), module.startTime());
        }
        if (sample.blocks() > 0) {
            if (!playing) {
                playing = true;
                progress.done();
                whenPlaying.run();
            }
            progress.show(sample);
        }
    }

    /** The region, or null while there is none that is complete. */
    private RegionView attach() {
        try {
            for (final Path candidate : finder.candidates(run.pid())) {
                try {
                    return new RegionView(candidate);
                } catch (final RegionException e) {
                    // Not complete yet, or something else of that name: the next look tells.
                    continue;
                }
            }
        } catch (final IOException e) {
            // The host has just ended: the caller sees that next.
            return null;
        }
        return null;
    }

    private Recording recording(final Path wav, final Path json) throws IOException {
        return new Recording(
                options,
                HostReport.read(json),
                List.copyOf(samples),
                region,
                JvmLog.read(log("rt")),
                JvmLog.read(log("control")),
                options.wav() == null ? null : Wave.read(wav, WAVE_COLUMNS),
                Machine.with(options.plugin()),
                traces == null ? null : BlockTrace.read(trace()));
    }

    /** The trace of the one engine that has played. */
    private Path trace() {
        final Path second =
                traces.resolve(BlockTraceDescriptor.fileName(run.pid(), region.id(), 2));
        if (Files.exists(second)) {
            throw new ToolException(
                    "The engine ended while it played and another took its place, but the figures"
                            + " are to be those of one engine: look for the reason in its log in "
                            + options.logs()
                            + ", then play again.");
        }
        return traces.resolve(BlockTraceDescriptor.fileName(run.pid(), region.id(), 1));
    }

    private Figures report(final Recording recording) {
        final Figures figures = Figures.of(recording);
        final String html = new HtmlReport(recording, figures).html();
        CompleteFile.move(work.resolve(SOUND), options.wav());
        CompleteFile.write(options.folder().resolve("report.html"), html);
        CompleteFile.write(options.folder().resolve("summary.json"), json(figures));
        return figures;
    }

    /** The JVM's log of a role: the only one of this host, whose name goes on with the id of the process's region. */
    private Path log(final String role) throws IOException {
        final String pattern = role + "-" + run.pid() + "-*.jvm.log";
        try (DirectoryStream<Path> found = Files.newDirectoryStream(options.logs(), pattern)) {
            for (final Path file : found) {
                return file;
            }
        }
        return options.logs().resolve(pattern);
    }

    static String json(final Figures figures) {
        try {
            return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(figures)
                    + "\n";
        } catch (final JsonProcessingException e) {
            throw new IllegalStateException("Texts and numbers are always JSON.", e);
        }
    }

    /** Called when this program is told to end. */
    private void stop() {
        stopped = true;
        abandon();
    }

    /** Leaves no process and no unfinished file, however the demo ends. */
    private synchronized void abandon() {
        if (run != null) {
            run.close();
        }
        for (final Path folder : Arrays.asList(work, traces)) {
            if (folder == null) {
                continue;
            }
            try {
                Folders.delete(folder);
            } catch (final IOException e) {
                err.println("patchbay: " + folder + " is left behind: " + e);
            }
        }
    }

    private static void removeHook(final Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (final IllegalStateException e) {
            // The JVM is ending: the hook runs already.
            return;
        }
    }
}
