// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Mutates regions and asks Java and C what they say. Either accepts the same bytes as the other, or refuses them for the same fault in the
 * same section with the same numbers and words. For long runs there is {@link #main}; src/test/fuzz/README.md tells.
 */
final class RegionFuzzer {
    private static final int BATCH = 5_000;

    private static final List<byte[]> SEEDS = Seeds.all();

    private final Random random;
    private final List<byte[]> pool;
    private final CVerdicts c;
    private final Map<String, Long> seen = new TreeMap<>();

    /**
     * Starts from the seeds and a pool of further regions.
     *
     * @param c what to compare with, or null for nothing
     */
    RegionFuzzer(final long seed, final List<byte[]> pool, final CVerdicts c) {
        this.random = new Random(seed);
        // Mutants of what is too short for a header are hardly ever anything else.
        this.pool = pool.stream().filter(r -> r.length > RegionHeader.DIRECTORY_OFFSET).toList();
        this.c = c;
    }

    /** How often each fault was found; "fine" for none. */
    Map<String, Long> seen() {
        return seen;
    }

    /** Compares the verdicts on this many mutants. */
    void mutants(final long count) throws IOException, InterruptedException {
        for (long done = 0; done < count; done += BATCH) {
            final List<byte[]> batch = new ArrayList<>(BATCH);
            for (long i = done; i < Math.min(count, done + BATCH); i++) {
                batch.add(Mutant.of(pick(), random));
            }
            compare(batch);
        }
    }

    /** A valid one as often as not; hardly ever one of many kilobytes, which take their time. */
    private byte[] pick() {
        byte[] region;
        do {
            final List<byte[]> from = random.nextBoolean() ? SEEDS : pool;
            region = from.get(random.nextInt(from.size()));
        } while (region.length > 16_384 && random.nextInt(500) != 0);
        return region;
    }

    /** Compares the verdicts on these inputs. */
    void compare(final List<byte[]> inputs) throws IOException, InterruptedException {
        final List<Verdict> theirs = c == null ? null : c.of(inputs);
        for (int i = 0; i < inputs.size(); i++) {
            final Verdict java = java(inputs.get(i));
            if (theirs != null && !java.equals(theirs.get(i))) {
                throw failure(
                        inputs.get(i), "Java says " + java + ", C says " + theirs.get(i), null);
            }
            final String fault =
                    java.fault() == 0 ? "fine" : RegionFault.values()[java.fault() - 1].name();
            seen.merge(fault, 1L, Long::sum);
        }
    }

    private Verdict java(final byte[] input) throws IOException {
        try {
            return Verdict.of(input);
        } catch (final RuntimeException | AssertionError e) {
            throw failure(input, "Java fails", e);
        }
    }

    private static AssertionError failure(
            final byte[] input, final String what, final Throwable cause) throws IOException {
        final Path file = Files.createTempFile("patchbay-region", ".bin");
        Files.write(file, input);
        return new AssertionError(what + ". The bytes are in " + file, cause);
    }

    /**
     * {@code seeds FOLDER} writes the seeds, {@code pack FOLDER ARCHIVE} packs a corpus, {@code run COUNT SEED} compares mutants of seeds and
     * corpus, {@code java COUNT SEED} tries them in Java alone.
     */
    public static void main(final String[] args) throws Exception {
        switch (args[0]) {
            case "seeds":
                final List<byte[]> seeds = Seeds.spoilt();
                seeds.addAll(Corpus.read());
                Corpus.unpack(seeds, Path.of(args[1]));
                break;
            case "pack":
                System.out.println(Corpus.pack(Path.of(args[1]), Path.of(args[2])) + " inputs");
                break;
            case "java":
                java(Long.parseLong(args[1]), Long.parseLong(args[2]));
                break;
            default:
                run(Long.parseLong(args[1]), Long.parseLong(args[2]));
                break;
        }
    }

    /** Without C, where it is only Java that is tried. */
    private static void java(final long count, final long seed) throws Exception {
        report("Java alone", new RegionFuzzer(seed, Corpus.read(), null), count, seed);
    }

    private static void run(final long count, final long seed) throws Exception {
        final Path folder = Files.createDirectories(Path.of("target", "fuzz"));
        try (CVerdicts c = CVerdicts.start(Files.createTempDirectory(folder, "verdicts"))) {
            report("Java and C alike", new RegionFuzzer(seed, Corpus.read(), c), count, seed);
        }
    }

    private static void report(
            final String what, final RegionFuzzer fuzzer, final long count, final long seed)
            throws Exception {
        final long start = System.nanoTime();
        for (long done = 0; done < count; ) {
            final long some = Math.min(count - done, 500_000);
            fuzzer.mutants(some);
            done += some;
            System.out.printf(
                    "%s: %d mutants, seed %d, %d s%n",
                    what, done, seed, (System.nanoTime() - start) / 1_000_000_000);
        }
        System.out.println(fuzzer.seen);
    }
}
