// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.bundle;

import dev.patchbay.tools.ToolException;
import dev.patchbay.tools.project.BuildFile;
import dev.patchbay.tools.project.BuildFileReader;
import dev.patchbay.tools.project.Problems;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Checks a bundle that is there: that all is in its place and as it was made, that the region's image is what the build file and
 * the classes in the bundle give, that the AOT cache is one for these files, and that {@code moduleinfo.json} says what the
 * library's factory does.
 */
public final class BundleCheck {
    private static final List<String> FILES =
            List.of(
                    BundleFiles.BUILD,
                    BundleFiles.MODULE_INFO,
                    BundleFiles.REGION_IMAGE,
                    BundleFiles.ENGINE_IMAGE,
                    BundleFiles.CHECKSUMS,
                    BundleFiles.LICENCES + "/README.txt");

    private final Path bundle;
    private final HeadlessHost host;
    private final Problems problems = new Problems();

    /**
     * Prepares to check.
     *
     * @param bundle the bundle's folder
     * @param host what loads the library
     */
    public BundleCheck(final Path bundle, final HeadlessHost host) {
        this.bundle = bundle.toAbsolutePath().normalize();
        this.host = host;
    }

    /**
     * Checks it.
     *
     * @return what was checked
     * @throws ToolException if something is not as it must be, with a line for each error
     */
    public CheckedProject check() {
        if (!Files.isDirectory(bundle.resolve("Contents"))) {
            throw new ToolException(
                    bundle + " is no bundle, expected a folder NAME.vst3 with a folder Contents.");
        }
        try {
            // Nothing else can be told of a bundle that lacks its parts.
            files(FILES);
            files(List.of(BundleFiles.library(bundle.getFileName().toString())));
            problems.throwIfAny();
            final BuildFile build = BuildFileReader.read(bundle.resolve(BundleFiles.BUILD));
            modules(build);
            problems.throwIfAny();
            Checksums.differences(bundle).forEach(this::error);
            final Optional<CheckedProject> project = image(build);
            if (project.isPresent()) {
                aotCache(project.get());
            }
            factory();
            problems.throwIfAny();
            return project.orElseThrow();
        } catch (final IOException e) {
            throw new ToolException("The bundle " + bundle + " cannot be read: " + e + ".", e);
        }
    }

    private void error(final String sentence) {
        problems.attempt(
                () -> {
                    throw new ToolException(bundle.getFileName() + ": " + sentence);
                });
    }

    private void files(final List<String> needed) {
        for (final String name : needed) {
            if (!Files.isRegularFile(bundle.resolve(name))) {
                error(name + " is missing, expected a file.");
            }
        }
    }

    private void program(final String name) {
        files(List.of(name));
        final Path file = bundle.resolve(name);
        if (Files.isRegularFile(file) && !Files.isExecutable(file)) {
            error(name + " is not executable, expected a program.");
        }
    }

    /** What the modules need, which depends on what they are made of. */
    private void modules(final BuildFile build) throws IOException {
        if (!build.jvmModules().isEmpty()) {
            program(JvmCommand.RUNTIME + "/bin/java");
        }
        build.nativeModules().forEach(module -> files(List.of(NativeLibraryFile.inBundle(module))));
        if (build.control().isNative()) {
            program(NativeLibraryFile.MODULE_HOST);
        } else {
            files(List.of(JvmCommand.CONTROL_NATIVE + "/libjnidispatch.so"));
        }
        for (final BuildFile.Module module : build.jvmModules()) {
            final String folder = JvmCommand.jars(module.role());
            if (!Files.isDirectory(bundle.resolve(folder))
                    || AotKey.jars(bundle.resolve(folder)).isEmpty()) {
                error(folder + " has no jars, expected those of the module.");
            }
        }
    }

    /** The image is made anew from what lies beside it. */
    private Optional<CheckedProject> image(final BuildFile build) throws IOException {
        final Map<String, Path> jars = new LinkedHashMap<>();
        for (final BuildFile.Module module : build.jvmModules()) {
            final Path folder = bundle.resolve(JvmCommand.jars(module.role()));
            for (final String jar : AotKey.jars(folder)) {
                jars.putIfAbsent(jar, folder.resolve(jar));
            }
        }
        final Optional<CheckedProject> project =
                problems.attempt(
                        () -> CheckedProject.ofBundle(bundle, build, List.copyOf(jars.values())));
        if (project.isEmpty()) {
            return project;
        }
        final ByteBuffer found =
                ByteBuffer.wrap(Files.readAllBytes(bundle.resolve(BundleFiles.REGION_IMAGE)));
        final int differs = project.get().image().bytes().mismatch(found);
        if (differs >= 0) {
            error(
                    BundleFiles.REGION_IMAGE
                            + " differs, from byte "
                            + differs
                            + " on, from what build.yaml and the modules of the bundle give with"
                            + " these tools ("
                            + ToolVersion.get()
                            + "): make the bundle anew.");
        }
        return project;
    }

    private void aotCache(final CheckedProject project) throws IOException {
        if (project.build().rt().isNative()) {
            return;
        }
        final Path key = bundle.resolve(JvmCommand.RT_AOT_KEY);
        if (!Files.exists(bundle.resolve(JvmCommand.RT_AOT))) {
            if (Files.exists(key)) {
                error(
                        JvmCommand.RT_AOT
                                + " is missing, though "
                                + JvmCommand.RT_AOT_KEY
                                + " is there.");
            }
            return;
        }
        if (!Files.exists(key)
                || !Files.readString(key).equals(AotKey.of(bundle, project.rtCommand()))) {
            error(
                    JvmCommand.RT_AOT
                            + " was made for another runtime, other jars or another command line"
                            + " than are there, so the engine starts without it: make the bundle"
                            + " anew.");
        }
    }

    private void factory() throws IOException {
        final String said;
        try {
            said = host.info(bundle);
        } catch (final ToolException e) {
            // Beside what else was found, which may be why.
            problems.attempt(
                    () -> {
                        throw e;
                    });
            return;
        }
        final Path info = bundle.resolve(BundleFiles.MODULE_INFO);
        for (final String difference : FactoryComparison.differences(info, said)) {
            error(BundleFiles.MODULE_INFO + " " + difference);
        }
        try (Stream<String> pictures = FactoryComparison.pictures(info)) {
            pictures.filter(path -> !Files.isRegularFile(bundle.resolve("Contents").resolve(path)))
                    .forEach(
                            path ->
                                    error(
                                            BundleFiles.MODULE_INFO
                                                    + " names the picture "
                                                    + path
                                                    + ", which is missing, expected a file."));
        }
    }
}
