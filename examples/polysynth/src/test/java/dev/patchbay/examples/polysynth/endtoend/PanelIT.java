// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.patchbay.control.preset.PresetLibrary;
import dev.patchbay.examples.polysynth.PolySynthParameters;
import dev.patchbay.examples.polysynth.control.Presets;
import dev.patchbay.layout.Parameter;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.StandardRegion.RoleState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The panel in real browsers, on the real synth in the real host at the pace of a sound card. */
class PanelIT {
    /** A block lasts for 85 ms, so the load of a busy machine is no missed deadline. */
    private static final int BLOCK = 4_096;

    private static final int RATE = 48_000;
    private static final String MARKUP = "<b id=evil>bold</b>";
    private static final String ENTER = "\uE007";
    private static final String END = "\uE010";
    private static final List<Parameter> PARAMETERS = new PolySynthParameters().parameters();

    @TempDir private Path folder;

    @BeforeAll
    static void thereIsABrowser() {
        assumeTrue(
                Files.isExecutable(Browser.DRIVER) && Files.isExecutable(Browser.CHROMIUM),
                "The panel is not tested, since there is no browser: apt-get install chromium"
                        + " chromium-driver");
    }

    private Map<String, String> environment() {
        return Map.of(
                "PATCHBAY_RUNTIME_DIR",
                folder.resolve("sockets").toString(),
                "XDG_DATA_HOME",
                folder.resolve("data").toString());
    }

    /** A chord that is held, and controller 16 that goes up and down. */
    private HostRun play() throws Exception {
        final PresetLibrary library =
                Presets.library(folder.resolve("data/patchbay/Patchbay/PolySynth/presets"));
        library.add(
                "Mine",
                library.find("factory/Two Saws.json").orElseThrow().preset().withName(MARKUP));
        final Notes notes = new Notes(500_000);
        notes.note(45, 0, 1_000_000).note(57, 0, 1_000_000).note(64, 0, 1_000_000);
        for (int i = 0; i < 4_000; i++) {
            notes.controller(16, Math.abs(i % 64 - 32) * 127 / 32, i * 120L);
        }
        return HostRun.start(
                folder.resolve("host"),
                HostRun.BUNDLE,
                environment(),
                "--midi",
                notes.write(folder.resolve("a.mid")).toString(),
                "--seconds",
                "300",
                "--block",
                Integer.toString(BLOCK),
                "--realtime",
                "--fifo",
                "10",
                "--keep");
    }

    private String address(final HostRun run) throws Exception {
        final Path said = folder.resolve("panel.log");
        final List<String> command = Tools.command("panel");
        command.addAll(List.of("--instance", Long.toString(run.process.pid())));
        final ProcessBuilder tool = new ProcessBuilder(command).redirectOutput(said.toFile());
        tool.redirectError(folder.resolve("panel.err").toFile());
        tool.environment().putAll(environment());
        final int status = tool.start().waitFor();
        assertEquals(0, status, () -> read(folder.resolve("panel.err")));
        final String address = Files.readString(said).strip();
        assertTrue(
                address.matches("http://127\\.0\\.0\\.1:[0-9]+/[A-Za-z0-9_-]{43}/"),
                "one line, the address: " + address);
        return address;
    }

    private static String read(final Path file) {
        try {
            return Files.readString(file);
        } catch (final java.io.IOException e) {
            return e.toString();
        }
    }

    private static String control(final String symbol) {
        return "[data-symbol=" + symbol + "] .knob";
    }

    private static void awaitText(final Browser browser, final String symbol, final String expected)
            throws Exception {
        browser.await(
                symbol + " to show " + expected,
                "return document.querySelector(arguments[0])?.ariaValueText === arguments[1]",
                control(symbol),
                expected);
    }

    @Test
    void whatIsDoneInAPageIsHeardAndSeenInEveryPageAlsoAfterControlWasKilled() throws Exception {
        final HostRun run = play();
        try (run;
                LiveRegion live = LiveRegion.of(run)) {
            LiveRegion.await("control", () -> live.state(Role.CONTROL) == RoleState.READY);
            final String address = address(run);
            try (Browser one = new Browser(folder.resolve("one"), 1440, 1000);
                    Browser two = new Browser(folder.resolve("two"), 800, 900)) {
                one.open(address);
                LiveRegion.await("sound", () -> live.counter("bridge_counters", "blocks") > 5);
                awaitText(one, "volume", "0 dB");
                isUsableWithoutSight(one);
                turnsDownAndUp(one, live);
                loadsAPreset(one, live);
                learns(one, live);
                two.open(address);
                bothSeeWhatEitherDoes(one, two, live);
                outlivesControl(one, live);
            }
            run.process.destroy();
            run.succeed();
        }
        isHeard(run.samples()[0]);
    }

    private static void isUsableWithoutSight(final Browser page) throws Exception {
        assertEquals(
                "",
                page.run(
                                "return"
                                    + " [...document.querySelectorAll('button,select,input,[tabindex]')].filter(e"
                                    + " => e.checkVisibility() && e.id !== 'parameters' &&"
                                    + " !(e.ariaLabel || e.textContent.trim() ||"
                                    + " e.labels?.length)).map(e => e.outerHTML).join()")
                        .asText(),
                "each thing that takes the focus has a name");
        final int sliders =
                page.run(
                                "return [...document.querySelectorAll('[role=slider]')]"
                                        + ".filter(e => e.tabIndex === 0 && e.ariaValueText &&"
                                        + " e.ariaValueNow !== null).length")
                        .asInt();
        final long knobs = PARAMETERS.stream().filter(p -> p.valueNames().isEmpty()).count();
        assertEquals(knobs, sliders, "each knob tells its value and takes the focus");
    }

