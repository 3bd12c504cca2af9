// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools;

import dev.patchbay.tools.bundle.BundleCheck;
import dev.patchbay.tools.bundle.CheckedProject;
import dev.patchbay.tools.bundle.HeadlessHost;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Checks a project, or a bundle that is there. */
@Command(
        name = "validate",
        description = {
            "Checks a build.yaml, its classes, and that its layout fits, without making a bundle.",
            "With --bundle it checks a bundle instead: that nothing is missing or was changed, and"
                    + " that what it says of itself is what its library says."
        })
final class ValidateCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Mixin private ProjectOptions options;

    @Option(names = "--bundle", paramLabel = "PATH", description = "The bundle to check.")
    private Path bundle;

    @Override
    public Integer call() {
        final CheckedProject checked =
                bundle == null
                        ? CheckedProject.of(options.project(), options.classPath())
                        : new BundleCheck(bundle, new HeadlessHost(NativeFiles::host)).check();
        spec.commandLine()
                .getOut()
                .printf(
                        "%s: %s %s, %d parameters, a region of %,d bytes: as it must be%n",
                        bundle == null ? checked.build().file() : bundle,
                        checked.build().plugin().name(),
                        checked.build().plugin().version(),
                        checked.parameters().size(),
                        checked.image().declaration().length());
        return 0;
    }
}
