// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.inspect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.layout.Region;
import dev.patchbay.layout.RegionDeclaration;
import dev.patchbay.layout.RegionHeader;
import dev.patchbay.layout.RegionImage;
import dev.patchbay.layout.Section;
import dev.patchbay.layout.StructType;
import dev.patchbay.tools.ToolException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Regions by someone who means harm, or damaged ones: each is shown as far as it can be, or refused in a sentence. */
class HostileRegionTest {
    private static final int ROUNDS = 1000;
    private static final int COLUMNS = 80;
    private static final RegionDeclaration REGION = InspectHost.declare();

    @TempDir private Path folder;

    private Path file;
    private byte[] good;

    @BeforeEach
    void create() throws IOException {
        file = folder.resolve("region");
        Region.create(file, new RegionImage(REGION)).close();
        good = Files.readAllBytes(file);
    }

    /** What is shown of these bytes, or the sentence that refuses them. */
    private String shown(final byte[] bytes) throws IOException {
        Files.write(file, bytes);
        final StringBuilder text = new StringBuilder();
        try {
            final Target target = Target.of(file.toString());
            final Target.Frame frame = target.read();
            for (final Page.Line line : Rendering.lines(target, frame, COLUMNS)) {
                assertTrue(PlainText.width(line.text()) <= COLUMNS, line::text);
                text.append(line.text()).append('\n');
            }
            ListPage.of(frame.regions(), COLUMNS).forEach(line -> text.append(line.text()));
            final String json = Rendering.json(target, frame, true);
            assertTrue(json.chars().allMatch(c -> c == '\n' || c >= ' ' && c < 0x7F), json);
        } catch (final ToolException e) {
            text.append(e.getMessage());
            assertTrue(e.getMessage().endsWith("."), e::getMessage);
        }
        text.chars()
                .filter(c -> c != '\n')
                .forEach(c -> assertFalse(Character.isISOControl(c), text::toString));
        return text.toString();
    }

    private byte[] withSchema(final String json) {
        final Section schema = REGION.section(RegionDeclaration.SCHEMA);
        final ByteBuffer bytes = ByteBuffer.wrap(good.clone());
        final byte[] text = json.getBytes(UTF_8);
        bytes.position((int) schema.elementOffset(0));
        bytes.put(text, 0, Math.min(text.length, schema.count()));
        while (bytes.position() < schema.elementOffset(0) + schema.count()) {
            bytes.put((byte) ' ');
        }
        return bytes.array();
    }

    private byte[] withEntry(final String section, final String field, final long value) {
        final ByteBuffer bytes = ByteBuffer.wrap(good.clone()).order(ByteOrder.nativeOrder());
        for (int i = 0; i < REGION.sections().size(); i++) {
            if (REGION.sections().get(i).name().equals(section)) {
                final StructType entry = RegionHeader.ENTRY;
                final int at =
                        RegionHeader.DIRECTORY_OFFSET + i * entry.size() + entry.offset(field);
                if (entry.field(field).size() == Long.BYTES) {
                    bytes.putLong(at, value);
                } else {
                    bytes.putInt(at, (int) value);
                }
            }
        }
        return bytes.array();
    }

    @Test
    void withATornSchemaValuesAreShownWithoutNames() throws IOException {
        final String torn = shown(withSchema(REGION.schema().substring(0, 700)));
        assertTrue(torn.contains("The schema is no JSON"), torn);
        assertTrue(torn.contains("#0"), torn);
        assertTrue(torn.contains("the schema does not tell its fields"), torn);
    }

