// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.eventqueue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.patchbay.layout.RegionDeclaration;
import dev.patchbay.layout.header.HeaderGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The header is an interface: that it changed is to be seen in a review. The standard region's is kept whole; the others', which
 * have the same common part, with one line in its place.
 */
class GoldenHeaderTest {
    private static final Path FOLDER =
            Path.of(System.getProperty("basedir", "."), "src/test/resources/golden");
    private static final String FIRST = "#if defined(PB_COMMON_HASH)";
    private static final String LAST = "#endif /* PB_COMMON_1 */\n";
    private static final String PLACEHOLDER = "/* Here is the common part, as in standard.h. */\n";

    private static Stream<String> names() {
        return Declarations.all().stream().map(RegionDeclaration::name);
    }

    @ParameterizedTest
    @MethodSource("names")
    void theHeaderIsTheGoldenOneByteForByte(final String name) throws IOException {
        final String header =
                HeaderGenerator.generate(
                        Declarations.all().stream()
                                .filter(d -> d.name().equals(name))
                                .findFirst()
                                .orElseThrow());
        final Path golden = FOLDER.resolve(name + ".h");
        if (Boolean.getBoolean("patchbay.regenerate")) {
            Files.createDirectories(FOLDER);
            Files.writeString(
                    golden,
                    name.equals("standard") ? header : header.replace(common(header), PLACEHOLDER));
        }
        final String kept = Files.exists(golden) ? Files.readString(golden) : "";
        assertEquals(
                kept.replace(PLACEHOLDER, common(Files.readString(FOLDER.resolve("standard.h")))),
                header,
                "The header differs from "
                        + golden.normalize()
                        + ". If that is meant, run the build with -Dpatchbay.regenerate=true and"
                        + " commit the file.");
    }

    private static String common(final String header) {
        return header.substring(header.indexOf(FIRST), header.indexOf(LAST) + LAST.length());
    }
}
