// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.maven;

import java.io.File;
import java.util.List;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.toolchain.ToolchainManager;

/** Writes the C header of the standard region. */
@Mojo(name = "header", defaultPhase = LifecyclePhase.GENERATE_SOURCES, threadSafe = true)
public final class HeaderMojo extends ToolsMojo {
    /** The header to write. */
    @Parameter(
            property = "patchbay.header",
            defaultValue = "${project.build.directory}/generated-sources/patchbay/standard.h",
            required = true)
    private File header;

    /** Called by Maven. */
    @Inject
    public HeaderMojo(final ToolchainManager toolchains) {
        super(toolchains);
    }

    @Override
    List<String> arguments() {
        return List.of("header", "-o", header.getAbsolutePath());
    }
}
