// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.layout.ModuleAbi;
import dev.patchbay.layout.StandardRegion;
import dev.patchbay.layout.header.HeaderGenerator;
import dev.patchbay.layout.header.ModuleHeader;
import dev.patchbay.tools.ToolException;
import dev.patchbay.tools.project.BuildFile;
import dev.patchbay.tools.project.BuildFileReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real libraries, made by gcc with the generated header. */
class NativeLibraryFileTest {
    private static final String BUILD =
            """
            plugin: {name: Mix, vendor: Patchbay, version: 1.0.0, kind: effect}
            modules:
              rt: {kind: native, library: libmix.so, exports: [pb_rt_reset]}
              control: {class: a.b.Control, gc: normal, exports: [init]}
            shared_memory: {layout: standard, parameters: a.b.Parameters, size: 3m}
            """;

    private static final String GOOD =
            """
#include <patchbay/module.h>
PB_MODULE;
void *pb_rt_init(const pb_rt_context *context) { return (void *)context; }
void pb_rt_process(void *module, const pb_rt_block *block) { (void)module; (void)block; }
void pb_rt_reset(void *module) { (void)module; }
void pb_rt_close(void *module) { (void)module; }
""";

    @TempDir private Path folder;

    @BeforeEach
    void install() throws IOException {
        Files.createDirectories(folder.resolve("patchbay"));
        Files.writeString(
                folder.resolve("patchbay/standard.h"),
                HeaderGenerator.generate(StandardRegion.prebuilt()));
        Files.writeString(folder.resolve(ModuleHeader.FILE), ModuleHeader.generate());
    }

    private NativeLibraryFile library(final String source, final String... options)
            throws Exception {
        Files.writeString(folder.resolve("mix.c"), source);
        final List<String> command =
                new ArrayList<>(
                        Arrays.asList("gcc", "-std=c11", "-Wall", "-Wextra", "-Werror", "-fPIC"));
        command.addAll(Arrays.asList("-fvisibility=hidden", "-shared", "-I" + folder));
        command.addAll(Arrays.asList("-o", folder.resolve("libmix.so").toString()));
        command.addAll(Arrays.asList(options));
        command.add(folder.resolve("mix.c").toString());
        final Process gcc = new ProcessBuilder(command).redirectErrorStream(true).start();
        final String words =
                new String(gcc.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(gcc.waitFor(60, TimeUnit.SECONDS), "gcc hangs");
        assertEquals(0, gcc.exitValue(), words);
        return file();
    }

    private NativeLibraryFile file() throws IOException {
        Files.writeString(folder.resolve("build.yaml"), BUILD);
        final BuildFile build = BuildFileReader.read(folder);
        return new NativeLibraryFile(build, build.rt());
    }

    private static String refusal(final NativeLibraryFile library) {
        final String message = assertThrows(ToolException.class, library::check).getMessage();
        assertTrue(message.contains("build.yaml:3: modules.rt.library is \"libmix.so\", which "));
        return message;
    }

    @Test
    void aLibraryThatTheBridgeWillTakeIsCopiedAsItIs() throws Exception {
        final NativeLibraryFile library = library(GOOD);
        library.check();
        library.copy(folder.resolve("bundle"));
        assertEquals("Contents/Resources/modules/rt/libmix.so", library.inBundle());
        final Path copy = folder.resolve("bundle").resolve(library.inBundle());
        assertEquals(-1, Files.mismatch(folder.resolve("libmix.so"), copy));
        assertTrue(Files.isExecutable(copy));
        // Without its table of sections for debuggers, too.
        library(GOOD, "-s").check();
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
                file().check();
            } catch (final ToolException e) {
                assertTrue(e.getMessage().contains("modules.rt.library"), e.getMessage());
            }
        }
    }
}
