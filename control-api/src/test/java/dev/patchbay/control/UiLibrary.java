// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.layout.StandardRegion;
import dev.patchbay.layout.header.HeaderGenerator;
import dev.patchbay.layout.header.ModuleHeader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Real libraries for a user interface, made by gcc with the generated header. */
final class UiLibrary {
    /** Shows a word that an event sets, and a parameter as context and region have it. */
    static final String SOURCE =
            """
#include <patchbay/module.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

PB_MODULE;

static const pb_ui_context *context;
static pb_region region;
static pb_section parameters;
static char word[80] = "none";

void *pb_ui_init(const pb_ui_context *its)
{
    const int fd = open(its->region, O_RDONLY | O_CLOEXEC);
    context = its;
    if (fd < 0 || !pb_region_attach_read_only(&region, fd)
            || !PB_FIND(&region, PB_STANDARD_PARAMETERS, &parameters)) {
        its->refuse(its, "The region cannot be read.");
        return NULL;
    }
    close(fd);
    its->log(its, "the library begins");
#if defined(REFUSES)
    its->refuse(its, "It does not want to, \\303\\244tsch.");
    return NULL;
#else
    return &region;
#endif
}

void pb_ui_get_state(void *module)
{
    char text[80];
    const int32_t level = context->parameter_index(context, "level");
    (void)module;
    context->show(context, "w\\303\\266rd", word);
    snprintf(text, sizeof text, "%.3f %.2f %.3f %.3f", context->value(context, level),
            context->to_plain(context, level, context->value(context, level)),
            context->to_normalized(context, level, 2.5), (double)pb_standard_parameters_get_acquire(&parameters, (uint32_t)level));
    context->show(context, "level", text);
    snprintf(text, sizeof text, "%d", context->parameter_index(context, "nothing"));
    context->show(context, "nothing", text);
}

#if !defined(WITHOUT_EVENTS)
int32_t pb_ui_handle_event(void *module, const char *name, const char *value)
{
    (void)module;
    if (strcmp(name, "w\\303\\266rd") == 0) {
        snprintf(word, sizeof word, "%s", value);
        return 1;
    }
    if (strcmp(name, "loud") == 0) {
        context->change(context, 0, 0.875);
        context->change(context, 99, 0.5);
        context->change(context, 0, 1.5);
        return 1;
    }
    if (strcmp(name, "silent refusal") != 0)
        context->refuse(context, "The library knows no such thing.");
    return 0;
}
#endif

void pb_ui_close(void *module)
{
    (void)module;
    pb_region_detach(&region);
    context->log(context, "the library ends");
}
""";

    private UiLibrary() {}

    /** {@return the file of a library of this source, which is new each time} */
    static Path make(final Path folder, final String source, final String... options)
            throws Exception {
        Files.createDirectories(folder.resolve("patchbay"));
        Files.writeString(
                folder.resolve("patchbay/standard.h"),
                HeaderGenerator.generate(StandardRegion.prebuilt()));
        Files.writeString(folder.resolve(ModuleHeader.FILE), ModuleHeader.generate());
        Files.writeString(folder.resolve("ui.c"), source);
        final Path library = Files.createTempFile(folder, "lib", ".so");
        final List<String> command = new ArrayList<>(List.of("gcc", "-std=c11", "-D_GNU_SOURCE"));
        command.addAll(List.of("-Wall", "-Wextra", "-Werror", "-fPIC", "-fvisibility=hidden"));
        command.addAll(List.of("-shared", "-I" + folder, "-o", library.toString()));
        command.addAll(List.of(options));
        command.add(folder.resolve("ui.c").toString());
        final Process gcc = new ProcessBuilder(command).redirectErrorStream(true).start();
        final String words =
                new String(gcc.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(gcc.waitFor(60, TimeUnit.SECONDS), "gcc hangs");
        assertEquals(0, gcc.exitValue(), words);
        return library;
    }
}
