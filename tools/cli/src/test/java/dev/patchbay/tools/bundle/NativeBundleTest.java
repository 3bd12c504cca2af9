// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.tools.ToolException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A project whose modules are both libraries, and its bundle, which has no Java runtime; each test puts back what it changes. */
class NativeBundleTest {
    private static final String BUILD =
            """
plugin: {name: Mini, vendor: Test, version: 1.2.3, kind: effect}
modules:
  rt: {kind: native, library: libsound.so, exports: [pb_rt_reset]}
  control: {kind: native, library: libdesk.so}
shared_memory: {layout: standard, parameters: mini.Parameters, size: 8m}
""";
    private static final String RT_LIBRARY = "Contents/Resources/modules/rt/libsound.so";
    private static final String CONTROL_LIBRARY = "Contents/Resources/modules/control/libdesk.so";

    private static final String UI_LIBRARY = "Contents/Resources/modules/ui/libpanel.so";

    private static Path project;
    private static TestLibrary libraries;
    private static TestPlugin plugin;
    private static Path bundle;

    @BeforeAll
    static void makeOne(@TempDir final Path work) throws Exception {
        project = Files.createDirectories(work.resolve("plugin"));
        plugin = new TestPlugin(project);
        plugin.build(BUILD);
        libraries = new TestLibrary(project);
        libraries.make("sound", TestLibrary.RT);
        libraries.make("desk", TestLibrary.CONTROL);
        bundle =
                plugin.bundler(
                                work.resolve("out"),
                                TestPlugin.RUNTIMES,
                                () -> resource("libpatchbay-bridge.so"))
                        .make();
    }

    private static InputStream resource(final String name) {
        return NativeBundleTest.class.getResourceAsStream(
                "/dev/patchbay/bridge/x86_64-linux/" + name);
    }

    private static CheckedProject check() {
        return new BundleCheck(bundle, new HeadlessHost(() -> resource("patchbay-host"))).check();
    }

    private static List<String> refusal() {
        return assertThrows(ToolException.class, NativeBundleTest::check)
                .getMessage()
                .lines()
                .toList();
    }

    /** What is said of a bundle with another file in this one's place. */
    private static List<String> refusalWith(final String name, final byte[] other)
            throws IOException {
        final Path file = bundle.resolve(name);
        final byte[] before = Files.readAllBytes(file);
        Files.write(file, other);
        try {
            return refusal();
        } finally {
            Files.write(file, before);
        }
    }

    private static void assertSaid(final List<String> lines, final String part) {
        assertTrue(lines.stream().anyMatch(line -> line.contains(part)), lines::toString);
    }

    @Test
    void aBundleOfLibrariesHasNoRuntimeAndIsAsItMustBe() throws IOException {
        final CheckedProject checked = check();
        assertEquals(List.of("gain", "wave"), symbols(checked));
        assertFalse(Files.exists(bundle.resolve(JvmCommand.RUNTIME)));
        assertTrue(Files.isExecutable(bundle.resolve(NativeLibraryFile.MODULE_HOST)));
        final String licences =
                Files.readString(bundle.resolve(BundleFiles.LICENCES + "/README.txt"));
        assertTrue(licences.contains("libsound.so: carries no licence"), licences);
        assertFalse(licences.contains("Java runtime"), licences);
    }

    private static List<String> symbols(final CheckedProject project) {
        return project.parameters().stream().map(parameter -> parameter.symbol()).toList();
    }

    @Test
    void aLibraryThatTheBridgeWouldRefuseIsNamedInTheBundle() throws Exception {
        final byte[] other =
                Files.readAllBytes(
                        libraries.make(
                                "other",
                                TestLibrary.RT.replace(
                                        "PB_MODULE;",
                                        "const pb_module_info pb_module ="
                                                + " {PB_MODULE_ABI_VERSION, 16, 1};")));
        final List<String> lines = refusalWith(RT_LIBRARY, other);
        assertSaid(lines, RT_LIBRARY + " has the SHA-256");
        assertSaid(
                lines,
                "build.yaml:3: modules.rt.library is \"libsound.so\", which was compiled with"
                        + " structs of the hash 0x0000000000000001");
        assertSaid(
                refusalWith(CONTROL_LIBRARY, other),
                "build.yaml:4: modules.control.library is \"libdesk.so\", which was compiled with");
        assertSaid(
                refusalWith(CONTROL_LIBRARY, Files.readAllBytes(bundle.resolve(RT_LIBRARY))),
                "does not export pb_control_init and pb_control_set_parameter and");
    }

