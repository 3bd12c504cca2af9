// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools;

import dev.patchbay.tools.project.BuildFileSchema;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Writes the schema of build files. */
@Command(
        name = "schema",
        description =
                "Writes the JSON schema of build.yaml, by which editors complete and check it.")
final class SchemaCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Mixin private OutputOptions output;

    @Override
    public Integer call() {
        output.write(BuildFileSchema.json(), spec.commandLine().getOut());
        return 0;
    }
}
