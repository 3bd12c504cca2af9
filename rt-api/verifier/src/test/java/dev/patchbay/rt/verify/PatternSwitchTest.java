// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.patchbay.rt.RtModule;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles its module itself: the formatter of this build does not know switches on patterns. */
class PatternSwitchTest {
    private static final String MODULE =
            """
            import dev.patchbay.rt.*;
            public class PatternModule implements RtModule {
                sealed interface Shape permits Saw, Sine {}
                record Saw(double slope) implements Shape {}
                record Sine(double phase) implements Shape {}
                Shape shape = new Saw(1);
                double last;
                public void init(RtContext context) {}
                public void handleEvent(dev.patchbay.eventqueue.Event event) {}
                public void process(Block block) {
                    last = switch (shape) {
                        case Saw(double slope) -> slope;
                        case Sine sine -> sine.phase();
                    };
                }
            }
            """;

    @TempDir Path folder;

    @Test
    void aSwitchOnPatternsIsLinkedAtItsFirstRun() throws Exception {
        final StaticReport report = verify();
        assertEquals(
                List.of(Category.LINKAGE),
                report.findings().stream().map(Finding::category).toList(),
                report::toString);
        assertEquals(11, report.findings().get(0).place().line());
    }

    private StaticReport verify() throws IOException, ClassNotFoundException {
        final Path source = Files.writeString(folder.resolve("PatternModule.java"), MODULE);
        final int status =
                ToolProvider.getSystemJavaCompiler()
                        .run(
                                null,
                                null,
                                null,
                                "-g",
                                "-cp",
                                System.getProperty("java.class.path"),
                                source.toString());
        assertEquals(0, status);
        try (URLClassLoader loader =
                new URLClassLoader(
                        new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
            return StaticVerifier.verify(
                    loader.loadClass("PatternModule").asSubclass(RtModule.class));
        }
    }
}
