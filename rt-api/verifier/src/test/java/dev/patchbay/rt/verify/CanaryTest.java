// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.rt.RtModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CanaryTest {
    private static final Path SOURCES = Path.of("src/test/java/dev/patchbay/rt/verify");

    static Stream<Class<?>> canaries() {
        return Stream.of(Canaries.class, ReceiverCanaries.class, MoreCanaries.class)
                .flatMap(holder -> Arrays.stream(holder.getDeclaredClasses()))
                .filter(type -> type.isAnnotationPresent(Seeded.class));
    }

    @ParameterizedTest
    @MethodSource("canaries")
    void isCaughtAtItsLineByItsPath(final Class<? extends RtModule> canary) throws IOException {
        final Seeded seeded = canary.getAnnotation(Seeded.class);
        final StaticReport report = StaticVerifier.verify(canary);
        final int line = seededLine(canary);
        final List<Finding> all = new ArrayList<>(report.findings());
        all.addAll(report.warnings());
        final List<Finding> caught =
                all.stream().filter(found -> found.category() == seeded.value()).toList();
        assertEquals(1, caught.size(), report::toString);
        assertEquals(List.of(seeded.path()), ownMethods(caught.get(0)), report::toString);
        for (final Finding found : all) {
            assertTrue(
                    ownSteps(found).stream().anyMatch(step -> step.line() == line),
                    () -> "Line " + line + " is seeded, and this was found too:\n" + found);
        }
        assertEquals(seeded.value().warning(), report.passed(), report::toString);
    }

    @Test
    void eachCategoryHasACanary() {
        final EnumSet<Category> covered = EnumSet.noneOf(Category.class);
        canaries().forEach(canary -> covered.add(canary.getAnnotation(Seeded.class).value()));
        assertEquals(EnumSet.allOf(Category.class), covered);
    }

    @Test
    void aFindingShowsWhatWhereHowAndTheRemedy() throws IOException {
        final StaticReport report = StaticVerifier.verify(Canaries.RareObject.class);
        assertFalse(report.passed());
        final String place = Canaries.RareObject.class.getName();
        final int line = seededLine(Canaries.RareObject.class);
        assertEquals(
                "ALLOCATION: new Object\n"
                        + ("    at " + place + ".rarely(Canaries.java:" + line + ")\n")
                        + ("    called by "
                                + place
                                + ".process(Canaries.java:"
                                + (line - 5)
                                + ")\n")
                        + "    remedy: Make it in init, keep it in a field and use it again.\n",
                report.findings().get(0).toString());
    }

    @Test
    void theReportOfTheSameClassesIsTheSame() {
        assertEquals(
                StaticVerifier.verify(Canaries.MapOfTheJdk.class).toString(),
                StaticVerifier.verify(Canaries.MapOfTheJdk.class).toString());
    }

    private static List<Step> ownSteps(final Finding found) {
        return found.path().stream()
                .filter(step -> step.className().startsWith("dev.patchbay.rt.verify."))
                .toList();
    }

    private static List<String> ownMethods(final Finding found) {
        return ownSteps(found).stream().map(Step::method).toList();
    }

    private static int seededLine(final Class<?> canary) throws IOException {
        final String file = canary.getEnclosingClass().getSimpleName() + ".java";
        final List<String> lines = Files.readAllLines(SOURCES.resolve(file));
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).endsWith("// " + canary.getSimpleName())) {
                return i + 1;
            }
        }
        throw new AssertionError(canary + " has no line that ends with its name.");
    }
}
