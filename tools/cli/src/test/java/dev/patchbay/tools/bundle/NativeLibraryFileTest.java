// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.layout.ModuleAbi;
import dev.patchbay.tools.ToolException;
import dev.patchbay.tools.project.BuildFile;
import dev.patchbay.tools.project.BuildFileReader;
import dev.patchbay.tools.project.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeLibraryFileTest {
    private static final String BUILD =
            """
            plugin: {name: Mix, vendor: Patchbay, version: 1.0.0, kind: effect}
            modules:
              rt: {kind: native, library: libmix.so, exports: [pb_rt_reset]}
              control: {class: a.b.Control, gc: normal, exports: [init]}
            shared_memory: {layout: standard, parameters: a.b.Parameters, size: 3m}
            """;

    private static final String GOOD = TestLibrary.RT;

    @TempDir private Path folder;

    private TestLibrary libraries;

    @BeforeEach
    void install() throws IOException {
        libraries = new TestLibrary(folder);
    }

    private NativeLibraryFile library(final String source, final String... options)
            throws Exception {
        libraries.make("mix", source, options);
        return file();
    }

    private NativeLibraryFile file() throws IOException {
        Files.writeString(folder.resolve("build.yaml"), BUILD);
        final BuildFile build = BuildFileReader.read(folder);
        return NativeLibraryFile.ofProject(build, build.rt());
    }

    private static void check(final NativeLibraryFile library) {
        final Problems problems = new Problems();
        library.check(problems);
        problems.throwIfAny();
    }

    private static String refusal(final NativeLibraryFile library) {
        final String message = assertThrows(ToolException.class, () -> check(library)).getMessage();
        assertTrue(message.contains("build.yaml:3: modules.rt.library is \"libmix.so\", which "));
        return message;
    }

    @Test
    void aLibraryThatTheBridgeWillTakeIsCopiedAsItIs() throws Exception {
        final NativeLibraryFile library = library(GOOD);
        check(library);
        library.copy(folder.resolve("bundle"));
        final Path copy = folder.resolve("bundle/Contents/Resources/modules/rt/libmix.so");
        assertEquals(-1, Files.mismatch(folder.resolve("libmix.so"), copy));
        assertTrue(Files.isExecutable(copy));
        // Without its table of sections for debuggers, too.
        check(library(GOOD, "-s"));
    }

    @Test
    void aFunctionThatIsMissingIsNamed() throws Exception {
        final String text =
                refusal(library(GOOD.replaceAll("(?m)^void pb_rt_(reset|close).*$", "")));
        assertTrue(text.contains("does not export pb_rt_reset and pb_rt_close;"), text);
        final String hidden =
                refusal(
                        library(
                                GOOD.replace("void pb_rt_reset(", "static void reset(")
                                        .replace(
                                                "{ return (void *)context; }",
                                                "{ reset(0); return (void *)context; }")
                                        .replace(
                                                "PB_MODULE;",
                                                "PB_MODULE; static void reset(void *module);")));
        assertTrue(hidden.contains("does not export pb_rt_reset;"), hidden);
    }

    @Test
    void aSlipOfThePenInTheNameOfAFunctionIsFound() throws Exception {
        final String text =
                refusal(
                        library(
                                GOOD
                                        + "PB_EXPORT void pb_rt_handle_events(void *module);\n"
                                        + "void pb_rt_handle_events(void *module) {"
                                        + " (void)module; }"));
        assertTrue(text.contains("exports pb_rt_handle_events, which is no function of"), text);
    }

    @Test
    void whatIsProtectedIsExportedAsWell() throws Exception {
        final String text =
                refusal(
                        library(
                                GOOD
                                        + "__attribute__((visibility(\"protected\"))) void"
                                        + " pb_rt_handle_events(void) {}"));
        assertTrue(text.contains("exports pb_rt_handle_events, which is no function of"), text);
    }

    @Test
    void aLibraryForAnotherVersionOrOtherStructsIsRefused() throws Exception {
        final String info = "const pb_module_info pb_module = {%s, 16, %s};";
        final String version =
                refusal(
                        library(
                                GOOD.replace(
                                        "PB_MODULE;",
                                        info.formatted("77", "PB_MODULE_LAYOUT_HASH"))));
        assertTrue(
                version.contains("was compiled for version 77 of the interface of native modules"),
                version);
        final String hash =
                refusal(
                        library(
                                GOOD.replace(
                                        "PB_MODULE;",
                                        info.formatted("PB_MODULE_ABI_VERSION", "1"))));
        assertTrue(
                hash.contains(
                        String.format(
                                Locale.ROOT,
                                "structs of the hash 0x0000000000000001, expected 0x%016x",
                                ModuleAbi.layoutHash())),
                hash);
        final String none = refusal(library(GOOD.replace("PB_MODULE;", "")));
        assertTrue(none.contains("does not export the variable pb_module"), none);
    }

    @Test
    void whatIsNoLibraryIsRefusedForWhatItIs() throws Exception {
        final Path file = folder.resolve("libmix.so");
        assertTrue(refusal(file()).contains("cannot be read (NoSuchFileException)"));
        Files.writeString(file, "#!/bin/sh\n");
        assertTrue(refusal(file()).contains("is not an ELF file"));
        library(GOOD);
        final byte[] whole = Files.readAllBytes(file);
        for (final int length : new int[] {0, 3, 64, 1000, whole.length - 200}) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertFalse(refusal(file()).contains("Exception"));
        }
        final byte[] other = whole.clone();
        other[18] = 40;
        Files.write(file, other);
        assertTrue(refusal(file()).contains("for another processor (ELF machine 40)"));
        other[16] = 2;
        Files.write(file, other);
        assertTrue(refusal(file()).contains("of the type 2, which is no shared library"));
    }

    @Test
    void noFileMakesTheReaderFail() throws Exception {
        library(GOOD);
        final Path file = folder.resolve("libmix.so");
        final byte[] whole = Files.readAllBytes(file);
        for (int at = 0; at < 64 * 8; at++) {
            final byte[] broken = whole.clone();
            broken[at / 8] ^= (byte) (1 << at % 8);
            Files.write(file, broken);
            try {
                check(file());
            } catch (final ToolException e) {
                assertTrue(e.getMessage().contains("modules.rt.library"), e.getMessage());
            }
        }
    }
}
