// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools;

import dev.patchbay.layout.RegionDeclaration;
import dev.patchbay.layout.StandardRegion;
import dev.patchbay.tools.project.DeclarationSource;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** The options of commands that work on a declaration. */
final class DeclarationOptions {
    @Option(
            names = "--declaration",
            paramLabel = "CLASS",
            description =
                    "The class that declares the region, by a public static method or field of the"
                            + " type RegionDeclaration or as a Supplier of it; CLASS#member where"
                            + " it declares several [the standard plug-in region].")
    private String className;

    @Option(
            names = {"--class-path", "-cp"},
            paramLabel = "PATHS",
            defaultValue = "",
            description =
                    "Jars and folders that hold the class and what it needs, with : between them;"
                            + " Patchbay's own library is known.")
    private String classPath;

    /** The declaration that was asked for. */
    RegionDeclaration declaration() {
        return className == null
                ? StandardRegion.prebuilt()
                : DeclarationSource.load(className, paths());
    }

    /** The class path that was given. */
    List<Path> paths() {
        return Arrays.stream(classPath.split(Pattern.quote(File.pathSeparator)))
                .filter(path -> !path.isEmpty())
                .map(Path::of)
                .toList();
    }
}
