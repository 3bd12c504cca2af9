// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.bundle;

import dev.patchbay.layout.EngineRegion;
import dev.patchbay.layout.PluginImage;
import dev.patchbay.layout.RegionImage;
import dev.patchbay.layout.Role;
import dev.patchbay.tools.ToolException;
import dev.patchbay.tools.files.NewFolder;
import dev.patchbay.tools.project.BuildFile;
import dev.patchbay.tools.project.BuildFileReader;
import dev.patchbay.tools.project.ByteSize;
import dev.patchbay.tools.project.PluginClasses;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes a VST3 bundle from a build file and a class path. */
public final class Bundler {
    private static final String BINARIES = "Contents/x86_64-linux";
    private static final String RESOURCES = "Contents/Resources";

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

        /** Opens the program in whose process a native control module runs; patchbay-c-bridge has it, too. */
        default InputStream moduleHost() throws IOException {
            final String program = "/dev/patchbay/bridge/x86_64-linux/patchbay-module-host";
            final InputStream in = Bundler.class.getResourceAsStream(program);
            if (in == null) {
                throw new FileNotFoundException(
                        "the tools' class path has no " + program + ": add patchbay-c-bridge");
            }
            return in;
        }
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
        final BuildFile build = BuildFileReader.read(sources.project());
        final RegionImage image = checkedImage(build);
        final JavaHome jdk = new JavaHome(sources.jdk());
        final ModuleJars jars = new ModuleJars(sources.classPath());
        final Path target = target(build);
        try (NewFolder bundle = new NewFolder(target)) {
            write(bundle.path(), target, build, image, jdk, jars);
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
        if (Files.exists(target) && !Files.isDirectory(target.resolve("Contents"))) {
            throw new ToolException(
                    target + " exists and is no bundle, expected one or nothing: move it away.");
        }
        return target;
    }

    private void write(
            final Path bundle,
            final Path target,
            final BuildFile build,
            final RegionImage image,
            final JavaHome jdk,
            final ModuleJars jars)
            throws IOException {
        final Path resources = Files.createDirectories(bundle.resolve(RESOURCES));
        final Path binaries = Files.createDirectories(bundle.resolve(BINARIES));
        final BridgeLibrary bridge = new BridgeLibrary(sources.bridge());
        Files.copy(build.file(), resources.resolve("build.yaml"));
        Files.writeString(
                resources.resolve("moduleinfo.json"),
                ModuleInfo.of(build.plugin(), bridge.sdkVersion()));
        write(resources.resolve("region.image"), image.bytes());
        write(
                resources.resolve("engine.image"),
                EngineRegion.image(build.share(), build.spare()).bytes());
        // Hosts look for a library of the bundle's own name.
        final String bundleName = target.getFileName().toString();
        final Path library =
                binaries.resolve(bundleName.substring(0, bundleName.lastIndexOf('.')) + ".so");
        bridge.write(library);
        final Map<String, Path> all = new LinkedHashMap<>();
        if (!build.rt().isNative()) {
            jars.copyForRt(bundle.resolve(JvmCommand.RT_JARS))
                    .forEach(jar -> all.put(name(jar), jar));
        }
        if (!build.control().isNative()) {
            jars.copyForControl(bundle.resolve(JvmCommand.CONTROL_JARS))
                    .forEach(jar -> all.put(name(jar), jar));
            jars.extractNative(bundle.resolve(JvmCommand.CONTROL_NATIVE));
        }
        writeNative(bundle, build);
        Licences.write(bridge, all.values(), resources.resolve("licenses"));
        if (!all.isEmpty()) {
            writeRuntime(bundle, build, image, jdk, jars, all);
        }
    }

    private void writeNative(final Path bundle, final BuildFile build) throws IOException {
        for (final BuildFile.Module module : List.of(build.rt(), build.control())) {
            if (module.isNative()) {
                new NativeLibraryFile(build, module).copy(bundle);
            }
        }
        if (build.control().isNative()) {
            final Path program = bundle.resolve(NativeLibraryFile.MODULE_HOST);
            try (InputStream in = sources.bridge().moduleHost()) {
                Files.copy(in, program);
            }
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    /** Only where a module runs in a JVM. */
    private void writeRuntime(
            final Path bundle,
            final BuildFile build,
            final RegionImage image,
            final JavaHome jdk,
            final ModuleJars jars,
            final Map<String, Path> all)
            throws IOException {
        final List<Path> own = new ArrayList<>();
        jars.ownJarNames().stream().sorted().forEach(name -> own.add(all.get(name)));
        final RuntimeImage runtime = new RuntimeImage(jdk, sources.cache(), progress);
        final List<BuildFile.Module> inJvms =
                List.of(build.rt(), build.control()).stream()
                        .filter(module -> !module.isNative())
                        .toList();
        final Set<String> modules =
                runtime.modulesFor(
                        own,
                        inJvms.stream()
                                .map(module -> bundle.resolve(JvmCommand.jars(module.role())))
                                .toList());
        runtime.write(modules, bundle.resolve(JvmCommand.RUNTIME));
        for (final BuildFile.Module module : inJvms) {
            JvmFlagsTrial.run(bundle.resolve(JvmCommand.RUNTIME), module);
        }
        if (!build.rt().isNative()) {
            // Last, since it runs what is there.
            new AotCache(bundle, rtCommand(build), progress).make(image, build.rt().aot());
        }
    }

    private static List<String> rtCommand(final BuildFile build) {
        return JvmCommand.of(build.rt(), build.memory().parameters().text());
    }

    private RegionImage checkedImage(final BuildFile build) {
        final PluginImage image = new PluginImage(build.counts());
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
        try (PluginClasses classes = new PluginClasses(sources.classPath())) {
            for (final BuildFile.Module module : List.of(build.rt(), build.control())) {
                if (module.isNative()) {
                    new NativeLibraryFile(build, module).check();
                } else {
                    classes.check(module);
                }
            }
            image.parameters(classes.parameters(build.memory().parameters()));
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
        image.controllers(build.controllers());
        if (build.rt().isNative()) {
            image.library(new NativeLibraryFile(build, build.rt()).inBundle());
        } else {
            image.module(Role.RT, JvmCommand.readyMillis(Role.RT), rtCommand(build));
        }
        image.module(
                Role.CONTROL,
                JvmCommand.readyMillis(Role.CONTROL),
                build.control().isNative()
                        ? new NativeLibraryFile(build, build.control()).command()
                        : JvmCommand.of(build.control()));
        return image.image();
    }

    private static void write(final Path file, final ByteBuffer bytes) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }

    private static String name(final Path jar) {
        return jar.getFileName().toString();
    }
}
