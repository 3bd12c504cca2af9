// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.eventqueue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.layout.Field;
import dev.patchbay.layout.FieldType;
import dev.patchbay.layout.RegionDeclaration;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.Section;
import dev.patchbay.layout.StandardRegion;
import dev.patchbay.layout.StructType;
import dev.patchbay.layout.header.HeaderGenerator;
import dev.patchbay.layout.testing.CProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole generated header, with the parts of all modules. */
class HeaderTest {
    private static final RegionDeclaration STANDARD =
            StandardRegion.declare(StandardRegion.Counts.DEFAULT);
    private static final RegionDeclaration OTHER =
            RegionDeclaration.named("other")
                    .constants(
                            "notes",
                            "a struct of its own",
                            StructType.named("note", "One note.")
                                    .field(FieldType.INT16, "key", "")
                                    .align(16)
                                    .field(FieldType.FLOAT32, "velocity", "")
                                    .build(),
                            2)
                    .eventQueue("events", "a queue", Role.RT, Role.UI, 16)
                    .build();
    private static final Path GOLDEN =
            Path.of(System.getProperty("basedir", "."), "src/test/resources/golden/standard.h");

    @TempDir private Path folder;

    @BeforeEach
    void generate() throws IOException {
        Files.writeString(folder.resolve("standard.h"), HeaderGenerator.generate(STANDARD));
        Files.writeString(folder.resolve("other.h"), HeaderGenerator.generate(OTHER));
    }

    /** The header is an interface: that it changed is to be seen in a review. */
    @Test
    void theStandardHeaderIsTheGoldenOneByteForByte() throws IOException {
        final String header = HeaderGenerator.generate(STANDARD);
        if (Boolean.getBoolean("patchbay.regenerate")) {
            Files.createDirectories(GOLDEN.getParent());
            Files.writeString(GOLDEN, header);
        }
        final String golden = Files.exists(GOLDEN) ? Files.readString(GOLDEN) : "";
        assertEquals(
                golden,
                header,
                "The header differs from "
                        + GOLDEN.normalize()
                        + ". If that is meant, run the build with -Dpatchbay.regenerate=true and"
                        + " commit the file.");
    }

    private static List<List<String>> compilers() {
        final List<List<String>> all = new ArrayList<>();
        for (final String c : List.of("gcc", "clang")) {
            all.add(List.of(c, "-std=c11"));
            all.add(List.of(c, "-std=c11", "-D_GNU_SOURCE", "-O2"));
        }
        for (final String cpp : List.of("g++", "clang++")) {
            all.add(List.of(cpp, "-xc++", "-std=c++17"));
            all.add(List.of(cpp, "-xc++", "-std=c++17", "-O2"));
        }
        // gcc and g++ must be there; clang is asked where it is.
        all.removeIf(c -> c.get(0).startsWith("clang") && !CProgram.has(c.get(0)));
        return all;
    }

    private static String run(final Path source, final List<String> compiler) throws Exception {
        final Path program =
                CProgram.compile(
                        source,
                        compiler.get(0),
                        compiler.subList(1, compiler.size()).toArray(String[]::new));
        return CProgram.run(List.of(program.toString()), "");
    }

    @Test
    void everyCompilerTakesTheHeaderWithoutAWarning() throws Exception {
        final Path source =
                Files.writeString(
                        folder.resolve("empty.c"),
                        "#include \"standard.h\"\n#include \"standard.h\"\n"
                                + "int main(void) { return 0; }\n");
        for (final List<String> compiler : compilers()) {
            assertEquals("", run(source, compiler), compiler::toString);
        }
    }

    @Test
    void theHeadersOfTwoRegionsServeOneProgramInEitherOrder() throws Exception {
        final String main =
                """
                #include <stdio.h>
                int main(void)
                {
                    pb_other_note note = {0};
                    pb_event event;
                    memset(&event, 0, sizeof event);
                    printf("%s %s %u %u %zu %d\\n", PB_STANDARD_HOST_EVENTS_NAME,
                        PB_OTHER_EVENTS_NAME, PB_STANDARD_HOST_EVENTS_COUNT, PB_OTHER_EVENTS_COUNT,
                        sizeof note, event.index);
                    return note.key;
                }
                """;
        final List<List<String>> orders =
                List.of(List.of("standard", "other"), List.of("other", "standard"));
        for (final List<String> order : orders) {
            final Path source =
                    Files.writeString(
                            folder.resolve(order.get(0) + "-first.c"),
                            "#include \""
                                    + order.get(0)
                                    + ".h\"\n#include \""
                                    + order.get(1)
                                    + ".h\"\n"
                                    + main.replace("{0}", "{0, {0}, 0}"));
            assertEquals(
                    "host_events events 4096 16 20 0\n", run(source, List.of("gcc", "-std=c11")));
            assertEquals(
                    "host_events events 4096 16 20 0\n",
                    run(source, List.of("g++", "-xc++", "-std=c++17")));
        }
    }

    @Test
    void cPlacesEveryFieldWhereJavaDoes() throws Exception {
        final StringBuilder main =
                new StringBuilder(
                        "#include \"standard.h\"\n#include <stdio.h>\nint main(void)\n{\n");
        final StringBuilder expected = new StringBuilder();
        for (final StructType struct : HeaderGenerator.COMMON_STRUCTS) {
            final String type = "pb_" + struct.name();
            main.append("    printf(\"")
                    .append(type)
                    .append(" %zu %zu\\n\", sizeof(")
                    .append(type)
                    .append("), PB_ALIGNOF(")
                    .append(type)
                    .append("));\n");
            expected.append(type + " " + struct.size() + " " + struct.alignment() + "\n");
            for (final Field f : struct.fields()) {
                final String place = "offsetof(" + type + ", " + f.name() + ")";
                final String size = "sizeof(((" + type + " *)0)->" + f.name() + ")";
                main.append("    printf(\"%zu %zu\\n\", " + place + ", " + size + ");\n");
                expected.append(f.offset() + " " + f.size() + "\n");
            }
        }
        main.append("    return 0;\n}\n");
        final Path source = Files.writeString(folder.resolve("offsets.c"), main.toString());
        assertEquals(expected.toString(), run(source, List.of("gcc", "-std=c11")));
        assertEquals(expected.toString(), run(source, List.of("g++", "-xc++", "-std=c++17")));
    }

    @Test
    void theHeaderNamesEverySectionWithItsPlaceAndHash() throws IOException {
        final String header = Files.readString(folder.resolve("standard.h"));
        for (final Section s : STANDARD.sections()) {
            final String name = "#define PB_STANDARD_" + s.name().toUpperCase() + "_";
            assertTrue(header.contains(name + "NAME \"" + s.name() + "\"\n"), s.name());
            assertTrue(header.contains(name + "OFFSET " + s.offset() + "u\n"), s.name());
            assertTrue(header.contains(name + "LENGTH " + s.length() + "u\n"), s.name());
            assertTrue(header.contains(name + "STRIDE " + s.stride() + "u\n"), s.name());
            assertTrue(header.contains(name + "COUNT " + s.count() + "u\n"), s.name());
            assertTrue(
                    header.contains(
                            name
                                    + "HASH UINT64_C(0x"
                                    + String.format("%016x", s.hash())
                                    + ") /* of the shape */\n"),
                    s.name());
        }
        assertTrue(header.contains("#define PB_STANDARD_RT_COUNTERS_RENDER_MAX_NANOS 9u"));
    }
}