    @Test
    void aLibraryThatIsMissingAndAProgramThatCannotRunAreNamed() throws IOException {
        final Path library = bundle.resolve(RT_LIBRARY);
        final Path aside = project.resolve("aside");
        Files.move(library, aside);
        try {
            assertSaid(refusal(), RT_LIBRARY + " is missing, expected a file.");
        } finally {
            Files.move(aside, library);
        }
        final Path program = bundle.resolve(NativeLibraryFile.MODULE_HOST);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rw-r--r--"));
        try {
            assertEquals(
                    List.of(
                            "Mini.vst3: Contents/x86_64-linux/patchbay-module-host is not"
                                    + " executable, expected a program."),
                    refusal());
        } finally {
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    @Test
    void anImageThatIsNotThatOfTheBuildFileIsNamed() throws IOException {
        final byte[] image = Files.readAllBytes(bundle.resolve(BundleFiles.REGION_IMAGE));
        assertSaid(
                refusalWith(BundleFiles.BUILD, BUILD.replace("1.2.3", "1.2.4").getBytes()),
                "region.image differs, from byte ");
        image[image.length - 1] ^= 1;
        assertSaid(
                refusalWith(BundleFiles.REGION_IMAGE, image), "region.image differs, from byte ");
        final byte[] half = Arrays.copyOf(image, image.length / 2);
        assertSaid(refusalWith(BundleFiles.REGION_IMAGE, half), "The image has ");
    }

    @Test
    void aLibraryForTheUserInterfaceIsCheckedAndNamedToControl(@TempDir final Path work)
            throws Exception {
        final Path own = Files.createDirectories(work.resolve("plugin"));
        final TestPlugin mixed = new TestPlugin(own);
        final String ui = "  ui: {kind: native, library: libpanel.so}\nshared_memory:";
        mixed.build(TestPlugin.BUILD.replace("shared_memory:", ui));
        final TestLibrary some = new TestLibrary(own);
        some.make("panel", TestLibrary.UI);
        assertTrue(commands(own, mixed).contains("\0-Dpatchbay.ui={bundle}/" + UI_LIBRARY));
        some.make("panel", TestLibrary.UI.replace("pb_ui_get_state", "pb_ui_get_stat"));
        assertSaid(
                refusal(own, mixed),
                "5: modules.ui.library is \"libpanel.so\", which does not export pb_ui_get_state;");
        mixed.build(BUILD.replace("shared_memory:", ui));
        assertSaid(
                refusal(own, mixed),
                "modules.ui.library is for a control module with kind: jvm, whose process serves"
                        + " the panel, but modules.control has kind: native.");
    }

    private static List<String> refusal(final Path project, final TestPlugin of) {
        return assertThrows(ToolException.class, () -> CheckedProject.of(project, of.classPath()))
                .getMessage()
                .lines()
                .toList();
    }

    private static String commands(final Path project, final TestPlugin of) {
        final ByteBuffer image = CheckedProject.of(project, of.classPath()).image().bytes();
        return StandardCharsets.UTF_8.decode(image).toString();
    }

    @Test
    void aProjectIsCheckedBeforeItsBundleIsMade(@TempDir final Path work) throws Exception {
        final Path own = Files.createDirectories(work.resolve("plugin"));
        final TestPlugin mixed = new TestPlugin(own);
        mixed.build(BUILD.replace("size: 8m", "size: 1m"));
        final TestLibrary some = new TestLibrary(own);
        some.make("sound", TestLibrary.RT.replaceAll("(?m)^void pb_rt_reset.*$", ""));
        final String refusal =
                assertThrows(
                                ToolException.class,
                                () -> CheckedProject.of(own, List.of(mixed.classes())))
                        .getMessage();
        final List<String> lines = refusal.lines().toList();
        assertEquals(3, lines.size(), refusal);
        assertSaid(lines, "shared_memory.size is 1m, but the layout needs");
        assertSaid(
                lines, "modules.rt.library is \"libsound.so\", which does not export pb_rt_reset");
        assertSaid(
                lines,
                "modules.control.library is \"libdesk.so\", which cannot be read"
                        + " (NoSuchFileException)");
    }
}
