// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.bundle;

import dev.patchbay.layout.EngineRegion;
import dev.patchbay.layout.Role;
import dev.patchbay.tools.ToolException;
import dev.patchbay.tools.files.NewFolder;
import dev.patchbay.tools.project.BuildFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** Makes a VST3 bundle from a build file and a class path. */
public final class Bundler {
    private final Sources sources;
    private final PrintWriter progress;

    /**
     * What a bundle is made of.
     *
     * @param project the build file, or its folder
     * @param classPath the jars and folders of classes of both modules
     * @param output the bundle, named {@code *.vst3}, or a folder in which it gets the plug-in's name
     * @param jdk the JDK whose modules become the bundle's runtime
     * @param cache the folder that keeps linked runtimes
     * @param bridge the bridge's library
     */
    public record Sources(
            Path project, List<Path> classPath, Path output, Path jdk, Path cache, Bridge bridge) {}

    /** Where the bridge's library comes from. */
    @FunctionalInterface
    public interface Bridge {
        /** Opens the library's bytes. */
        InputStream open() throws IOException;
    }

    /**
     * Prepares to make a bundle.
     *
     * @param sources what it is made of
     * @param progress where to tell of steps that take time
     */
    public Bundler(final Sources sources, final PrintWriter progress) {
        this.sources = sources;
        this.progress = progress;
    }

    /**
     * Makes the bundle; one of the same name is replaced once the new one is complete.
     *
     * @return its folder
     * @throws ToolException if something is not as it must be; nothing is left behind then
     */
    public Path make() {
        final CheckedProject project = CheckedProject.of(sources.project(), sources.classPath());
        final JavaHome jdk = new JavaHome(sources.jdk());
        final ModuleJars jars = new ModuleJars(project.shared(), project.own());
        final Path target = target(project.build());
        try (NewFolder bundle = new NewFolder(target)) {
            write(bundle.path(), target, project, jdk, jars);
            bundle.complete();
        } catch (final IOException e) {
            throw new ToolException("The bundle " + target + " cannot be written: " + e + ".", e);
        }
        return target;
    }

    private Path target(final BuildFile build) {
        final Path output = sources.output().toAbsolutePath().normalize();
        final boolean named =
                output.getFileName() != null && output.getFileName().toString().endsWith(".vst3");
        final Path target = named ? output : output.resolve(build.plugin().name() + ".vst3");
        Installation.refuseOther(target);
        return target;
    }

    private void write(
            final Path bundle,
            final Path target,
            final CheckedProject project,
            final JavaHome jdk,
            final ModuleJars jars)
            throws IOException {
        final BuildFile build = project.build();
        Files.createDirectories(bundle.resolve(BundleFiles.RESOURCES));
        Files.createDirectories(bundle.resolve(BundleFiles.BINARIES));
        final BridgeLibrary bridge = new BridgeLibrary(sources.bridge());
        Files.copy(build.file(), bundle.resolve(BundleFiles.BUILD));
        Files.writeString(
                bundle.resolve(BundleFiles.MODULE_INFO),
                ModuleInfo.of(
                        build.plugin(),
                        bridge.sdkVersion(),
                        Snapshots.write(build, project.parameters(), bundle, progress)));
        write(bundle.resolve(BundleFiles.REGION_IMAGE), project.image().bytes());
        write(
                bundle.resolve(BundleFiles.ENGINE_IMAGE),
                EngineRegion.image(build.share(), build.spare()).bytes());
        bridge.write(bundle.resolve(BundleFiles.library(target.getFileName().toString())));
        final SortedMap<String, Path> all =
                jars.copy(
                        project.roots(),
                        Map.of(
                                Role.RT, bundle.resolve(JvmCommand.RT_JARS),
                                Role.CONTROL, bundle.resolve(JvmCommand.CONTROL_JARS)));
        jars.extractNative(bundle.resolve(JvmCommand.CONTROL_NATIVE));
        Licences.write(bridge, all.values(), bundle.resolve(BundleFiles.LICENCES));
        runtime(bundle, jdk, jars.ownJarNames().stream().sorted().map(all::get).toList());
        for (final BuildFile.Module module : List.of(build.rt(), build.control())) {
            JvmFlagsTrial.run(bundle.resolve(JvmCommand.RUNTIME), module);
        }
        Checksums.write(bundle);
        // Last, since it runs what is there.
        new AotCache(bundle, project.rtCommand(), progress).make(project.image(), build.rt().aot());
    }

    /** Puts the Java runtime in, with the modules of the JDK that the author's own jars need. */
    private void runtime(final Path bundle, final JavaHome jdk, final List<Path> own)
            throws IOException {
        final RuntimeImage runtime = new RuntimeImage(jdk, sources.cache(), progress);
        runtime.write(
                runtime.modulesFor(
                        own,
                        List.of(
                                bundle.resolve(JvmCommand.RT_JARS),
                                bundle.resolve(JvmCommand.CONTROL_JARS))),
                bundle.resolve(JvmCommand.RUNTIME));
    }

    private static void write(final Path file, final ByteBuffer bytes) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }
}
