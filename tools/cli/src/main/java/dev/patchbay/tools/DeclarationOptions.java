// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools;

import dev.patchbay.layout.DeclarationSource;
import dev.patchbay.layout.RegionDeclaration;
import dev.patchbay.layout.RegionException;
import dev.patchbay.layout.StandardRegion;
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
        return className == null ? StandardRegion.prebuilt() : declaration(className);
    }

    /**
     * The declaration of a class on the class path that was given.
     *
     * @throws ToolException in one sentence, if it gives none
     */
    RegionDeclaration declaration(final String name) {
        try {
            return DeclarationSource.load(name, paths());
        } catch (final RegionException e) {
            throw new ToolException(e.getMessage(), e);
        }
    }

    /** The class path that was given. */
    List<Path> paths() {
        return Arrays.stream(classPath.split(Pattern.quote(File.pathSeparator)))
                .filter(path -> !path.isEmpty())
                .map(Path::of)
                .toList();
    }
}
