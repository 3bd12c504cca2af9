// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.maven;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import javax.inject.Inject;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.apache.maven.project.MavenProject;
import org.apache.maven.toolchain.ToolchainManager;

/**
 * Writes the C header of a region that a class of the project declares, or of the standard region. By default right after the
 * classes are compiled, so that a C build of the same project, in a later phase, finds it.
 */
@Mojo(
        name = "header",
        defaultPhase = LifecyclePhase.PROCESS_CLASSES,
        requiresDependencyResolution = ResolutionScope.RUNTIME,
        threadSafe = true)
public final class HeaderMojo extends ToolsMojo {
    /**
     * The class of the project, or of its dependencies, that declares the region, by a public static method or field of the type
     * {@code RegionDeclaration} or as a {@code Supplier} of it; {@code CLASS#member} where it declares several. The standard
     * region where it is left out.
     */
    @Parameter(property = "patchbay.declaration")
    private String declaration;

    /** The header to write. */
    @Parameter(
            property = "patchbay.header",
            defaultValue = "${project.build.directory}/generated-sources/patchbay/region.h",
            required = true)
    private File output;

    @Parameter(defaultValue = "${project}", readonly = true, required = true)
    private MavenProject project;

    /** Called by Maven. */
    @Inject
    public HeaderMojo(final ToolchainManager toolchains) {
        super(toolchains);
    }

    @Override
    List<String> arguments() throws MojoExecutionException {
        final List<String> arguments =
                new ArrayList<>(List.of("header", "-o", output.getAbsolutePath()));
        if (declaration != null) {
            arguments.addAll(List.of("--declaration", declaration, "--class-path", classPath()));
        }
        return arguments;
    }

    private String classPath() throws MojoExecutionException {
        // The tools refuse what is not there, but a project without classes of its own is right.
        return String.join(
                File.pathSeparator,
                runtimeClassPath(project).stream()
                        .filter(entry -> new File(entry).exists())
                        .toList());
    }
}
