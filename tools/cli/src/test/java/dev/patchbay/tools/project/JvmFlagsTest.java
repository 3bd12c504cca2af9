// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.tools.ToolException;
import dev.patchbay.tools.project.BuildFile.Located;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The heap and the options of a module's JVM, as a build file may declare them. */
class JvmFlagsTest {
    private static final String BUILD =
            """
            plugin: {name: Mini, vendor: Test, version: 1.2.3, kind: instrument}
            modules:
              rt:
                class: mini.Rt
                gc: disabled
                HERE
                exports: [init]
              control: {class: mini.Control, gc: normal, exports: [init]}
            shared_memory: {layout: standard, parameters: mini.Parameters, size: 2m}
            """;

    @TempDir private Path folder;

    private BuildFile read(final String line) throws IOException {
        Files.writeString(folder.resolve("build.yaml"), BUILD.replace("HERE", line));
        return BuildFileReader.read(folder);
    }

    private String refusal(final String flag) {
        return assertThrows(ToolException.class, () -> read("jvm_flags: [\"" + flag + "\"]"))
                .getMessage()
                .replace(folder + "/", "");
    }

    @Test
    void aHeapThatIsNotDeclaredIsOf256MiB() throws IOException {
        assertEquals(256L << 20, read("").rt().heapBytes());
        assertEquals(256L << 20, read("").control().heapBytes());
        assertEquals(64L << 20, read("heap: 64M").rt().heapBytes());
        assertEquals(2L << 30, read("heap: 2g").rt().heapBytes());
        assertEquals(16L << 20, read("heap: 16384k").rt().heapBytes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"15m", "65g", "64", "-64m", "64mb", "1.5g", "0m", "9999999999g"})
    void aHeapOutsideOfItsRangeOrWithoutAUnitIsRefused(final String heap) {
        assertEquals(
                "build.yaml:6: modules.rt.heap is \""
                        + heap
                        + "\", expected a size from 16m to 64g, such as 256m.",
                assertThrows(ToolException.class, () -> read("heap: \"" + heap + "\""))
                        .getMessage()
                        .replace(folder + "/", ""));
    }

    @Test
    void optionsAreKeptInTheirOrder() throws IOException {
        assertEquals(List.of(), read("").rt().jvmFlags());
        final List<String> flags =
                List.of(
                        "-XX:+UnlockDiagnosticVMOptions",
                        "-XX:ReservedCodeCacheSize=64m",
                        "-Xss2m",
                        "-Dmini.quality=high",
                        "-Dmini.flag",
                        "--add-opens=java.base/java.nio=ALL-UNNAMED",
                        "-ea");
        assertEquals(
                flags,
                read("jvm_flags: [\"" + String.join("\", \"", flags) + "\"]")
                        .rt()
                        .jvmFlags()
                        .stream()
                        .map(Located::text)
                        .toList());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
-Xmx1g                          | which sets the heap: set heap instead
-Xms1g                          | which sets the heap: set heap instead
-XX:MaxHeapSize=1g              | which sets the heap: set heap instead
-XX:MaxRAMPercentage=50         | which sets the heap: set heap instead
-XX:+UseG1GC                    | which chooses the collector: set gc instead
-XX:-UseEpsilonGC               | which chooses the collector: set gc instead
-XX:Flags=mine                  | which reads options from a file, which the bundle does not hold: list them here
-XX:AOTCache=mine               | which chooses an archive of classes, which is made for the bundle as a whole
-XX:SharedArchiveFile=mine      | which chooses an archive of classes, which is made for the bundle as a whole
-Djna.nounpack=false            | which sets a property that the bundle sets
-Xlog:disable                   | which ends the log by which a real-time process is judged
-javaagent:mine.jar             | which loads an agent: such code runs in the process that plays, and can hold it up
-agentlib:jdwp                  | which loads an agent: such code runs in the process that plays, and can hold it up
-cp                             | which sets what is run: the bundle's jars are, from class
--class-path=mine               | which sets what is run: the bundle's jars are, from class
-Dpath={bundle}                 | expected no control characters and no braces, which the bridge replaces
""")
    void whatHasAKeyOfItsOwnOrBelongsToTheBundleIsRefused(final String flag, final String reason) {
        assertEquals(
                "build.yaml:6: modules.rt.jvm_flags names \"" + flag + "\", " + reason + ".",
                refusal(flag));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mini.Main", "-", "-version", "@options", "--help", "-X", "-XX:"})
    void whatIsNoOptionOfAJvmIsRefused(final String flag) {
        assertTrue(
                refusal(flag)
                        .startsWith(
                                "build.yaml:6: modules.rt.jvm_flags names \""
                                        + flag
                                        + "\", expected an option of the JVM"),
                refusal(flag));
    }

    @Test
    void anOptionTwiceOrNoListIsRefused() {
        assertEquals(
                "build.yaml:6: modules.rt.jvm_flags names \"-ea\" twice, allowed is once.",
                refusal("-ea\", \"-ea"));
        assertEquals(
                "build.yaml:6: modules.rt.jvm_flags is \"-ea\", expected a list of options of the"
                        + " JVM.",
                assertThrows(ToolException.class, () -> read("jvm_flags: -ea"))
                        .getMessage()
                        .replace(folder + "/", ""));
    }
}
