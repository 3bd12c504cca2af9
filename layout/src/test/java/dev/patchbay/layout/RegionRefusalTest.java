// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each way in which a file is no region, and the sentence that says so. */
class RegionRefusalTest {
    private static final int LENGTH = (int) Small.DECLARATION.length();

    @TempDir private Path folder;
    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("region");
    }

    private String refusal(final byte[] bytes) throws IOException {
        Files.write(file, bytes);
        final String message =
                assertThrows(RegionException.class, () -> Region.attach(file)).getMessage();
        assertEquals(
                message,
                assertThrows(RegionException.class, () -> Region.attachReadOnly(file))
                        .getMessage());
        return message;
    }

    private void refused(final String reason, final Consumer<RegionImage> change)
            throws IOException {
        final RegionImage image = Small.image();
        change.accept(image);
        assertEquals(
                file + " is not a usable region: its " + reason + ".", refusal(Small.bytes(image)));
    }

    @Test
    void theUnbrokenImageIsAttached() throws IOException {
        Files.write(file, Small.bytes(Small.image()));
        try (Region region = Region.attach(file)) {
            assertEquals(5, region.entries().size());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "magic, magic, 0x5941424843544150, 0x5941424843544151",
        "byte_order, byte order mark, 0x1020304, 0x4030201",
        "format_version, format version, 0x1, 0x2",
        "ready, ready word, 0x1, 0x0",
        "directory_offset, directory offset, 0x100, 0x80"
    })
    void aHeaderWordThatIsNotTheOneExpectedIsNamed(
            final String field, final String name, final String expected, final String found)
            throws IOException {
        refused(
                name + " is " + found + ", expected " + expected,
                i -> Small.header(i, field, Long.decode(found)));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, 1L << 63, 1L << 32})
    void aLengthThatIsNotTheFilesIsRefused(final long length) throws IOException {
        refused(
                "length is 0x"
                        + Long.toHexString(length)
                        + ", expected 0x"
                        + Integer.toHexString(LENGTH),
                i -> Small.header(i, "length", length));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "257, 257", "-1, 4294967295", "-2147483648, 2147483648"})
    void aSectionCountThatCannotBeIsRefused(final int count, final String text) throws IOException {
        refused(
                "section count is " + text + ", expected 1 to 256",
                i -> Small.header(i, "section_count", count));
    }

    @Test
    void aDirectoryThatRunsPastTheEndIsRefused() throws IOException {
        refused(
                "end of the directory is " + (256 + 256 * 112) + ", expected at most " + LENGTH,
                i -> Small.header(i, "section_count", 256));
    }

    @Test
    void moreSectionsThanWereWrittenAreRefused() throws IOException {
        refused(
                "section \"values\": offset is 896, expected a multiple of 128 from "
                        + (256 + 6 * 112)
                        + " to "
                        + LENGTH,
                i -> Small.header(i, "section_count", 6));
    }

    private static long end(final int section) {
        final Section s = Small.DECLARATION.sections().get(section);
        return s.offset() + s.length();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 128, 100, -128, Long.MIN_VALUE, 1L << 40, 64})
    void anOffsetThatIsMisalignedOverlapsOrLiesOutsideIsRefused(final long offset)
            throws IOException {
        refused(
                "section \"changes\": offset is "
                        + Long.toUnsignedString(offset)
                        + ", expected a multiple of 128 from "
                        + end(0)
                        + " to "
                        + LENGTH,
                i -> Small.entry(i, 1, "offset", offset));
    }

    @Test
    void aMisalignedOffsetAndOneThatOverlapsTheDirectoryAreRefused() throws IOException {
        final long first = Small.DECLARATION.sections().get(0).offset();
        for (final long offset : new long[] {first + 64, first - 128, first - 127}) {
            refused(
                    "section \"values\": offset is "
                            + offset
                            + ", expected a multiple of 128 from "
                            + (256 + 5 * 112)
                            + " to "
                            + LENGTH,
                    i -> Small.entry(i, 0, "offset", offset));
        }
    }

    @Test
    void aSectionThatOverlapsTheNextIsRefusedThere() throws IOException {
        final long length = Small.DECLARATION.sections().get(0).length();
        refused(
                "section \"changes\": offset is "
                        + Small.DECLARATION.sections().get(1).offset()
                        + ", expected a multiple of 128 from "
                        + (end(0) + 128)
                        + " to "
                        + LENGTH,
                i -> Small.entry(i, 0, "length", length + 128));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -128, 1, 100, Long.MAX_VALUE - 127, Long.MIN_VALUE, 1L << 32})
    void aLengthThatIsZeroOddOrTooLargeIsRefused(final long length) throws IOException {
        refused(
                "section \"counts\": length is "
                        + Long.toUnsignedString(length)
                        + ", expected a multiple of 128 that ends within "
                        + LENGTH
                        + " bytes",
                i -> Small.entry(i, 3, "length", length));
    }

    /** The sum of offset and length is 0 in 64 bits. */
    @Test
    void anEndThatOverflowsIsRefused() throws IOException {
        final long offset = Small.DECLARATION.sections().get(3).offset();
        refused(
                "section \"counts\": length is "
                        + Long.toUnsignedString(-offset)
                        + ", expected a multiple of 128 that ends within "
                        + LENGTH
                        + " bytes",
                i -> Small.entry(i, 3, "length", -offset));
    }

    @ParameterizedTest
    @CsvSource({
        "stride, 0",
        "stride, -1",
        "stride, 129",
        "stride, 2147483647",
        "count, 0",
        "count, -1",
        "count, 17",
        "count, 2147483647",
        "copies, 0",
        "copies, -1",
        "copy_stride, 0",
        "copy_stride, -1",
        "copy_stride, 63",
        "elements_offset, -1",
        "elements_offset, -2147483648"
    })
    void elementsThatCannotBeAreRefused(final String field, final int value) throws IOException {
        final RegionImage image = Small.image();
        Small.entry(image, 0, field, value);
        final String message = refusal(Small.bytes(image));
        assertTrue(
                message.startsWith(
                        file + " is not a usable region: its section \"values\": elements is "),
                message);
        assertTrue(
                message.endsWith(", expected at least one, within the stride of a copy."), message);
    }

    @ParameterizedTest
    @CsvSource({
        "copies, 2",
        "copies, 2147483647",
        "copy_stride, 256",
        "copy_stride, 2147483647",
        "elements_offset, 1",
        "elements_offset, 2147483647"
    })
    void copiesThatDoNotFitAreRefused(final String field, final int value) throws IOException {
        final RegionImage image = Small.image();
        Small.entry(image, 0, field, value);
        final String message = refusal(Small.bytes(image));
        assertTrue(
                message.startsWith(
                        file + " is not a usable region: its section \"values\": copies is "),
                message);
        assertTrue(message.endsWith("expected as many as fit into 128."), message);
    }

    @Test
    void twoSectionsOfOneNameAreRefused() throws IOException {
        refused(
                "section name is \"values\", expected unique names",
                i -> Small.name(i, 2, "values".getBytes(UTF_8)));
    }

    @Test
    void namesThatDifferInBytesThatAreNoTextAreDifferent() throws IOException {
        final RegionImage image = Small.image();
        Small.name(image, 1, new byte[] {'x', (byte) 0xFE});
        Small.name(image, 2, new byte[] {'x', (byte) 0xFF});
        Files.write(file, Small.bytes(image));
        Region.attach(file).close();
    }

    @Test
    void everyShorterOrLongerFileIsRefused() throws IOException {
        final byte[] whole = Small.bytes(Small.image());
        for (int length = 0; length < RegionHeader.DIRECTORY_OFFSET; length++) {
            assertEquals(
                    file
                            + " is not a usable region: its file length is "
                            + length
                            + ", expected at least 256.",
                    refusal(Arrays.copyOf(whole, length)));
        }
        for (final int length : new int[] {256, 257, 368, 600, 4095, LENGTH - 1, LENGTH + 1}) {
            assertEquals(
                    file
                            + " is not a usable region: its length is 0x"
                            + Integer.toHexString(LENGTH)
                            + ", expected 0x"
                            + Integer.toHexString(length)
                            + ".",
                    refusal(Arrays.copyOf(whole, length)));
        }
    }

    @Test
    void aTruncatedFileThatAdmitsToItIsRefusedByItsDirectory() throws IOException {
        for (final int length : new int[] {256, 256 + 5 * 112 - 1, 256 + 5 * 112, 896}) {
            final RegionImage image = Small.image();
            Small.header(image, "length", length);
            final String message = refusal(Arrays.copyOf(Small.bytes(image), length));
            assertTrue(
                    message.contains(
                            length < 256 + 5 * 112 ? "end of the directory" : "section \"values\""),
                    message);
        }
    }

    @Test
    void whatIsNoFileIsRefusedByName() {
        final String missing =
                assertThrows(RegionException.class, () -> Region.attach(file)).getMessage();
        assertTrue(missing.startsWith("The region " + file + " cannot be opened: "), missing);
        assertThrows(RegionException.class, () -> Region.attach(folder));
        assertThrows(RegionException.class, () -> Region.attachReadOnly(folder));
    }

    @Test
    void aRefusedFileStaysUnmapped() throws IOException {
        refused("ready word is 0x0, expected 0x1", i -> Small.header(i, "ready", 0));
        assertTrue(
                Files.readAllLines(Path.of("/proc/self/maps")).stream()
                        .noneMatch(line -> line.endsWith(file.toString())));
    }
}
