// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.tools.ToolException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BundlerRefusalTest {
    @TempDir private Path folder;
    private TestPlugin plugin;

    @BeforeEach
    void make() throws IOException {
        plugin = new TestPlugin(folder);
    }

    private String refusal() throws IOException {
        final Bundler bundler = plugin.bundler(folder.resolve("out"), folder.resolve("cache"));
        final String message = assertThrows(ToolException.class, bundler::make).getMessage();
        if (Files.exists(folder.resolve("out"))) {
            try (Stream<Path> left = Files.list(folder.resolve("out"))) {
                assertEquals(List.of(), left.toList());
            }
        }
        return message.replace(folder + "/", "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
mini.Rt, | mini.Missing, | build.yaml:3: modules.rt.class is "mini.Missing", which is not on the class path, expected the full name of a class on it.
mini.Rt, | mini.Control, | build.yaml:3: modules.rt.class is "mini.Control", which does not implement dev.patchbay.rt.RtModule, expected a class that does.
mini.Rt, | mini.Rt$Abstract, | build.yaml:3: modules.rt.class is "mini.Rt$Abstract", which is abstract or not public, expected a public class that can be created.
mini.Rt, | mini.Rt$Hidden, | build.yaml:3: modules.rt.class is "mini.Rt$Hidden", which is abstract or not public, expected a public class that can be created.
mini.Rt, | mini.Rt$Argument, | build.yaml:3: modules.rt.class is "mini.Rt$Argument", which has no public constructor without arguments, expected one.
mini.Control, | mini.Rt, | build.yaml:4: modules.control.class is "mini.Rt", which does not implement dev.patchbay.control.ControlModule, expected a class that does.
handleEvent] | handleEvents] | build.yaml:3: modules.rt.exports names "handleEvents" (perhaps handleEvent?), allowed are the methods of RtModule: activate, close, deactivate, handleEvent, init, latencyFrames, process, reset, tailFrames and wholeBlocks.
mini.Parameters | mini.Rt | build.yaml:7: shared_memory.parameters is "mini.Rt", which does not implement dev.patchbay.layout.ParameterSource, expected a class that does.
""")
    void aClassThatCannotServeIsNamedWithItsLine(
            final String good, final String bad, final String sentence) throws IOException {
        plugin.build(TestPlugin.BUILD.replace(good, bad));
        assertEquals(sentence, refusal());
    }

    @Test
    void aRegionThatIsTooSmallIsRefusedWithWhatItNeeds() throws IOException {
        plugin.build(TestPlugin.BUILD.replace("size: 3m", "size: 1m"));
        final String message = refusal();
        assertTrue(
                message.matches(
                        "build\\.yaml:8: shared_memory\\.size is 1m, but the layout needs \\d+"
                                + " bytes, so allowed is \\d+k or more\\."),
                message);
    }

    @Test
    void allThatDoesNotFitIsToldAtOnce() throws IOException {
        plugin.build(
                TestPlugin.BUILD
                        .replace("size: 3m", "size: 1m\n  max_parameters: 1")
                        .replace("mini.Rt,", "mini.Missing,")
                        .replace("saveState", "safeState"));
        final List<String> lines = refusal().lines().toList();
        assertEquals(4, lines.size(), lines::toString);
        assertTrue(lines.get(0).startsWith("build.yaml:8: shared_memory.size is 1m,"));
        assertTrue(lines.get(1).contains("modules.rt.class is \"mini.Missing\""));
        assertTrue(lines.get(2).contains("\"safeState\" (perhaps saveState?), allowed are"));
        assertTrue(
                lines.get(3)
                        .endsWith(
                                "whose parameters do not fit the region: The plug-in declares 2"
                                        + " parameters, but the region has cells for 1."),
                lines.get(3));
    }

    @Test
    void parametersThatFailOrClashAreRefused() throws IOException {
        plugin.build(TestPlugin.BUILD.replace("mini.Parameters", "mini.Parameters$Twice"));
        assertTrue(
                refusal()
                        .startsWith(
                                "build.yaml:7: shared_memory.parameters is"
                                    + " \"mini.Parameters$Twice\", whose parameters do not fit the"
                                    + " region: "));
        plugin.build(TestPlugin.BUILD.replace("mini.Parameters", "mini.Parameters$Failing"));
        assertTrue(
                refusal()
                        .startsWith(
                                "build.yaml:7: shared_memory.parameters is"
                                    + " \"mini.Parameters$Failing\", which failed when it was asked"
                                    + " for the parameters: java.lang.IllegalStateException: no"
                                    + " luck at "));
    }

    @Test
    void aJdkThatIsNoneIsRefused() throws IOException {
        final Bundler bundler =
                new Bundler(
                        new Bundler.Sources(
                                folder,
                                List.of(plugin.classes()),
                                folder.resolve("out"),
                                folder,
                                folder.resolve("cache"),
                                () -> new ByteArrayInputStream(new byte[0])),
                        new PrintWriter(new StringWriter()));
        final String message = assertThrows(ToolException.class, bundler::make).getMessage();
        assertFalse(message.contains("Exception"), message);
    }

    @Test
    void aClassPathWithoutTheLibraryIsRefused() {
        final Bundler bundler =
                new Bundler(
                        new Bundler.Sources(
                                folder,
                                List.of(plugin.classes()),
                                folder.resolve("out"),
                                Path.of(System.getProperty("java.home")),
                                folder.resolve("cache"),
                                () -> new ByteArrayInputStream(new byte[0])),
                        new PrintWriter(new StringWriter()));
        final String message = assertThrows(ToolException.class, bundler::make).getMessage();
        assertEquals(
                List.of(
                        folder
                                + "/build.yaml:3: modules.rt.class needs"
                                + " \"dev.patchbay.rt.RtModule\", which is not on the class path,"
                                + " expected the full name of a class on it.",
                        folder
                                + "/build.yaml:4: modules.control.class needs"
                                + " \"dev.patchbay.control.ControlModule\", which is not on the"
                                + " class path, expected the full name of a class on it."),
                message.lines().toList());
    }
}
