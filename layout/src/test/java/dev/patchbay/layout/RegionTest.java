// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.layout;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.layout.testing.CProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.agrona.concurrent.AtomicBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegionTest {
    private static final RegionDeclaration SMALL = Small.DECLARATION;

    @TempDir private Path folder;
    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("region");
    }

    private Region create() {
        return Region.create(file, new RegionImage(SMALL));
    }

    @Test
    void aCreatedRegionIsTheImagePlusWhoMadeIt() throws IOException {
        try (Region region = create()) {
            final byte[] expected = new byte[(int) SMALL.length()];
            new RegionImage(SMALL).bytes().get(expected);
            final byte[] found = Files.readAllBytes(file);
            final StructType h = RegionHeader.STRUCT;
            assertEquals(
                    ProcessHandle.current().pid(), region.loads().int32(h.offset("creator_pid")));
            assertEquals(
                    ProcessStart.of(ProcessHandle.current().pid()),
                    region.loads().int64(h.offset("creator_start_time")));
            assertEquals(RegionHeader.READY, region.loads().int32(h.offset("ready")));
            for (final String own :
                    List.of("instance_id", "creator_pid", "creator_start_time", "ready")) {
                final Field f = h.field(own);
                System.arraycopy(expected, f.offset(), found, f.offset(), f.size());
            }
            assertArrayEquals(expected, found);
        }
    }

    @Test
    void onlyItsOwnerMayOpenTheFile() throws IOException {
        create().close();
        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void anExistingFileIsRefusedAndStaysAsItIs() throws IOException {
        Files.writeString(file, "mine");
        assertEquals(
                "The region "
                        + file
                        + " was not created: a file of this name exists. Remove it or use another"
                        + " name.",
                assertThrows(RegionException.class, this::create).getMessage());
        assertEquals("mine", Files.readString(file));
    }

    @Test
    void aFolderThatIsNotThereIsRefusedByName() {
        file = folder.resolve("nowhere").resolve("region");
        final String message = assertThrows(RegionException.class, this::create).getMessage();
        assertEquals(
                "The region "
                        + file
                        + " was not created: java.nio.file.NoSuchFileException: "
                        + file
                        + ".",
                message);
    }

    /** A limit on the file's size stands in for a full disk: the same write fails. */
    @Test
    void aWriteThatFailsLeavesNothingBehind() throws Exception {
        final String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        final String output =
                CProgram.run(
                        List.of(
                                "sh",
                                "-c",
                                "ulimit -f 16; exec \"$@\"",
                                "sh",
                                java,
                                "-XX:-UsePerfData",
                                "-Xshare:auto",
                                "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
                                "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
                                "-cp",
                                classPath(),
                                CreateBig.class.getName(),
                                file.toString()),
                        "");
        assertTrue(output.startsWith("The region " + file + " was not created: "), output);
        assertFalse(Files.exists(file), output);
    }

    private static String classPath() throws Exception {
        final StringBuilder path = new StringBuilder();
        for (final Class<?> c : List.of(RegionTest.class, Region.class, AtomicBuffer.class)) {
            final String name = c.getName().replace('.', '/') + ".class";
            final String url = c.getResource('/' + name).toString();
            path.append(
                            url.startsWith("jar:")
                                    ? url.substring("jar:file:".length(), url.indexOf('!'))
                                    : url.substring("file:".length(), url.length() - name.length()))
                    .append(':');
        }
        return path.toString();
    }

    /** Tries to create a standard region. */
    static final class CreateBig {
        private CreateBig() {}

        public static void main(final String[] args) {
            final RegionDeclaration d = StandardRegion.declare(StandardRegion.Counts.DEFAULT);
            try (Region region = Region.create(Path.of(args[0]), new RegionImage(d))) {
                System.out.println("created " + region.instanceId());
            } catch (final RegionException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    @Test
    void anImageThatIsRefusedLeavesNothingBehind() {
        final RegionImage image = new RegionImage(SMALL);
        Small.entry(image, 0, "offset", 1L << 40);
        assertThrows(RegionException.class, () -> Region.create(file, image));
        assertFalse(Files.exists(file));
    }

    @Test
    void whatOneAttachmentStoresAnotherLoads() {
        try (Region a = create();
                Region b = Region.attach(file);
                ReadOnlyRegion c = Region.attachReadOnly(file)) {
            final int at = a.section(SMALL.section("values")).elementOffset(2);
            a.buffer().putLongRelease(at, 0x4045000000000000L);
            assertEquals(0x4045000000000000L, b.buffer().getLongAcquire(at));
            assertEquals(42.0, b.loads().float64(at));
            assertEquals(42.0, c.loads().float64(at));
            b.buffer().putIntRelease(at, 0x3f800000);
            assertEquals(1f, c.loads().float32(at));
            assertEquals(0x3f800000, c.loads().int32(at));
            b.buffer().putBytes(at, new byte[] {'h', 'i', 0, 'x'});
            assertEquals("hi", c.loads().text(at, 4));
            assertEquals("h", c.loads().text(at, 1));
        }
    }

    /** A store is not refused: there is none to call. */
    @Test
    void aReadOnlyAttachmentHandsOutNoStores() {
        create().close();
        try (ReadOnlyRegion region = Region.attachReadOnly(file)) {
            assertEquals(RegionHeader.MAGIC, region.loads().int64(0));
        }
        for (final Class<?> type : List.of(ReadOnlyRegion.class, Loads.class)) {
            for (final java.lang.reflect.Method method : type.getMethods()) {
                assertFalse(
                        org.agrona.DirectBuffer.class.isAssignableFrom(method.getReturnType())
                                || method.getReturnType() == Region.class
                                || java.nio.Buffer.class.isAssignableFrom(method.getReturnType()),
                        method.toString());
            }
        }
    }

    @Test
    void useAfterCloseIsAnException() {
        final Region region = create();
        final Loads loads = region.loads();
        final AtomicBuffer buffer = region.buffer();
        region.close();
        region.close();
        assertEquals(
                file + " is closed.",
                assertThrows(IllegalStateException.class, region::buffer).getMessage());
        assertThrows(IllegalStateException.class, region::loads);
        assertThrows(IllegalStateException.class, region::instanceId);
        assertThrows(IllegalStateException.class, () -> loads.int32(0));
        assertThrows(IllegalStateException.class, () -> loads.int64(0));
        assertThrows(IllegalStateException.class, () -> loads.float64(0));
        assertThrows(IllegalStateException.class, () -> loads.text(0, 8));
        assertThrows(IndexOutOfBoundsException.class, () -> buffer.getLong(0));
        assertThrows(IndexOutOfBoundsException.class, () -> buffer.putLongRelease(0, 1));
        assertEquals(0, buffer.capacity());
    }

    @Test
    void anAccessPastTheEndIsAnException() {
        try (Region region = create()) {
            final int end = (int) SMALL.length();
            assertThrows(IndexOutOfBoundsException.class, () -> region.loads().int64(end - 4));
            assertThrows(IndexOutOfBoundsException.class, () -> region.loads().int32(-4));
        }
    }

    @Test
    void eachRegionHasAnIdOfItsOwnThatAllAttachmentsSee() {
        try (Region a = create();
                ReadOnlyRegion b = Region.attachReadOnly(file);
                Region other = Region.create(folder.resolve("other"), new RegionImage(SMALL))) {
            assertTrue(a.instanceId().matches("[0-9a-f]{32}"), a.instanceId());
            assertEquals(a.instanceId(), b.instanceId());
            assertNotEquals(a.instanceId(), other.instanceId());
        }
    }

    @Test
    void theDirectoryTellsWhatWasDeclared() {
        final RegionDeclaration d = StandardRegion.declare(StandardRegion.Counts.DEFAULT);
        try (Region region = Region.create(file, new RegionImage(d))) {
            assertEquals(d.sections().size(), region.entries().size());
            for (final Section s : d.sections()) {
                final SectionEntry e = region.section(s);
                assertEquals(s.name(), e.name());
                assertEquals(s.kind(), e.kind());
                assertEquals(s.offset(), e.offset());
                assertEquals(s.length(), e.length());
                assertEquals(s.stride(), e.stride());
                assertEquals(s.count(), e.count());
                assertEquals(s.copies(), e.copies());
                assertEquals(s.copyStride(), e.copyStride());
                assertEquals(s.elementOffset(s.count() - 1), e.elementOffset(s.count() - 1));
                for (final Role role : Role.STANDARD) {
                    assertEquals(s.readers().contains(role), e.isReadBy(role));
                    assertEquals(s.writers().contains(role), e.isWrittenBy(role));
                }
            }
        }
    }

    @Test
    void aSectionOfAnotherShapeOrNameIsRefusedAndOneOfAnotherCountIsNot() {
        final RegionDeclaration other =
                RegionDeclaration.named("small")
                        .array("values", "", Role.RT, FieldType.FLOAT64, 500)
                        .array("more", "", Role.RT, FieldType.INT32, 4)
                        .array("words", "", Role.RT, FieldType.INT64, 4)
                        .build();
        try (Region region = create()) {
            assertEquals(8, region.section(other.section("values")).count());
            assertEquals(
                    file
                            + " is not a usable region: its section \"more\" is missing, expected"
                            + " one of this name.",
                    assertThrows(RegionException.class, () -> region.section(other.section("more")))
                            .getMessage());
            final Section words = other.section("words");
            final RegionException e =
                    assertThrows(RegionException.class, () -> region.section(words));
            assertEquals(
                    file
                            + " is not a usable region: the hash of its section 3 \"words\" is 0x"
                            + Long.toHexString(SMALL.section("words").hash())
                            + ", expected 0x"
                            + Long.toHexString(words.hash())
                            + ": it was made from another declaration of that section.",
                    e.getMessage());
            assertEquals(
                    new Refusal(
                            RegionFault.HASH,
                            3,
                            "words",
                            SMALL.section("words").hash(),
                            words.hash(),
                            words.hash()),
                    e.refusal());
        }
    }

    @Test
    void aSectionOfAnUnknownKindIsSkippedAndNotRefused() throws IOException {
        create().close();
        final byte[] bytes = Files.readAllBytes(file);
        bytes[RegionHeader.DIRECTORY_OFFSET + RegionHeader.ENTRY.offset("kind")] = 99;
        Files.write(file, bytes);
        try (Region region = Region.attach(file)) {
            assertEquals(null, region.entries().iterator().next().kind());
        }
    }
}
