// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.layout.StandardRegion;
import dev.patchbay.layout.header.HeaderGenerator;
import dev.patchbay.layout.header.ModuleHeader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Real libraries of native modules, made by gcc with the generated header. */
final class TestLibrary {
    static final String RT =
            """
#include <patchbay/module.h>
PB_MODULE;
void *pb_rt_init(const pb_rt_context *context) { return (void *)context; }
void pb_rt_process(void *module, const pb_rt_block *block) { (void)module; (void)block; }
void pb_rt_reset(void *module) { (void)module; }
void pb_rt_close(void *module) { (void)module; }
""";

    static final String CONTROL =
            """
#include <patchbay/module.h>
PB_MODULE;
void *pb_control_init(const pb_control_context *context) { return (void *)context; }
void pb_control_set_parameter(void *module, int32_t index, float value) { (void)module; (void)index; (void)value; }
uint32_t pb_control_save_state(void *module, uint8_t *room, uint32_t size) { (void)module; (void)room; (void)size; return 0; }
int32_t pb_control_load_state(void *module, const uint8_t *bytes, uint32_t length) { (void)module; (void)bytes; (void)length; return 1; }
void pb_control_close(void *module) { (void)module; }
""";

    static final String UI =
            """
#include <patchbay/module.h>
PB_MODULE;
void *pb_ui_init(const pb_ui_context *context) { return (void *)context; }
void pb_ui_get_state(void *module) { const pb_ui_context *c = module; c->show(c, "a", "b"); }
void pb_ui_close(void *module) { (void)module; }
""";

    private final Path folder;

    /** Makes libraries in a folder, to which the headers are added. */
    TestLibrary(final Path folder) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder.resolve("patchbay"));
        Files.writeString(
                folder.resolve("patchbay/standard.h"),
                HeaderGenerator.generate(StandardRegion.prebuilt()));
        Files.writeString(folder.resolve(ModuleHeader.FILE), ModuleHeader.generate());
    }

    /** {@return the file of a library of this source} */
    Path make(final String name, final String source, final String... options) throws Exception {
        final Path library = folder.resolve("lib" + name + ".so");
        Files.writeString(folder.resolve(name + ".c"), source);
        final List<String> command =
                new ArrayList<>(
                        Arrays.asList("gcc", "-std=c11", "-Wall", "-Wextra", "-Werror", "-fPIC"));
        command.addAll(Arrays.asList("-fvisibility=hidden", "-shared", "-I" + folder));
        command.addAll(Arrays.asList("-o", library.toString()));
        command.addAll(Arrays.asList(options));
        command.add(folder.resolve(name + ".c").toString());
        final Process gcc = new ProcessBuilder(command).redirectErrorStream(true).start();
        final String words =
                new String(gcc.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(gcc.waitFor(60, TimeUnit.SECONDS), "gcc hangs");
        assertEquals(0, gcc.exitValue(), words);
        return library;
    }
}
