// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.layout.testing.CProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever the bytes are, they are accepted or refused, by Java and by C alike; what is accepted lies within them. */
class RegionFuzzTest {
    private static final int MUTANTS = 40_000;
    private static final int LIBFUZZER_RUNS = 100_000;

    /** These three cannot come from bytes: a file that is too long, and look-ups. */
    private static final Set<RegionFault> ELSEWHERE =
            EnumSet.of(RegionFault.TOO_LONG, RegionFault.MISSING, RegionFault.HASH);

    @TempDir private Path folder;

    @Test
    void theRegionsToStartFromAreFine() {
        for (final byte[] seed : Seeds.all()) {
            assertEquals("nothing is wrong with it.", Verdict.of(seed).text());
        }
    }

    @Test
    void cAndJavaGiveTheSameVerdictOnWhatFuzzersFound() throws Exception {
        final List<byte[]> corpus = Corpus.read();
        corpus.addAll(Seeds.spoilt());
        try (CVerdicts c = CVerdicts.start(folder)) {
            new RegionFuzzer(0, List.of(), c).compare(corpus);
        }
        assertTrue(corpus.size() > 50, corpus.size() + " inputs");
    }

    @Test
    void cAndJavaGiveTheSameVerdictOnMutants() throws Exception {
        final long seed = System.nanoTime();
        System.out.println("RegionFuzzTest.cAndJavaGiveTheSameVerdictOnMutants: seed " + seed);
        try (CVerdicts c = CVerdicts.start(folder)) {
            final RegionFuzzer fuzzer = new RegionFuzzer(seed, Corpus.read(), c);
            final Set<String> expected = new TreeSet<>(Set.of("fine"));
            EnumSet.complementOf(EnumSet.copyOf(ELSEWHERE)).forEach(f -> expected.add(f.name()));
            fuzzer.mutants(MUTANTS);
            // Some verdicts are rare among so many; chance gets more turns before it is blamed.
            for (int i = 0; i < 20 && !fuzzer.seen().keySet().containsAll(expected); i++) {
                fuzzer.mutants(MUTANTS);
            }
            assertEquals(expected, fuzzer.seen().keySet(), "each verdict occurs, seed " + seed);
        }
    }

    /** All the bits that are looked at, and nothing else decides. */
    @Test
    void aFlippedBitIsEitherHarmlessOrRefused() {
        final byte[] region = Seeds.all().get(0);
        final int end = (int) Verdicts.directoryEnd(region);
        int refused = 0;
        for (int bit = 0; bit < end * Byte.SIZE; bit++) {
            final byte[] flipped = region.clone();
            flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            refused += Verdict.of(flipped).fault() == 0 ? 0 : 1;
        }
        assertTrue(refused > 1000 && refused < end * Byte.SIZE - 500, refused + " of " + end * 8);
        final Random random = new Random(1);
        for (int i = 0; i < 1000; i++) {
            final byte[] flipped = region.clone();
            flipped[end + random.nextInt(region.length - end)]++;
            assertEquals(0, Verdict.of(flipped).fault());
        }
    }

    /** A short run of the coverage-guided fuzzer from the kept corpus, where clang is installed. */
    @Test
    void libFuzzerFindsNothingInAShortRun() throws Exception {
        Assumptions.assumeTrue(
                CProgram.has("clang"),
                "clang is not installed, so libFuzzer's short run is left out");
        final Path inputs = folder.resolve("inputs");
        final List<byte[]> seeds = Seeds.spoilt();
        seeds.addAll(Corpus.read());
        Corpus.unpack(seeds, inputs);
        Files.writeString(
                folder.resolve("any.h"),
                dev.patchbay.layout.header.HeaderGenerator.generate(Small.DECLARATION));
        final Path source = folder.resolve("region_fuzzer.c");
        Files.copy(Path.of("src", "test", "fuzz", "region_fuzzer.c"), source);
        final Path fuzzer =
                CProgram.compile(
                        source,
                        "clang",
                        "-std=c11",
                        "-O1",
                        "-g",
                        "-fsanitize=fuzzer,address,undefined",
                        "-fno-sanitize-recover=all");
        final String output = fuzz(fuzzer, inputs);
        assertTrue(output.contains("Done " + LIBFUZZER_RUNS + " runs"), output);
    }

    private String fuzz(final Path fuzzer, final Path inputs)
            throws IOException, InterruptedException {
        final Path log = folder.resolve("log");
        final Process process =
                new ProcessBuilder(
                                fuzzer.toString(),
                                "-runs=" + LIBFUZZER_RUNS,
                                "-max_len=8192",
                                "-artifact_prefix=" + folder + "/",
                                inputs.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        assertTrue(process.waitFor(10, TimeUnit.MINUTES), "it ends");
        final String output = Files.readString(log);
        assertEquals(0, process.exitValue(), output);
        return output;
    }

    /** Reads what a valid region says of itself. */
    private static final class Verdicts {
        private Verdicts() {}

        static long directoryEnd(final byte[] region) {
            return RegionHeader.DIRECTORY_OFFSET
                    + (long) Small.over(region).getInt(RegionHeader.STRUCT.offset("section_count"))
                            * RegionHeader.ENTRY.size();
        }
    }
}
