// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.maven;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import javax.inject.Inject;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.apache.maven.project.MavenProject;
import org.apache.maven.toolchain.ToolchainManager;

/** Makes a VST3 bundle from the project's build.yaml, its classes and its runtime dependencies. */
@Mojo(
        name = "bundle",
        defaultPhase = LifecyclePhase.PACKAGE,
        requiresDependencyResolution = ResolutionScope.RUNTIME,
        threadSafe = true)
public final class BundleMojo extends ToolsMojo {
    /** The build file. */
    @Parameter(
            property = "patchbay.buildFile",
            defaultValue = "${project.basedir}/build.yaml",
            required = true)
    private File buildFile;

    /** The bundle, NAME.vst3, or the folder in which it gets the plug-in's name. */
    @Parameter(
            property = "patchbay.output",
            defaultValue = "${project.build.directory}",
            required = true)
    private File output;

    /**
     * Whether to copy the bundle to where hosts look for plug-ins, too: {@code true} for {@code ~/.vst3}, or the folder. An older one of
     * the same name is replaced.
     */
    @Parameter(property = "patchbay.install", defaultValue = "false")
    private String install;

    @Parameter(defaultValue = "${project}", readonly = true, required = true)
    private MavenProject project;

    /** Called by Maven. */
    @Inject
    public BundleMojo(final ToolchainManager toolchains) {
        super(toolchains);
    }

    /** The engine of each bundle runs on the runtime that is linked from this JDK. */
    @Override
    int leastJava() {
        return 25;
    }

    @Override
    List<String> arguments() throws MojoExecutionException {
        final List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "bundle",
                                "--project",
                                buildFile.getAbsolutePath(),
                                "--classpath",
                                String.join(File.pathSeparator, classPath()),
                                "--output",
                                output.getAbsolutePath()));
        if (install.isEmpty() || install.equals("true")) {
            arguments.add("--install");
        } else if (!install.equals("false")) {
            arguments.add("--install=" + new File(install).getAbsolutePath());
        }
        return arguments;
    }

    /** The project's jar in place of its folder of classes, where there is one: its name and manifest are the author's. */
    private List<String> classPath() throws MojoExecutionException {
        final List<String> entries = new ArrayList<>(runtimeClassPath(project));
        final Artifact artifact = project.getArtifact();
        if (artifact != null && artifact.getFile() != null && artifact.getFile().isFile()) {
            entries.replaceAll(
                    entry ->
                            entry.equals(project.getBuild().getOutputDirectory())
                                    ? artifact.getFile().getPath()
                                    : entry);
        }
        return entries;
    }
}
