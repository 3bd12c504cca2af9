// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.patchbay.layout.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plug-in of many parts, each a folder of classes of its own. */
class ModuleReachTest {
    private static final Map<String, String> SOURCES =
            Map.of(
                    "sound",
                    "package sound; public class Sound { Object o ="
                            + " shared.Shared.of(\"by.text.Found\"); }",
                    "shared",
                    "package shared; public class Shared { public static String of(String s) {"
                            + " return s; } }",
                    "brain",
                    "package brain; public class Brain { json.Json j; shared.Shared s;"
                            + " service.Service t; }",
                    "json",
                    "package json; public class Json { deep.Deep d; }",
                    "deep",
                    "package deep; public class Deep { } class Hidden { lazy.Lazy l; }",
                    "lazy",
                    "package lazy; public class Lazy { }",
                    "service",
                    "package service; public interface Service { }",
                    "provider",
                    "package provider; public class Provider implements service.Service { }",
                    "found",
                    "package by.text; public class Found { }",
                    "lone",
                    "package lone; public class Lone { }");

    @TempDir private Path folder;
    private final List<ClassPathEntry> entries = new ArrayList<>();

    @BeforeEach
    void compile() throws IOException {
        final Path all = Files.createDirectories(folder.resolve("all"));
        final List<String> command = new ArrayList<>(List.of("-proc:none", "-d", all.toString()));
        for (final String part : SOURCES.keySet()) {
            final Path file = Files.createDirectories(folder.resolve("src/" + part));
            command.add(
                    Files.writeString(file.resolve(name(part) + ".java"), SOURCES.get(part))
                            .toString());
        }
        assertEquals(
                0,
                ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, command.toArray(String[]::new)));
        for (final String part : SOURCES.keySet()) {
            final Path own = folder.resolve(part);
            final Path classes = Path.of(part.equals("found") ? "by/text" : part);
            Files.createDirectories(own.resolve(classes).getParent());
            Files.move(all.resolve(classes), own.resolve(classes));
            if (part.equals("provider")) {
                Files.createDirectories(own.resolve("META-INF/services"));
                Files.writeString(
                        own.resolve("META-INF/services/service.Service"),
                        "# the one\nprovider.Provider # ours\n");
            }
            entries.add(ClassPathEntry.of(own, part, Set.of(Role.RT, Role.CONTROL)));
        }
    }

    private static String name(final String part) {
        return Character.toUpperCase(part.charAt(0)) + part.substring(1);
    }

    private Set<String> needed(final Role role) {
        return new ModuleReach(entries)
                        .needed(
                                Map.of(
                                        Role.RT,
                                        List.of("sound.Sound"),
                                        Role.CONTROL,
                                        List.of("brain.Brain")))
                        .get(role)
                        .stream()
                        .map(ClassPathEntry::jarName)
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void theSoundGetsWhatItNamesAlsoByTextAndNothingThatControlAloneNeeds() {
        assertEquals(Set.of("sound", "shared", "found", "lone"), needed(Role.RT));
    }

    @Test
    void controlGetsWhatItNamesWhatThatNamesAndWhoOffersAService() {
        assertEquals(
                Set.of("brain", "shared", "json", "deep", "lazy", "service", "provider", "lone"),
                needed(Role.CONTROL));
    }

    @Test
    void whatOneModuleAloneMaySeeGoesToItAndLeadsTheOtherNowhere() {
        entries.removeIf(entry -> entry.jarName().equals("lone"));
        entries.add(ClassPathEntry.of(folder.resolve("lone"), "lone", Set.of(Role.CONTROL)));
        assertEquals(Set.of("sound", "shared", "found"), needed(Role.RT));
        assertEquals(true, needed(Role.CONTROL).contains("lone"));
    }

    @Test
    void whatHasNoClassesGoesToBoth() throws IOException {
        final Path samples = Files.createDirectories(folder.resolve("samples"));
        Files.writeString(samples.resolve("a4.txt"), "0 1 0 -1");
        entries.add(ClassPathEntry.of(samples, "samples", Set.of(Role.RT, Role.CONTROL)));
        assertEquals(true, needed(Role.RT).contains("samples"));
        assertEquals(true, needed(Role.CONTROL).contains("samples"));
    }
}
