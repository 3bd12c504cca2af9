// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.rt.RtModule;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CleanModuleTest {
    static Stream<Class<?>> modules() {
        return Arrays.stream(CleanModules.class.getDeclaredClasses())
                .filter(RtModule.class::isAssignableFrom);
    }

    @ParameterizedTest
    @MethodSource("modules")
    void isNotReported(final Class<? extends RtModule> module) {
        final StaticReport report = StaticVerifier.verify(module);
        assertTrue(report.passed(), report::toString);
        assertEquals(List.of(), report.warnings(), report::toString);
    }
}