    @Test
    void aSchemaThatSaysWhatCannotBeIsNotBelieved() throws IOException {
        for (final String json :
                List.of(
                        "{\"structs\":[{\"name\":\"s\",\"size\":4,\"fields\":[{\"name\":\"f\",\"type\":\"int64\",\"count\":1,\"offset\":0}]}]}",
                        "{\"structs\":[{\"name\":\"s\",\"size\":8,\"fields\":[{\"name\":\"f\",\"type\":\"int64\",\"count\":99999999999,\"offset\":0}]}]}",
                        "{\"structs\":[{\"name\":\"s\",\"size\":8,\"fields\":[{\"name\":\"f\",\"type\":\"int64\",\"count\":1,\"offset\":-8}]}]}",
                        "{\"structs\":[{\"name\":\"s\",\"size\":8,\"fields\":[{\"name\":\"f\",\"type\":\"quux\",\"count\":1,\"offset\":0}]}]}",
                        "{\"structs\":[{\"name\":\"s\",\"size\":8,\"fields\":[{\"name\":\"f\",\"struct\":\"s\",\"count\":1,\"offset\":0}]}]}",
                        "{\"structs\":[{\"name\":\"s\",\"size\":8,\"fields\":[{\"name\":\"f\",\"type\":\"int64\",\"count\":536870911,\"offset\":1000000000}]}]}",
                        "{\"structs\":[{\"name\":\"\\u001b[2J\",\"size\":8,\"fields\":[]}]}")) {
            final String text = shown(withSchema(json));
            assertTrue(text.contains("The schema cannot be: "), text);
        }
    }

    @Test
    void aSchemaOfAnotherFormIsHarmless() throws IOException {
        for (final String json :
                List.of(
                        "null",
                        "7",
                        "[[[]]]",
                        "{\"structs\":7,\"sections\":\"x\"}",
                        "[".repeat(2000),
                        "{\"sections\":[{\"name\":\"odometer\",\"comment\":\"\\u001b[2J\",\"names\":[\"\\u001b]0;x\\u0007\",\"\\u009b2J\"]}]}")) {
            final String text = shown(withSchema(json));
            assertTrue(text.startsWith("unseen  "), text);
        }
    }

    @Test
    void aKindOfTheFutureIsListedAndSkipped() throws IOException {
        final String text = shown(withEntry("odometer", "kind", 4711));
        assertTrue(text.matches("(?s).*\n  odometer +unknown +of a kind.*"), text);
        assertTrue(text.contains("of a kind that this version does not know"), text);
        assertTrue(text.contains("players"), text);
    }

    @Test
    void aSectionWhoseNumbersDoNotFitItsKindIsNamed() throws IOException {
        // Counters are 8 bytes: cells of 4 bytes cannot be any.
        final String counters = shown(withEntry("players", "kind", 10));
        assertTrue(counters.contains("is not a usable region"), counters);
        assertTrue(counters.contains("\"players\""), counters);
    }

    @Test
    void aFileThatIsCutOffIsRefused() throws IOException {
        for (final int length : new int[] {0, 8, 100, 4095, 4096, good.length - 4096}) {
            final byte[] part = new byte[length];
            System.arraycopy(good, 0, part, 0, length);
            assertTrue(shown(part).contains("is not a usable region"), Integer.toString(length));
        }
    }

    @Test
    void randomDamageNeverDoesMoreThanASentence() throws IOException {
        final long seed = new Random().nextLong();
        System.out.println("HostileRegionTest: seed " + seed);
        final Random random = new Random(seed);
        int readable = 0;
        for (int round = 0; round < ROUNDS; round++) {
            final byte[] bytes = good.clone();
            final int damages = 1 + random.nextInt(8);
            for (int i = 0; i < damages; i++) {
                final int at =
                        random.nextInt(4) == 0
                                ? random.nextInt(bytes.length)
                                : RegionHeader.DIRECTORY_OFFSET + random.nextInt(2000);
                bytes[at] =
                        (byte)
                                (random.nextBoolean()
                                        ? random.nextInt()
                                        : bytes[at] ^ 1 << random.nextInt(8));
            }
            final String text;
            try {
                text = shown(bytes);
            } catch (final RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed + ", round " + round, e);
            }
            readable += text.contains(" is not a usable region") ? 0 : 1;
        }
        final int share = readable;
        assertTrue(share > ROUNDS / 50 && share < ROUNDS, () -> "seed " + seed + ": " + share);
    }

    @Test
    void anUndamagedRegionIsShownWithoutAnyProblem() throws IOException {
        final String text = shown(good);
        assertFalse(text.contains("schema cannot"), text);
        final String start = String.format(java.util.Locale.ROOT, "unseen  %,d", REGION.length());
        assertEquals(1, text.lines().filter(line -> line.startsWith(start)).count());
    }
}
