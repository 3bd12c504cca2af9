// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.layout.StandardRegion.Counts;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RegionDeclarationTest {
    private static final StructType PAIR =
            StructType.named("pair", "")
                    .field(FieldType.INT64, "a", "")
                    .field(FieldType.INT32, "b", "")
                    .build();

    private static RegionBuilder small() {
        return RegionDeclaration.named("small");
    }

    private static String refusal(final Runnable action) {
        return assertThrows(IllegalArgumentException.class, action::run).getMessage();
    }

    private static void checkPlacement(final RegionDeclaration d) {
        long end = RegionHeader.DIRECTORY_OFFSET;
        end += (long) d.sections().size() * RegionHeader.ENTRY.size();
        for (final Section s : d.sections()) {
            assertTrue(s.offset() >= end, s.name());
            assertEquals(0, s.offset() % 128, s.name());
            assertEquals(0, s.length() % 128, s.name());
            assertEquals(0, s.copyStride() % 128, s.name());
            final int align = s.element() == null ? s.scalar().size() : s.element().alignment();
            assertEquals(0, s.elementsOffset() % align, s.name());
            assertEquals(0, s.stride() % align, s.name());
            assertTrue((long) s.count() * s.stride() <= s.copyStride(), s.name());
            assertTrue(s.elementsOffset() + (long) s.copies() * s.copyStride() <= s.length());
            assertTrue(s.head() == null || s.head().size() <= s.elementsOffset(), s.name());
            end = s.offset() + s.length();
        }
        assertTrue(d.length() >= end);
        assertEquals(0, d.length() % 4096);
    }

    @Test
    void theSectionsOfTheStandardRegionAreAlignedAndDisjoint() {
        checkPlacement(StandardRegion.declare(Counts.DEFAULT));
    }

    @Test
    void soTheyAreWithAnyCounts() {
        final long seed = System.nanoTime();
        System.out.println("RegionDeclarationTest.soTheyAreWithAnyCounts: seed " + seed);
        final Random r = new Random(seed);
        for (int i = 0; i < 200; i++) {
            checkPlacement(
                    StandardRegion.declare(
                            new Counts(
                                    1 + r.nextInt(2000),
                                    1 + r.nextInt(200),
                                    r.nextInt(9),
                                    r.nextInt(9),
                                    1 + r.nextInt(9000),
                                    1 << r.nextInt(14),
                                    1 << r.nextInt(14),
                                    1 + r.nextInt(1 << 20))));
        }
    }

    @Test
    void wordsOfDifferentWritersLieOnDifferentPairsOfLines() {
        apart(Heads.EVENT_QUEUE, List.of("tail", "dropped"), List.of("head"));
        apart(Heads.SHARED_EVENT_QUEUE, List.of("tail"), List.of("head"));
        apart(Heads.SHARED_EVENT_QUEUE, List.of("tail", "head"), List.of("lanes"));
        apart(
                Heads.AUDIO_BLOCKS,
                List.of("max_frames", "input_channels", "output_channels", "channel_stride"),
                List.of("request", "bridge_asleep"));
        apart(
                Heads.AUDIO_BLOCKS,
                List.of("request", "bridge_asleep"),
                List.of("done", "rt_asleep"));
        apart(
                Heads.AUDIO_SLOT,
                List.of("kind", "frames", "flags", "sample_rate", "events_end"),
                List.of("status", "tail_frames", "render_nanos", "latency_frames"));
    }

    private static void apart(
            final StructType head, final List<String> one, final List<String> other) {
        for (final String a : one) {
            for (final String b : other) {
                assertNotEquals(
                        head.offset(a) / 128, head.offset(b) / 128, head.name() + ": " + a + b);
            }
        }
    }

    @Test
    void headsElementsCellsAndChannelsOfDifferentWritersLieApart() {
        final RegionDeclaration d = StandardRegion.declare(Counts.DEFAULT);
        for (final Section s : d.sections()) {
            if (s.head() != null && s.kind() != SectionKind.SNAPSHOT) {
                assertEquals(0, s.elementsOffset() % 128, s.name());
            }
            if (s.kind() == SectionKind.ROLES || s.kind() == SectionKind.AUDIO_BLOCKS) {
                assertEquals(0, s.stride() % 128, s.name());
            }
        }
        final AudioGeometry audio = d.section(StandardRegion.AUDIO).audio();
        assertEquals(0, audio.samplesOffset() % 128);
        assertEquals(0, audio.channelStride() % 128);
        assertTrue(audio.samplesOffset() >= Heads.AUDIO_SLOT.size());
        assertEquals(
                audio.samplesOffset() + 4 * audio.channelStride(),
                d.section(StandardRegion.AUDIO).stride());
    }

    @Test
    void theSameCallsGiveTheSameDeclaration() {
        final RegionDeclaration a = StandardRegion.declare(Counts.DEFAULT);
        final RegionDeclaration b = StandardRegion.declare(Counts.DEFAULT);
        assertEquals(a.hash(), b.hash());
        assertEquals(a.sections().toString(), b.sections().toString());
        assertEquals(new RegionImage(a).bytes(), new RegionImage(b).bytes());
    }

    /** A hash that hung on the order of a hash set would differ from run to run. */
    @Test
    void theHashIsTheSameInEveryProcess() {
        assertEquals(
                0xe8d663c048e6afbaL,
                small().array("x", "", Role.RT, FieldType.INT32, 3).build().hash());
    }

    @Test
    void aSectionsHashCoversItsShapeAndNotItsCount() {
        final long hash = array(FieldType.INT32, 3).hash();
        assertEquals(hash, array(FieldType.INT32, 4000).hash());
        assertNotEquals(hash, array(FieldType.UINT32, 3).hash());
        final List<Long> hashes =
                Stream.of(
                                small().constants("x", "", PAIR, 2),
                                small().structs("x", "", Role.RT, PAIR, 2),
                                small().snapshot("x", "", Role.RT, PAIR),
                                small().broadcast("x", "", Role.RT, PAIR, 2),
                                small().tripleBuffer("x", "", Role.RT, Role.UI, PAIR, 2),
                                small().counters("x", "", Role.RT, "a", "b"),
                                small().counters("x", "", Role.RT, "a", "c"),
                                small().counters("x", "", Role.RT, "a", "b", "c"),
                                small().bitset("x", "", Set.of(Role.RT), Role.UI, 64),
                                small().blob("x", "", Role.RT, Role.UI, 64),
                                small().eventQueue("x", "", Role.RT, Role.UI, 64),
                                small().audioBlocks(
                                                "x",
                                                "",
                                                Role.BRIDGE,
                                                Role.RT,
                                                new AudioGeometry(1, 1, 64)))
                        .map(b -> b.build().section("x").hash())
                        .toList();
        assertEquals(hashes.size(), Set.copyOf(hashes).size());
    }

    @Test
    void bothKindsOfEventQueueHaveTheirPositionsAtTheSamePlaces() {
        for (final String position : List.of("tail", "head")) {
            assertEquals(
                    Heads.EVENT_QUEUE.offset(position), Heads.SHARED_EVENT_QUEUE.offset(position));
        }
        final Section queue =
                small().sharedEventQueue("x", "", Set.of(Role.RT), Role.UI, 4).build().section("x");
        assertEquals(
                4 * (EventDescriptor.SIZE + Heads.COMMIT_WORD),
                queue.length() - queue.elementsOffset(),
                Layouts.LINE_PAIR - 1);
    }

    private static Section array(final FieldType type, final int count) {
        return small().array("x", "", Role.RT, type, count).build().section("x");
    }

    @Test
    void aSectionsHashCoversEachFieldsNameTypeCountAndPlaceAndNoComment() {
        final List<StructType> different =
                List.of(
                        struct("s", FieldType.INT32, "x", 1, 4),
                        struct("t", FieldType.INT32, "x", 1, 4),
                        struct("s", FieldType.INT32, "y", 1, 4),
                        struct("s", FieldType.UINT32, "x", 1, 4),
                        struct("s", FieldType.INT32, "x", 2, 4),
                        struct("s", FieldType.INT32, "x", 1, 64));
        final List<Long> hashes =
                different.stream().map(RegionDeclarationTest::hashOfConstants).toList();
        assertEquals(different.size(), Set.copyOf(hashes).size());
        final StructType commented =
                StructType.named("s", "another comment")
                        .field(FieldType.INT32, "x", "one more")
                        .field(FieldType.INT32, "last", "and one")
                        .build();
        assertEquals(hashes.get(0), hashOfConstants(commented));
    }

    private static long hashOfConstants(final StructType struct) {
        return small().constants("c", "", struct, 1).build().section("c").hash();
    }

    private static StructType struct(
            final String name,
            final FieldType type,
            final String field,
            final int count,
            final int place) {
        return StructType.named(name, "")
                .array(type, field, count, "")
                .align(place)
                .field(FieldType.INT32, "last", "")
                .build();
    }

    @Test
    void theDeclarationsHashCoversCountsAndRoles() {
        final Set<Long> hashes =
                Set.of(
                        small().array("x", "", Role.RT, FieldType.INT32, 3).build().hash(),
                        small().array("x", "", Role.RT, FieldType.INT32, 4).build().hash(),
                        small().array("x", "", Role.UI, FieldType.INT32, 3).build().hash(),
                        small().array("y", "", Role.RT, FieldType.INT32, 3).build().hash());
        assertEquals(4, hashes.size());
    }

    @Test
    void namesThatCannotBeAreRefused() {
        assertEquals(
                "The region \"small\" has two sections named \"x\".",
                refusal(
                        () ->
                                small().array("x", "", Role.RT, FieldType.INT32, 1)
                                        .blob("x", "", Role.RT, Role.UI, 1)));
        assertEquals(
                "The section \"c\" has two counters named \"a\".",
                refusal(() -> small().counters("c", "", Role.RT, "a", "b", "a")));
        assertTrue(refusal(() -> RegionDeclaration.named("Small")).contains("\"Small\""));
        assertTrue(
                refusal(() -> small().array("union", "", Role.RT, FieldType.INT8, 1))
                        .contains("keyword"));
        assertTrue(refusal(() -> small().counters("c", "", Role.RT, "int")).contains("keyword"));
        assertEquals(
                "The region \"small\" has no section \"x\".",
                refusal(() -> Small.DECLARATION.section("x")));
        assertEquals("The region \"small\" has no section.", refusal(() -> small().build()));
    }

    @Test
    void countsThatCannotBeAreRefused() {
        assertEquals(
                "The section \"x\" needs at least one element, but has 0.",
                refusal(() -> small().array("x", "", Role.RT, FieldType.INT8, 0)));
        for (final int capacity : new int[] {0, 3, 100, -1, Integer.MIN_VALUE}) {
            assertEquals(
                    "The capacity of the queue \"q\" must be a power of two, but it is "
                            + capacity
                            + ".",
                    refusal(() -> small().eventQueue("q", "", Role.RT, Role.UI, capacity)));
            assertEquals(
                    "The capacity of the broadcast \"b\" must be a power of two, but it is "
                            + capacity
                            + ".",
                    refusal(() -> small().broadcast("b", "", Role.RT, PAIR, capacity)));
            assertEquals(
                    "The capacity of the queue \"q\" must be a power of two, but it is "
                            + capacity
                            + ".",
                    refusal(
                            () ->
                                    small().sharedEventQueue(
                                                    "q", "", Set.of(Role.RT), Role.UI, capacity)));
        }
        assertEquals(
                "The broadcast \"b\" is copied in words of 8 bytes, but its struct has 4. Add a"
                        + " field, or align(8) at its end.",
                refusal(
                        () ->
                                small().broadcast(
                                                "b",
                                                "",
                                                Role.RT,
                                                StructType.named("four", "")
                                                        .field(FieldType.INT32, "x", "")
                                                        .build(),
                                                4)));
        assertEquals(
                "The snapshot \"s\" is copied in words of 8 bytes, but its struct has 4. Add a"
                        + " field, or align(8) at its end.",
                refusal(
                        () ->
                                small().snapshot(
                                                "s",
                                                "",
                                                Role.RT,
                                                StructType.named("four", "")
                                                        .field(FieldType.INT32, "x", "")
                                                        .build())));
        assertEquals(
                "Audio blocks need channel counts of at least 0 and at least one frame, but have 1"
                        + " inputs, 2 outputs and 0 frames.",
                refusal(
                        () ->
                                small().audioBlocks(
                                                "a",
                                                "",
                                                Role.BRIDGE,
                                                Role.RT,
                                                new AudioGeometry(1, 2, 0))));
        final RegionBuilder full = small();
        for (int i = 0; i < RegionHeader.MAX_SECTIONS - 1; i++) {
            full.array("s" + i, "", Role.RT, FieldType.INT8, 1);
        }
        checkPlacement(full.build());
        assertEquals(
                "The region \"small\" has more than 255 sections.",
                refusal(() -> full.array("last", "", Role.RT, FieldType.INT8, 1)));
    }

    @Test
    void whatCannotBeMappedIsRefused() {
        assertEquals(
                "The section \"x\" needs 17179869184 bytes, but at most 2 GiB can be mapped.",
                refusal(
                        () ->
                                small().array("x", "", Role.RT, FieldType.INT64, Integer.MAX_VALUE)
                                        .build()));
        assertEquals(
                "The region \"small\" needs 2147487744 bytes, but at most 2 GiB can be mapped.",
                refusal(
                        () ->
                                small().array("x", "", Role.RT, FieldType.INT8, 1 << 30)
                                        .array("y", "", Role.RT, FieldType.INT8, 1 << 30)
                                        .build()));
        assertTrue(
                refusal(
                                () ->
                                        small().audioBlocks(
                                                        "a",
                                                        "",
                                                        Role.BRIDGE,
                                                        Role.RT,
                                                        new AudioGeometry(2, 2, Integer.MAX_VALUE)))
                        .startsWith("Audio blocks take at most 1 GiB each"));
        assertTrue(
                refusal(
                                () ->
                                        small().audioBlocks(
                                                        "a",
                                                        "",
                                                        Role.BRIDGE,
                                                        Role.RT,
                                                        new AudioGeometry(1 << 30, 1 << 30, 64)))
                        .startsWith("Audio blocks take at most 1 GiB each"));
    }

    @Test
    void sixtyFiveBitsTakeTwoWords() {
        assertEquals(
                2,
                small().bitset("b", "", Set.of(Role.RT), Role.UI, 65).build().section("b").count());
        assertEquals(
                1,
                small().bitset("b", "", Set.of(Role.RT), Role.UI, 64).build().section("b").count());
    }
}
