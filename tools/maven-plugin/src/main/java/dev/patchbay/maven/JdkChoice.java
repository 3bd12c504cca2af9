// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.maven;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.toolchain.Toolchain;
import org.apache.maven.toolchain.ToolchainManager;

/**
 * Finds the JDK that runs the tools: that of the build's toolchain, else Maven's own where it is new enough, else any
 * toolchain that is.
 */
final class JdkChoice {
    private final ToolchainManager toolchains;
    private final MavenSession session;
    private final int least;

    /** The choice among those of at least this version. */
    JdkChoice(final ToolchainManager toolchains, final MavenSession session, final int least) {
        this.toolchains = toolchains;
        this.session = session;
        this.least = least;
    }

    Path home() throws MojoExecutionException {
        final Toolchain chosen = toolchains.getToolchainFromBuildContext("jdk", session);
        if (chosen != null && chosen.findTool("java") != null) {
            return homeOf(chosen);
        }
        if (Runtime.version().feature() >= least) {
            return Path.of(System.getProperty("java.home"));
        }
        final List<Toolchain> suitable =
                toolchains.getToolchains(session, "jdk", Map.of("version", "[" + least + ",)"));
        if (!suitable.isEmpty()) {
            return homeOf(suitable.get(0));
        }
        throw new MojoExecutionException(
                "Maven runs on Java "
                        + Runtime.version().feature()
                        + " and no toolchain names a JDK "
                        + least
                        + " or later: add the goal select-jdk-toolchain of maven-toolchains-plugin,"
                        + " or set patchbay.jdk to the folder of one.");
    }

    /** A toolchain tells of its programs, not of its folder. */
    private static Path homeOf(final Toolchain toolchain) {
        return Path.of(toolchain.findTool("java")).getParent().getParent();
    }
}
