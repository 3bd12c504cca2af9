// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.polysynth.endtoend;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The AOT cache of the finished bundle, as the bridge uses it. */
class AotIT {
    private static final String MIDI = Path.of("demo.mid").toAbsolutePath().toString();
    private static final String SYNTH = "dev.patchbay.examples.polysynth.rt.PolySynth";

    /** A synth of the same name that does nothing but this. */
    private static final String CHANGED =
            """
            package dev.patchbay.examples.polysynth.rt;
            public final class PolySynth implements dev.patchbay.rt.RtModule {
                public void init(dev.patchbay.rt.RtContext context) {}
                public void handleEvent(dev.patchbay.eventqueue.Event event) {}
                public void process(dev.patchbay.rt.Block block) {
                    for (int i = block.offset(); i < block.offset() + block.frames(); i++) {
                        block.output(0)[i] = 0.25f;
                        block.output(1)[i] = 0.25f;
                    }
                }
            }
            """;

    @TempDir private Path folder;

    private HostRun play(
            final String name, final Path bundle, final Map<String, String> environment)
            throws Exception {
        return HostRun.start(
                        folder.resolve(name), bundle, environment, "--midi", MIDI, "--seconds", "1")
                .succeed();
    }

    /** Where the engine had the synth's class from. */
    private static String source(final HostRun run) throws IOException {
        try (Stream<Path> logs = Files.list(run.folder.resolve("logs"))) {
            final Path log =
                    logs.filter(f -> f.getFileName().toString().matches("rt-.*\\.jvm\\.log"))
                            .findFirst()
                            .orElseThrow();
            return Files.readAllLines(log).stream()
                    .filter(line -> line.contains(SYNTH + " source: "))
                    .findFirst()
                    .orElseThrow()
                    .replaceAll(".* source: ", "");
        }
    }

    private Path copy() throws IOException {
        final Path bundle = folder.resolve("Copied.vst3");
        try (Stream<Path> files = Files.walk(HostRun.BUNDLE)) {
            for (final Path file : files.toList()) {
                final String name =
                        HostRun.BUNDLE
                                .relativize(file)
                                .toString()
                                .replace("PolySynth.so", "Copied.so");
                // Without their times, as most ways to copy a bundle have it.
                Files.copy(file, bundle.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return bundle;
    }

    @Test
    void aBundlesCacheIsUsedWhereverTheBundleIsCopiedAndChangesNoSample() throws Exception {
        final HostRun cached = play("cached", copy(), Map.of());
        assertEquals("shared objects file", source(cached), cached.text());
        final HostRun plain = play("plain", HostRun.BUNDLE, Map.of("PATCHBAY_AOT", "off"));
        assertTrue(source(plain).startsWith("file:"), source(plain));
        assertArrayEquals(Files.readAllBytes(plain.wav), Files.readAllBytes(cached.wav));
        assertFalse(cached.text().contains("AOT"), cached.text());
    }

    @Test
    void aClassThatChangedInAJarIsTheOneThatPlays() throws Exception {
        final Path bundle = copy();
        final Path jar;
        try (Stream<Path> jars = Files.list(bundle.resolve("Contents/Resources/modules/rt"))) {
            jar =
                    jars.filter(f -> f.getFileName().toString().contains("polysynth"))
                            .findFirst()
                            .orElseThrow();
        }
        try (FileSystem zip = FileSystems.newFileSystem(jar)) {
            Files.copy(
                    compiled(),
                    zip.getPath(SYNTH.replace('.', '/') + ".class"),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        final HostRun run = play("changed", bundle, Map.of());
        assertTrue(source(run).startsWith("file:"), source(run));
        assertTrue(
                run.text()
                        .contains("the AOT cache of the rt module is not used, since it was made"),
                run.text());
        assertTrue(run.text().contains(jar.getFileName().toString()), run.text());
        final float[] sound = run.samples()[0];
        assertEquals(0.25f, sound[sound.length / 2]);
    }

    private Path compiled() throws IOException {
        final Path source = Files.writeString(folder.resolve("PolySynth.java"), CHANGED);
        final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        final StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            final boolean good =
                    compiler.getTask(
                                    messages,
                                    files,
                                    null,
                                    List.of(
                                            "-cp",
                                            Tools.CLASS_PATH,
                                            "-d",
                                            folder.resolve("classes").toString(),
                                            "-proc:none"),
                                    null,
                                    files.getJavaFileObjects(source))
                            .call();
            assertTrue(good, messages::toString);
        }
        return folder.resolve("classes").resolve(SYNTH.replace('.', '/') + ".class");
    }
}
