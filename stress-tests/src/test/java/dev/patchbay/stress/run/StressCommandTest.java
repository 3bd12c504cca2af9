// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the runner of the proof does with units that pass, fail, are dropped or do not fit. */
class StressCommandTest {
    @TempDir private Path results;

    private String out;
    private String err;

    private int run(final FakePart part, final String... args) {
        final ByteArrayOutputStream said = new ByteArrayOutputStream();
        final ByteArrayOutputStream complained = new ByteArrayOutputStream();
        final List<String> all =
                new ArrayList<>(
                        List.of(
                                "--results",
                                results.toString(),
                                "--jdk",
                                System.getProperty("java.home")));
        all.addAll(List.of(args));
        final int status =
                StressCommand.execute(
                        List.of(part),
                        new PrintStream(said, true, UTF_8),
                        new PrintStream(complained, true, UTF_8),
                        all.toArray(new String[0]));
        out = said.toString(UTF_8);
        err = complained.toString(UTF_8);
        return status;
    }

    private JsonNode unit(final String name) throws IOException {
        final JsonNode all =
                new ObjectMapper().readTree(Files.readString(results.resolve(Results.JSON)));
        for (final JsonNode unit : all.at("/parts/0/units")) {
            if (unit.get("unit").asText().equals(name)) {
                return unit;
            }
        }
        throw new AssertionError("no unit " + name + " in " + all);
    }

    private void complains(final String... parts) {
        assertEquals(1, err.lines().count(), err);
        for (final String part : parts) {
            assertTrue(err.contains(part), err);
        }
    }

    private static Verdict pass(final Context context) {
        return Verdict.passed("held");
    }

    @Test
    void aRunWhoseUnitsAllPassIsASuccess() throws IOException {
        final FakePart part = new FakePart().with("a", StressCommandTest::pass);
        assertEquals(0, run(part, "--seed", "7"), out + err);
        assertTrue(out.contains("1 passed, 0 failed"), out);
        assertTrue(unit("a").get("passed").asBoolean());
        final String page = Files.readString(results.resolve(Results.HTML));
        assertTrue(page.contains("Patchbay stress: passed"), page);
        assertTrue(page.contains("Nothing &lt;real&gt;."), page);
        assertTrue(page.contains("--seed 7"), page);
        assertFalse(page.contains("http"), "the page needs nothing from elsewhere");
    }

    @Test
    void aUnitThatFailsFailsTheRunAndTheOthersStillRun() throws IOException {
        final FakePart part =
                new FakePart()
                        .with("bad", c -> Verdict.failed("not so"))
                        .with("good", StressCommandTest::pass);
        assertEquals(1, run(part));
        assertEquals("not so", unit("bad").get("detail").asText());
        assertTrue(unit("good").get("passed").asBoolean());
        assertTrue(out.contains("1 passed, 1 failed"), out);
    }

    @Test
    void aUnitThatThrowsFailsAndSaysWith() throws IOException {
        final FakePart part =
                new FakePart()
                        .with(
                                "throws",
                                c -> {
                                    throw new IOException("no luck");
                                });
        assertEquals(1, run(part));
        assertTrue(unit("throws").get("detail").asText().contains("no luck"), out);
    }

    @Test
    void aUnitThatIsDroppedByItsBatchFails() throws IOException {
        assertEquals(1, run(new FakePart().batch("told", "dropped")));
        assertTrue(unit("told").get("passed").asBoolean());
        assertFalse(unit("dropped").get("passed").asBoolean());
        assertTrue(unit("dropped").get("detail").asText().contains("no verdict"), out);
    }

    @Test
    void aTableOfAUnitIsInTheReport() throws IOException {
        final FakePart part =
                new FakePart()
                        .with(
                                "mutants",
                                c ->
                                        Verdict.passed("all found out")
                                                .with(
                                                        new Verdict.Table(
                                                                List.of("mutant", "killed by"),
                                                                List.of(List.of("a<b", "model")))));
        assertEquals(0, run(part));
        assertTrue(
                Files.readString(results.resolve(Results.HTML))
                        .contains("<td>a&lt;b</td><td>model</td>"));
    }

