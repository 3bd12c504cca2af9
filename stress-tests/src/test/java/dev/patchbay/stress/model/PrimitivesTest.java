// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.stress.Page;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The production classes, unchanged, in every execution within the bounds that their names state. */
class PrimitivesTest {
    /** What was found, so that the page's test explores none again. */
    private static final Map<String, Report> REPORTS = new HashMap<>();

    static Stream<Arguments> scenarios() {
        return Scenarios.all().stream().map(s -> Arguments.of(Named.of(s.name(), s)));
    }

    private static Report report(final NamedScenario s) {
        return REPORTS.computeIfAbsent(
                s.name(), name -> Model.check(s.bounds(), s.scenario().get()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("scenarios")
    void keepsItsPromiseInEveryExecution(final NamedScenario s) {
        final Report report = report(s);
        assertTrue(report.executions() > 0, report.toString());
        assertEquals(0, report.blocked(), "nothing is left out");
    }

    @Test
    void noTwoScenariosHaveOneName() {
        final HashSet<String> names = new HashSet<>();
        Scenarios.all().forEach(s -> assertTrue(names.add(s.name()), s.name()));
    }

    /** A row for each scenario, those of one primitive together. */
    @Test
    void thePageHasEachScenarioWithItsExecutions() throws IOException {
        final Map<String, List<String>> rows = new LinkedHashMap<>();
        for (final NamedScenario s : Scenarios.all()) {
            final List<String> ofPrimitive =
                    rows.computeIfAbsent(s.primitive(), p -> new ArrayList<>());
            ofPrimitive.add(
                    String.format(
                            Locale.ROOT,
                            "| %s | %s | %d | %d |",
                            ofPrimitive.isEmpty() ? s.primitive() : "",
                            s.what(),
                            report(s).executions(),
                            report(s).operations()));
        }
        final List<String> lines = new ArrayList<>();
        lines.add("| primitive | what happens | executions | longest |");
        lines.add("|---|---|---:|---:|");
        rows.values().forEach(lines::addAll);
        new Page("proof-model.md").assertHas("executions", PrimitivesTest.class, lines);
    }
}
