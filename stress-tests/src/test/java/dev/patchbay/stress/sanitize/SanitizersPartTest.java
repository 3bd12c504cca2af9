// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.sanitize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.stress.run.Context;
import dev.patchbay.stress.run.Part;
import dev.patchbay.stress.run.Plan;
import dev.patchbay.stress.run.Unit;
import dev.patchbay.stress.run.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A moment of each scenario, in C under one sanitizer and in C++ under the other; {@code ./patchbay stress} runs all, and longer. */
class SanitizersPartTest {
    private static final Plan PLAN = new Plan(Plan.Mode.SANITY, 1);

    @TempDir private Path folder;

    private static List<Unit> units() {
        return new SanitizersPart().units(PLAN);
    }

    static Stream<String> scenarios() {
        return units().stream()
                .map(Unit::name)
                .filter(
                        name ->
                                !name.startsWith("control")
                                        && (name.endsWith("/gcc c11 thread")
                                                || name.endsWith("/g++ c++17 address")));
    }

    private Verdict run(final String name) throws Exception {
        final Unit unit =
                units().stream().filter(u -> u.name().equals(name)).findFirst().orElseThrow();
        return unit.run(new Context(PLAN, folder, Duration.ofMillis(50), line -> {}));
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void aScenarioKeepsItsPromisesAndNothingIsReported(final String name) throws Exception {
        final Verdict verdict = run(name);
        assertTrue(verdict.passed(), () -> verdict.detail() + "\n" + verdict.table());
        assertTrue(verdict.detail().matches("[1-9]\\d* rounds.*"), verdict.detail());
    }

    @ParameterizedTest
    @MethodSource("controls")
    void aHeaderWithoutAnOrderIsReported(final String name) throws Exception {
        final Verdict verdict = run(name);
        assertTrue(verdict.passed(), () -> verdict.detail() + "\n" + verdict.table());
    }

    static Stream<String> controls() {
        return Stream.of(
                "control of event_queue/gcc c11 thread", "control of snapshot/gcc c11 thread");
    }

    @Test
    void aControlThatFindsNothingFails() throws Exception {
        final Build build = new Build("gcc", "c", "c11", Build.Sanitizer.ADDRESS);
        final Verdict verdict =
                new ControlUnit("snapshot", "snapshot", build)
                        .run(new Context(PLAN, folder, Duration.ofMillis(50), line -> {}));
        assertFalse(verdict.passed(), "AddressSanitizer sees no race");
        assertTrue(verdict.detail().contains("plain pb_sequenced_store"), verdict.detail());
    }

    @Test
    void anAccessBeyondASectionIsReportedWithItsFirstLines() throws Exception {
        final Build build = new Build("gcc", "c", "c11", Build.Sanitizer.ADDRESS);
        final String header = Sources.header();
        final String spoilt = header.replace("i < length; i += 8u", "i < length + 4096u; i += 8u");
        assertFalse(spoilt.equals(header));
        final Outcome outcome =
                ScenarioUnit.run(
                        build.compile(folder, List.of("blob"), spoilt), folder, "blob", 50, build);
        final Verdict verdict = ScenarioUnit.failure(outcome);
        assertFalse(verdict.passed());
        assertTrue(verdict.detail().contains("AddressSanitizer"), verdict.detail());
        assertTrue(verdict.table().rows().toString().contains("pb_blob_"), verdict.toString());
    }

    @Test
    void aFileWhoseControlNamesNothingIsRefused() {
        final String header = Sources.header();
        assertTrue(
                assertThrows(
                                IllegalStateException.class,
                                () -> new Weakened(false, "pb_no_such").of(header))
                        .getMessage()
                        .contains("pb_no_such"));
        assertTrue(
                assertThrows(
                                IllegalStateException.class,
                                () -> new Weakened(false, "pb_section_element").of(header))
                        .getMessage()
                        .contains("nothing that could be made relaxed"));
    }

    @Test
    void aMissingCompilerIsAFailureWithTheRemedy() throws Exception {
        final Verdict verdict =
                new ScenarioUnit(
                                "cells",
                                new Build("gcc-none", "c", "c11", Build.Sanitizer.THREAD),
                                Plan.Mode.SANITY)
                        .run(new Context(PLAN, folder, Duration.ofMillis(50), line -> {}));
        assertFalse(verdict.passed());
        assertTrue(verdict.detail().contains("apt install"), verdict.detail());
    }

    @Test
    void thePartIsFoundAndItsUnitsHaveNamesOfTheirOwn() {
        assertTrue(
                ServiceLoader.load(Part.class).stream()
                        .anyMatch(p -> p.type() == SanitizersPart.class));
        final List<String> names = units().stream().map(Unit::name).toList();
        assertEquals(names.size(), new HashSet<>(names).size());
        assertTrue(names.contains("shared_ring/clang++ c++17 address"), names.toString());
        for (final String file : Sources.FILES) {
            assertEquals(1, Sources.scenarios(file).stream().filter(s -> s.equals(file)).count());
        }
    }
}
