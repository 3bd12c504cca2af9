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
handleEvent] | listen] | build.yaml:3: modules.rt.exports names "listen", allowed are the methods of RtModule: activate, close, deactivate, handleEvent, init, latencyFrames, process, reset, tailFrames and wholeBlocks.
mini.Parameters | mini.Rt | build.yaml:7: shared_memory.parameters is "mini.Rt", which does not implement dev.patchbay.layout.ParameterSource, expected a class that does.
""")
    void aClassThatCannotServeIsNamedWithItsLine(
            final String good, final String bad, final String sentence) throws IOException {
        plugin.build(TestPlugin.BUILD.replace(good, bad));
        assertEquals(sentence, refusal());
    }

    @Test
    void aRegionThatIsTooSmallIsRefusedWithWhatItNeeds() throws IOException {
        plugin.build(TestPlugin.BUILD.replace("size: 8m", "size: 1m"));
        final String message = refusal();
        assertTrue(
                message.matches(
                        "build\\.yaml:8: shared_memory\\.size is 1m, but the layout needs \\d+"
                                + " bytes, so allowed is \\d+k or more\\."),
                message);
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
        assertEquals(
                folder
                        + "/build.yaml:3: modules.rt.class needs \"dev.patchbay.rt.RtModule\","
                        + " which is not on the class path, expected the full name of a class on"
                        + " it.",
                assertThrows(ToolException.class, bundler::make).getMessage());
    }
}
