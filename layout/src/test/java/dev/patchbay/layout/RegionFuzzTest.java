// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.layout.testing.CProgram;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Attaching either succeeds or refuses with a {@link RegionException}, whatever the bytes are; and C says the same. */
class RegionFuzzTest {
    private static final int FLIPS = 20_000;
    private static final int MUTANTS = 2_000;

    /** What C says, and what Java says for the same reason. */
    private static final Map<String, String> REASONS =
            Map.ofEntries(
                    Map.entry("it is shorter than a region's header", "its file length is"),
                    Map.entry("its magic is not PATCHBAY", "its magic is"),
                    Map.entry("its byte order is not this machine's", "its byte order mark is"),
                    Map.entry(
                            "its format version is not the one this program was built for",
                            "its format version is"),
                    Map.entry("its ready word is not set: it is incomplete", "its ready word is"),
                    Map.entry("its length is not that of its file", "its length is"),
                    Map.entry(
                            "its directory is not where this format has it",
                            "its directory offset is"),
                    Map.entry(
                            "its section count is not between 1 and the most that a region can"
                                    + " have",
                            "its section count is"),
                    Map.entry("its directory runs past its end", "its end of the directory is"),
                    Map.entry(
                            "a section's offset is not a multiple of 128 behind the section before"
                                    + " it",
                            ": offset is"),
                    Map.entry(
                            "a section's length is not a multiple of 128 that ends within the"
                                    + " region",
                            ": length is"),
                    Map.entry(
                            "a section's elements do not fit into the stride of a copy",
                            ": elements is"),
                    Map.entry("a section's copies do not fit into its length", ": copies is"),
                    Map.entry("two sections have one name", "its section name is"));

    private static final String PROGRAM =
            """
            #include "small.h"
            #include <fcntl.h>
            #include <stdio.h>
            #include <unistd.h>

            int main(void)
            {
                char path[4096];
                while (fgets(path, sizeof path, stdin) != NULL) {
                    pb_region region;
                    int fd;
                    path[strcspn(path, "\\n")] = 0;
                    fd = open(path, O_RDWR);
                    if (fd < 0)
                        return 1;
                    puts(pb_region_attach(&region, fd) ? "ok" : region.error);
                    pb_region_detach(&region);
                    close(fd);
                }
                return 0;
            }
            """;

    @TempDir private Path folder;

    /** Null, or why Java refuses. */
    private static String refusal(final Path file) {
        try (Region region = Region.attach(file)) {
            long end = 0;
            for (final SectionEntry e : region.entries()) {
                assertTrue(e.offset() >= end, () -> e.toString());
                end = e.offset() + e.length();
                final long elements = e.elementsOffset() + (long) (e.copies() - 1) * e.copyStride();
                assertTrue(elements + (long) e.count() * e.stride() <= e.length(), e::toString);
            }
            assertTrue(end <= region.buffer().capacity());
            return null;
        } catch (final RegionException e) {
            return e.getMessage();
        }
    }

    @Test
    void aFlippedBitIsEitherHarmlessOrRefused() throws IOException {
        final long seed = System.nanoTime();
        System.out.println("RegionFuzzTest.aFlippedBitIsEitherHarmlessOrRefused: seed " + seed);
        final Random random = new Random(seed);
        final byte[] region = Small.bytes(Small.image());
        final Path file = Files.write(folder.resolve("region"), region);
        final int interesting =
                RegionHeader.DIRECTORY_OFFSET
                        + Small.DECLARATION.sections().size() * RegionHeader.ENTRY.size();
        int refused = 0;
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            for (int i = 0; i < FLIPS; i++) {
                // Each bit of header and directory in turn, then any.
                final int bit =
                        i < interesting * Byte.SIZE ? i : random.nextInt(region.length * Byte.SIZE);
                final int at = bit / Byte.SIZE;
                flip(bytes, at, region[at] ^ 1 << bit % Byte.SIZE);
                final int second = random.nextInt(interesting);
                final boolean two = random.nextInt(4) == 0 && second != at;
                if (two) {
                    flip(bytes, second, region[second] ^ 1 << random.nextInt(Byte.SIZE));
                }
                try {
                    refused += refusal(file) == null ? 0 : 1;
                } catch (final RuntimeException | Error e) {
                    throw new AssertionError("bit " + bit + ", seed " + seed, e);
                }
                flip(bytes, at, region[at]);
                if (two) {
                    flip(bytes, second, region[second]);
                }
            }
        }
        assertTrue(refused > 1000 && refused < FLIPS - 1000, refused + " of " + FLIPS);
        assertEquals(null, refusal(file));
    }

    private static void flip(final RandomAccessFile bytes, final int at, final int value)
            throws IOException {
        bytes.seek(at);
        bytes.write(value);
    }

    @Test
    void cAndJavaRefuseTheSameFilesForTheSameReasons() throws Exception {
        final long seed = System.nanoTime();
        System.out.println("RegionFuzzTest.cAndJava…: seed " + seed);
        final Random random = new Random(seed);
        final byte[] region = Small.bytes(Small.image());
        final List<Path> files = new ArrayList<>();
        for (int i = 0; i < MUTANTS; i++) {
            // The first is unbroken, the next are too short for a header, the rest are random.
            final byte[] mutant =
                    i == 0
                            ? region
                            : i < 20 ? Arrays.copyOf(region, 6 * i) : Mutant.of(region, random);
            files.add(Files.write(folder.resolve("mutant-" + i), mutant));
        }
        Files.writeString(
                folder.resolve("small.h"),
                dev.patchbay.layout.header.HeaderGenerator.generate(Small.DECLARATION));
        final Path program =
                CProgram.compile(
                        Files.writeString(folder.resolve("verdict.c"), PROGRAM), "gcc", "-std=c11");
        final StringBuilder input = new StringBuilder();
        files.forEach(file -> input.append(file).append('\n'));
        final String[] verdicts =
                CProgram.run(List.of(program.toString()), input.toString()).split("\n");
        assertEquals(MUTANTS, verdicts.length);
        assertEquals("ok", verdicts[0]);
        final Map<String, Integer> seen = new TreeMap<>();
        for (int i = 0; i < MUTANTS; i++) {
            final String java = refusal(files.get(i));
            final String what = "mutant " + i + ", seed " + seed + ": Java says " + java;
            seen.merge(verdicts[i], 1, Integer::sum);
            if (verdicts[i].equals("ok")) {
                assertEquals(null, java, what);
            } else {
                final String reason = REASONS.get(verdicts[i]);
                assertTrue(
                        reason != null && java != null && java.contains(reason),
                        what + "; C says " + verdicts[i]);
            }
        }
        assertEquals(REASONS.size() + 1, seen.size(), "each verdict occurs: " + seen);
    }
}
