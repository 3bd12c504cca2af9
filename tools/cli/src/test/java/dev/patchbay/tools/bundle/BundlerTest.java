// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.patchbay.layout.EngineRegion;
import dev.patchbay.layout.PluginImage;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.StandardRegion;
import dev.patchbay.layout.StandardStructs;
import dev.patchbay.tools.ToolException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundlerTest {
    private static Path shared;
    private static TestPlugin plugin;
    private static Path bundle;

    @TempDir private Path folder;

    @BeforeAll
    static void makeOne(@TempDir final Path work) throws IOException {
        shared = work;
        plugin = new TestPlugin(Files.createDirectories(work.resolve("plugin")));
        bundle = plugin.bundler(work.resolve("out"), TestPlugin.RUNTIMES).make();
    }

    private static Path resource(final String name) {
        return bundle.resolve("Contents/Resources").resolve(name);
    }

    private static List<String> names(final Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(f -> f.getFileName().toString().replaceFirst("-[0-9].*\\.jar", ".jar"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void theBundleHasThePlugInsNameAndItsLibraryToo() throws IOException {
        assertEquals(shared.resolve("out/Mini.vst3"), bundle);
        assertEquals(
                "bridge VST 3.7.2",
                Files.readString(bundle.resolve("Contents/x86_64-linux/Mini.so")));
        assertEquals(TestPlugin.BUILD, Files.readString(resource("build.yaml")));
    }

    @Test
    void eachModuleGetsItsOwnJarsAndNotTheOthersLibrary() throws IOException {
        final List<String> rt = names(resource("modules/rt"));
        final List<String> control = names(resource("modules/control"));
        assertTrue(rt.contains("mini.jar") && control.contains("mini.jar"), rt + " " + control);
        assertTrue(rt.stream().anyMatch(n -> n.contains("rt-api")), rt::toString);
        assertTrue(
                rt.stream().noneMatch(n -> n.contains("control-api") || n.contains("jna")),
                rt::toString);
        assertTrue(control.stream().anyMatch(n -> n.contains("control-api")), control::toString);
        assertTrue(control.stream().anyMatch(n -> n.equals("jna.jar")), control::toString);
        assertTrue(control.stream().noneMatch(n -> n.contains("rt-api")), control::toString);
        assertEquals(List.of("libjnidispatch.so"), names(resource("modules/control/native")));
    }

    @Test
    void classesAreFoundInTheJarMadeOfTheirFolder() throws IOException {
        try (ZipFile jar = new ZipFile(resource("modules/rt/mini.jar").toFile())) {
            assertTrue(jar.getEntry("mini/Rt.class") != null);
            assertEquals("META-INF/MANIFEST.MF", jar.entries().nextElement().getName());
        }
    }

    @Test
    void theRuntimeRunsAndHasTheModulesThatThePlugInNeeds()
            throws IOException, InterruptedException {
        final Process java =
                new ProcessBuilder(
                                bundle.resolve(JvmCommand.RUNTIME).resolve("bin/java").toString(),
                                "--list-modules")
                        .redirectErrorStream(true)
                        .start();
        final String modules =
                new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, java.waitFor(), modules);
        assertTrue(modules.contains("jdk.management"), modules);
        assertTrue(modules.contains("java.xml"), modules);
        assertFalse(modules.contains("java.desktop"), modules);
    }

    @Test
    void theControlModulesNativeLibraryIsLoadedFromTheBundle()
            throws IOException, InterruptedException {
        final Process java =
                new ProcessBuilder(
                                bundle.resolve(JvmCommand.RUNTIME).resolve("bin/java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-Djna.boot.library.path="
                                        + bundle.resolve(JvmCommand.CONTROL_NATIVE),
                                "-Djna.nounpack=true",
                                "-Djna.debug_load.jna=true",
                                "-cp",
                                resource("modules/control") + "/*",
                                "-Djava.io.tmpdir=" + folder,
                                "mini.Control")
                        .redirectErrorStream(true)
                        .start();
        final String output =
                new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, java.waitFor(), output);
        assertTrue(
                output.contains(
                        bundle.resolve(JvmCommand.CONTROL_NATIVE)
                                .resolve("libjnidispatch.so")
                                .toString()),
                output);
        assertEquals(List.of(), names(folder));
    }

    @Test
    void theModuleInfoNamesTheClassAsTheFactoryDoes() throws IOException {
        final JsonNode info = new ObjectMapper().readTree(resource("moduleinfo.json").toFile());
        final JsonNode only = info.get("Classes").get(0);
        assertEquals("Mini", info.get("Name").asText());
        assertEquals("Test", info.get("Factory Info").get("Vendor").asText());
        assertEquals("1.2.3", only.get("Version").asText());
        assertEquals("Audio Module Class", only.get("Category").asText());
        assertEquals("Instrument", only.get("Sub Categories").get(0).asText());
        assertTrue(only.get("CID").asText().matches("[0-9A-F]{32}"));
        assertEquals("VST 3.7.2", only.get("SDKVersion").asText());
        assertEquals(2, only.get("Class Flags").asInt());
        final String picture = "Resources/Snapshots/" + only.get("CID").asText() + "_snapshot";
        final JsonNode pictures = only.get("Snapshots");
        assertEquals(picture + ".png", pictures.get(0).get("Path").asText());
        assertEquals(1.0, pictures.get(0).get("Scale Factor").asDouble());
        assertEquals(picture + "_2.0x.png", pictures.get(1).get("Path").asText());
        assertEquals(2.0, pictures.get(1).get("Scale Factor").asDouble());
    }

    @Test
    void theEnginesImageSaysThatAllInstancesShareOneAndThatThereIsNoSpare() throws IOException {
        final ByteBuffer image =
                ByteBuffer.wrap(Files.readAllBytes(resource("engine.image")))
                        .order(ByteOrder.nativeOrder());
        assertEquals(EngineRegion.declaration().length(), image.capacity());
        final int info =
                (int) EngineRegion.declaration().section(EngineRegion.INFO).elementOffset(0);
        assertEquals(
                EngineRegion.Share.BUNDLE.code(),
                image.getInt(info + EngineRegion.INFO_STRUCT.offset("share")));
        assertEquals(0, image.getInt(info + EngineRegion.INFO_STRUCT.offset("spare")));
    }

    @Test
    void theImageHoldsIdentityParametersAndCommandLines() throws IOException {
        final ByteBuffer image =
                ByteBuffer.wrap(Files.readAllBytes(resource("region.image")))
                        .order(ByteOrder.nativeOrder());
        final var region =
                new PluginImage(StandardRegion.Counts.DEFAULT.withChannels(0, 2))
                        .image()
                        .declaration();
        assertEquals(region.length(), image.capacity());
        final int plugin = (int) region.section(StandardRegion.PLUGIN).elementOffset(0);
        assertEquals("Mini", text(image, plugin + StandardStructs.PLUGIN_INFO.offset("name")));
        assertEquals(
                2, image.getInt(plugin + StandardStructs.PLUGIN_INFO.offset("parameter_count")));
        assertEquals(
                1, image.get(plugin + StandardStructs.PLUGIN_INFO.offset("controllers") + 129));
        final int rt = (int) region.section(StandardRegion.MODULES).elementOffset(Role.RT.code());
        assertEquals(20_000, image.getInt(rt + StandardStructs.MODULE_INFO.offset("ready_millis")));
        assertEquals(
                "{bundle}/Contents/x86_64-linux/runtime/bin/java",
                text(image, rt + StandardStructs.MODULE_INFO.offset("arguments")));
        final int parameters = (int) region.section(StandardRegion.PARAMETERS).elementOffset(0);
        assertEquals(60f / 66f, image.getFloat(parameters), 1e-6f);
    }

    private static String text(final ByteBuffer image, final int at) {
        final StringBuilder text = new StringBuilder();
        for (int i = at; image.get(i) != 0; i++) {
            text.append((char) image.get(i));
        }
        return text.toString();
    }

    @Test
    void thePictureIsOfTheSizeThatItsNameSays() throws IOException {
        final List<String> names = names(resource("Snapshots"));
        assertEquals(2, names.size(), names::toString);
        final BufferedImage one = ImageIO.read(resource("Snapshots/" + names.get(0)).toFile());
        final BufferedImage two = ImageIO.read(resource("Snapshots/" + names.get(1)).toFile());
        assertTrue(names.get(1).endsWith("_snapshot_2.0x.png"), names::toString);
        assertEquals(2 * one.getWidth(), two.getWidth());
        assertEquals(2 * one.getHeight(), two.getHeight());
        // The title is drawn, and a knob for each parameter.
        assertTrue(one.getRGB(0, 0) != brightest(one), "one colour only");
    }

    private static int brightest(final BufferedImage image) {
        int most = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                most = Math.max(most, image.getRGB(x, y) & 0xffffff);
            }
        }
        return most | 0xff000000;
    }

    @Test
    void anAuthorsPictureIsTakenAndWhatIsNoneIsRefused() throws IOException {
        final TestPlugin other = new TestPlugin(folder);
        other.build(TestPlugin.BUILD.replace("outputs: 2", "outputs: 2, snapshot: panel.png"));
        final Bundler bundler = other.bundler(folder.resolve("out"), TestPlugin.RUNTIMES);
        Files.writeString(folder.resolve("panel.png"), "no picture");
        assertEquals(
                folder.resolve("build.yaml")
                        + ":1: plugin.snapshot is \"panel.png\", which does not begin as a PNG file"
                        + " does, expected one.",
                assertThrows(ToolException.class, bundler::make).getMessage());
        final Path drawn = resource("Snapshots/" + names(resource("Snapshots")).get(0));
        Files.copy(drawn, folder.resolve("panel.png"), StandardCopyOption.REPLACE_EXISTING);
        final Path made = bundler.make();
        final Path pictures = made.resolve(BundleFiles.SNAPSHOTS);
        assertEquals(List.of(drawn.getFileName().toString()), names(pictures));
    }

    @Test
    void licencesAreThere() throws IOException {
        final String note = Files.readString(resource("licenses/README.txt"));
        assertTrue(note.contains("mini.jar: carries no licence of its own"), note);
        assertTrue(note.contains("VST 3.7.2 SDK, so as a whole under the GPL version 3"), note);
        try (Stream<Path> files = Files.walk(resource("licenses"))) {
            assertTrue(files.anyMatch(f -> f.getFileName().toString().equals("LGPL2.1")));
        }
    }

    @Test
    void twoBundlesOfTheSameSourcesHaveTheSameBytesWithTheirRuntimes() throws Exception {
        // Another folder, other times of the files, and a cache of its own: the second runtime is
        // linked anew.
        final TestPlugin again =
                new TestPlugin(Files.createDirectories(folder.resolve("elsewhere")));
        final Path classes = again.classes().resolve("mini");
        try (Stream<Path> files = Files.list(classes)) {
            for (final Path file : files.toList()) {
                Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000_000_000L));
            }
        }
        final Path second = again.bundler(folder.resolve("out"), folder.resolve("cache")).make();
        assertEquals(digests(bundle), digests(second));
    }

    private static SortedMap<String, String> digests(final Path root) throws Exception {
        final SortedMap<String, String> digests = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            // What fonts draw may differ from one machine to the next.
            for (final Path file :
                    files.filter(Files::isRegularFile)
                            .filter(f -> !f.startsWith(root.resolve(BundleFiles.SNAPSHOTS)))
                            .toList()) {
                final byte[] sum =
                        MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
                digests.put(
                        root.relativize(file) + " " + Files.isExecutable(file),
                        HexFormat.of().formatHex(sum));
            }
        }
        return digests;
    }

    @Test
    void anOlderBundleIsReplacedAndSomethingElseIsNot() throws IOException {
        final Path mine = folder.resolve("Mini.vst3");
        Files.createDirectories(mine.resolve("Contents/old"));
        plugin.bundler(mine, TestPlugin.RUNTIMES).make();
        assertFalse(Files.exists(mine.resolve("Contents/old")));
        assertEquals(List.of("Mini.vst3"), names(folder));
        final Path other = Files.createDirectories(folder.resolve("Other.vst3/photos")).getParent();
        final String message =
                assertThrows(
                                ToolException.class,
                                () -> plugin.bundler(other, TestPlugin.RUNTIMES).make())
                        .getMessage();
        assertEquals(
                other + " exists and is no bundle, expected one or nothing: move it away.",
                message);
        assertTrue(Files.exists(other.resolve("photos")));
    }

    @Test
    void anOptionThatTheBundlesOwnJvmRefusesIsNamedWithItsLine() throws IOException {
        final TestPlugin other = new TestPlugin(folder);
        other.build(
                TestPlugin.BUILD.replace(
                        "heap: 64m, exports: [init, process, handleEvent]",
                        "exports: [init], jvm_flags: [-ea, -XX:+NoSuchOption, -Xss1m]"));
        final Bundler bundler = other.bundler(folder.resolve("out"), TestPlugin.RUNTIMES);
        assertEquals(
                folder.resolve("build.yaml")
                        + ":3: modules.rt.jvm_flags names \"-XX:+NoSuchOption\", which the bundle's"
                        + " Java runtime refuses: Unrecognized VM option 'NoSuchOption'.",
                assertThrows(ToolException.class, bundler::make).getMessage());
    }
}
