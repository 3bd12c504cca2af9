// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.layout.AudioBus;
import dev.patchbay.tools.ToolException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bundle with the real bridge, which the real host loads; each test changes something and puts it back. */
class BundleCheckTest {
    private static final String NATIVE = "/dev/patchbay/bridge/x86_64-linux/";

    private static final String SEVERAL_BUSES =
            """
            buses:
              inputs:
                - {name: Input, arrangements: [stereo, mono, "7.1"]}
                - {name: Key, kind: side_chain, arrangements: [mono]}
              outputs:
                - {name: Output, arrangements: [stereo, mono, "7.1"]}
                - {name: Echo, arrangements: [stereo]}
            midi:
              output: true
              note_expressions: [{type: tuning, gesture: x}]
            """;

    private static Path bundle;

    private Path changed;
    private byte[] before;

    @BeforeAll
    static void makeOne(@TempDir final Path work) throws IOException {
        final TestPlugin plugin = new TestPlugin(Files.createDirectories(work.resolve("plugin")));
        plugin.build(
                TestPlugin.BUILD.replace(", outputs: 2", "").replace("size: 3m", "size: 8m")
                        + SEVERAL_BUSES);
        bundle =
                plugin.bundler(
                                work.resolve("out"),
                                TestPlugin.RUNTIMES,
                                () -> resource("libpatchbay-bridge.so"))
                        .make();
    }

    private static InputStream resource(final String name) {
        return BundleCheckTest.class.getResourceAsStream(NATIVE + name);
    }

    private static CheckedProject check() {
        return new BundleCheck(bundle, new HeadlessHost(() -> resource("patchbay-host"))).check();
    }

    private static List<String> refusal() {
        return assertThrows(ToolException.class, BundleCheckTest::check)
                .getMessage()
                .lines()
                .toList();
    }

    private void change(final String name, final byte[] bytes) throws IOException {
        changed = bundle.resolve(name);
        before = Files.exists(changed) ? Files.readAllBytes(changed) : null;
        if (bytes == null) {
            Files.delete(changed);
        } else {
            Files.write(changed, bytes);
        }
    }

    @AfterEach
    void putBack() throws IOException {
        if (changed != null && before != null) {
            Files.write(changed, before);
        } else if (changed != null) {
            Files.delete(changed);
        }
    }

    @Test
    void aBundleAsItWasMadeIsAsItMustBe() {
        final CheckedProject checked = check();
        assertEquals("Mini", checked.build().plugin().name());
        assertEquals(
                List.of("Input", "Key", "Output", "Echo"),
                checked.build().buses().stream().map(AudioBus::name).toList());
        assertEquals(2, checked.parameters().size());
    }

    @Test
    void whatModuleInfoSaysIsComparedWithTheLibrarysFactory() throws IOException {
        final String info = Files.readString(bundle.resolve(BundleFiles.MODULE_INFO));
        change(
                BundleFiles.MODULE_INFO,
                info.replace("\"Version\" : \"1.2.3\"", "\"Version\" : \"1.2.4\"")
                        .replace("\"Synth\"", "\"Drum\"")
                        .replace("\"Unicode\" : true", "\"Unicode\" : false")
                        .replace("_2.0x.png", "_3.0x.png")
                        .getBytes());
        final List<String> lines = refusal();
        assertEquals(5, lines.size(), lines::toString);
        assertTrue(lines.get(0).contains("moduleinfo.json has the SHA-256 "), lines.get(0));
        assertTrue(
                lines.get(1)
                        .endsWith(
                                "says \"false\" of Factory Info, Flags, Unicode, the library's"
                                        + " factory \"true\"."),
                lines.get(1));
        assertTrue(
                lines.get(2)
                        .endsWith(
                                "moduleinfo.json says \"1.2.4\" of Classes[0], Version, the"
                                        + " library's factory \"1.2.3\"."),
                lines.get(2));
        assertTrue(lines.get(3).contains("\"Instrument|Drum\" of Classes[0], Sub Categories"));
        assertTrue(lines.get(4).contains("names the picture Resources/Snapshots/"), lines.get(4));
    }

    @Test
    void aMissingPartIsNamed() throws IOException {
        change(BundleFiles.ENGINE_IMAGE, null);
        assertEquals(
                List.of("Mini.vst3: Contents/Resources/engine.image is missing, expected a file."),
                refusal());
    }

    @Test
    void aChangedFileAndOneThatIsNoPartAreNamed() throws IOException {
        change(BundleFiles.LICENCES + "/README.txt", new byte[] {1});
        final Path other = bundle.resolve("Contents/Resources/modules/rt/other.txt");
        Files.writeString(other, "");
        try {
            final List<String> lines = refusal();
            assertEquals(2, lines.size(), lines::toString);
            assertTrue(
                    lines.get(0)
                            .startsWith("Mini.vst3: " + BundleFiles.LICENCES + "/README.txt has"));
            assertEquals(
                    "Mini.vst3: Contents/Resources/modules/rt/other.txt is no part of the bundle as"
                            + " it was made.",
                    lines.get(1));
        } finally {
            Files.delete(other);
        }
    }

    @Test
    void anImageThatIsNotThatOfTheBuildFileIsNamed() throws IOException {
        final String build = Files.readString(bundle.resolve(BundleFiles.BUILD));
        change(
                BundleFiles.BUILD,
                build.replace("heap: 64m, exports: [init, p", "heap: 65m, exports: [init, p")
                        .getBytes());
        final List<String> lines = refusal();
        assertTrue(
                lines.stream().anyMatch(line -> line.contains("region.image differs, from byte ")),
                lines::toString);
    }

    @Test
    void anAotCacheOfOtherFilesIsNamed() throws IOException {
        final List<String> command = check().rtCommand();
        change(JvmCommand.RT_AOT, new byte[] {1, 2, 3});
        final Path key = bundle.resolve(JvmCommand.RT_AOT_KEY);
        Files.writeString(key, AotKey.of(bundle, command));
        try {
            check();
            Files.writeString(key, Files.readString(key).replace("file ", "file other/"));
            assertTrue(refusal().get(0).contains("rt.aot was made for another runtime"));
        } finally {
            Files.delete(key);
        }
    }
}
