// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.layout.header.GenerateHeader;
import dev.patchbay.layout.header.HeaderGenerator;
import dev.patchbay.layout.testing.CProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The part of the header that this module writes. The whole one is tested where all parts are: in the event queue's tests. */
class GeneratedHeaderTest {
    @TempDir private Path folder;

    /** Prints where a struct of the region's own lies and how it looks up its sections. */
    private static final String PROGRAM =
            """
            #include "small.h"
            #include <fcntl.h>
            #include <stdio.h>

            int main(int argc, char **argv)
            {
                pb_region region;
                pb_section words, other;
                const pb_small_word *word;
                (void)argc;
                if (!pb_region_attach(&region, open(argv[1], O_RDWR))) {
                    puts(region.error);
                    return 1;
                }
                if (!PB_FIND(&region, PB_SMALL_WORDS, &words))
                    return 2;
                if (pb_region_find(&region, "words", PB_SMALL_WORDS_HASH + 1, &other))
                    return 3;
                if (pb_region_find(&region, "missing", PB_SMALL_WORDS_HASH, &other))
                    return 4;
                if (other.base != NULL || other.count != 0)
                    return 5;
                word = (const pb_small_word *)pb_section_element(&words, 2);
                printf("%d %.3f %s %u %d\\n", word->kind, word->value, word->text, words.count,
                    PB_SMALL_COUNTS_SECOND);
                pb_region_detach(&region);
                return region.base != NULL;
            }
            """;

    @Test
    void cReadsWhatTheImageHolds() throws Exception {
        final RegionImage image = new RegionImage(Small.DECLARATION);
        final Section words = Small.DECLARATION.section("words");
        image.set(words, 2, "kind", -5L);
        image.set(words, 2, "value", 2.125);
        image.set(words, 2, "text", "four");
        Region.create(folder.resolve("region"), image).close();
        Files.writeString(folder.resolve("small.h"), HeaderGenerator.generate(Small.DECLARATION));
        final Path source = Files.writeString(folder.resolve("read.c"), PROGRAM);
        for (final List<String> compiler :
                List.of(List.of("gcc", "-std=c11"), List.of("g++", "-xc++", "-std=c++17"))) {
            final Path program =
                    CProgram.compile(
                            source,
                            compiler.get(0),
                            compiler.subList(1, compiler.size()).toArray(String[]::new));
            assertEquals(
                    "-5 2.125 four 3 1\n",
                    CProgram.run(
                            List.of(program.toString(), folder.resolve("region").toString()), ""));
        }
    }

    @Test
    void theSameDeclarationGivesTheSameHeader() {
        assertEquals(
                HeaderGenerator.generate(StandardRegion.declare(StandardRegion.Counts.DEFAULT)),
                HeaderGenerator.generate(StandardRegion.declare(StandardRegion.Counts.DEFAULT)));
    }

    @Test
    void eachFieldIsAsserted() {
        final String header = HeaderGenerator.generate(Small.DECLARATION);
        for (final String line :
                List.of(
                        "PB_ASSERT_FIELD(pb_small_word, value, double, 8, 8, 8);",
                        "PB_ASSERT_FIELD(pb_small_word, text, char, 16, 5, 1);",
                        "PB_ASSERT_STRUCT(pb_small_word, 24, 8);",
                        "    uint8_t pb_gap_0[7];")) {
            assertTrue(header.contains(line), line);
        }
    }

    /** A static assertion that cannot fail would assert nothing. */
    @Test
    void aFieldOfAnotherTypeDoesNotCompile() throws Exception {
        final String header = HeaderGenerator.generate(Small.DECLARATION);
        Files.writeString(
                folder.resolve("small.h"), header.replace("    double value;", "    float value;"));
        final Path source = Files.writeString(folder.resolve("read.c"), PROGRAM);
        final AssertionError error =
                org.junit.jupiter.api.Assertions.assertThrows(
                        AssertionError.class, () -> CProgram.compile(source, "gcc", "-std=c11"));
        assertTrue(
                error.getMessage().contains("pb_small_word.value has another size than declared"),
                error.getMessage());
    }

    @Test
    void anUnchangedHeaderKeepsItsTimeStampAndAChangedOneIsReplaced() throws Exception {
        final Path file = folder.resolve("made").resolve("standard.h");
        GenerateHeader.main(new String[] {file.getParent().toString()});
        final String text = Files.readString(file);
        assertTrue(text.contains("#define PB_STANDARD_AUDIO_NAME \"audio\""));
        final String engine = Files.readString(file.resolveSibling("engine.h"));
        assertTrue(engine.contains("#define PB_ENGINE_COMMANDS_NAME \"commands\""));
        final FileTime old = FileTime.fromMillis(1_000_000);
        Files.setLastModifiedTime(file, old);
        GenerateHeader.main(new String[] {file.getParent().toString()});
        assertEquals(old, Files.getLastModifiedTime(file));
        Files.writeString(file, "old");
        GenerateHeader.main(new String[] {file.getParent().toString()});
        assertEquals(text, Files.readString(file));
        try (var files = Files.list(file.getParent())) {
            assertEquals(3, files.count(), "nothing temporary is left");
        }
        assertFalse(text.contains("pb_event_queue_offer"), "that part is another module's");
    }
}
