// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.bundle;

import dev.patchbay.tools.ToolException;
import dev.patchbay.tools.project.Problems;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
                    BundleFiles.LICENCES + "/README.txt",
                    JvmCommand.RUNTIME + "/bin/java",
                    JvmCommand.CONTROL_NATIVE + "/libjnidispatch.so");

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
            structure();
            // Nothing else can be told of a bundle that lacks its parts.
            problems.throwIfAny();
            Checksums.differences(bundle).forEach(this::error);
            final CheckedProject project = image();
            aotCache(project);
            factory();
            problems.throwIfAny();
            return project;
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

    private void structure() throws IOException {
        final List<String> needed = new ArrayList<>(FILES);
        needed.add(BundleFiles.library(bundle.getFileName().toString()));
        for (final String name : needed) {
            if (!Files.isRegularFile(bundle.resolve(name))) {
                error(name + " is missing, expected a file.");
            }
        }
        final Path java = bundle.resolve(JvmCommand.RUNTIME).resolve("bin/java");
        if (Files.isRegularFile(java) && !Files.isExecutable(java)) {
            error(JvmCommand.RUNTIME + "/bin/java is not executable, expected a program.");
        }
        for (final String folder : List.of(JvmCommand.RT_JARS, JvmCommand.CONTROL_JARS)) {
            if (!Files.isDirectory(bundle.resolve(folder))
                    || AotKey.jars(bundle.resolve(folder)).isEmpty()) {
                error(folder + " has no jars, expected those of the module.");
            }
        }
    }

    /** The image is made anew from what lies beside it. */
    private CheckedProject image() throws IOException {
        final Map<String, Path> jars = new LinkedHashMap<>();
        for (final String folder : List.of(JvmCommand.RT_JARS, JvmCommand.CONTROL_JARS)) {
            for (final String jar : AotKey.jars(bundle.resolve(folder))) {
                jars.putIfAbsent(jar, bundle.resolve(folder).resolve(jar));
            }
        }
        final CheckedProject project =
                CheckedProject.ofBundle(
                        bundle.resolve(BundleFiles.BUILD), List.copyOf(jars.values()));
        final ByteBuffer found =
                ByteBuffer.wrap(Files.readAllBytes(bundle.resolve(BundleFiles.REGION_IMAGE)));
        final int differs = project.image().bytes().mismatch(found);
        if (differs >= 0) {
            error(
                    BundleFiles.REGION_IMAGE
                            + " differs, from byte "
                            + differs
                            + " on, from what build.yaml and the jars of the bundle give with"
                            + " these tools ("
                            + ToolVersion.get()
                            + "): make the bundle anew.");
        }
        return project;
    }

    private void aotCache(final CheckedProject project) throws IOException {
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
        final Path info = bundle.resolve(BundleFiles.MODULE_INFO);
        for (final String difference : FactoryComparison.differences(info, host.info(bundle))) {
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
