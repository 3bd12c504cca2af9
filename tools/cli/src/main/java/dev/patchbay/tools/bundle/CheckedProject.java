// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.bundle;

import dev.patchbay.layout.Loads;
import dev.patchbay.layout.Parameter;
import dev.patchbay.layout.ParameterReader;
import dev.patchbay.layout.PluginImage;
import dev.patchbay.layout.RegionException;
import dev.patchbay.layout.RegionImage;
import dev.patchbay.layout.Role;
import dev.patchbay.tools.ToolException;
import dev.patchbay.tools.project.BuildFile;
import dev.patchbay.tools.project.BuildFileReader;
import dev.patchbay.tools.project.ByteSize;
import dev.patchbay.tools.project.PluginClasses;
import dev.patchbay.tools.project.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.agrona.concurrent.UnsafeBuffer;

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
        final Map<Role, List<Path>> own = new HashMap<>();
        for (final BuildFile.Module module : build.jvmModules()) {
            problems.attempt(() -> build.paths(module))
                    .ifPresent(paths -> own.put(module.role(), paths));
        }
        return check(
                build,
                List.copyOf(classPath),
                Map.copyOf(own),
                module -> NativeLibraryFile.ofProject(build, module),
                classes -> classes.parameters(build.memory().parameters()),
                problems);
    }

    /**
     * The same for a bundle, whose jars and libraries are all there is. Without any jar the parameters' class is not there, and the
     * image says itself what they are.
     */
    static CheckedProject ofBundle(
            final Path bundle, final BuildFile build, final List<Path> jars) {
        return check(
                build,
                jars,
                Map.of(),
                module -> NativeLibraryFile.ofBundle(bundle, module),
                classes ->
                        build.jvmModules().isEmpty()
                                ? imageParameters(bundle, build)
                                : classes.parameters(build.memory().parameters()),
                new Problems());
    }

    private static List<Parameter> imageParameters(final Path bundle, final BuildFile build) {
        try {
            final byte[] image = Files.readAllBytes(bundle.resolve(BundleFiles.REGION_IMAGE));
            return ParameterReader.read(
                    new PluginImage(build.counts()).image().declaration(),
                    Loads.over(new UnsafeBuffer(image)));
        } catch (final IOException e) {
            throw new ToolException(BundleFiles.REGION_IMAGE + " cannot be read: " + e + ".", e);
        } catch (final RegionException e) {
            throw new ToolException(BundleFiles.REGION_IMAGE + ": " + e.getMessage(), e);
        }
    }

    private static CheckedProject check(
            final BuildFile build,
            final List<Path> shared,
            final Map<Role, List<Path>> own,
            final Function<BuildFile.Module, NativeLibraryFile> library,
            final Function<PluginClasses, List<Parameter>> source,
            final Problems problems) {
        final PluginImage image = new PluginImage(build.counts());
        problems.attempt(() -> size(build, image));
        problems.attempt(() -> ui(build));
        final List<Path> all = new ArrayList<>(shared);
        own.values().forEach(all::addAll);
        final List<Parameter> parameters = new ArrayList<>();
        try (PluginClasses classes = new PluginClasses(all)) {
            build.modules().stream()
                    .filter(module -> !module.isNative())
                    .forEach(module -> classes.check(module, problems));
            build.nativeModules().forEach(module -> library.apply(module).check(problems));
            problems.attempt(() -> parameters.addAll(source.apply(classes)));
            problems.attempt(() -> parameters(build, image, parameters));
        }
        problems.throwIfAny();
        describe(build, image);
        return new CheckedProject(build, shared, own, List.copyOf(parameters), image.image());
    }

    private static void ui(final BuildFile build) {
        if (build.ui().isPresent() && build.control().isNative()) {
            throw build.ui()
                    .get()
                    .className()
                    .place()
                    .error(
                            "is for a control module with kind: jvm, whose process serves the"
                                    + " panel, but modules.control has kind: native");
        }
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
        if (build.rt().isNative()) {
            image.library(NativeLibraryFile.inBundle(build.rt()));
        } else {
            image.module(Role.RT, JvmCommand.readyMillis(Role.RT), rtCommand(build));
        }
        image.module(Role.CONTROL, JvmCommand.readyMillis(Role.CONTROL), controlCommand(build));
    }

    private static List<String> controlCommand(final BuildFile build) {
        return build.control().isNative()
                ? NativeLibraryFile.command(build.control())
                : build.ui()
                        .map(ui -> JvmCommand.withUi(build.control(), ui, build.ownUiProcess()))
                        .orElseGet(() -> JvmCommand.of(build.control()));
    }

    /** The command line of the real-time module's process, where it has one. */
    List<String> rtCommand() {
        return rtCommand(build);
    }

    private static List<String> rtCommand(final BuildFile build) {
        return JvmCommand.of(build.rt(), build.memory().parameters().text());
    }

    /** The classes by which each module's JVM begins. */
    Map<Role, List<String>> roots() {
        final String parameters = build.memory().parameters().text();
        final Map<Role, List<String>> roots = new HashMap<>();
        for (final BuildFile.Module module : build.jvmModules()) {
            final List<String> classes = new ArrayList<>(JvmCommand.mains(module.role()));
            classes.addAll(List.of(module.className().text(), parameters));
            if (module.role().equals(Role.CONTROL)) {
                // It lends its jars to the process that it starts.
                build.ui()
                        .filter(ui -> !ui.isNative())
                        .ifPresent(ui -> classes.add(ui.className().text()));
            }
            roots.put(module.role(), List.copyOf(classes));
        }
        return Map.copyOf(roots);
    }
}
