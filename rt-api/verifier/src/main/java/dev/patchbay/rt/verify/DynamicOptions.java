// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt.verify;

import java.nio.file.Path;

/**
 * How the dynamic half plays a module.
 *
 * @param blocks how many blocks are measured, 1 to 1 000 000
 * @param seed of the storm: the same one plays the same blocks
 * @param sampleRate in Hz
 * @param declaration the plug-in's {@code build.yaml} or its folder, which says collector, heap, channels and parameters; where
 *     that names another real-time module, or is not there, the module gets Epsilon with 256 MB, two channels each way and
 *     four parameters
 * @param reports the folder that gets {@code CLASS.json} and the logs of a module that failed
 */
public record DynamicOptions(
        int blocks, long seed, double sampleRate, Path declaration, Path reports) {
    /** The blocks of a check, unless told otherwise. */
    public static final int DEFAULT_BLOCKS = 100_000;

    private static final String BLOCKS_PROPERTY = "patchbay.verify.blocks";
    private static final String SEED_PROPERTY = "patchbay.verify.seed";

    /** Checks the numbers. */
    public DynamicOptions {
        if (blocks < 1 || blocks > 1_000_000) {
            throw new IllegalArgumentException(
                    "The verifier plays 1 to 1000000 blocks, but was asked for " + blocks + ".");
        }
    }

    /**
     * What the system properties {@code patchbay.verify.blocks} and {@code patchbay.verify.seed} say, or 100 000 blocks of
     * seed 1; build.yaml of the present folder; reports below {@code target}.
     */
    public static DynamicOptions defaults() {
        return new DynamicOptions(
                (int) number(BLOCKS_PROPERTY, DEFAULT_BLOCKS),
                number(SEED_PROPERTY, 1),
                48_000,
                Path.of("build.yaml"),
                Path.of("target", "real-time"));
    }

    /** The same with another number of blocks. */
    public DynamicOptions withBlocks(final int wanted) {
        return new DynamicOptions(wanted, seed, sampleRate, declaration, reports);
    }

    /** The same with another seed. */
    public DynamicOptions withSeed(final long wanted) {
        return new DynamicOptions(blocks, wanted, sampleRate, declaration, reports);
    }

    /** The same with another folder for reports. */
    public DynamicOptions withReports(final Path folder) {
        return new DynamicOptions(blocks, seed, sampleRate, declaration, folder);
    }

    /** How to play the same again. */
    String repeat() {
        return "-D" + BLOCKS_PROPERTY + "=" + blocks + " -D" + SEED_PROPERTY + "=" + seed;
    }

    private static long number(final String property, final long otherwise) {
        final String text = System.getProperty(property);
        if (text == null || text.isBlank()) {
            return otherwise;
        }
        try {
            return Long.parseLong(text.strip());
        } catch (final NumberFormatException e) {
            throw new IllegalArgumentException(
                    "The system property "
                            + property
                            + " is \""
                            + text
                            + "\", expected a whole number.",
                    e);
        }
    }
}