    @Test
    void whatAUnitLeavesInItsFolderIsKeptAndWhatAnEarlierRunLeftIsNot() throws IOException {
        final FakePart part =
                new FakePart()
                        .with(
                                "a/b c",
                                c -> {
                                    try (Stream<Path> files = Files.list(c.folder())) {
                                        assertEquals(0, files.count());
                                    }
                                    Files.writeString(c.folder().resolve("trace"), "x");
                                    return Verdict.passed("");
                                });
        assertEquals(0, run(part), out);
        assertEquals(0, run(part), out);
        assertTrue(Files.exists(results.resolve(unit("a/b c").get("folder").asText() + "/trace")));
    }

    @Test
    void aRunThatHadEndedBeginsAnewUnlessItIsToGoOn() {
        final AtomicInteger runs = new AtomicInteger();
        final FakePart part =
                new FakePart()
                        .with(
                                "a",
                                c -> {
                                    runs.incrementAndGet();
                                    return Verdict.passed("");
                                });
        assertEquals(0, run(part));
        assertEquals(0, run(part));
        assertTrue(out.contains("that run had ended"), out);
        assertEquals(2, runs.get());
        assertEquals(0, run(part, "--resume"));
        assertEquals(2, runs.get());
        assertTrue(out.contains("1 of 1 units have their verdict"), out);
    }

    @Test
    void aRunOfAnotherModeOrSeedOrProgramBeginsAnewAndSaysSo() throws IOException {
        final FakePart part = new FakePart().with("a", StressCommandTest::pass);
        assertEquals(0, run(part, "--seed", "1"));
        assertEquals(0, run(part, "--seed", "2", "--resume"));
        assertTrue(out.contains("the seed was 1"), out);
        assertEquals(0, run(part, "--mode", "sanity", "--resume"));
        assertTrue(out.contains("the mode was quick"), out);
        final Path journal = results.resolve(Journal.FILE);
        Files.writeString(
                journal,
                Files.readString(journal).replaceFirst("\"code\":\"[0-9a-f]+", "\"code\":\"00"));
        assertEquals(0, run(part, "--mode", "sanity", "--resume"));
        assertTrue(out.contains("the program has changed"), out);
    }

    @Test
    void aTornLastVerdictIsRunAgainAndTheOthersAreKept() throws IOException {
        final List<String> ran = new ArrayList<>();
        final FakePart part = new FakePart();
        for (final String name : List.of("a", "b")) {
            part.with(
                    name,
                    c -> {
                        ran.add(name);
                        return Verdict.passed("");
                    });
        }
        assertEquals(0, run(part));
        final Path journal = results.resolve(Journal.FILE);
        final byte[] whole = Files.readAllBytes(journal);
        Files.write(journal, java.util.Arrays.copyOf(whole, whole.length - 9));
        assertEquals(0, run(part));
        assertEquals(List.of("a", "b", "b"), ran);
        Files.writeString(journal, "{\"part\":", StandardOpenOption.APPEND);
        assertEquals(0, run(part, "--resume"));
        assertEquals(List.of("a", "b", "b"), ran);
    }

    @Test
    void twoRunsInOneFolderAreRefused() throws IOException {
        final FakePart part = new FakePart().with("a", StressCommandTest::pass);
        try (Journal other = Journal.open(results)) {
            assertEquals(1, run(part));
            assertEquals(0, other.entries().size());
        }
        complains("Another run writes to", "--results");
    }

