// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.bundle;

import dev.patchbay.layout.Parameter;
import dev.patchbay.layout.PluginImage;
import dev.patchbay.layout.RegionImage;
import dev.patchbay.layout.Role;
import dev.patchbay.tools.project.BuildFile;
import dev.patchbay.tools.project.BuildFileReader;
import dev.patchbay.tools.project.ByteSize;
import dev.patchbay.tools.project.PluginClasses;
import dev.patchbay.tools.project.Problems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A build file that fits its classes, and what follows from both.
 *
 * @param build what the author declares
 * @param shared jars and folders of classes that both modules may need
 * @param own what one module alone may see
 * @param parameters in the order of their indices
 * @param image the region's initial image
 */
public record CheckedProject(
        BuildFile build,
        List<Path> shared,
        Map<Role, List<Path>> own,
        List<Parameter> parameters,
        RegionImage image) {

    /**
     * Reads a build file and checks it against the classes.
     *
     * @param project the build file, or its folder
     * @param classPath the jars and folders of classes of both modules
     * @throws dev.patchbay.tools.ToolException if something is not as it must be, with a line for each error
     */
    public static CheckedProject of(final Path project, final List<Path> classPath) {
        final BuildFile build = BuildFileReader.read(project);
        final Problems problems = new Problems();
        final Map<Role, List<Path>> own =
                problems.attempt(
                                () ->
                                        Map.of(
                                                Role.RT, build.paths(build.rt()),
                                                Role.CONTROL, build.paths(build.control())))
                        .orElse(Map.of());
        return check(build, List.copyOf(classPath), own, problems);
    }

    /** The same for a bundle, whose jars are all there is. */
    static CheckedProject ofBundle(final Path buildFile, final List<Path> jars) {
        return check(BuildFileReader.read(buildFile), jars, Map.of(), new Problems());
    }

    private static CheckedProject check(
            final BuildFile build,
            final List<Path> shared,
            final Map<Role, List<Path>> own,
            final Problems problems) {
        final PluginImage image = new PluginImage(build.counts());
        problems.attempt(() -> size(build, image));
        final List<Path> all = new ArrayList<>(shared);
        own.values().forEach(all::addAll);
        final List<Parameter> parameters = new ArrayList<>();
        try (PluginClasses classes = new PluginClasses(all)) {
            classes.check(build.rt(), problems);
            classes.check(build.control(), problems);
            problems.attempt(
                    () -> parameters.addAll(classes.parameters(build.memory().parameters())));
            problems.attempt(() -> parameters(build, image, parameters));
        }
        problems.throwIfAny();
        describe(build, image);
        return new CheckedProject(build, shared, own, List.copyOf(parameters), image.image());
    }

    private static void size(final BuildFile build, final PluginImage image) {
        final long needed = image.image().declaration().length();
        if (needed > build.memory().sizeBytes()) {
            throw build.memory()
                    .sizePlace()
                    .error(
                            "is "
                                    + ByteSize.format(build.memory().sizeBytes())
                                    + ", but the layout needs "
                                    + needed
                                    + " bytes, so allowed is "
                                    + ByteSize.format(needed)
                                    + " or more");
        }
    }

    private static void parameters(
            final BuildFile build, final PluginImage image, final List<Parameter> parameters) {
        try {
            image.parameters(parameters);
        } catch (final IllegalArgumentException e) {
            throw build.memory()
                    .parameters()
                    .place()
                    .error(
                            "is \""
                                    + build.memory().parameters().text()
                                    + "\", whose parameters do not fit the region: "
                                    + e.getMessage().replaceAll("\\.$", ""),
                            e);
        }
    }

    private static void describe(final BuildFile build, final PluginImage image) {
        final BuildFile.Plugin p = build.plugin();
        image.identity(
                new PluginImage.Identity(
                        p.name(),
                        p.vendor(),
                        p.version(),
                        p.url(),
                        p.email(),
                        p.category(),
                        p.uid(),
                        p.instrument()));
        image.buses(build.buses());
        image.controllers(build.midi().controllers());
        image.eventOutput(build.midi().output());
        image.noteExpressions(build.midi().expressions());
        image.module(Role.RT, JvmCommand.readyMillis(Role.RT), rtCommand(build));
        image.module(
                Role.CONTROL, JvmCommand.readyMillis(Role.CONTROL), JvmCommand.of(build.control()));
    }

    /** The command line of the real-time module's process. */
    List<String> rtCommand() {
        return rtCommand(build);
    }

    private static List<String> rtCommand(final BuildFile build) {
        return JvmCommand.of(build.rt(), build.memory().parameters().text());
    }

    /** The classes by which each module's process begins. */
    Map<Role, List<String>> roots() {
        final String parameters = build.memory().parameters().text();
        return Map.of(
                Role.RT,
                List.of(
                        JvmCommand.RT_MAIN,
                        JvmCommand.RT_TRAINING,
                        build.rt().className().text(),
                        parameters),
                Role.CONTROL,
                List.of(JvmCommand.CONTROL_MAIN, build.control().className().text(), parameters));
    }
}
