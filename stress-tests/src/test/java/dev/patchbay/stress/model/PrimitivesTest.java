// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The production classes, unchanged, in every execution within the bounds that their names state. */
class PrimitivesTest {
    static Stream<Arguments> scenarios() {
        return Scenarios.all().stream().map(s -> Arguments.of(Named.of(s.name(), s)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("scenarios")
    void keepsItsPromiseInEveryExecution(final NamedScenario s) {
        final Report report = Model.check(s.bounds(), s.scenario().get());
        assertTrue(report.executions() > 0, report.toString());
        assertEquals(0, report.blocked(), "nothing is left out");
    }

    @Test
    void noTwoScenariosHaveOneName() {
        final HashSet<String> names = new HashSet<>();
        Scenarios.all().forEach(s -> assertTrue(names.add(s.name()), s.name()));
    }
}
