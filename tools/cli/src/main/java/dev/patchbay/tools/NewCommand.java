// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools;

import dev.patchbay.tools.create.NewProject;
import dev.patchbay.tools.create.NewProject.Kind;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes the project of a new plug-in. */
@Command(
        name = "new",
        description = {
            "Makes the project of a new plug-in: sound, control module, parameters, tests and"
                    + " build.yaml.",
            "\"mvn package\" in it compiles, tests and makes the bundle. The files are yours."
        })
final class NewCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(
            paramLabel = "NAME",
            description =
                    "The plug-in's name, which is also that of the folder to be made; or a path"
                            + " that ends with it.")
    private Path folder;

    @ArgGroup private KindOptions kind = new KindOptions();

    /** One of these. */
    private static final class KindOptions {
        @Option(names = "--instrument", description = "It makes sound from notes (default).")
        private boolean instrument;

        @Option(names = "--effect", description = "It makes sound from sound.")
        private boolean effect;
    }

    @Option(
            names = "--package",
            paramLabel = "PACKAGE",
            description = "The package of its classes [org.example. and the name].")
    private String packageName;

    @Option(
            names = "--vendor",
            paramLabel = "TEXT",
            defaultValue = "Example",
            description = "Who makes it, as hosts show it [${DEFAULT-VALUE}].")
    private String vendor;

    @Override
    public Integer call() {
        final Path made =
                new NewProject(
                                folder,
                                kind.effect ? Kind.EFFECT : Kind.INSTRUMENT,
                                Optional.ofNullable(packageName),
                                vendor)
                        .write(
                                Optional.ofNullable(System.getProperty("patchbay.home"))
                                        .map(Path::of));
        final PrintWriter out = spec.commandLine().getOut();
        out.printf(
                "%s%nNow: cd %s && mvn package, which makes target/%s.vst3%n",
                made, made, made.getFileName());
        out.flush();
        return 0;
    }
}
