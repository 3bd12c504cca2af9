// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.tools.ToolProvider;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.artifact.DefaultArtifact;
import org.apache.maven.artifact.handler.DefaultArtifactHandler;
import org.apache.maven.model.Build;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The goal as Maven runs it, on a project whose classes declare a region. */
class HeaderMojoTest {
    private static final String DECLARATION =
            """
package author;
import dev.patchbay.layout.RegionDeclaration;
import dev.patchbay.layout.Role;
public final class Garden {
    public static RegionDeclaration declare() {
        return RegionDeclaration.named("garden").counters("seen", "", Role.RT, "birds").build();
    }
}
""";

    @TempDir private Path folder;
    private Path header;
    private final HeaderMojo goal = new HeaderMojo(null);

    @BeforeEach
    void project() throws Exception {
        final Path classes = Files.createDirectories(folder.resolve("target/classes"));
        final Path source = Files.writeString(folder.resolve("Garden.java"), DECLARATION);
        assertEquals(
                0,
                ToolProvider.getSystemJavaCompiler()
                        .run(
                                null,
                                null,
                                null,
                                "-cp",
                                System.getProperty("java.class.path"),
                                "-proc:none",
                                "-d",
                                classes.toString(),
                                source.toString()));
        final Build build = new Build();
        build.setOutputDirectory(classes.toString());
        final MavenProject project = new MavenProject();
        project.setBuild(build);
        header = folder.resolve("target/generated-sources/patchbay/region.h");
        set("project", project);
        set("output", header.toFile());
        set("jdk", new File(System.getProperty("java.home")));
        set("pluginArtifacts", toolsClassPath());
    }

    private static List<Artifact> toolsClassPath() {
        final List<Artifact> artifacts = new ArrayList<>();
        for (final String entry :
                Arrays.asList(System.getProperty("java.class.path").split(File.pathSeparator))) {
            final Artifact artifact =
                    new DefaultArtifact(
                            "group",
                            "entry-" + artifacts.size(),
                            "1",
                            "runtime",
                            "jar",
                            "",
                            new DefaultArtifactHandler("jar"));
            artifact.setFile(new File(entry));
            artifacts.add(artifact);
        }
        return artifacts;
    }

    private void set(final String name, final Object value) throws ReflectiveOperationException {
        Class<?> owner = HeaderMojo.class;
        while (Arrays.stream(owner.getDeclaredFields()).noneMatch(f -> f.getName().equals(name))) {
            owner = owner.getSuperclass();
        }
        final Field field = owner.getDeclaredField(name);
        field.setAccessible(true);
        field.set(goal, value);
    }

    @Test
    void theHeaderOfAClassOfTheProjectIsWritten() throws Exception {
        set("declaration", "author.Garden");
        goal.execute();
        final String text = Files.readString(header);
        assertTrue(text.contains("#define PB_GARDEN_SEEN_BIRDS 0u"), text);
        assertTrue(text.contains("pb_counter_add"), "all parts are in it");
    }

    @Test
    void withoutADeclarationItIsTheStandardHeader() throws Exception {
        goal.execute();
        assertTrue(Files.readString(header).contains("#define PB_STANDARD_AUDIO_NAME \"audio\""));
    }

    @Test
    void aClassThatIsNotThereFailsTheBuildByASentenceAndWritesNothing() throws Exception {
        set("declaration", "author.Desert");
        final MojoExecutionException failure =
                assertThrows(MojoExecutionException.class, goal::execute);
        assertTrue(failure.getMessage().contains("author.Desert"), failure::getMessage);
        assertFalse(Files.exists(header));
    }

    @Test
    void aFolderOfClassesThatIsNotThereIsNoReasonToFail() throws Exception {
        final Build build = new Build();
        build.setOutputDirectory(folder.resolve("none").toString());
        final MavenProject project = new MavenProject();
        project.setBuild(build);
        set("project", project);
        set("declaration", "dev.patchbay.layout.StandardRegion");
        assertEquals("", goal.arguments().get(goal.arguments().size() - 1));
    }
}
