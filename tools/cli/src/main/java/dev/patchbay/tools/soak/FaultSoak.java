// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.soak;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.patchbay.tools.ToolException;
import dev.patchbay.tools.files.CompleteFile;
import dev.patchbay.tools.files.Folders;
import dev.patchbay.tools.report.FaultReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;

/** Plays an instrument in one host after the other, first undisturbed, then with faults, and reports which promises were kept. */
public final class FaultSoak {
    /** Six ends of a process within two minutes, and the bridge would give it up. */
    private static final int MOST_ENDS = 4;

    private static final int MOST_FAULTS = 10;
    private static final int UNDISTURBED_MILLIS = 1500;
    private static final int SPARE_SECONDS = 60;

    private final FaultOptions options;
    private final PrintWriter err;
    private final Random random;
    private final List<FaultFigures.Made> made = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();
    private final BitSet moving = new BitSet();
    private volatile FaultHost host;
    private volatile boolean stopped;
    private byte[] state;
    private int hosts;

    /** Prepares a run; progress goes to {@code err}. */
    public FaultSoak(final FaultOptions options, final PrintWriter err) {
        this.options = options;
        this.err = err;
        this.random = new Random(options.seed());
    }

    /**
     * Plays, does harm, checks and reports.
     *
     * @throws ToolException if a host cannot play, or a file cannot be read or written
     */
    public FaultFigures run() {
        say("seed " + options.seed());
        Path work = null;
        Thread hook = null;
        try {
            final Path folder = Files.createDirectories(options.folder().toAbsolutePath());
            work = Files.createTempDirectory(folder, ".faults-");
            final Path place = work;
            hook = new Thread(() -> stop(place), "patchbay faults end");
            Runtime.getRuntime().addShutdownHook(hook);
            play(work);
        } catch (final IOException e) {
            throw new ToolException("The files of the run cannot be used: " + e + ".", e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ToolException("The run was interrupted.", e);
        } finally {
            if (!stopped) {
                removeHook(hook);
                delete(work);
            }
        }
        return report();
    }

    private void play(final Path work) throws IOException, InterruptedException {
        final Path song = work.resolve("song.mid");
        FaultSong.write(song);
        try (FaultHost first = start(work, song)) {
            watchParameters(first);
            finish(first, List.of());
            state = Files.readAllBytes(first.state());
        }
        while (made.size() < options.count()) {
            final FaultHost next;
            try {
                next = start(work, song);
            } catch (final ToolException e) {
                // The first one played. What was seen up to here is reported.
                promise(false, e.getMessage().strip());
                return;
            }
            try (next) {
                disturb(next);
            }
        }
    }

    private FaultHost start(final Path work, final Path song)
            throws IOException, InterruptedException {
        hosts++;
        say("host " + hosts + " starts" + (hosts == 1 ? ", and is not disturbed" : ""));
        final Path place = Files.createDirectory(work.resolve("host" + hosts));
        final FaultHost started = new FaultHost(options, place, song, options.state().orElse(null));
        host = started;
        if (stopped) {
            // The end has begun, and may have looked before there was this one.
            started.close();
            throw new InterruptedException();
        }
        try {
            started.awaitPlaying();
        } catch (final RuntimeException | InterruptedException e) {
            started.close();
            throw e;
        }
        return started;
    }

    /** Which parameters automation moves: those have no value that could be kept. */
    private void watchParameters(final FaultHost undisturbed) throws InterruptedException {
        final float[] before = undisturbed.region().parameters();
        final long end = System.nanoTime() + UNDISTURBED_MILLIS * 1_000_000L;
        undisturbed.await(
                Integer.MAX_VALUE,
                () -> {
                    final float[] now = undisturbed.region().parameters();
                    for (int i = 0; i < now.length; i++) {
                        if (now[i] != before[i]) {
                            moving.set(i);
                        }
                    }
                    return System.nanoTime() - end > 0;
                });
    }

    private void disturb(final FaultHost played) throws IOException, InterruptedException {
        final List<FaultCheck.Span> silent = new ArrayList<>();
        int engineEnds = 0;
        int controlEnds = 0;
        for (int i = 0; i < MOST_FAULTS && made.size() < options.count(); i++) {
            final Fault fault = next(played);
            engineEnds += fault.endsEngine() ? 1 : 0;
            controlEnds += fault.endsControl() ? 1 : 0;
            Thread.sleep(200 + random.nextInt(1300));
            if (fault == Fault.KILL_HOST) {
                kill(played);
                return;
            }
            final FaultCheck.Outcome outcome =
                    new FaultCheck(played, fault, random, options.rate(), moving).run(hosts);
            made.add(outcome.made());
            silent.add(outcome.silent());
            tell(outcome.made());
            if (engineEnds == MOST_ENDS || controlEnds == MOST_ENDS) {
                break;
            }
        }
        finish(played, silent);
    }

    private Fault next(final FaultHost played) throws InterruptedException {
        if (!options.only().isEmpty()) {
            final Fault only = options.only().get(made.size() % options.only().size());
            if (only == Fault.KILL_SPARE
                    && !played.await(SPARE_SECONDS, () -> played.sparePid() != 0)) {
                throw new ToolException(
                        "KILL_SPARE needs a spare engine, but none was ready within "
                                + SPARE_SECONDS
                                + " s. Give the plug-in one (spare in build.yaml), or leave this"
                                + " fault out.");
            }
            return only;
        }
        Fault fault;
        do {
            fault = Fault.values()[random.nextInt(Fault.values().length)];
        } while (fault == Fault.KILL_SPARE && played.sparePid() == 0);
        return fault;
    }

    private void kill(final FaultHost played) throws InterruptedException {
        final double at = played.total() * (double) FaultHost.BLOCK / options.rate();
        final boolean spare = played.counter("rt_spares_ready") == 1;
        played.kill();
        final List<Long> left = played.left();
        final FaultFigures.Made one =
                new FaultFigures.Made(
                        Fault.KILL_HOST,
                        hosts,
                        at,
                        spare,
                        0,
                        0,
                        false,
                        left.isEmpty()
                                ? List.of()
                                : List.of("these processes are left: " + left + "."));
        made.add(one);
        tell(one);
    }

    /** Ends the host in order, and looks at what it leaves and what it has written. */
    private void finish(final FaultHost played, final List<FaultCheck.Span> silent)
            throws IOException, InterruptedException {
        if (!played.end()) {
            promise(false, "it did not end in order: " + played.said().strip());
            return;
        }
        final List<Long> left = played.left();
        promise(left.isEmpty(), "these processes are left after its end: " + left);
        final JsonNode json = new ObjectMapper().readTree(played.json().toFile());
        final long asked = json.path("blocks").asLong();
        promise(
                asked == played.total(),
                asked + " blocks were asked for, but " + played.total() + " answered or missed");
        promise(json.path("nanSamples").asLong() == 0, "samples were no numbers");
        promise(json.path("processErrors").asLong() == 0, "calls of process failed");
        promise(json.path("peakDb").isNumber(), "nothing was heard");
        final WavBlocks sound = new WavBlocks(played.wav(), FaultHost.BLOCK);
        for (final FaultCheck.Span span : silent) {
            promise(
                    sound.isSilent(span.from(), span.to()),
                    "the missed blocks " + span.from() + " to " + span.to() + " are not silent");
            promise(
                    span.to() < 0 || sound.sounds(span.to()),
                    "nothing was heard after block " + span.to());
        }
        promise(
                state == null || Arrays.equals(state, Files.readAllBytes(played.state())),
                "its state is not, byte for byte, that of the undisturbed host");
    }

    private void promise(final boolean kept, final String otherwise) {
        if (!kept) {
            broken.add("Host " + hosts + ": " + otherwise + ".");
            say(broken.get(broken.size() - 1));
        }
    }

    private void tell(final FaultFigures.Made one) {
        say(
                String.format(
                        java.util.Locale.ROOT,
                        "%d of %d: %s, back after %.0f ms, %d blocks missed%s",
                        made.size(),
                        options.count(),
                        one.fault().text(),
                        one.backMillis(),
                        one.missedBlocks(),
                        one.broken().isEmpty() ? "" : "; broken: " + one.broken()));
    }

    private void say(final String line) {
        err.println(line);
        err.flush();
    }

    private FaultFigures report() {
        final boolean passed =
                broken.isEmpty() && made.stream().allMatch(one -> one.broken().isEmpty());
        final FaultFigures figures =
                new FaultFigures(
                        passed,
                        options.seed(),
                        options.plugin().getFileName().toString(),
                        hosts,
                        List.copyOf(made),
                        List.copyOf(broken));
        try {
            CompleteFile.write(
                    options.folder().resolve("summary.json"),
                    new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(figures)
                            + "\n");
        } catch (final JsonProcessingException e) {
            throw new IllegalStateException("Texts and numbers are always JSON.", e);
        }
        CompleteFile.write(options.folder().resolve("report.html"), FaultReport.html(figures));
        return figures;
    }

    /** At Ctrl-C: nothing is left but what earlier runs have written. */
    private void stop(final Path work) {
        stopped = true;
        final FaultHost playing = host;
        if (playing != null) {
            playing.close();
        }
        delete(work);
    }

    private static void removeHook(final Thread hook) {
        try {
            if (hook != null) {
                Runtime.getRuntime().removeShutdownHook(hook);
            }
        } catch (final IllegalStateException e) {
            // The end has begun, and the hook does what is to be done.
            return;
        }
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
