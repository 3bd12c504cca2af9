// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.examples.gettingstarted;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Looks at what this build publishes as its users get it. */
class PublishedArtifactsIT {
    static List<PublishedModule> modules() throws IOException {
        return PublishedModule.of(Repository.root());
    }

    static List<PublishedModule> modulesWithJars() throws IOException {
        return modules().stream().filter(PublishedModule::hasJars).toList();
    }

    @Test
    void theLibrariesTheBridgeTheToolsAndThePluginArePublishedAndNothingElse() throws IOException {
        assertEquals(
                Set.of(
                        "patchbay-layout",
                        "patchbay-atomics",
                        "patchbay-event-queue",
                        "patchbay-rt-api",
                        "patchbay-rt-verifier",
                        "patchbay-control-api",
                        "patchbay-c-bridge",
                        "patchbay-tools",
                        "patchbay-maven-plugin"),
                modulesWithJars().stream()
                        .map(PublishedModule::artifact)
                        .collect(Collectors.toSet()));
    }

    @ParameterizedTest
    @MethodSource("modulesWithJars")
    void itsPomSaysWhatItIs(final PublishedModule module) throws IOException {
        assertTrue(module.ownText("name").isPresent());
        assertTrue(module.ownText("description").orElse("").endsWith("."));
    }

    @ParameterizedTest
    @MethodSource("modulesWithJars")
    void eachOfItsPublicClassesHasItsSourceAndItsPageOfDocumentation(final PublishedModule module)
            throws IOException {
        final Set<String> classes = topLevelClasses(module.built(""));
        final Set<String> sources = names(module.built("sources"));
        final Set<String> pages = names(module.built("javadoc"));
        if (classes.isEmpty()) {
            assertTrue(sources.contains("CMakeLists.txt"), "native sources: " + sources);
            assertTrue(pages.stream().anyMatch(name -> name.endsWith(".h")), "the header");
            return;
        }
        for (final String name : classes) {
            final boolean generated = name.endsWith("/HelpMojo");
            assertTrue(generated || sources.contains(name + ".java"), name + " has no source");
        }
        assertTrue(pages.contains("index.html"));
        final Set<String> documented =
                pages.stream()
                        .filter(name -> name.endsWith("/package-summary.html"))
                        .map(PublishedArtifactsIT::folder)
                        .map(name -> name.replaceFirst("^dev\\.patchbay(\\.[a-z]+)+/", ""))
                        .collect(Collectors.toCollection(TreeSet::new));
        assertTrue(!documented.isEmpty(), "no package is documented");
        final Set<String> packages =
                classes.stream().map(PublishedArtifactsIT::folder).collect(Collectors.toSet());
        assertTrue(packages.containsAll(documented), documented + " of " + packages);
    }

    private static String folder(final String name) {
        return name.substring(0, name.lastIndexOf('/'));
    }

    private static Set<String> topLevelClasses(final Path jar) throws IOException {
        return names(jar).stream()
                .filter(name -> name.endsWith(".class") && name.contains("/"))
                .filter(name -> !name.contains("$") && !name.endsWith("-info.class"))
                .map(name -> name.substring(0, name.length() - ".class".length()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> names(final Path jar) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return zip.stream()
                    .map(ZipEntry::getName)
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
