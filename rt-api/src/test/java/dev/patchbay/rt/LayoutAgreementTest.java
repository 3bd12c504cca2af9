// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.rt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.patchbay.layout.RegionDeclaration;
import dev.patchbay.layout.StandardRegion;
import dev.patchbay.layout.header.HeaderGenerator;
import dev.patchbay.layout.testing.CProgram;
import dev.patchbay.layout.testing.RandomDeclarations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every number of the standard region and of random declarations, computed by the declaration, by java.lang.foreign, by JNA, and
 * by a C and a C++ compiler from the generated header. The declarations follow from a seed that is printed; give it back with
 * {@code -Dpatchbay.seed}, and another number of declarations with {@code -Dpatchbay.declarations}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LayoutAgreementTest {
    private static final int DECLARATIONS = Integer.getInteger("patchbay.declarations", 500);

    /** Headers in one program: all at once would take much memory. */
    private static final int BATCH = 84;

    private final List<RegionDeclaration> declarations = new ArrayList<>();

    @BeforeAll
    void declare() {
        final long seed = Long.getLong("patchbay.seed", new Random().nextLong());
        System.out.println("LayoutAgreementTest: -Dpatchbay.seed=" + seed);
        declarations.add(StandardRegion.declare(StandardRegion.Counts.DEFAULT));
        for (int i = 0; i < DECLARATIONS; i++) {
            declarations.add(RandomDeclarations.of(seed + i));
        }
    }

    private static Map<String, Long> declared(final RegionDeclaration declaration) {
        return LayoutNumbers.of(declaration, new LayoutNumbers.Declared(declaration));
    }

    @Test
    void javaLangForeignAgreesOnEveryNumber() {
        for (final RegionDeclaration declaration : declarations) {
            compare(
                    declaration,
                    declared(declaration),
                    LayoutNumbers.of(declaration, new ForeignNumbers(declaration)));
        }
    }

    @Test
    void jnaAgreesOnEveryNumberOfAStruct() {
        final JnaNumbers jna = new JnaNumbers();
        for (final RegionDeclaration declaration : declarations) {
            compare(
                    declaration,
                    LayoutNumbers.ofStructs(declaration, new LayoutNumbers.Declared(declaration)),
                    LayoutNumbers.ofStructs(declaration, jna));
        }
    }

    @Test
    void cAndCppAgreeOnEveryNumber(@TempDir final Path folder) {
        // Two compilers at once: C and C++ of one batch.
        for (int from = 0; from < declarations.size(); from += BATCH) {
            final List<RegionDeclaration> batch =
                    declarations.subList(from, Math.min(from + BATCH, declarations.size()));
            final Path source = program(folder, from, batch);
            final var c = run(batch, source, "gcc", "-std=c11");
            final var cpp = run(batch, source, "g++", "-xc++", "-std=c++17");
            final Map<RegionDeclaration, Map<String, Long>> fromC = c.join();
            final Map<RegionDeclaration, Map<String, Long>> fromCpp = cpp.join();
            for (final RegionDeclaration declaration : batch) {
                compare(declaration, declared(declaration), fromC.get(declaration));
                compare(declaration, declared(declaration), fromCpp.get(declaration));
            }
        }
    }

    /** Names the first number that differs; two long maps in a message would show nothing. */
    private static void compare(
            final RegionDeclaration declaration,
            final Map<String, Long> expected,
            final Map<String, Long> found) {
        assertEquals(List.copyOf(expected.keySet()), List.copyOf(found.keySet()));
        expected.forEach(
                (name, number) ->
                        assertEquals(
                                number,
                                found.get(name),
                                () -> name + " in the region " + declaration.name()));
    }

    /** A program that includes the headers and prints the numbers, one a line. */
    private static Path program(
            final Path folder, final int number, final List<RegionDeclaration> batch) {
        final StringBuilder text = new StringBuilder();
        for (final RegionDeclaration declaration : batch) {
            final String header = declaration.name() + ".h";
            write(folder.resolve(header), HeaderGenerator.generate(declaration));
            text.append("#include \"").append(header).append("\"\n");
        }
        text.append("#include <stdio.h>\nstatic const unsigned long long numbers[] = {\n");
        for (final RegionDeclaration declaration : batch) {
            LayoutNumbers.of(declaration, new CExpressions(declaration))
                    .values()
                    .forEach(expression -> text.append(expression).append(",\n"));
        }
        text.append(
                """
                };
                int main(void)
                {
                    size_t i;
                    for (i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
                        printf("%llu\\n", numbers[i]);
                    return 0;
                }
                """);
        final Path source = folder.resolve("numbers" + number + ".c");
        write(source, text.toString());
        return source;
    }

    private static void write(final Path file, final String text) {
        try {
            Files.writeString(file, text);
        } catch (final IOException e) {
            throw new AssertionError(e);
        }
    }

    private static CompletableFuture<Map<RegionDeclaration, Map<String, Long>>> run(
            final List<RegionDeclaration> batch,
            final Path source,
            final String compiler,
            final String... options) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        final Path program = CProgram.compile(source, compiler, options);
                        final String output = CProgram.run(List.of(program.toString()), "");
                        return numbers(batch, output.lines().toList());
                    } catch (final IOException | InterruptedException e) {
                        throw new AssertionError(e);
                    }
                });
    }

    private static Map<RegionDeclaration, Map<String, Long>> numbers(
            final List<RegionDeclaration> batch, final List<String> lines) {
        final Map<RegionDeclaration, Map<String, Long>> all = new LinkedHashMap<>();
        int next = 0;
        for (final RegionDeclaration declaration : batch) {
            final Map<String, Long> numbers = new LinkedHashMap<>();
            for (final String name :
                    LayoutNumbers.of(declaration, new CExpressions(declaration)).keySet()) {
                numbers.put(name, Long.valueOf(lines.get(next++)));
            }
            all.put(declaration, numbers);
        }
        assertEquals(lines.size(), next, "numbers that the program printed");
        return all;
    }
}
