// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each way in which a file is no region, and the sentence that says so. That C says the same is {@link RegionFuzzTest}'s. */
class RegionRefusalTest {
    private static final int LENGTH = (int) Small.DECLARATION.length();
    private static final int FIRST = (int) Small.DECLARATION.sections().get(0).offset();

    @TempDir private Path folder;
    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("region");
    }

    private RegionException refusal(final byte[] bytes) throws IOException {
        Files.write(file, bytes);
        final RegionException e =
                assertThrows(RegionException.class, () -> Region.attach(file).close());
        assertEquals(
                e.getMessage(),
                assertThrows(RegionException.class, () -> Region.attachReadOnly(file).close())
                        .getMessage());
        return e;
    }

    private void refused(
            final RegionFault fault, final String reason, final Consumer<RegionImage> change)
            throws IOException {
        final RegionImage image = Small.image();
        change.accept(image);
        final RegionException e = refusal(Small.bytes(image));
        assertEquals(file + " is not a usable region: " + reason + ".", e.getMessage());
        assertEquals(fault, e.fault());
    }

    private void accepted(final Consumer<RegionImage> change) throws IOException {
        final RegionImage image = Small.image();
        change.accept(image);
        Files.write(file, Small.bytes(image));
        Region.attach(file).close();
        Region.attachReadOnly(file).close();
    }

    @Test
    void theUnbrokenImageIsAttached() throws IOException {
        Files.write(file, Small.bytes(Small.image()));
        try (Region region = Region.attach(file)) {
            assertEquals(5, region.entries().size());
            assertEquals("small", region.name());
            assertEquals(LENGTH, region.length());
            assertEquals(Small.DECLARATION.hash(), region.layoutHash());
            assertEquals(Small.DECLARATION.roles(), region.roles());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MAGIC | magic | 0x5941424843544151 | its magic is 0x5941424843544151, expected"
                        + " 0x5941424843544150",
                "BYTE_ORDER | byte_order | 0x04030201 | its byte order mark is 0x4030201, expected"
                        + " 0x1020304: it was made on a machine of another byte order",
                "FORMAT_VERSION | format_version | 2 | its format version is 2, expected 1: it was"
                        + " made by another version of Patchbay, so build both sides with the same"
                        + " one",
                "READY | ready | 0 | its ready word is 0x0, expected 0x1: whoever makes it has not"
                        + " finished",
                "LENGTH | length | 0 | its length is 0, expected LENGTH, which its file has",
                "LENGTH | length | -1 | its length is 18446744073709551615, expected LENGTH, which"
                        + " its file has",
                "DIRECTORY_OFFSET | directory_offset | 128 | its directory offset is 128, expected"
                        + " 256",
                "SECTION_COUNT | section_count | 0 | its section count is 0, expected 1 to 256",
                "SECTION_COUNT | section_count | 257 | its section count is 257, expected 1 to 256",
                "SECTION_COUNT | section_count | -1 | its section count is 4294967295, expected 1"
                        + " to 256",
                "DIRECTORY_END | section_count | 256 | its directory ends at 28928, expected at"
                        + " most LENGTH",
                "SECTION_OFFSET | section_count | 6 | the offset of its section 1 \"values\" is"
                        + " 896, expected a multiple of 128 from 928 to 3968"
            })
    void aHeaderWordThatCannotBeIsNamed(
            final RegionFault fault, final String field, final String value, final String reason)
            throws IOException {
        refused(
                fault,
                reason.replace("LENGTH", Integer.toString(LENGTH)),
                i -> Small.header(i, field, Long.decode(value)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SECTION_OFFSET | 0 | offset | 960 | the offset of its section 1 \"values\" is 960,"
                        + " expected a multiple of 128 from 816 to 3968",
                "SECTION_OFFSET | 0 | offset | 768 | the offset of its section 1 \"values\" is 768,"
                        + " expected a multiple of 128 from 816 to 3968",
                "SECTION_OFFSET | 1 | offset | 896 | the offset of its section 2 \"changes\" is"
                        + " 896, expected a multiple of 128 from 1024 to 3968",
                "SECTION_OFFSET | 1 | offset | -128 | the offset of its section 2 \"changes\" is"
                        + " 18446744073709551488, expected a multiple of 128 from 1024 to 3968",
                "SECTION_OFFSET | 0 | length | 256 | the offset of its section 2 \"changes\" is"
                        + " 1024, expected a multiple of 128 from 1152 to 3968",
                "SECTION_LENGTH | 0 | length | 0 | the length of its section 1 \"values\" is 0,"
                        + " expected a multiple of 128 from 128 to 3200",
                "SECTION_LENGTH | 0 | length | 100 | the length of its section 1 \"values\" is 100,"
                        + " expected a multiple of 128 from 128 to 3200",
                "SECTION_LENGTH | 0 | length | -896 | the length of its section 1 \"values\" is"
                        + " 18446744073709550720, expected a multiple of 128 from 128 to 3200",
                "ELEMENTS_OFFSET | 0 | elements_offset | 4 | the elements of its section 1"
                        + " \"values\" start at 4, expected a multiple of 8 from 0 to 120",
                "ELEMENTS_OFFSET | 0 | elements_offset | -8 | the elements of its section 1"
                        + " \"values\" start at 4294967288, expected a multiple of 8 from 0 to 120",
                "ELEMENTS_OFFSET | 1 | elements_offset | 0 | the elements of its section 2"
                        + " \"changes\" start at 0, expected a multiple of 8 from 4 to CHANGES",
                "STRIDE | 0 | stride | 0 | the stride of its section 1 \"values\" is 0, expected 1"
                        + " to 128",
                "STRIDE | 0 | stride | 136 | the stride of its section 1 \"values\" is 136,"
                        + " expected 1 to 128",
                "STRIDE | 3 | stride | 4 | the stride of its section 4 \"counts\" is 4, expected 8"
                        + " to 128",
                "STRIDE_UNIT | 0 | stride | 12 | the stride of its section 1 \"values\" is 12,"
                        + " expected a multiple of 8",
                "COPY_STRIDE | 0 | copy_stride | 0 | the copy stride of its section 1 \"values\" is"
                        + " 0, expected a multiple of 8 from 8 to 128",
                "COPY_STRIDE | 0 | copy_stride | 136 | the copy stride of its section 1 \"values\""
                        + " is 136, expected a multiple of 8 from 8 to 128",
                "COUNT | 0 | count | 0 | the count of its section 1 \"values\" is 0, expected 1 to"
                        + " 16",
                "COUNT | 0 | count | 17 | the count of its section 1 \"values\" is 17, expected 1"
                        + " to 16",
                "COUNT | 0 | count | -1 | the count of its section 1 \"values\" is 4294967295,"
                        + " expected 1 to 16",
                "COPIES | 0 | copies | 0 | its section 1 \"values\" has 0 copies, expected 1 to 1",
                "COPIES | 0 | copies | 2 | its section 1 \"values\" has 2 copies, expected 1 to 1",
                "COPIES | 1 | copies | 2 | its section 2 \"changes\" has 2 copies, expected 3 to 3",
                "WRITERS | 0 | writers | 16 | the writers of its section 1 \"values\" are 0x10,"
                        + " expected a subset of its roles 0xe",
                "READERS | 0 | readers | -1 | the readers of its section 1 \"values\" are"
                        + " 0xffffffff, expected a subset of its roles 0xe",
                "DESCRIBED_BY | 0 | described_by | 6 | its section 1 \"values\" is described by"
                        + " section 6, expected another one up to 5, or 0 for none",
                "DESCRIBED_BY | 0 | described_by | 1 | its section 1 \"values\" is described by"
                        + " section 1, expected another one up to 5, or 0 for none"
            })
    void aDirectoryEntryThatCannotBeIsNamed(
            final RegionFault fault,
            final int index,
            final String field,
            final long value,
            final String reason)
            throws IOException {
        final long changes = Small.DECLARATION.section("changes").length() - 8;
        refused(
                fault,
                reason.replace("CHANGES", Long.toString(changes)),
                i -> Small.entry(i, index, field, value));
    }

    @Test
    void aQueueThatIsNoPowerOfTwoIsRefused() throws IOException {
        final RegionImage image =
                new RegionImage(
                        RegionDeclaration.named("queues")
                                .eventQueue("q", "", Role.RT, Role.UI, 4)
                                .build());
        Small.header(image, "ready", RegionHeader.READY);
        Small.entry(image, 0, "count", 3);
        assertEquals(
                file
                        + " is not a usable region: the count of its section 1 \"q\" is 3, expected"
                        + " a power of two of at most 4.",
                refusal(Small.bytes(image)).getMessage());
    }

    /** Behind 8 slots of 32 bytes there is no room for 8 commit words. */
    @Test
    void aSharedQueueWithoutRoomForItsCommitWordsIsRefused() throws IOException {
        final RegionImage image =
                new RegionImage(
                        RegionDeclaration.named("queues")
                                .sharedEventQueue("q", "", Set.of(Role.RT), Role.UI, 4)
                                .build());
        Small.header(image, "ready", RegionHeader.READY);
        Small.entry(image, 0, "count", 8);
        assertEquals(
                file
                        + " is not a usable region: the count of its section 1 \"q\" is 8, expected"
                        + " 1 to 6.",
                refusal(Small.bytes(image)).getMessage());
    }

    @Test
    void parametersThatAreNotAllDescribedAreRefused() throws IOException {
        refused(
                RegionFault.DESCRIPTIONS,
                "its section 1 \"values\" has 8 parameters, expected at most the 3 that section 3"
                        + " describes",
                i -> {
                    Small.entry(i, 0, "kind", SectionKind.PARAMETERS.code());
                    Small.entry(i, 0, "described_by", 3);
                });
    }

    @Test
    void namesThatAreNoIdentifiersAreRefusedAndShownWithoutWhatCannotBePrinted()
            throws IOException {
        final String rule =
                ", expected a lower-case letter, then at most %d lower-case letters, digits or"
                        + " underscores, then a 0 byte";
        refused(
                RegionFault.SECTION_NAME,
                "the name of its section 2 \"a?b?\" is no identifier from byte 1 on"
                        + String.format(rule, 46),
                i -> Small.name(i, 1, new byte[] {'a', '"', 'b', (byte) 0xFE}));
        refused(
                RegionFault.SECTION_NAME,
                "the name of its section 1 \""
                        + "n".repeat(48)
                        + "\" is no identifier from byte 47 on"
                        + String.format(rule, 46),
                i -> {
                    final byte[] name = new byte[48];
                    Arrays.fill(name, (byte) 'n');
                    for (int at = 0; at < name.length; at++) {
                        Small.raw(i, RegionHeader.DIRECTORY_OFFSET + at, name[at]);
                    }
                });
        refused(
                RegionFault.NAME,
                "its name is \"Small\"" + String.format(rule, 46),
                i -> Small.raw(i, RegionHeader.STRUCT.offset("name"), (byte) 'S'));
        refused(
                RegionFault.ROLE_NAME,
                "the name of its role 1 is \"r-\"" + String.format(rule, 14),
                i -> Small.raw(i, RegionFacts.roleNameOffset(1) + 1, (byte) '-'));
    }

    @Test
    void twoSectionsAndTwoRolesOfOneNameAreRefused() throws IOException {
        refused(
                RegionFault.SECTION_REPEATED,
                "the name of its section 3 \"values\" is that of section 1, expected one of its"
                        + " own",
                i -> Small.name(i, 2, "values".getBytes(ISO_8859_1)));
        refused(
                RegionFault.ROLE_REPEATED,
                "the name of its role 5 is \"rt\", expected another than that of role 1",
                i -> {
                    Small.raw(i, RegionFacts.roleNameOffset(5), (byte) 'r');
                    Small.raw(i, RegionFacts.roleNameOffset(5) + 1, (byte) 't');
                });
    }

    /** What later versions may add, or what nobody trips over. */
    @Test
    void kindsAndScalarsThatAreNotKnownAndBytesBehindANameAreTolerated() throws IOException {
        accepted(i -> Small.entry(i, 0, "kind", 999));
        accepted(i -> Small.entry(i, 0, "scalar", 999));
        accepted(i -> Small.entry(i, 0, "kind", -1));
        accepted(i -> Small.raw(i, RegionHeader.DIRECTORY_OFFSET + 40, (byte) 0xFE));
        accepted(i -> Small.header(i, "layout_hash", 1));
        accepted(i -> Small.raw(i, LENGTH - 1, (byte) 1));
        accepted(
                i -> Small.raw(i, (int) Small.DECLARATION.section("schema").offset(), (byte) 0xFE));
        accepted(i -> Small.name(i, 0, "int".getBytes(ISO_8859_1)));
    }

    @Test
    void everyShorterOrLongerFileIsRefused() throws IOException {
        final byte[] whole = Small.bytes(Small.image());
        for (int length = 0; length < RegionHeader.DIRECTORY_OFFSET; length += 5) {
            assertEquals(
                    file
                            + " is not a usable region: its file has "
                            + length
                            + " bytes, expected at least 256.",
                    refusal(Arrays.copyOf(whole, length)).getMessage());
        }
        for (final int length : new int[] {256, 257, 368, 600, 4095, LENGTH - 1, LENGTH + 1}) {
            assertEquals(
                    file
                            + " is not a usable region: its length is "
                            + LENGTH
                            + ", expected "
                            + length
                            + ", which its file has.",
                    refusal(Arrays.copyOf(whole, length)).getMessage());
        }
    }

    @Test
    void aTruncatedFileThatAdmitsToItIsRefusedByItsDirectory() throws IOException {
        for (final int length : new int[] {256, 815, 816, FIRST}) {
            final RegionImage image = Small.image();
            Small.header(image, "length", length);
            assertEquals(
                    length < 816 ? RegionFault.DIRECTORY_END : RegionFault.SECTION_OFFSET,
                    refusal(Arrays.copyOf(Small.bytes(image), length)).fault());
        }
    }

    /** It takes no room on the disk: it is all hole. */
    @Test
    void aFileThatCannotBeMappedAsOnePieceIsRefused() throws IOException {
        try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
            large.setLength(1L << 31);
        }
        final RegionException e =
                assertThrows(RegionException.class, () -> Region.attachReadOnly(file));
        assertEquals(
                file
                        + " is not a usable region: its file has 2147483648 bytes, expected at most"
                        + " 2147483647.",
                e.getMessage());
    }

    @Test
    void whatIsNoFileIsRefusedByName() {
        final RegionException missing =
                assertThrows(RegionException.class, () -> Region.attach(file));
        assertTrue(
                missing.getMessage().startsWith("The region " + file + " cannot be opened: "),
                missing.getMessage());
        assertNull(missing.refusal());
        assertThrows(RegionException.class, () -> Region.attach(folder));
        assertThrows(RegionException.class, () -> Region.attachReadOnly(folder));
    }

    @Test
    void aRefusedFileStaysUnmapped() throws IOException {
        refused(
                RegionFault.READY,
                "its ready word is 0x0, expected 0x1: whoever makes it has not finished",
                i -> Small.header(i, "ready", 0));
        assertTrue(
                Files.readAllLines(Path.of("/proc/self/maps")).stream()
                        .noneMatch(line -> line.endsWith(file.toString())));
    }

    /** What is checked is a copy that is made once: no moment is left at which a change could slip in between check and use. */
    @Test
    void aRegionThatChangesWhileItIsCheckedIsRefusedOrIsWhatWasChecked() throws Exception {
        final byte[] good = Seeds.all().get(1);
        final ByteBuffer shared = ByteBuffer.allocateDirect(good.length);
        shared.order(java.nio.ByteOrder.nativeOrder()).put(good).clear();
        final long seed = System.nanoTime();
        System.out.println("RegionRefusalTest.aRegionThatChanges…: seed " + seed);
        final Thread writer = new Thread(() -> scribble(shared, good, new Random(seed)), "writer");
        writer.start();
        int fine = 0;
        int refused = 0;
        while (fine < 500 || refused < 500) {
            try {
                final RegionFacts facts = new RegionValidator("it", good.length).check(shared);
                Verdict.checkSections(facts, good.length);
                fine++;
            } catch (final RegionException e) {
                refused++;
            }
        }
        writer.interrupt();
        writer.join();
    }

    @Test
    void norDoesOneThatChangesLeadCAstray() throws Exception {
        final long seed = System.nanoTime();
        System.out.println("RegionRefusalTest.norDoesOneThatChanges…: seed " + seed);
        Files.write(file, Seeds.all().get(1));
        final Path program = CVerdicts.build(folder, "-DPB_CHANGING");
        assertEquals(
                new ForkedJvm.Result(0, "done\n"),
                ForkedJvm.run(List.of(program.toString(), file.toString(), Long.toString(seed))));
    }

    private static void scribble(final ByteBuffer shared, final byte[] good, final Random random) {
        final int end = RegionHeader.DIRECTORY_OFFSET + 18 * RegionHeader.ENTRY.size();
        while (!Thread.currentThread().isInterrupted()) {
            final int at = random.nextInt(end);
            shared.put(at, (byte) (good[at] ^ 1 << random.nextInt(8)));
            for (int i = random.nextInt(200); i > 0; i--) {
                Thread.onSpinWait();
            }
            shared.put(at, good[at]);
        }
    }
}
