// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.layout.Parameter;
import dev.patchbay.layout.ParameterSource;
import dev.patchbay.layout.PluginImage;
import dev.patchbay.layout.Region;
import dev.patchbay.layout.RegionException;
import dev.patchbay.layout.StandardRegion;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether the jars mean the parameters that the plug-in's region has. */
class DeclaredParametersTest {
    @TempDir private Path folder;
    private int made;

    private static Parameter cutoff(final double top) {
        return Parameter.of(7, "cutoff", "Cutoff").range(20, top, 440).unit("Hz").build();
    }

    /** Those of the region. */
    public static final class Same implements ParameterSource {
        @Override
        public List<Parameter> parameters() {
            return List.of(cutoff(20_000), Parameter.of(9, "gain", "Gain").build());
        }
    }

    /** One of them goes higher. */
    public static final class Higher implements ParameterSource {
        @Override
        public List<Parameter> parameters() {
            return List.of(cutoff(22_000), Parameter.of(9, "gain", "Gain").build());
        }
    }

    /** One is missing. */
    public static final class Fewer implements ParameterSource {
        @Override
        public List<Parameter> parameters() {
            return List.of(cutoff(20_000));
        }
    }

    /** Fails. */
    public static final class Failing implements ParameterSource {
        @Override
        public List<Parameter> parameters() {
            throw new IllegalStateException("no table");
        }
    }

    private String refusal(final String name) throws Exception {
        try (Region region = region()) {
            return assertThrows(RegionException.class, () -> DeclaredParameters.check(name, region))
                    .getMessage();
        }
    }

    private Region region() {
        final PluginImage image = new PluginImage(StandardRegion.Counts.DEFAULT);
        image.parameters(new Same().parameters());
        return Region.create(folder.resolve("region" + made++), image.image());
    }

    @Test
    void thoseOfTheRegionAreTaken() {
        try (Region region = region()) {
            assertDoesNotThrow(() -> DeclaredParameters.check(Same.class.getName(), region));
            assertDoesNotThrow(() -> DeclaredParameters.check(null, region));
        }
    }

    @Test
    void othersAreRefusedWithWhatDiffers() throws Exception {
        final String higher = refusal(Higher.class.getName());
        assertTrue(
                higher.contains("parameter 0 (7, cutoff) the maximum \"22000.0\""), () -> higher);
        assertTrue(higher.contains("region \"20000.0\""), () -> higher);
        assertTrue(higher.contains("build the bundle anew"), () -> higher);
    }

    @Test
    void anotherNumberIsRefused() throws Exception {
        final String fewer = refusal(Fewer.class.getName());
        assertTrue(fewer.contains("names 1 parameters, and the plug-in's region has 2"), fewer);
    }

    @Test
    void aClassThatFailsOrIsNotThereIsNamed() throws Exception {
        final String failing = refusal(Failing.class.getName());
        assertTrue(failing.contains("failed: java.lang.IllegalStateException: no table"), failing);
        final String absent = refusal("no.such.Parameters");
        assertTrue(
                absent.contains("The class no.such.Parameters,")
                        && absent.contains("is not in the bundle's jars"),
                absent);
    }
}
