// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.patchbay.layout.FieldType;
import dev.patchbay.layout.Parameter;
import dev.patchbay.layout.Region;
import dev.patchbay.layout.RegionDeclaration;
import dev.patchbay.layout.RegionImage;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.Section;
import dev.patchbay.layout.StandardRegion;
import dev.patchbay.layout.StructType;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the command in this process; the declarations are classes of this test's class path. */
public class LayoutCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir private Path folder;

    /** Declarations of one region, as it grew. */
    public static final class Versions {
        private static final Role WRITER = new Role("writer", 0);
        private static final Role READER = new Role("reader", 1);

        private Versions() {}

        /** The first. */
        public static RegionDeclaration first() {
            return with(FieldType.FLOAT32).counters("counts", "some | counts", WRITER, "a").build();
        }

        /** With a section more. */
        public static RegionDeclaration second() {
            return with(FieldType.FLOAT32)
                    .counters("counts", "some counts", WRITER, "a")
                    .eventQueue("events", "new", WRITER, READER, 16)
                    .build();
        }

        /** With a field that changed. */
        public static RegionDeclaration third() {
            return with(FieldType.INT32).counters("counts", "some counts", WRITER, "a").build();
        }

        private static dev.patchbay.layout.RegionBuilder with(final FieldType type) {
            return RegionDeclaration.named("versions")
                    .structs(
                            "points",
                            "some places",
                            WRITER,
                            StructType.named("point", "a place").field(type, "x", "").build(),
                            4)
                    .parameters(
                            "settings",
                            "settings",
                            READER,
                            List.of(
                                    Parameter.of(7, "rate", "Rate")
                                            .range(1, 10, 2)
                                            .unit("Hz")
                                            .build()));
        }
    }

    private int run(final String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    private static String classPath() {
        try {
            return Path.of(
                            LayoutCommandTest.class
                                    .getProtectionDomain()
                                    .getCodeSource()
                                    .getLocation()
                                    .toURI())
                    .toString();
        } catch (final java.net.URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static String version(final String member) {
        return Versions.class.getName() + "#" + member;
    }

    private int compare(final String newer, final String older) {
        return run(
                "layout",
                "--declaration",
                version(newer),
                "--class-path",
                classPath(),
                "--compare",
                older);
    }

    @Test
    void aRegionThatGrewIsReadableByOlderPrograms() {
        assertEquals(0, compare("second", version("first")), err::toString);
        assertEquals("readable by older\n", out.toString());
        assertEquals(0, compare("first", version("first")));
        assertEquals("same\n", out.toString());
    }

    @Test
    void aRegionThatChangedIsRefusedWithEveryReasonAndStatusOne() {
        assertEquals(1, compare("first", version("second")));
        assertEquals(
                "incompatible, because\n- The section \"events\" is missing: it was removed or"
                        + " renamed.\n",
                out.toString());
    }

    @Test
    void theFileOfARegionOrOfItsImageTellsWhichFieldChanged() throws IOException {
        final Path region = folder.resolve("region");
        Region.create(region, new RegionImage(Versions.first())).close();
        final Path image = folder.resolve("image");
        final byte[] bytes = new byte[(int) Versions.first().length()];
        new RegionImage(Versions.first()).bytes().get(bytes);
        Files.write(image, bytes);
        for (final Path older : List.of(region, image)) {
            assertEquals(0, compare("second", older.toString()), err::toString);
            assertEquals(1, compare("third", older.toString()));
            assertEquals(
                    "incompatible, because\n- The section \"points\" has another shape: in the"
                            + " struct \"point\" the field \"x\" is int32 at byte 0, was float32 at"
                            + " byte 0.\n",
                    out.toString());
        }
    }

    @Test
    void whatIsNeitherClassNorRegionIsRefusedInASentence() throws IOException {
        final Path file = Files.writeString(folder.resolve("text"), "x".repeat(5000));
        assertEquals(1, compare("first", file.toString()));
        assertTrue(err.toString().contains("is not a usable region: its magic is"), err::toString);
        assertEquals(1, compare("first", folder.resolve("none").toString()));
        assertTrue(err.toString().contains("is no file"), err::toString);
        assertEquals(1, compare("first", "no.such.Type"));
        assertTrue(err.toString().contains("was not found"), err::toString);
        assertEquals(1, err.toString().lines().count());
    }

    @Test
    void theJsonHasEveryNumberOfTheDeclaration() throws IOException {
        final RegionDeclaration region = StandardRegion.declare(StandardRegion.Counts.DEFAULT);
        final Path file = folder.resolve("layout.json");
        assertEquals(0, run("layout", "--format", "json", "-o", file.toString()));
        final JsonNode root = new ObjectMapper().readTree(file.toFile());
        assertEquals(String.format("%016x", region.hash()), root.path("hash").asText());
        assertEquals(region.length(), root.path("length").asLong());
        assertEquals(region.sections().size(), root.path("sections").size());
        for (int i = 0; i < region.sections().size(); i++) {
            final Section s = region.sections().get(i);
            final JsonNode node = root.path("sections").path(i);
            assertEquals(s.name(), node.path("name").asText());
            assertEquals(s.offset(), node.path("offset").asLong());
            assertEquals(s.length(), node.path("length").asLong());
            assertEquals(s.stride(), node.path("stride").asInt());
            assertEquals(s.count(), node.path("count").asInt());
            assertEquals(s.copyStride(), node.path("copy_stride").asInt());
            assertEquals(s.writers().size(), node.path("writers").size());
            assertEquals(s.readers().size(), node.path("readers").size());
            assertEquals(String.format("%016x", s.hash()), node.path("hash").asText());
        }
        for (int i = 0; i < region.structs().size(); i++) {
            final StructType struct = region.structs().get(i);
            final JsonNode node = root.path("structs").path(i);
            assertEquals(struct.size(), node.path("size").asInt());
            for (int f = 0; f < struct.fields().size(); f++) {
                assertEquals(
                        struct.fields().get(f).offset(),
                        node.path("fields").path(f).path("offset").asInt());
            }
        }
    }

    @Test
    void theJsonTellsOfDeclaredParameters() throws IOException {
        assertEquals(
                0,
                run(
                        "layout",
                        "--declaration",
                        version("first"),
                        "-cp",
                        classPath(),
                        "--format",
                        "json"));
        final JsonNode settings = new ObjectMapper().readTree(out.toString()).at("/sections/2");
        assertEquals("settings_info", settings.path("described_by").asText());
        assertEquals("rate", settings.at("/parameters/0/symbol").asText());
        assertEquals(10, settings.at("/parameters/0/maximum").asDouble());
        assertEquals("automatable", settings.at("/parameters/0/flags/0").asText());
    }

    @Test
    void theMarkdownHasARowForEachSectionAndFieldAndKeepsItsColumns() {
        assertEquals(
                0,
                run(
                        "layout",
                        "--declaration",
                        version("first"),
                        "-cp",
                        classPath(),
                        "--format",
                        "markdown"));
        for (final Section section : Versions.first().sections()) {
            assertTrue(out.toString().contains("\n| `" + section.name() + "` | "), out::toString);
        }
        assertTrue(out.toString().contains("some \\| counts"), out::toString);
        assertTrue(out.toString().contains("\n### `point`\n"), out::toString);
        assertTrue(out.toString().contains("\n| 0 | 4 | x | float32 |  |\n"), out::toString);
        out.toString()
                .lines()
                .filter(line -> line.startsWith("| `"))
                .forEach(
                        line ->
                                assertEquals(
                                        11, line.replace("\\|", "").split("\\|").length, line));
    }

    @Test
    void anUnknownFormatIsAWrongCommandLine() {
        assertEquals(2, run("layout", "--format", "png"));
        assertTrue(err.toString().contains("text, markdown, json, svg"), err::toString);
    }
}
