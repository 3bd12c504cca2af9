// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools;

import dev.patchbay.tools.bundle.Bundler;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes a VST3 bundle. */
@Command(
        name = "bundle",
        description = "Makes a VST3 bundle from a build.yaml and compiled classes.")
final class BundleCommand implements Callable<Integer> {
    private static final String BRIDGE = "/dev/patchbay/bridge/x86_64-linux/libpatchbay-bridge.so";

    @Spec private CommandSpec spec;

    @Option(
            names = "--project",
            paramLabel = "PATH",
            defaultValue = "build.yaml",
            description = "The build file, or the folder of build.yaml [${DEFAULT-VALUE}].")
    private Path project;

    @Option(
            names = {"--classpath", "-cp"},
            paramLabel = "PATHS",
            required = true,
            description =
                    "Jars and folders of classes of both modules and all they need, with : between"
                            + " them.")
    private String classPath;

    @Option(
            names = "--output",
            paramLabel = "PATH",
            required = true,
            description =
                    "The bundle NAME.vst3, or the folder in which it gets the plug-in's name.")
    private Path output;

    @Option(
            names = "--jdk",
            paramLabel = "HOME",
            description =
                    "The JDK, 25 or later, whose modules become the bundle's runtime [the one that"
                            + " runs this].")
    private Path jdk = Path.of(System.getProperty("java.home"));

    @Option(
            names = "--cache",
            paramLabel = "DIR",
            description =
                    "Where linked runtimes are kept [$XDG_CACHE_HOME/patchbay or"
                            + " ~/.cache/patchbay].")
    private Path cache = defaultCache();

    @Override
    public Integer call() {
        final List<Path> paths =
                Arrays.stream(classPath.split(":"))
                        .filter(p -> !p.isEmpty())
                        .map(Path::of)
                        .toList();
        final Bundler.Sources sources =
                new Bundler.Sources(project, paths, output, jdk, cache, BundleCommand::bridge);
        final Path made = new Bundler(sources, spec.commandLine().getErr()).make();
        spec.commandLine().getOut().println(made);
        return 0;
    }

    private static InputStream bridge() throws IOException {
        final InputStream in = BundleCommand.class.getResourceAsStream(BRIDGE);
        if (in == null) {
            throw new FileNotFoundException(
                    "the tools' class path has no " + BRIDGE + ": add patchbay-c-bridge");
        }
        return in;
    }

    private static Path defaultCache() {
        final String xdg = System.getenv("XDG_CACHE_HOME");
        final Path base =
                xdg == null || xdg.isEmpty()
                        ? Path.of(System.getProperty("user.home"), ".cache")
                        : Path.of(xdg);
        return base.resolve("patchbay");
    }
}
