// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import static dev.patchbay.layout.Compatibility.Verdict.INCOMPATIBLE;
import static dev.patchbay.layout.Compatibility.Verdict.READABLE_BY_OLDER;
import static dev.patchbay.layout.Compatibility.Verdict.SAME;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompatibilityTest {
    private static final Role WRITER = new Role("writer", 0);
    private static final Role READER = new Role("reader", 1);
    private static final Role OTHER = new Role("other", 2);

    private static final StructType POINT =
            StructType.named("point", "a place")
                    .field(FieldType.FLOAT32, "x", "")
                    .field(FieldType.FLOAT32, "y", "")
                    .build();

    @TempDir private Path folder;

    private static RegionBuilder base() {
        return RegionDeclaration.named("base")
                .structs("points", "some places", WRITER, POINT, 4)
                .counters("counts", "some counts", WRITER, "first", "second")
                .eventQueue("events", "to the reader", WRITER, READER, 16);
    }

    private static RegionDeclaration older() {
        return base().build();
    }

    private static void readable(final RegionDeclaration newer) {
        final Compatibility verdict = Compatibility.between(older(), newer);
        assertEquals(READABLE_BY_OLDER, verdict.verdict(), verdict::toString);
        assertEquals(List.of(), verdict.reasons());
        assertEquals("readable by older", verdict.toString());
    }

    private static void refused(final RegionDeclaration newer, final String... reasons) {
        final Compatibility verdict = Compatibility.between(older(), newer);
        assertEquals(List.of(reasons), verdict.reasons());
        assertEquals(INCOMPATIBLE, verdict.verdict());
        assertEquals(
                "incompatible, because\n- " + String.join("\n- ", reasons), verdict.toString());
    }

    /** The base with one section declared in another way. */
    private static RegionDeclaration with(
            final String replaced, final UnaryOperator<RegionBuilder> section) {
        RegionBuilder builder = RegionDeclaration.named("base");
        builder =
                replaced.equals("points")
                        ? section.apply(builder)
                        : builder.structs("points", "some places", WRITER, POINT, 4);
        builder =
                replaced.equals("counts")
                        ? section.apply(builder)
                        : builder.counters("counts", "some counts", WRITER, "first", "second");
        builder =
                replaced.equals("events")
                        ? section.apply(builder)
                        : builder.eventQueue("events", "to the reader", WRITER, READER, 16);
        return builder.build();
    }

    private static RegionDeclaration withPoint(final StructType struct) {
        return with("points", b -> b.structs("points", "some places", WRITER, struct, 4));
    }

    @Test
    void theSameDeclarationIsTheSameWhateverItsCommentsSay() {
        assertEquals(SAME, Compatibility.between(older(), older()).verdict());
        assertEquals("same", Compatibility.between(older(), older()).toString());
        final RegionDeclaration reworded =
                with("points", b -> b.structs("points", "in other words", WRITER, POINT, 4));
        assertEquals(SAME, Compatibility.between(older(), reworded).verdict());
    }

    @Test
    void sectionsMayBeAppendedAndMove() {
        readable(base().counters("more", "", WRITER, "third").build());
        readable(
                RegionDeclaration.named("base")
                        .eventQueue("events", "", WRITER, READER, 16)
                        .structs("between", "", WRITER, POINT, 1)
                        .counters("counts", "", WRITER, "first", "second")
                        .structs("points", "", WRITER, POINT, 4)
                        .build());
    }

    @Test
    void aRegionMayGetAnotherName() {
        readable(
                RegionDeclaration.named("renamed")
                        .structs("points", "", WRITER, POINT, 4)
                        .counters("counts", "", WRITER, "first", "second")
                        .eventQueue("events", "", WRITER, READER, 16)
                        .build());
    }

    @Test
    void countsMayGrowButNotShrink() {
        readable(with("points", b -> b.structs("points", "", WRITER, POINT, 5)));
        readable(with("events", b -> b.eventQueue("events", "", WRITER, READER, 32)));
        refused(
                with("points", b -> b.structs("points", "", WRITER, POINT, 3)),
                "The section \"points\" has 3 elements, at least 4 were there.");
    }

    @Test
    void audioSlotsMayGrowButNotShrink() {
        final RegionDeclaration stereo =
                RegionDeclaration.named("a")
                        .audioBlocks("audio", "", WRITER, READER, new AudioGeometry(0, 2, 64))
                        .build();
        final RegionDeclaration longer =
                RegionDeclaration.named("a")
                        .audioBlocks("audio", "", WRITER, READER, new AudioGeometry(0, 2, 128))
                        .build();
        assertEquals(READABLE_BY_OLDER, Compatibility.between(stereo, longer).verdict());
        assertEquals(
                List.of("The section \"audio\" has slots of 768 bytes, at least 1280 were there."),
                Compatibility.between(longer, stereo).reasons());
    }

    @Test
    void aSectionMustNotGoAway() {
        refused(
                with("counts", b -> b.counters("counters", "", WRITER, "first", "second")),
                "The section \"counts\" is missing: it was removed or renamed.");
    }

    @Test
    void aSectionMustNotChangeItsKind() {
        refused(
                with("points", b -> b.constants("points", "", POINT, 4)),
                "The section \"points\" is of the kind constants, was structs.",
                "The section \"points\" is written by nobody, was written by writer.");
    }

    @Test
    void aShapeMustNotChangeAndTheFieldThatDiffersIsNamed() {
        final String points = "The section \"points\" has another shape: ";
        refused(
                withPoint(
                        StructType.named("point", "")
                                .field(FieldType.FLOAT64, "x", "")
                                .field(FieldType.FLOAT32, "y", "")
                                .build()),
                points
                        + "in the struct \"point\" the field \"x\" is float64 at byte 0, was"
                        + " float32 at byte 0.",
                points
                        + "in the struct \"point\" the field \"y\" is float32 at byte 8, was"
                        + " float32 at byte 4.");
        refused(
                withPoint(
                        StructType.named("point", "")
                                .field(FieldType.FLOAT32, "x", "")
                                .field(FieldType.FLOAT32, "z", "")
                                .build()),
                points + "in the struct \"point\" the field \"y\" is missing.",
                points + "in the struct \"point\" the field \"z\" is new.");
        refused(
                withPoint(
                        StructType.named("place", "")
                                .field(FieldType.FLOAT32, "x", "")
                                .field(FieldType.FLOAT32, "y", "")
                                .build()),
                points + "the element is struct \"place\", was struct \"point\".");
    }

    @Test
    void aNestedStructMustNotChangeEither() {
        final RegionDeclaration before = line(POINT);
        final RegionDeclaration after =
                line(
                        StructType.named("point", "")
                                .field(FieldType.INT32, "x", "")
                                .field(FieldType.FLOAT32, "y", "")
                                .build());
        assertEquals(
                List.of(
                        "The section \"lines\" has another shape: in the struct \"point\" the field"
                                + " \"x\" is int32 at byte 0, was float32 at byte 0."),
                Compatibility.between(before, after).reasons());
    }

    private static RegionDeclaration line(final StructType point) {
        return RegionDeclaration.named("lines")
                .structs(
                        "lines",
                        "",
                        WRITER,
                        StructType.named("line", "").structs(point, "ends", 2, "").build(),
                        1)
                .build();
    }

    @Test
    void countersKeepTheirNamesAndTheirOrder() {
        final String counts = "The section \"counts\" has another shape: ";
        refused(
                with("counts", b -> b.counters("counts", "", WRITER, "second", "first")),
                counts + "its counters stand in another order.");
        refused(
                with("counts", b -> b.counters("counts", "", WRITER, "first", "last")),
                counts + "it no longer counts \"second\".",
                counts + "it counts \"last\", which is new.");
    }

    @Test
    void aRoleKeepsItsCodeAndItsName() {
        final Role moved = new Role("reader", 3);
        refused(
                with("events", b -> b.eventQueue("events", "", WRITER, moved, 16)),
                "The role \"reader\" has the code 3, was 1.",
                "The section \"points\" is no longer read by reader.",
                "The section \"counts\" is no longer read by reader.",
                "The section \"events\" is no longer read by reader.");
        final Role renamed = new Role("listener", 1);
        refused(
                with("events", b -> b.eventQueue("events", "", WRITER, renamed, 16)),
                "The role with the code 1 is \"listener\", was \"reader\".");
    }

    @Test
    void rolesAndReadersMayBeAdded() {
        readable(base().counters("others", "", OTHER, "one").build());
    }

    @Test
    void aSectionKeepsItsWriterAndItsReaders() {
        refused(
                with("points", b -> b.structs("points", "", READER, POINT, 4)),
                "The section \"points\" is written by reader, was written by writer.",
                "The section \"points\" is no longer read by reader.");
    }

    @Test
    void whereManyMayWriteMoreMayCome() {
        final RegionDeclaration one = shared(Set.of(WRITER));
        final RegionDeclaration two = shared(Set.of(WRITER, OTHER));
        assertEquals(READABLE_BY_OLDER, Compatibility.between(one, two).verdict());
        assertEquals(
                "The section \"ring\" is written by writer, was written by writer and other.",
                Compatibility.between(two, one).reasons().get(1));
        assertEquals(
                READABLE_BY_OLDER,
                Compatibility.between(events(Set.of(WRITER)), events(Set.of(WRITER, OTHER)))
                        .verdict());
        final RegionDeclaration three =
                RegionDeclaration.named("r")
                        .roles("roles", "", List.of(WRITER, READER, OTHER))
                        .build();
        final RegionDeclaration pair =
                RegionDeclaration.named("r").roles("roles", "", List.of(WRITER, READER)).build();
        assertEquals(READABLE_BY_OLDER, Compatibility.between(pair, three).verdict());
    }

    private static RegionDeclaration events(final Set<Role> producers) {
        return RegionDeclaration.named("s").sharedEventQueue("q", "", producers, READER, 4).build();
    }

    private static RegionDeclaration shared(final Set<Role> producers) {
        return RegionDeclaration.named("s").sharedRing("ring", "", producers, READER, 1024).build();
    }

    @Test
    void parametersStayDescribedByTheSameSection() {
        final RegionDeclaration before = described("b");
        assertEquals(
                List.of("The section \"values\" is described by \"a\", was \"b\"."),
                Compatibility.between(before, described("a")).reasons());
    }

    private static RegionDeclaration described(final String info) {
        return RegionDeclaration.named("p")
                .constants("a", "", StandardStructs.PARAMETER_INFO, 1)
                .constants("b", "", StandardStructs.PARAMETER_INFO, 1)
                .parameterCells("values", "", WRITER, info, 1)
                .build();
    }

    @Test
    void aRegionOrAnImageCanTakeADeclarationsPlace() throws IOException {
        final Path region = folder.resolve("region");
        Region.create(region, new RegionImage(older())).close();
        final Path image = folder.resolve("image");
        Files.write(image, bytes(older()));
        for (final Path file : List.of(region, image)) {
            final RegionOutline outline = RegionOutline.read(file);
            assertEquals(older().name(), outline.name());
            assertEquals(older().length(), outline.length());
            assertEquals(older().schema(), outline.schema());
            assertEquals(RegionOutline.of(older()).entries(), outline.entries());
            assertEquals(RegionOutline.of(older()).roleNames(), outline.roleNames());
            assertEquals(SAME, Compatibility.between(outline, RegionOutline.of(older())).verdict());
            final RegionDeclaration other =
                    withPoint(
                            StructType.named("point", "").field(FieldType.INT64, "x", "").build());
            assertEquals(
                    List.of("The section \"points\" has another shape: the hashes differ."),
                    Compatibility.between(outline, RegionOutline.of(other)).reasons());
        }
    }

    private static byte[] bytes(final RegionDeclaration declaration) {
        final byte[] bytes = new byte[(int) declaration.length()];
        new RegionImage(declaration).bytes().get(bytes);
        return bytes;
    }

    @Test
    void aFileThatIsNoRegionHasNoOutline() throws IOException {
        final byte[] bytes = bytes(older());
        bytes[0]++;
        final Path file = Files.write(folder.resolve("bad"), bytes);
        assertTrue(
                assertThrows(RegionException.class, () -> RegionOutline.read(file))
                        .getMessage()
                        .contains("magic"));
        final Path empty = Files.write(folder.resolve("empty"), new byte[3]);
        assertThrows(RegionException.class, () -> RegionOutline.read(empty));
        assertThrows(RegionException.class, () -> RegionOutline.read(folder));
        assertThrows(RegionException.class, () -> RegionOutline.read(folder.resolve("none")));
    }
}
