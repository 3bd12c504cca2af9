// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.layout.DeclarationSource;
import dev.patchbay.layout.RegionDeclaration;
import dev.patchbay.layout.RegionException;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeclarationSourceTest {
    private static final String SOURCE =
            """
package given;
import dev.patchbay.layout.DeclarationSource;
import dev.patchbay.layout.RegionDeclaration;
import dev.patchbay.layout.RegionException;
import dev.patchbay.layout.Role;
public class Regions {
    static RegionDeclaration named(String name) {
        return RegionDeclaration.named(name).counters("c", "", Role.RT, "one").build();
    }
    public static class ByMethod { public static RegionDeclaration declare() { return named("by_method"); } }
    public static class ByField { public static final RegionDeclaration REGION = named("by_field"); }
    public static class BySupplier implements java.util.function.Supplier<RegionDeclaration> {
        public RegionDeclaration get() { return named("by_supplier"); }
    }
    public static class Several {
        public static final RegionDeclaration FIRST = named("first");
        public static RegionDeclaration second() { return named("second"); }
    }
    public static class Nothing { static RegionDeclaration hidden() { return named("hidden"); } public RegionDeclaration own() { return null; } }
    public static class Null { public static RegionDeclaration declare() { return null; } }
    public static class Throwing { public static RegionDeclaration declare() { throw new IllegalStateException("no luck"); } }
    public static class Broken { public static final RegionDeclaration REGION = named("not a name"); }
    public static class Strings implements java.util.function.Supplier<String> { public String get() { return "text"; } }
    public static class NoConstructor implements java.util.function.Supplier<RegionDeclaration> {
        public NoConstructor(int i) {}
        public RegionDeclaration get() { return null; }
    }
    static class Hidden { public static RegionDeclaration declare() { return named("hidden"); } }
}
""";

    @TempDir private static Path folder;

    @BeforeAll
    static void compile() throws Exception {
        final Path source = Files.writeString(folder.resolve("Regions.java"), SOURCE);
        final Path layout =
                Path.of(
                        RegionDeclaration.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI());
        final StringWriter messages = new StringWriter();
        try (var files =
                ToolProvider.getSystemJavaCompiler().getStandardFileManager(null, null, null)) {
            assertTrue(
                    ToolProvider.getSystemJavaCompiler()
                            .getTask(
                                    messages,
                                    files,
                                    null,
                                    List.of(
                                            "-proc:none",
                                            "-cp",
                                            layout.toString(),
                                            "-d",
                                            folder.toString()),
                                    null,
                                    files.getJavaFileObjects(source))
                            .call(),
                    messages::toString);
        }
    }

    private static String name(final String nested) {
        return DeclarationSource.load("given.Regions$" + nested, List.of(folder)).name();
    }

    private static String refusal(final String className) {
        return assertThrows(
                        RegionException.class,
                        () -> DeclarationSource.load(className, List.of(folder)))
                .getMessage();
    }

    private static void refuses(final String nested, final String why) {
        final String message = refusal("given.Regions$" + nested);
        assertTrue(message.contains(why), message);
    }

    @Test
    void aClassGivesItsDeclarationByMethodFieldOrSupplier() {
        assertEquals("by_method", name("ByMethod"));
        assertEquals("by_field", name("ByField"));
        assertEquals("by_supplier", name("BySupplier"));
    }

    @Test
    void ofSeveralDeclarationsOneMustBeNamed() {
        refuses("Several", "gives several declarations (FIRST, second): name one");
        assertEquals("first", name("Several#FIRST"));
        assertEquals("second", name("Several#second"));
        refuses("Several#third", "gives no declaration by the name \"third\"");
    }

    @Test
    void aClassThatGivesNoneIsRefusedWithWhatIsExpected() {
        refuses("Nothing", "gives no declaration, expected it to have a public static method");
        refuses("Null", "\"declare\" of the class \"given.Regions$Null\" gives null, expected");
        refuses("Strings", "gives a java.lang.String, expected a RegionDeclaration");
        refuses("NoConstructor", "no public constructor without arguments");
        refuses("Hidden", "is not public");
    }

    @Test
    void whatTheClassThrowsIsToldWithItsPlace() {
        refuses("Throwing", "IllegalStateException: no luck at given.Regions$Throwing.declare(");
        refuses("Broken", "it is \"not a name\"");
    }

    @Test
    void aClassThatIsNotThereIsRefusedWithThePathThatWasSearched() throws IOException {
        assertTrue(
                refusal("given.None").contains("the class path " + folder), refusal("given.None"));
        final Path empty = Files.createTempDirectory(folder, "empty");
        assertTrue(
                assertThrows(
                                RegionException.class,
                                () -> DeclarationSource.load("given.None", List.of()))
                        .getMessage()
                        .contains("--class-path"));
        assertTrue(
                assertThrows(
                                RegionException.class,
                                () ->
                                        DeclarationSource.load(
                                                "given.None", List.of(empty.resolve("no.jar"))))
                        .getMessage()
                        .endsWith("does not exist, expected a jar or a folder of classes."));
    }
}
