// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.header;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.stress.Page;
import dev.patchbay.stress.model.Model;
import dev.patchbay.stress.model.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The header as the compiler makes it, alone and beside the production classes, in every execution within the bounds. */
class HeaderScenariosTest {
    @TempDir private static Path folder;

    static Stream<Arguments> scenarios() {
        return HeaderScenarios.all().stream()
                .flatMap(
                        scenario ->
                                scenario.casts().stream()
                                        .map(
                                                inC ->
                                                        Arguments.of(
                                                                scenario.primitive(),
                                                                scenario.name(),
                                                                HeaderScenario.describe(inC),
                                                                scenario,
                                                                inC)));
    }

    @ParameterizedTest(name = "{0}, {1}: {2}")
    @MethodSource("scenarios")
    void keepsItsPromiseInEveryExecution(
            final String primitive,
            final String name,
            final String who,
            final HeaderScenario scenario,
            final int inC) {
        final CCompiler compiler = CCompiler.in(CCompiler.installed().get(0), folder);
        final String source = CCompiler.text(scenario.file());
        try (CCode code = CCode.of(compiler, source, ModelHeader.text())) {
            final Report report =
                    Model.explore(
                            HeaderScenario.BOUNDS, scenario.scenario().apply(new Cast(code, inC)));
            assertNull(report.failure(), () -> report.failure().getMessage());
            assertTrue(report.executions() > 1, report.toString());
            assertEquals(0, report.blocked(), "nothing is left out");
        }
    }

    @Test
    void thePageHasEachScenario() throws IOException {
        final Map<String, List<String>> scenarios = new LinkedHashMap<>();
        for (final HeaderScenario scenario : HeaderScenarios.all()) {
            scenarios
                    .computeIfAbsent(scenario.primitive(), p -> new ArrayList<>())
                    .add(scenario.name());
        }
        final List<String> lines =
                new ArrayList<>(List.of("| primitive | scenarios |", "|---|---|"));
        scenarios.forEach(
                (primitive, names) ->
                        lines.add("| " + primitive + " | " + String.join("; ", names) + " |"));
        new Page("proof.md").assertHas("header scenarios", HeaderScenariosTest.class, lines);
    }
}
