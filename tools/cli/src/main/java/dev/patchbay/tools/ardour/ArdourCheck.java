// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.ardour;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.patchbay.tools.ToolException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Plays a bundle in Ardour, without a screen, and compares what is heard with the render of the headless host. */
public final class ArdourCheck {
    private static final String NAME = "check";
    private static final int RATE = 48_000;
    private static final int FRAMES = (int) (Song.SECONDS * RATE);

    private final Path folder;
    private final Path bundle;
    private final Path host;
    private final Consumer<String> progress;
    private final ArdourHome ardour;
    private final Path session;
    private final Path song;
    private final JsonNode plugin;

    /**
     * Gets ready.
     *
     * @param folder empty; what Ardour makes, and what it says, stays in it
     * @param bundle a .vst3 folder with an instrument
     * @param host patchbay-host
     * @param progress told what was seen, a sentence each
     * @throws ToolException where Ardour is not installed, or the bundle is no instrument
     */
    public ArdourCheck(
            final Path folder,
            final Path bundle,
            final Path host,
            final Consumer<String> progress) {
        this.folder = folder.toAbsolutePath();
        this.bundle = bundle.toAbsolutePath();
        this.host = host;
        this.progress = progress;
        final ArdourInstallation installed = ArdourInstallation.find();
        session = this.folder.resolve("session");
        try {
            ardour =
                    new ArdourHome(
                            installed,
                            Files.createDirectories(this.folder.resolve("home")),
                            this.bundle);
            song = Song.write(this.folder.resolve("song.mid"));
            plugin = describe();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        if (plugin.at("/buses/eventInputs").isEmpty()) {
            throw new ToolException(
                    bundle + " takes no notes, expected an instrument: Ardour is to play some.");
        }
    }

    /**
     * Scans, plays, exports, saves, loads, doubles and removes.
     *
     * @param parameter the title of the parameter to turn; empty for the first that can be turned continuously
     * @throws ToolException if anything is not as it should be
     */
    public void run(final String parameter) {
        scan();
        play();
        turn(parameter);
        doubled();
        remove();
    }

    private String name() {
        return plugin.at("/class/name").asText();
    }

    private void scan() {
        final String said = ardour.scan();
        if (!said.contains("Found Plugin: " + name())) {
            throw new ToolException("Ardour's scan has not found " + name() + ": " + said);
        }
        progress.accept("scanned: Ardour knows " + name());
    }

    private void play() {
        make(session, 1);
        final Path reference = render("reference", List.of());
        compare("plays as in patchbay-host", export("first"), reference, latency(), 1);
    }

    /** A parameter that Ardour turns, saves and loads: the sound is that of the host with the same state. */
    private void turn(final String parameter) {
        final List<String> arguments = new ArrayList<>(List.of(session.toString(), NAME));
        if (!parameter.isEmpty()) {
            arguments.add(parameter);
        }
        final String said = ardour.script("change", arguments.toArray(String[]::new));
        final String[] turned =
                said.lines()
                        .filter(line -> line.startsWith("parameter "))
                        .findFirst()
                        .orElseThrow()
                        .split(" ", 3);
        final Path state = folder.resolve("turned.state");
        render(
                "turning",
                List.of("--set", id(turned[2]) + "=" + turned[1], "--state-out", state.toString()));
        final Path reference = render("turned-reference", List.of("--state-in", state.toString()));
        final Path loaded = export("loaded");
        compare(
                "saved and loaded twice with " + turned[2] + " turned, plays as in patchbay-host",
                loaded,
                reference,
                latency(),
                1);
        if (Comparison.of(loaded, folder.resolve("first.wav"), FRAMES, 0, 1).same()) {
            throw new ToolException(
                    turned[2]
                            + " is not heard, so that nothing was seen of the state; name another"
                            + " one with --parameter.");
        }
    }

    /** A second track with the plug-in as it is made. */
    private void doubled() {
        final Path two = folder.resolve("two");
        // A session of its own, in which no parameter was turned.
        make(two, 2);
        final Path wav = folder.resolve("two.wav");
        ardour.export(two, NAME, wav);
        compare("two instances sound as twice one", wav, folder.resolve("first.wav"), 0, 2);
    }

    private void remove() {
        ardour.script("remove", folder.resolve("two").toString(), NAME);
        progress.accept("removed while playing: the other plays on, and nothing is left behind");
    }

    /** A new session whose tracks all play the song through the plug-in. */
    private void make(final Path target, final int tracks) {
        ardour.script(
                "make",
                target.toString(),
                NAME,
                Integer.toString(RATE),
                name(),
                Integer.toString(tracks));
        final ArdourSession file = new ArdourSession(target, NAME);
        file.play(song, Song.QUARTERS, Song.SECONDS);
        file.save();
    }

    private Path export(final String name) {
        final Path wav = folder.resolve(name + ".wav");
        ardour.export(session, NAME, wav);
        return wav;
    }

    private void compare(
            final String what,
            final Path heard,
            final Path reference,
            final int later,
            final double times) {
        final Comparison comparison = Comparison.of(heard, reference, FRAMES, later, times);
        if (!comparison.same()) {
            throw new ToolException(
                    "Not so: %s. %s and %s differ, %s; expected at most %.0f dB. In Ardour the plug-in said: %s"
                            .formatted(
                                    what,
                                    heard,
                                    reference,
                                    comparison.text(),
                                    20 * Math.log10(Comparison.TOLERANCE),
                                    ardour.complaints("export")));
        }
        progress.accept(what + ": " + comparison.text());
    }

    /** Ardour takes a plug-in's delay out of the sound, the headless host leaves it in. */
    private int latency() {
        try {
            return new ObjectMapper()
                    .readTree(folder.resolve("reference.json").toFile())
                    .path("latencySamples")
                    .asInt();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String id(final String title) {
        for (final JsonNode parameter : plugin.path("parameters")) {
            if (parameter.path("title").asText().equals(title)) {
                return parameter.path("id").asText();
            }
        }
        throw new ToolException(
                "Ardour has a parameter \"" + title + "\", which patchbay-host does not know.");
    }

    private JsonNode describe() throws IOException {
        return new ObjectMapper()
                .readTree(
                        Files.readString(
                                run("info", List.of("info", "--plugin", bundle.toString()))));
    }

    private Path render(final String name, final List<String> options) {
        final Path wav = folder.resolve(name + ".wav");
        final List<String> command =
                new ArrayList<>(List.of("render", "--quiet", "--plugin", bundle.toString()));
        command.addAll(List.of("--midi", song.toString(), "--rate", Integer.toString(RATE)));
        command.addAll(List.of("--seconds", Double.toString(Song.SECONDS)));
        command.addAll(List.of("--out", wav.toString()));
        command.addAll(List.of("--json", folder.resolve(name + ".json").toString()));
        command.addAll(options);
        run(name, command);
        return wav;
    }

    /** Runs patchbay-host and returns the file with what it has said. */
    private Path run(final String name, final List<String> arguments) {
        final Path log = folder.resolve(name + ".log");
        final List<String> command = new ArrayList<>(List.of(host.toString()));
        command.addAll(arguments);
        final ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("PATCHBAY_LOG_DIR", folder.resolve("logs").toString());
        try {
            final Process process = builder.start();
            if (!process.waitFor(120, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new ToolException("patchbay-host hangs; what it said is in " + log);
            }
            if (process.exitValue() != 0) {
                throw new ToolException(
                        "patchbay-host has ended with status "
                                + process.exitValue()
                                + ": "
                                + Files.readString(log).strip());
            }
            return log;
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ToolException("interrupted while patchbay-host was running", e);
        }
    }
}
