// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.preset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.control.state.PluginIdentity;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserPresetsTest {
    @TempDir private Path temp;
    private Path folder;
    private PresetLibrary library;

    @BeforeEach
    void open() {
        folder = temp.resolve("a/b/presets");
        library = Synth.library(folder);
    }

    private List<String> names() {
        return library.list().presets().stream().map(s -> s.bank() + ":" + s.preset()).toList();
    }

    private List<String> problems() {
        return library.list().problems();
    }

    private TreeSet<String> files() throws Exception {
        try (Stream<Path> all = Files.walk(temp)) {
            return new TreeSet<>(
                    all.filter(f -> !Files.isDirectory(f))
                            .map(f -> folder.relativize(f).toString())
                            .filter(f -> !f.equals(".lock"))
                            .toList());
        }
    }

    @Test
    void thereIsNoFolderBeforeTheFirstPresetIsSaved() throws Exception {
        assertEquals(List.of(), library.list().presets());
        assertFalse(Files.exists(folder));
        library.add("", Synth.preset("First", 0.25));
        assertEquals(List.of(":First"), names());
    }

    @Test
    void theUsersFolderFollowsTheXdgSpecification() {
        final PluginIdentity plugin = Synth.IDENTITY;
        assertEquals(
                Path.of("/data/patchbay/A_ Vendor/Test_Synth/presets"),
                UserData.presets(Map.of("XDG_DATA_HOME", "/data", "HOME", "/h"), "/u", plugin));
        assertEquals(
                Path.of("/h/.local/share/patchbay/A_ Vendor/Test_Synth/presets"),
                UserData.presets(Map.of("XDG_DATA_HOME", "data", "HOME", "/h"), "/u", plugin));
        assertEquals(
                Path.of("/no home/.local/share/patchbay/A_ Vendor/Test_Synth/presets"),
                UserData.presets(Map.of("HOME", "no home"), "/u", plugin),
                "never relative to where the host was started");
        assertEquals(
                Path.of("/u/.local/share/patchbay/_/__/presets"),
                UserData.presets(Map.of(), "/u", new PluginIdentity(Synth.UID, "", "....")));
    }

    @Test
    void aBankIsAFolderAndSortsWithoutRegardToCase() throws Exception {
        library.add("pads", Synth.preset("b", 0));
        library.add("Keys", Synth.preset("Z", 0));
        library.add("", Synth.preset("x", 0));
        library.add("PADS", Synth.preset("A", 0));
        assertEquals(List.of(":x", "Keys:Z", "pads:A", "pads:b"), names());
        assertEquals(List.of("", "Keys", "pads"), library.banks());
        assertEquals(
                new TreeSet<>(List.of("x.json", "Keys/Z.json", "pads/A.json", "pads/b.json")),
                files());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../escape",
                "/etc/passwd",
                "..",
                ".",
                ".hidden",
                "a\\b",
                "C:",
                "nul",
                "COM1.x",
                "dots...",
                "\"<>|?*",
                "日本語の音",
                "e\u0301"
            })
    void anyNameIsSavedInItsFolderAndComesBackAsItWas(final String name) throws Exception {
        final StoredPreset stored = library.add("Bank", Synth.preset(name, 0.5));
        assertEquals(1, files().size());
        assertTrue(files().first().matches("Bank/[^/.][^/]*\\.json"), files()::toString);
        assertEquals(stored, library.list().presets().get(0));
        assertEquals(Synth.preset(name, 0.5), stored.preset());
    }

    @Test
    void namesThatNeedTheSameFileGetFilesOfTheirOwn() throws Exception {
        library.add("", Synth.preset("a/b", 0));
        library.add("", Synth.preset("a:b", 0));
        library.add("", Synth.preset("A_B", 0));
        assertEquals(new TreeSet<>(List.of("a_b.json", "a_b 2.json", "A_B 3.json")), files());
        final String end = "日".repeat(99);
        library.add("", Synth.preset(end + "1", 0));
        library.add("", Synth.preset(end + "2", 0));
        assertEquals(5, library.list().presets().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "a/b", ".x", "x.", "nul", "a\u0000b", "a\tb"})
    void aBankThatCannotBeAFolderIsRefusedWithAProposal(final String bank) throws Exception {
        assertThrows(IllegalArgumentException.class, () -> library.add(bank, Synth.preset("N", 0)));
        assertEquals(new TreeSet<>(), files());
    }

    @Test
    void aNameThatIsTakenIsAConflictAlsoInOtherCase() throws Exception {
        library.add("Keys", Synth.preset("Bell", 0.25));
        final PresetConflictException e =
                assertThrows(
                        PresetConflictException.class,
                        () -> library.add("keys", Synth.preset("BELL", 0.75)));
        assertEquals(
                "There is a preset \"Bell\" in the bank \"Keys\" already: choose another name, or"
                        + " replace it.",
                e.getMessage());
        assertEquals(List.of("Keys:Bell"), names());
        library.add("", Synth.preset("Bell", 0.75));
        assertEquals(List.of(":Bell", "Keys:Bell"), names());
    }

    @Test
    void replacingKeepsTheFileAndRemovingTakesItAway() throws Exception {
        final StoredPreset old = library.add("Keys", Synth.preset("Bell", 0.25));
        final StoredPreset now = library.replace(old, Synth.preset("Gong", 0.5));
        assertEquals(List.of("Keys:Gong"), names());
        assertEquals(old.id(), now.id());
        assertEquals(now, library.find(now.id()).orElseThrow());
        library.remove(now);
        assertEquals(List.of(), names());
        assertEquals(new TreeSet<>(), files());
    }

    @Test
    void whatAnotherInstanceSavedIsSeenAndNeverOverwritten() throws Exception {
        final PresetLibrary other = Synth.library(folder);
        final StoredPreset first = library.add("", Synth.preset("Bell", 0.25));
        final StoredPreset seen = other.find(first.id()).orElseThrow();
        assertEquals(first, seen);
        other.replace(seen, Synth.preset("Bell", 0.75));
        final PresetConflictException e =
                assertThrows(
                        PresetConflictException.class,
                        () -> library.replace(first, Synth.preset("Bell", 0.5)));
        assertTrue(e.getMessage().contains("was changed since it was loaded"), e.getMessage());
        assertThrows(PresetConflictException.class, () -> library.remove(first));
        assertEquals(Synth.preset("Bell", 0.75), library.find(first.id()).orElseThrow().preset());
        other.remove(other.find(first.id()).orElseThrow());
        assertThrows(
                PresetConflictException.class,
                () -> library.replace(first, Synth.preset("Bell", 0.5)));
        assertEquals(List.of(), names());
    }

    @Test
    void aRenameThatMeetsAnotherPresetIsAConflict() throws Exception {
        library.add("", Synth.preset("A", 0));
        final StoredPreset b = library.add("", Synth.preset("B", 0));
        assertThrows(PresetConflictException.class, () -> library.replace(b, Synth.preset("a", 0)));
        assertEquals(List.of(":A", ":B"), names());
    }

    @Test
    void anEditorsChangeIsSeenAtTheNextListing() throws Exception {
        final StoredPreset stored = library.add("", Synth.preset("Bell", 0.25));
        final Path file = folder.resolve("Bell.json");
        Files.writeString(file, Files.readString(file).replace("\"Bell\"", "\"Gong\""));
        Files.setLastModifiedTime(file, FileTime.from(1, TimeUnit.SECONDS));
        assertEquals(List.of(":Gong"), names());
        assertThrows(PresetConflictException.class, () -> library.remove(stored));
    }

    @Test
    void whatIsNoPresetIsToldAndLeftAloneAndTheOthersAreListed() throws Exception {
        library.add("Keys", Synth.preset("Good", 0.5));
        Files.writeString(folder.resolve("bad.json"), "{\n\"format\": 1}");
        Files.writeString(folder.resolve("notes.txt"), "not looked at");
        Files.createDirectory(folder.resolve("folder.json"));
        Files.createDirectory(folder.resolve("a:b"));
        try (RandomAccessFile huge =
                new RandomAccessFile(folder.resolve("huge.json").toFile(), "rw")) {
            huge.setLength(1L << 30);
        }
        final Path good = folder.resolve("Keys/Good.json");
        Files.createSymbolicLink(folder.resolve("link.json"), good);
        Files.createSymbolicLink(folder.resolve("Linked"), folder.resolve("Keys"));
        new ProcessBuilder("mkfifo", folder.resolve("pipe.json").toString()).start().waitFor();
        assertEquals(List.of("Keys:Good"), names());
        final String problems = String.join("\n", problems());
        assertTrue(
                problems.contains("bad.json, line 2, field \"format\": Expected a text"), problems);
        assertTrue(problems.contains("huge.json failed: it has 1073741824 bytes"), problems);
        assertTrue(problems.contains("link.json failed: it is a link"), problems);
        assertTrue(problems.contains("pipe.json failed: it is no regular file"), problems);
        assertTrue(problems.contains("a:b is left out: A bank is a folder"), problems);
        library.add("", Synth.preset("bad", 0.5));
        assertEquals("{\n\"format\": 1}", Files.readString(folder.resolve("bad.json")));
        assertEquals(List.of(":bad", "Keys:Good"), names());
    }

    @Test
    void aBankThatIsALinkIsNeverWrittenThrough() throws Exception {
        final Path outside = Files.createDirectory(temp.resolve("outside"));
        Files.createDirectories(folder);
        Files.createSymbolicLink(folder.resolve("Keys"), outside);
        final PresetException e =
                assertThrows(
                        PresetException.class, () -> library.add("Keys", Synth.preset("N", 0)));
        assertTrue(e.getMessage().contains("something of this name is in the way"), e.getMessage());
        try (Stream<Path> all = Files.list(outside)) {
            assertEquals(0, all.count());
        }
    }

    @Test
    void whatAKilledWriterLeftIsNoPresetAndIsCleared() throws Exception {
        library.add("", Synth.preset("A", 0));
        final Path left = folder.resolve(PresetFiles.UNFINISHED + "1");
        Files.writeString(left, "{");
        assertEquals(List.of(":A"), names());
        assertEquals(List.of(), problems());
        library.add("", Synth.preset("B", 0));
        assertFalse(Files.exists(left));
    }

    @Test
    void aFolderOfFilesThatTakeMuchMemoryIsListedInPartAndTheRestIsTold() throws Exception {
        final Preset large = Synth.preset("Large", 0.5);
        library.add("", large);
        final String text = Files.readString(folder.resolve("Large.json"));
        final String noise = ",\"x\": \"" + "x".repeat(1_000_000) + "\"}";
        final String bad = text.substring(0, text.lastIndexOf('}')) + noise;
        for (int i = 100; i < 180; i++) {
            Files.writeString(folder.resolve("n" + i + ".json"), bad);
        }
        final int listed = library.list().presets().size();
        assertTrue(listed > 40 && listed < 80, listed + " are listed");
        assertTrue(problems().get(0).startsWith("Only the first " + listed), problems()::toString);
        assertEquals(listed, library.list().presets().size(), "at the next listing too");
    }

    @Test
    void aFolderThatCannotBeUsedIsOneSentence() throws Exception {
        Files.createDirectories(folder.getParent());
        Files.writeString(folder, "a file");
        final PresetException e =
                assertThrows(PresetException.class, () -> library.add("", Synth.preset("A", 0)));
        assertTrue(
                e.getMessage().startsWith("Saving the preset \"A\" in " + folder), e.getMessage());
    }

    @Test
    void aPlaceThatAStateOrACallerMakesUpLeadsNowhere() throws Exception {
        library.add("", Synth.preset("A", 0));
        final Path outside = temp.resolve("a/b/victim.json");
        Files.writeString(outside, "precious");
        final StoredPreset forged =
                new StoredPreset(
                        StoredPreset.Origin.USER,
                        "",
                        "../victim.json",
                        Synth.preset("A", 0),
                        PresetFiles.stamp(Files.readAllBytes(outside)));
        assertThrows(PresetConflictException.class, () -> library.remove(forged));
        assertThrows(
                PresetConflictException.class, () -> library.replace(forged, Synth.preset("A", 1)));
        assertEquals("precious", Files.readString(outside));
    }

    @Test
    void exportAndImportAreExactAndNeverReplaceUnasked() throws Exception {
        final Preset preset =
                Synth.preset("Bell", 0.1 + 0.2).withTags(List.of("soft")).withComment("c");
        final Path file = temp.resolve("out.json");
        library.exportFile(preset, file, false);
        assertThrows(PresetConflictException.class, () -> library.exportFile(preset, file, false));
        library.exportFile(preset, file, true);
        assertEquals(preset, library.importFile(file, "In").preset());
        assertEquals(preset.withName("Bell 2"), library.importFile(file, "In").preset());
        assertEquals(List.of("In:Bell", "In:Bell 2"), names());
        assertThrows(
                PresetException.class,
                () -> library.exportFile(preset, temp.resolve("out.txt"), false));
        assertThrows(
                PresetException.class,
                () -> library.exportFile(preset, temp.resolve("no/out.json"), false));
        assertThrows(PresetException.class, () -> library.importFile(temp.resolve("no"), ""));
        assertThrows(PresetException.class, () -> library.importFile(temp, ""));
    }
}
