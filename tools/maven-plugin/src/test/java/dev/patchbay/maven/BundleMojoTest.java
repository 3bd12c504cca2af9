// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.lang.reflect.Field;
import java.util.List;
import org.apache.maven.model.Build;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.Test;

class BundleMojoTest {
    private static List<String> arguments(final String install) throws Exception {
        final Build build = new Build();
        build.setOutputDirectory("/project/target/classes");
        final MavenProject project = new MavenProject();
        project.setBuild(build);
        final BundleMojo goal = new BundleMojo(null);
        set(goal, "project", project);
        set(goal, "buildFile", new File("/project/build.yaml"));
        set(goal, "output", new File("/project/target"));
        set(goal, "install", install);
        return goal.arguments();
    }

    private static void set(final BundleMojo goal, final String name, final Object value)
            throws ReflectiveOperationException {
        final Field field = BundleMojo.class.getDeclaredField(name);
        field.setAccessible(true);
        field.set(goal, value);
    }

    @Test
    void nothingIsInstalledUnlessItIsAskedFor() throws Exception {
        assertFalse(arguments("false").stream().anyMatch(a -> a.startsWith("--install")));
    }

    /** {@code -Dpatchbay.install} without a value is "true" to Maven. */
    @Test
    void theUsersOwnFolderOrAnotherIsInstalledTo() throws Exception {
        assertTrue(arguments("true").contains("--install"));
        assertTrue(arguments("").contains("--install"));
        final List<String> arguments = arguments("/usr/local/lib/vst3");
        assertEquals("--install=/usr/local/lib/vst3", arguments.get(arguments.size() - 1));
    }
}
