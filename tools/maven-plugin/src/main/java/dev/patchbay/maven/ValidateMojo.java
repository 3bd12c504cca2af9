// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.maven;

import java.io.File;
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
 * Checks the project's build.yaml against its classes, and that its layout fits, without making a bundle; or a bundle that is there. By
 * default right after the classes are compiled, before any test.
 */
@Mojo(
        name = "validate",
        defaultPhase = LifecyclePhase.PROCESS_CLASSES,
        requiresDependencyResolution = ResolutionScope.RUNTIME,
        threadSafe = true)
public final class ValidateMojo extends ToolsMojo {
    /** The build file. */
    @Parameter(
            property = "patchbay.buildFile",
            defaultValue = "${project.basedir}/build.yaml",
            required = true)
    private File buildFile;

    /** The bundle to check, NAME.vst3, in place of the project. */
    @Parameter(property = "patchbay.bundle")
    private File bundle;

    @Parameter(defaultValue = "${project}", readonly = true, required = true)
    private MavenProject project;

    /** Called by Maven. */
    @Inject
    public ValidateMojo(final ToolchainManager toolchains) {
        super(toolchains);
    }

    /** It loads the project's classes, which the engine's own version of Java may have compiled. */
    @Override
    int leastJava() {
        return 25;
    }

    @Override
    List<String> arguments() throws MojoExecutionException {
        if (bundle != null) {
            return List.of("validate", "--bundle", bundle.getAbsolutePath());
        }
        return List.of(
                "validate",
                "--project",
                buildFile.getAbsolutePath(),
                "--classpath",
                String.join(File.pathSeparator, runtimeClassPath(project)));
    }
}
