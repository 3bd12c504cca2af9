// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.create;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.tools.ToolException;
import dev.patchbay.tools.create.NewProject.Kind;
import dev.patchbay.tools.project.BuildFile;
import dev.patchbay.tools.project.BuildFileReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class NewProjectTest {
    @TempDir private Path folder;

    private NewProject project(final String name, final Kind kind) {
        return new NewProject(folder.resolve(name), kind, Optional.empty(), "Acme & Sons");
    }

    private List<Path> everything() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    @ParameterizedTest
    @EnumSource
    void eachKindHasABuildFileThatIsRightAndNamesClassesThatAreThere(final Kind kind)
            throws IOException {
        final Path made = project("Tone", kind).write(Optional.empty());
        final BuildFile build = BuildFileReader.read(made);
        assertEquals("Tone", build.plugin().name());
        assertEquals("Acme & Sons", build.plugin().vendor());
        assertEquals(kind == Kind.INSTRUMENT, build.plugin().instrument());
        for (final String name :
                List.of(
                        build.rt().className().text(),
                        build.control().className().text(),
                        build.memory().parameters().text())) {
            final Path source = made.resolve("src/main/java/" + name.replace('.', '/') + ".java");
            assertTrue(Files.exists(source), source::toString);
        }
    }

    @ParameterizedTest
    @EnumSource
    void noPlaceOfATemplateIsLeftAndTheLicenceIsTheAuthorsToChoose(final Kind kind)
            throws IOException {
        final Path made = project("Tone", kind).write(Optional.empty());
        try (Stream<Path> files = Files.walk(made)) {
            for (final Path file : files.filter(Files::isRegularFile).toList()) {
                final String text = Files.readString(file);
                assertFalse(text.matches("(?s).*@[A-Z_]+@.*"), text);
                assertFalse(text.contains("SPDX"), text);
            }
        }
    }

    @Test
    void eachProjectHasAnIdOfItsOwn() {
        final Path one = project("Tone", Kind.EFFECT).write(Optional.empty());
        final Path two = project("Tune", Kind.EFFECT).write(Optional.empty());
        assertNotEquals(
                Arrays.toString(BuildFileReader.read(one).plugin().uid()),
                Arrays.toString(BuildFileReader.read(two).plugin().uid()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"9lives", "My Synth", "a-b", "Größe", ".hidden", "int", "New"})
    void aNameThatCannotBeThatOfClassesAndPackagesIsRefused(final String name) throws IOException {
        final String message =
                assertThrows(ToolException.class, () -> project(name, Kind.INSTRUMENT))
                        .getMessage();
        assertTrue(message.contains(name.toLowerCase()) || message.contains(name), message);
        assertTrue(message.contains("expected"), message);
        assertEquals(List.of(), everything());
    }

    @Test
    void aPackageOfTheAuthorsOwnIsTaken() {
        final Path made =
                new NewProject(folder.resolve("Int"), Kind.EFFECT, Optional.of("com.acme.dsp"), "A")
                        .write(Optional.empty());
        assertTrue(Files.exists(made.resolve("src/main/java/com/acme/dsp/rt/IntRt.java")));
        assertThrows(
                ToolException.class,
                () -> new NewProject(folder.resolve("X"), Kind.EFFECT, Optional.of("a..b"), "A"));
    }

    @Test
    void aFolderThatIsThereIsLeftAsItIs() throws IOException {
        final Path mine = Files.createDirectories(folder.resolve("Tone"));
        Files.writeString(mine.resolve("song.txt"), "la la la");
        assertEquals(
                mine + " exists already, expected a name that is free: nothing was changed.",
                refusal("Tone", Optional.empty()));
        assertEquals(List.of(mine), everything());
        assertEquals("la la la", Files.readString(mine.resolve("song.txt")));
    }

    @Test
    void aPlaceThatDoesNotExistOrIsPatchbaysOwnIsRefusedAndNothingIsLeft() throws IOException {
        assertEquals(
                folder.resolve("none")
                        + " is no folder, expected one in which the project is made: make it"
                        + " first.",
                refusal("none/Tone", Optional.empty()));
        final Path repository = Files.createDirectory(folder.resolve("patchbay"));
        assertEquals(
                repository.resolve("Tone")
                        + " lies in Patchbay's own repository, whose build would take the project"
                        + " for a part of it: give a place outside, such as "
                        + folder.resolve("Tone")
                        + ".",
                refusal("patchbay/Tone", Optional.of(repository)));
        assertEquals(List.of(repository), everything());
    }

    private String refusal(final String name, final Optional<Path> repository) {
        final NewProject project = project(name, Kind.INSTRUMENT);
        return assertThrows(ToolException.class, () -> project.write(repository)).getMessage();
    }
}
