// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.bundle;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.layout.PluginImage;
import dev.patchbay.layout.RegionImage;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.StandardRegion;
import dev.patchbay.tools.ToolException;
import dev.patchbay.tools.project.Aot;
import dev.patchbay.tools.project.BuildFile.Located;
import dev.patchbay.tools.project.BuildFile.Module;
import dev.patchbay.tools.project.Collector;
import dev.patchbay.tools.project.Place;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training that fails; one that does not is what the example's own bundle shows. */
class AotCacheTest {
    private static final RegionImage IMAGE = new PluginImage(StandardRegion.Counts.DEFAULT).image();

    @TempDir private Path folder;

    private final StringWriter said = new StringWriter();
    private Path bundle;

    /** A bundle as far as a training goes: jars, and the JDK of this test as its runtime. */
    @BeforeEach
    void prepare() throws IOException {
        final TestPlugin plugin = new TestPlugin(Files.createDirectories(folder.resolve("plugin")));
        bundle = folder.resolve("Mini.vst3");
        plugin.copyJars(
                bundle.resolve(JvmCommand.RT_JARS), bundle.resolve(JvmCommand.CONTROL_JARS));
        final Path runtime = bundle.resolve(JvmCommand.RUNTIME);
        Files.createDirectories(runtime.getParent());
        Files.createSymbolicLink(runtime, Path.of(System.getProperty("java.home")));
    }

    @AfterEach
    void unlinkTheRuntime() throws IOException {
        Files.delete(bundle.resolve(JvmCommand.RUNTIME));
    }

    private void make(final String moduleClass, final Aot aot) throws IOException {
        final Located name = new Located(moduleClass, new Place("build.yaml", 1, "class"));
        final Module module =
                new Module(
                        Role.RT,
                        name,
                        Collector.DISABLED,
                        64 << 20,
                        List.of(),
                        List.of(),
                        aot,
                        List.of());
        new AotCache(bundle, JvmCommand.of(module), new PrintWriter(said)).make(IMAGE, aot);
    }

    private void assertNoCache() {
        assertFalse(Files.exists(bundle.resolve(JvmCommand.RT_AOT)));
        assertFalse(Files.exists(bundle.resolve(JvmCommand.RT_AOT_KEY)));
    }

    @Test
    void aModuleThatRefusesInTrainingHasNoCacheAndAWarningSaysWhy() throws IOException {
        make("mini.Rt$Refusing", Aot.WHERE_POSSIBLE);
        assertTrue(
                said.toString().contains("warning: the bundle has no AOT cache"), said::toString);
        assertTrue(said.toString().contains("not on Tuesdays"), said::toString);
        assertNoCache();
    }

    @Test
    void aCacheThatTheBuildFileAsksForAndThatCannotBeMadeIsAnError() {
        final String message =
                assertThrows(ToolException.class, () -> make("mini.Rt$Refusing", Aot.ALWAYS))
                        .getMessage();
        assertTrue(
                message.startsWith(
                        "The AOT cache that build.yaml asks for (modules.rt.aot: true) cannot be"
                                + " made: the training ended with status 1: patchbay rt: "),
                message);
        assertTrue(message.contains("not on Tuesdays"), message);
        assertNoCache();
    }
}
