// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.jcstress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.patchbay.layout.RegionDeclaration;
import dev.patchbay.stress.StressMain;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program as a user runs it, with the real jcstress. */
@Timeout(600)
class JcstressPartTest {
    private static final String SOURCE =
            """
package mine;
import dev.patchbay.layout.*;
public class Regions implements java.util.function.Supplier<RegionDeclaration> {
    private static final StructType TEMPO =
            StructType.named("tempo", "").field(FieldType.FLOAT64, "bpm", "").array(FieldType.INT64, "bars", 6, "").build();
    public RegionDeclaration get() {
        return RegionDeclaration.named("mine")
                .array("gains", "of the strips", Role.RT, FieldType.FLOAT32, 24)
                .snapshot("tempo", "of the song", Role.CONTROL, TEMPO)
                .eventQueue("clips", "to start", Role.CONTROL, Role.RT, 256)
                .blob("samples", "too long to be tested", Role.CONTROL, Role.RT, 10 << 20)
                .build();
    }
}
""";

    @TempDir private Path folder;

    private String out;

    private int run(final boolean controls, final String... args) throws Exception {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-cp");
        // What the annotation processor lists of the tests' own folder hides the real tests.
        command.add(
                Arrays.stream(
                                System.getProperty(
                                                "surefire.test.class.path",
                                                System.getProperty("java.class.path"))
                                        .split(File.pathSeparator))
                        .filter(entry -> controls || !entry.endsWith("test-classes"))
                        .collect(Collectors.joining(File.pathSeparator)));
        command.add(StressMain.class.getName());
        command.addAll(List.of("--parts", "jcstress", "--mode", "sanity"));
        command.addAll(List.of("--jdk", System.getProperty("java.home")));
        command.addAll(List.of("--results", folder.resolve("results").toString()));
        command.addAll(List.of(args));
        final Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("out").toFile())
                        .start();
        try {
            process.waitFor();
        } finally {
            process.destroy();
        }
        out = Files.readString(folder.resolve("out"));
        return process.exitValue();
    }

    private Map<String, JsonNode> units() throws IOException {
        final Map<String, JsonNode> units = new HashMap<>();
        final Path file = folder.resolve("results/results.json");
        new ObjectMapper()
                .readTree(Files.readString(file))
                .at("/parts/0/units")
                .forEach(
                        unit ->
                                units.put(
                                        unit.get("unit").asText().replaceFirst(" on \\d+$", ""),
                                        unit));
        return units;
    }

    private static void fails(final JsonNode unit, final String why) {
        assertFalse(unit.get("passed").asBoolean(), unit.toString());
        assertTrue(unit.get("detail").asText().contains(why), unit.toString());
    }

    @Test
    void testsThatWereDroppedThrewOrMetAForbiddenOutcomeFailTheRun() throws Exception {
        assumeTrue(
                Runtime.getRuntime().availableProcessors() == 2,
                "on more processors a test of three actors is not dropped");
        assertEquals(1, run(true), out(3));
        fails(units().get("controls.ThreeActorsControl"), "it has 3 actors and this machine 2");
        fails(units().get("controls.ForbiddenControl"), "Whatever comes");
        fails(units().get("controls.ThrowingControl"), "the control throws");
        assertTrue(out.contains("0 passed, 3 failed"), out);
    }

    private String out(final int units) {
        return units + " units: " + out;
    }

    @Test
    void aDeclarationOfOnesOwnIsTestedSectionBySection() throws Exception {
        final Path classes = compile();
        assertEquals(
                1,
                run(false, "--declaration", "mine.Regions", "--classpath", classes.toString()),
                out);
        final Map<String, JsonNode> units = units();
        fails(units.get("section samples"), "at most 8388608 can be tested");
        units.remove("section samples");
        assertEquals(
                List.of(
                        "section clips: SectionQueue.Delivery",
                        "section clips: SectionQueue.Reuse",
                        "section gains: SectionCells.Coherence",
                        "section gains: SectionCells.Fields",
                        "section gains: SectionCells.Floats",
                        "section tempo: Snapshot.Once",
                        "section tempo: Snapshot.Readers",
                        "section tempo: Snapshot.Structs"),
                units.keySet().stream().sorted().toList());
        units.values().forEach(u -> assertTrue(u.get("passed").asBoolean(), u.toString()));
    }

    private Path compile() throws Exception {
        final Path source = Files.writeString(folder.resolve("Regions.java"), SOURCE);
        final Path classes = Files.createDirectories(folder.resolve("classes"));
        final Path layout =
                Path.of(
                        RegionDeclaration.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI());
        final StringWriter messages = new StringWriter();
        try (var files =
                ToolProvider.getSystemJavaCompiler().getStandardFileManager(null, null, null)) {
            final List<String> options =
                    List.of("-proc:none", "-cp", layout.toString(), "-d", classes.toString());
            assertTrue(
                    ToolProvider.getSystemJavaCompiler()
                            .getTask(
                                    messages,
                                    files,
                                    null,
                                    options,
                                    null,
                                    files.getJavaFileObjects(source))
                            .call(),
                    messages::toString);
        }
        return classes;
    }
}
