// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.eventqueue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.patchbay.layout.CNames;
import dev.patchbay.layout.Field;
import dev.patchbay.layout.FieldType;
import dev.patchbay.layout.RegionDeclaration;
import dev.patchbay.layout.Section;
import dev.patchbay.layout.StandardRegion;
import dev.patchbay.layout.StructType;
import dev.patchbay.layout.header.HeaderGenerator;
import dev.patchbay.layout.testing.CProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The whole generated header, with the parts of all modules, as the compilers take it. */
class HeaderTest {
    private static final RegionDeclaration STANDARD =
            StandardRegion.declare(StandardRegion.Counts.DEFAULT);

    @TempDir private Path folder;

    @BeforeEach
    void generate() throws IOException {
        for (final RegionDeclaration d : Declarations.all()) {
            Files.writeString(folder.resolve(d.name() + ".h"), HeaderGenerator.generate(d));
        }
    }

    private static Stream<Compiler> compilers() {
        return Compiler.all();
    }

    private Path source(final String name, final String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static String includes(final List<String> headers) {
        return headers.stream()
                .map(h -> "#include \"" + h + ".h\"\n")
                .collect(Collectors.joining());
    }

    private static List<String> names() {
        return Declarations.all().stream().map(RegionDeclaration::name).toList();
    }

    /** Five headers in one program: no warning, and each field where Java has it, on both machines. */
    @ParameterizedTest
    @MethodSource("compilers")
    void everyCompilerTakesAllHeadersAndPlacesEveryFieldWhereJavaDoes(final Compiler compiler)
            throws Exception {
        compiler.assumeRunnable();
        final StringBuilder main = new StringBuilder(includes(names()));
        // This program's own casts, unlike the headers', are old-style in C++.
        main.append("#if defined(__cplusplus)\n");
        main.append("#pragma GCC diagnostic ignored \"-Wold-style-cast\"\n#endif\n");
        main.append("#include <stdio.h>\nint main(void)\n{\n");
        final StringBuilder expected = new StringBuilder();
        structs()
                .forEach(
                        (type, struct) -> {
                            main.append("    printf(\"" + type + " %zu %zu\\n\", sizeof(" + type);
                            main.append("), PB_ALIGNOF(" + type + "));\n");
                            expected.append(type + " " + struct.size() + " " + struct.alignment());
                            expected.append('\n');
                            for (final Field f : struct.fields()) {
                                main.append("    printf(\"%zu %zu\\n\", offsetof(" + type + ", ");
                                main.append(f.name() + "), sizeof(((" + type + " *)NULL)->");
                                main.append(f.name() + "));\n");
                                expected.append(f.offset() + " " + f.size() + "\n");
                            }
                        });
        main.append("    return 0;\n}\n");
        assertEquals(expected.toString(), compiler.run(source("offsets.c", main.toString())));
    }

    private static Map<String, StructType> structs() {
        final Map<String, StructType> all = new LinkedHashMap<>();
        CNames.COMMON_STRUCTS.forEach(s -> all.put("pb_" + s.name(), s));
        for (final RegionDeclaration d : Declarations.all()) {
            final CNames names = CNames.of(d);
            d.structs().forEach(s -> all.put(names.type(s), s));
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("compilers")
    void eachHeaderStandsAloneAndMayBeIncludedTwice(final Compiler compiler) throws Exception {
        compiler.assumeInstalled();
        for (final String name : names()) {
            compiler.compile(
                    source(
                            name + ".c",
                            includes(List.of(name, name)) + "int main(void) { return 0; }\n"));
        }
    }

    @Test
    void theHeadersOfTwoRegionsServeOneProgramInEitherOrder() throws Exception {
        final String main =
                """
                #include <stdio.h>
                int main(void)
                {
                    pb_lab_point point = {0, 0, 0, {0}};
                    printf("%s %s %u %u %zu\\n", PB_STANDARD_HOST_EVENTS_NAME, PB_LAB_SENSORS_NAME,
                        PB_STANDARD_HOST_EVENTS_COUNT, PB_LAB_SENSORS_COUNT, sizeof point);
                    return point.certainty > 0;
                }
                """;
        for (final List<String> order :
                List.of(List.of("standard", "lab"), List.of("lab", "standard"))) {
            final Path source = source(order.get(0) + "-first.c", includes(order) + main);
            for (final Compiler compiler : Compiler.basic().toList()) {
                assertEquals("host_events sensors 4096 3 24\n", compiler.run(source));
            }
        }
    }

    private String refusal(final String... headers) throws IOException {
        final Path source =
                source("refused.c", includes(List.of(headers)) + "int main(void) { return 0; }\n");
        return assertThrows(
                        AssertionError.class,
                        () -> Compiler.basic().findFirst().get().compile(source))
                .getMessage();
    }

    @Test
    void headersOfDifferentVersionsOfTheLibraryAreNotMixedSilently() throws Exception {
        final String other =
                Files.readString(folder.resolve("lab.h"))
                        .replaceAll(
                                "(?m)^(#define PB_COMMON_HASH |#if defined\\(PB_COMMON_HASH\\).* !="
                                        + " )\\w+",
                                "$10x12345678u");
        Files.writeString(folder.resolve("newer.h"), other);
        assertTrue(
                refusal("standard", "newer")
                        .contains(
                                "were generated by different versions, or with different modules"));
    }

    @Test
    void theCommonHashFollowsTheCommonText() throws IOException {
        final String standard = Files.readString(folder.resolve("standard.h"));
        final String lab = Files.readString(folder.resolve("lab.h"));
        final Pattern hash = Pattern.compile("#define PB_COMMON_HASH (0x[0-9a-f]{8}u)");
        final Set<String> found =
                Stream.of(standard, lab)
                        .flatMap(text -> hash.matcher(text).results())
                        .map(r -> r.group(1))
                        .collect(Collectors.toSet());
        assertEquals(1, found.size(), found::toString);
    }

    @Test
    void twoDeclarationsOfOnePrefixAreNotMixedSilently() throws Exception {
        final RegionDeclaration other =
                RegionDeclaration.named("l_ab")
                        .array("values", "", Declarations.DEVICE, FieldType.INT32, 1)
                        .build();
        Files.writeString(folder.resolve("l_ab.h"), HeaderGenerator.generate(other));
        assertTrue(
                refusal("lab", "l_ab")
                        .contains("another declaration whose names begin with PB_LAB_"));
    }

    @Test
    void aTargetOf32BitsOrOfAnotherByteOrderIsRefusedInAWord() throws Exception {
        assumeTrue(CProgram.has("clang"), "clang is not installed. On Debian: apt install clang");
        final Path source = source("target.c", "#include \"lab.h\"\n");
        for (final String[] target :
                new String[][] {
                    {"i386-linux-gnu", "Patchbay needs a 64-bit target"},
                    {"x86_64-linux-gnux32", "Patchbay needs a 64-bit target"},
                    {"aarch64_be-linux-gnu", "Patchbay regions are little-endian"}
                }) {
            final AssertionError refused =
                    assertThrows(
                            AssertionError.class,
                            () ->
                                    CProgram.run(
                                            List.of(
                                                    "clang",
                                                    "--target=" + target[0],
                                                    "-fsyntax-only",
                                                    source.toString()),
                                            ""));
            assertTrue(refused.getMessage().contains(target[1]), refused::getMessage);
        }
    }

    /** A region with one of these words as its prefix would share names with the common part. */
    @Test
    void theNamesOfTheCommonPartBeginWithItsReservedWords() throws Exception {
        final String standard = Files.readString(folder.resolve("standard.h"));
        final Path common =
                source(
                        "common.c",
                        standard.substring(0, standard.indexOf("#if defined(PB_STANDARD_REGION)")));
        final String names =
                CProgram.run(
                        List.of("gcc", "-E", "-P", "-dD", "-D_GNU_SOURCE", common.toString()), "");
        final Set<String> words =
                Pattern.compile("\\b(?:pb|PB)_([A-Za-z0-9]+)")
                        .matcher(names)
                        .results()
                        .map((MatchResult r) -> r.group(1).toLowerCase())
                        .collect(Collectors.toCollection(TreeSet::new));
        assertTrue(words.contains("event") && words.contains("int32"), words::toString);
        // Keywords cannot name a region anyway.
        words.removeAll(Set.of("char", "double", "float"));
        words.removeAll(CNames.COMMON_WORDS);
        assertEquals(Set.of(), words, "to be added to CNames.COMMON_WORDS");
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
