// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.maven;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.artifact.DependencyResolutionRequiredException;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.apache.maven.toolchain.ToolchainManager;

/** What the goals share: they run the tools in a JVM of their own, on the tools' class path, which is this plug-in's. */
abstract class ToolsMojo extends AbstractMojo {
    /**
     * The JDK to run the tools with, and to link bundles' runtimes from: 17 or later, for a bundle 25; by default the
     * toolchain's, or Maven's own.
     */
    @Parameter(property = "patchbay.jdk")
    private File jdk;

    /** Whether to do nothing. */
    @Parameter(property = "patchbay.skip", defaultValue = "false")
    private boolean skip;

    @Parameter(defaultValue = "${plugin.artifacts}", readonly = true, required = true)
    private List<Artifact> pluginArtifacts;

    @Parameter(defaultValue = "${session}", readonly = true, required = true)
    private MavenSession session;

    private final ToolchainManager toolchains;

    ToolsMojo(final ToolchainManager toolchains) {
        this.toolchains = toolchains;
    }

    @Override
    public final void execute() throws MojoExecutionException {
        if (skip) {
            getLog().info("Skipped, as asked by patchbay.skip.");
            return;
        }
        final Path home =
                jdk != null ? jdk.toPath() : new JdkChoice(toolchains, session, leastJava()).home();
        final List<Path> classPath = new ArrayList<>();
        for (final Artifact artifact : pluginArtifacts) {
            if (artifact.getFile() == null) {
                throw new MojoExecutionException(
                        "The plug-in's dependency "
                                + artifact
                                + " has no file: build it first, at least to the phase compile.");
            }
            classPath.add(artifact.getFile().toPath());
        }
        new ForkedTools(home, classPath, getLog()).run(arguments());
    }

    /** The oldest Java that the command runs on. */
    int leastJava() {
        return 17;
    }

    /** The classes of a project and of what it needs to run. */
    static List<String> runtimeClassPath(final MavenProject project) throws MojoExecutionException {
        try {
            return project.getRuntimeClasspathElements();
        } catch (final DependencyResolutionRequiredException e) {
            throw new MojoExecutionException(
                    "The project's dependencies are not resolved: " + e.getMessage(), e);
        }
    }

    /** The command line of the tools. */
    abstract List<String> arguments() throws MojoExecutionException;
}
