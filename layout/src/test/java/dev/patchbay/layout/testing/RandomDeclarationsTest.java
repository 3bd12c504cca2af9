// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.layout.Field;
import dev.patchbay.layout.FieldType;
import dev.patchbay.layout.Region;
import dev.patchbay.layout.RegionDeclaration;
import dev.patchbay.layout.RegionImage;
import dev.patchbay.layout.Section;
import dev.patchbay.layout.SectionKind;
import dev.patchbay.layout.StructType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;

class RandomDeclarationsTest {
    private static final int SEEDS = 200;

    /** Run as a program: prints what identifies the declarations of some seeds. */
    public static void main(final String[] args) {
        for (long seed = 0; seed < 20; seed++) {
            System.out.println(identity(RandomDeclarations.of(seed)));
        }
    }

    private static String identity(final RegionDeclaration declaration) {
        return declaration.hash() + " " + declaration.length() + " " + declaration.schema();
    }

    /** The order of Java's immutable sets changes from one JVM to the next, and a declaration must not. */
    @Test
    void aSeedGivesTheSameDeclarationInAnotherJvm() throws Exception {
        final Path target = Path.of(System.getProperty("basedir", "."), "target");
        final String classPath =
                String.join(
                        ":",
                        target.resolve("test-classes").toString(),
                        target.resolve("classes").toString(),
                        Path.of(
                                        DirectBuffer.class
                                                .getProtectionDomain()
                                                .getCodeSource()
                                                .getLocation()
                                                .toURI())
                                .toString());
        final List<String> here = new ArrayList<>();
        LongStream.range(0, 20).forEach(seed -> here.add(identity(RandomDeclarations.of(seed))));
        final String there =
                CProgram.run(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Dstdout.encoding=UTF-8",
                                "-cp",
                                classPath,
                                RandomDeclarationsTest.class.getName()),
                        "");
        assertEquals(String.join("\n", here) + "\n", there);
    }

    @Test
    void anotherSeedGivesAnotherDeclaration() {
        for (long seed = 0; seed < SEEDS; seed++) {
            final RegionDeclaration one = RandomDeclarations.of(seed);
            assertNotEquals(one.hash(), RandomDeclarations.of(seed + 1).hash());
            assertEquals(one.hash(), RandomDeclarations.of(seed).hash());
        }
    }

    @Test
    void everyKindEveryTypeAndEveryShapeOfStructComesUp() {
        final Set<SectionKind> kinds = EnumSet.noneOf(SectionKind.class);
        final Set<FieldType> scalars = EnumSet.noneOf(FieldType.class);
        final Set<FieldType> types = EnumSet.noneOf(FieldType.class);
        final Set<String> shapes = new TreeSet<>();
        int depth = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            for (final Section section : RandomDeclarations.of(seed).sections()) {
                kinds.add(section.kind());
                if (section.scalar() != null) {
                    scalars.add(section.scalar());
                } else if (section.kind() == SectionKind.STRUCTS) {
                    depth = Math.max(depth, look(section.element(), types, shapes));
                }
            }
        }
        assertEquals(EnumSet.allOf(SectionKind.class), kinds);
        assertEquals(EnumSet.allOf(FieldType.class), scalars);
        assertEquals(EnumSet.allOf(FieldType.class), types);
        assertEquals(RandomStructs.MAX_DEPTH, depth);
        assertEquals(
                Set.of(
                        "array",
                        "gap at the end",
                        "gap within",
                        "scalar",
                        "struct",
                        "structs",
                        "text"),
                shapes);
    }

    /** Returns how many structs lie within each other below this one. */
    private static int look(
            final StructType struct, final Set<FieldType> types, final Set<String> shapes) {
        int end = 0;
        int depth = 0;
        for (final Field field : struct.fields()) {
            if (field.offset() - end >= field.alignment()) {
                shapes.add("gap within");
            }
            end = field.offset() + field.size();
            if (field.struct() != null) {
                depth = Math.max(depth, 1 + look(field.struct(), types, shapes));
                shapes.add(field.count() > 1 ? "structs" : "struct");
            } else {
                types.add(field.type());
                shapes.add(field.isText() ? "text" : field.count() > 1 ? "array" : "scalar");
            }
        }
        if (struct.size() - end >= struct.alignment()) {
            shapes.add("gap at the end");
        }
        return depth;
    }

    /** A region that nobody could make would show nothing. */
    @Test
    void anImageCanBeMadeOfEach() {
        for (long seed = 0; seed < SEEDS; seed++) {
            final RegionDeclaration declaration = RandomDeclarations.of(seed);
            assertEquals(
                    declaration.length(),
                    Region.scratch(new RegionImage(declaration)).capacity(),
                    declaration::name);
            assertTrue(declaration.length() < 1 << 22, declaration.length() + " bytes");
        }
    }
}