    /** With the mouse down to silence, with the keyboard up again. */
    private static void turnsDownAndUp(final Browser page, final LiveRegion live) throws Exception {
        page.drag(control("volume"), -240);
        LiveRegion.await("silence", () -> live.parameter(PolySynthParameters.VOLUME) == 0);
        awaitText(page, "volume", "-60 dB");
        final long quiet = live.counter("bridge_counters", "blocks");
        LiveRegion.await(
                "half a second", () -> live.counter("bridge_counters", "blocks") > quiet + 6);
        page.type(control("volume"), END);
        LiveRegion.await("full volume", () -> live.parameter(PolySynthParameters.VOLUME) == 1);
        page.click("[data-symbol=volume] .value");
        page.type("[data-symbol=volume] input", "-6 dB" + ENTER);
        awaitText(page, "volume", "-6 dB");
    }

    private static void loadsAPreset(final Browser page, final LiveRegion live) throws Exception {
        page.click("#browse");
        page.await(
                "a name that is markup to stand there as text",
                "return [...document.querySelectorAll('#results .title')].some(e => e.textContent"
                        + " === arguments[0]) && !document.getElementById('evil')",
                MARKUP);
        page.type("#search", "bells" + ENTER);
        page.await(
                "the preset's name",
                "return document.getElementById('preset-name').textContent === 'Night Bells'");
        final var bells =
                Presets.library(Path.of("none"))
                        .find("factory/Keys/Night Bells.json")
                        .orElseThrow();
        for (int i = 0; i < PARAMETERS.size(); i++) {
            final int index = i;
            final float expected = (float) bells.preset().values().of(PARAMETERS.get(i));
            LiveRegion.await(PARAMETERS.get(i).name(), () -> live.parameter(index) == expected);
        }
        page.click("#browser .close");
    }

    private static void learns(final Browser page, final LiveRegion live) throws Exception {
        page.click("#learn");
        page.click(control("reverb_mix"));
        page.await(
                "the badge of the controller",
                "return document.querySelector('[data-symbol=reverb_mix] .badge').textContent"
                        + " === 'CC 16'");
        page.click("#learn");
        final int index = PolySynthParameters.REVERB_MIX;
        final float before = live.parameter(index);
        LiveRegion.await("the controller to move it", () -> live.parameter(index) != before);
    }

    private static void bothSeeWhatEitherDoes(
            final Browser one, final Browser two, final LiveRegion live) throws Exception {
        awaitText(two, "filter_cutoff", text(one, "filter_cutoff"));
        two.type(control("filter_cutoff"), END);
        awaitText(two, "filter_cutoff", "20 kHz");
        awaitText(one, "filter_cutoff", "20 kHz");
        one.run(
                "document.querySelector(arguments[0]).dispatchEvent(new MouseEvent('dblclick'))",
                control("filter_cutoff"));
        awaitText(one, "filter_cutoff", "1.8 kHz");
        awaitText(two, "filter_cutoff", "1.8 kHz");
        final float cutoff =
                (float) PARAMETERS.get(PolySynthParameters.FILTER_CUTOFF).defaultNormalized();
        LiveRegion.await(
                "the cutoff in the next block",
                () -> live.parameter(PolySynthParameters.FILTER_CUTOFF) == cutoff);
    }

    private static String text(final Browser page, final String symbol) throws Exception {
        return page.run(
                        "return document.querySelector(arguments[0]).ariaValueText",
                        control(symbol))
                .asText();
    }

    /** The page that was open finds the process that has taken the place, by itself. */
    private static void outlivesControl(final Browser page, final LiveRegion live)
            throws Exception {
        page.run(
                "window.before = true; window.lost = false; new MutationObserver(() => window.lost"
                        + " ||= document.body.dataset.state === 'lost').observe(document.body,"
                        + " {attributes: true})");
        final int former = live.pid(Role.CONTROL);
        ProcessHandle.of(former).orElseThrow().destroyForcibly();
        page.await("the loss to be shown", "return window.lost");
        page.await(
                "the page to be connected again",
                "return document.body.dataset.state === 'connected'");
        assertNotEquals(former, live.pid(Role.CONTROL));
        assertTrue(page.run("return window.before").asBoolean(), "the same page, not loaded anew");
        page.type(control("volume"), END);
        LiveRegion.await("full volume", () -> live.parameter(PolySynthParameters.VOLUME) == 1);
        awaitText(page, "volume", "6 dB");
        page.await(
                "the badge that is in the state",
                "return document.querySelector('[data-symbol=reverb_mix] .badge').textContent"
                        + " === 'CC 16'");
    }

    /** The chord, then a time in which it is as good as gone, then sound again. */
    private static void isHeard(final float[] samples) {
        final int window = RATE / 10;
        double loudest = 0;
        int quietest = 0;
        double least = Double.MAX_VALUE;
        int first = -1;
        for (int at = 0; at + window <= samples.length; at += window) {
            double sum = 0;
            for (int i = at; i < at + window; i++) {
                sum += samples[i] * (double) samples[i];
            }
            final double rms = Math.sqrt(sum / window);
            loudest = Math.max(loudest, rms);
            if (first < 0 && rms > 0.01) {
                first = at;
            }
            if (first >= 0 && rms < least) {
                least = rms;
                quietest = at;
            }
        }
        assertTrue(least < loudest / 100, "least " + least + ", loudest " + loudest);
        assertTrue(
                quietest > first && quietest < samples.length - window, "sound before and after");
    }
}