    @Test
    void elasticUnitsShareInProportionWhatTheOthersLeave() throws IOException {
        final FakePart part =
                new FakePart()
                        .elastic("short", 1)
                        .elastic("long", 3)
                        .with("fixed", StressCommandTest::pass);
        assertEquals(0, run(part, "--minutes", "41"), out + err);
        // The fixed unit was expected to take a minute and took none, so there are 41: a quarter.
        assertEquals("budget 10", unit("short").get("detail").asText());
        // What the short one has not used is the long one's.
        assertEquals("budget 40", unit("long").get("detail").asText());
        assertTrue(out.indexOf("fake/fixed") < out.indexOf("fake/short"), out);
    }

    @Test
    void withoutALimitElasticUnitsTakeWhatIsExpectedOfThem() throws IOException {
        assertEquals(0, run(new FakePart().elastic("a", 5)));
        assertEquals("budget 5", unit("a").get("detail").asText());
    }

    @Test
    void aFullRunShrinksElasticUnitsToTwoHours() throws IOException {
        assertEquals(
                0, run(new FakePart().elastic("a", 180).elastic("b", 60), "--mode", "default"));
        assertEquals("budget 90", unit("a").get("detail").asText().replace("89", "90"));
    }

    @Test
    void aPlanThatDoesNotFitIsRefusedAndNothingIsDropped() {
        final FakePart part = new FakePart();
        for (int i = 0; i < 4; i++) {
            part.with("u" + i, StressCommandTest::pass);
        }
        assertEquals(1, run(part, "--minutes", "3"));
        complains("4 units planned take at least 4 minutes", "3 minutes", "--only");
    }

    @Test
    void onlyTakesANameOrAnExpression() {
        final FakePart part =
                new FakePart()
                        .with("a(1)", StressCommandTest::pass)
                        .with("b", StressCommandTest::pass);
        assertEquals(0, run(part, "--only", "a(1)"));
        assertTrue(out.contains("1 passed, 0 failed"), out);
        assertEquals(0, run(part, "--only", "fake/[ab]"));
        assertTrue(out.contains("2 passed, 0 failed"), out);
    }

    @Test
    void onlyWithoutAMatchIsRefused() {
        assertEquals(
                1, run(new FakePart().with("a", StressCommandTest::pass), "--only", "nothing"));
        complains("No unit's name matches \"nothing\"", "--list");
    }

    @Test
    void wrongOptionsAreRefusedInASentence() {
        final FakePart part = new FakePart().with("a", StressCommandTest::pass);
        assertEquals(2, run(part, "--twins"));
        complains("--twins", "--help");
        assertEquals(2, run(part, "--mode", "fast"));
        complains("--mode is \"fast\"", "sanity, quick, default or tough");
        assertEquals(2, run(part, "--minutes", "0"));
        complains("--minutes is 0");
        assertEquals(2, run(part, "--only", "(["));
        complains("--only is \"([\"");
        assertEquals(2, run(part, "--parts", "fake,other"));
        complains("\"other\"", "fake");
        assertEquals(2, run(part, "--resume", "--fresh"));
        complains("--resume and --fresh");
        assertEquals(1, run(part, "--jdk", results.toString()));
        complains("is no Java installation", "bin/java");
    }

    @Test
    void aDeclarationThatCannotBeLoadedIsRefusedInASentence() {
        final FakePart part = new FakePart().with("a", StressCommandTest::pass);
        assertEquals(
                1, run(part, "--declaration", "my.Regions", "--classpath", "/nonexistent/my.jar"));
        complains("/nonexistent/my.jar does not exist");
        assertEquals(
                1, run(part, "--declaration", "my.Regions", "--classpath", results.toString()));
        complains("\"my.Regions\" was not found");
        assertEquals(2, run(part, "--classpath", results.toString()));
        complains("--declaration");
    }

    @Test
    void listNamesTheUnitsAndRunsNone() {
        final FakePart part = new FakePart().with("a", c -> Verdict.failed("ran"));
        assertEquals(0, run(part, "--list"));
        assertTrue(out.contains("fake/a"), out);
        assertFalse(Files.exists(results.resolve(Journal.FILE)));
    }
}
