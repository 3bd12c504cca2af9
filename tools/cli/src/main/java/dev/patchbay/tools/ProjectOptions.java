// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** What a plug-in is made of. */
final class ProjectOptions {
    @Option(
            names = "--project",
            paramLabel = "PATH",
            defaultValue = "build.yaml",
            description = "The build file, or the folder of build.yaml [${DEFAULT-VALUE}].")
    private Path project;

    @Option(
            names = {"--classpath", "-cp"},
            paramLabel = "PATHS",
            defaultValue = "",
            description =
                    "Jars and folders of classes of both modules and all they need, with : between"
                            + " them; beside what build.yaml names by path.")
    private String classPath;

    Path project() {
        return project;
    }

    List<Path> classPath() {
        return Arrays.stream(classPath.split(Pattern.quote(File.pathSeparator)))
                .filter(path -> !path.isEmpty())
                .map(Path::of)
                .toList();
    }
}
