// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools;

import dev.patchbay.tools.bundle.Bundler;
import dev.patchbay.tools.bundle.Installation;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes a VST3 bundle. */
@Command(
        name = "bundle",
        description = "Makes a VST3 bundle from a build.yaml and compiled classes.")
final class BundleCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Mixin private ProjectOptions options;

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

    @Option(
            names = "--install",
            arity = "0..1",
            paramLabel = "DIR",
            fallbackValue = "",
            description =
                    "Copies the bundle to where hosts look for plug-ins, too, and replaces an older"
                            + " one of its name [~/.vst3, unless a folder is given].")
    private String install;

    @Override
    public Integer call() {
        final Bundler.Sources sources =
                new Bundler.Sources(
                        options.project(),
                        options.classPath(),
                        output,
                        jdk,
                        cache,
                        NativeFiles::bridge);
        final Path made = new Bundler(sources, spec.commandLine().getErr()).make();
        spec.commandLine().getOut().println(made);
        if (install != null) {
            final Path folder = install.isEmpty() ? Installation.userFolder() : Path.of(install);
            spec.commandLine().getOut().println(Installation.copy(made, folder));
        }
        return 0;
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
