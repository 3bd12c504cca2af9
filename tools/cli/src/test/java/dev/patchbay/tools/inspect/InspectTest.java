// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.tools.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.patchbay.tools.ToolException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Inspects the region of another process, whose declaration only that process has. */
class InspectTest {
    @TempDir private static Path folder;

    private static Path file;
    private static HostProcess host;

    @BeforeAll
    static void start() throws IOException {
        file = folder.resolve("some-file");
        host = HostProcess.java(file);
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    private static String show(final Target target, final boolean json) {
        final StringWriter out = new StringWriter();
        Watch.once(target, new PrintWriter(out), json);
        return out.toString();
    }

    private static JsonNode json() throws IOException {
        return new ObjectMapper().readTree(show(Target.of(file.toString()), true));
    }

    private static JsonNode content(final String section) throws IOException {
        for (final JsonNode node : json().path("sections")) {
            if (node.path("name").asText().equals(section)) {
                return node.path("content");
            }
        }
        throw new AssertionError("no section " + section);
    }

    /** Looks for a line with all of these words in this order. */
    private static void line(final String text, final String... words) {
        final String pattern = ".*" + String.join(".*", List.of(words)) + ".*";
        assertTrue(text.lines().anyMatch(l -> l.matches(pattern)), () -> pattern + " in\n" + text);
    }

    @Test
    void aRegionOfAnUnknownDeclarationIsShownWithItsNamesAndValues() {
        final String text = show(Target.of(file.toString()), false);
        line(text, "^unseen", " 16 sections");
        line(text, "made by " + host.pid() + " \\(java InspectHost\\)");
        line(text, "^  driver +ready +" + host.pid() + " +alive +[0-9]+ m?s +2 +Serial");
        line(text, "^  driver: all is well");
        line(text, "Speed +120", "km/h");
        line(text, "Gear +Drive");
        line(text, "^vu \\(loudest 0 at -6.0 dB, 3 clips, 1 not finite\\)");
        line(text, "^    0   -6.0 dB   -9.0 dB +3 █");
        line(text, "^    1   -inf dB   -inf dB +0 ░");
        line(text, "^players \\(2 of 20 active\\)");
        line(text, "^    0 ···r············ ···C");
        line(text, "laps +123,456", "stalls +-1");
        line(text, "lap_nanos +100 +51.2 µs +102.4 µs +102.4 µs");
        line(text, "orders ", " 16 +16 +16 +2$");
        line(text, "wishes ", " 4 +4 +4 +4 \\(driver 1, ghost 3\\)$");
        line(text, "^  serial +18446744073709551615");
        line(text, "corners\\[1\\].x +2.500");
        line(text, "knobs_info +constants +2 structs");
        // A record takes 64 bytes, and the last header's worth of a ring stays free.
        line(text, "diary ", " 960 +1024 +960 +5$");
        line(text, "^radio \\(6 published, the last 4 of 4\\)");
        line(text, "^  position 2$");
        line(text, "^  position 5$");
        line(text, "stamp +1005");
        line(text, "cargo +blob +33 of 100 bytes, number 1, epoch 5");
        line(text, "lamps +bitset +2 set: 3 99");
        line(text, "codes +array +0 NaN 1.5");
    }

    @Test
    void aRoleWhosePidWasUsedAnewIsGone() throws IOException {
        line(show(Target.of(file.toString()), false), "^  ghost +failed +" + host.pid() + " +gone");
        assertTrue(json().at("/roles/0/alive").asBoolean());
        assertFalse(json().at("/roles/1/alive").asBoolean());
    }

    @Test
    void theJsonHasTheSameDecodedByName() throws IOException {
        final JsonNode region = json();
        assertEquals("unseen", region.path("name").asText());
        assertEquals(InspectHost.declare().length(), region.path("length").asLong());
        assertEquals(host.pid(), region.at("/creator/pid").asLong());
        assertEquals(120, content("knobs").at("/parameters/0/plain").asDouble(), 1e-4);
        assertEquals("Drive", content("knobs").at("/parameters/1/text").asText());
        assertEquals(41, content("vu").path("window").asInt());
        assertEquals(30, content("vu").path("windows").asInt());
        assertEquals(-6.02, content("vu").at("/levels/0/peak_db").asDouble(), 0.01);
        assertEquals(0.3536, content("vu").at("/levels/0/rms").asDouble(), 0.0001);
        assertEquals(1, content("vu").at("/levels/0/not_finite").asInt());
        assertTrue(content("vu").at("/levels/1/peak_db").isNull());
        assertEquals(
                "{\"stage\":4,\"held\":true,\"channel\":15,\"key\":127,\"velocity\":100,\"generation\":511}",
                content("players").at("/voices/3/note").toString());
        assertEquals(12, content("players").at("/voices/19/note/stage").asInt());
        assertEquals(0, content("players").at("/voices/0/state").asInt());
        assertTrue(content("players").at("/voices/0/note").isNull());
        assertEquals(123_456, content("odometer").at("/counters/laps").asLong());
        assertEquals(16, content("orders").path("depth").asInt());
        assertEquals("2", content("orders").path("dropped").asText());
        assertEquals("6", content("radio").path("published").asText());
        assertEquals("2", content("radio").at("/last/0/position").asText());
        assertEquals(1002, content("radio").at("/last/0/fields/stamp").asLong());
        assertEquals(1005, content("radio").at("/last/3/fields/stamp").asLong());
        assertEquals("4", content("wishes").path("dropped").asText());
        assertEquals("driver", content("wishes").at("/lanes/0/role").asText());
        assertEquals(1, content("wishes").at("/lanes/1/open").asInt());
        assertEquals("3", content("wishes").at("/lanes/1/dropped").asText());
        assertEquals(100, content("lap_nanos").path("total").asInt());
    }

    @Test
    void aSnapshotOfAStrangersStructIsDecodedToItsLastField() throws IOException {
        final JsonNode pose = content("pose").at("/elements/0");
        assertEquals("18446744073709551615", pose.path("serial").asText());
        assertEquals(2.5, pose.at("/corners/1/x").asDouble());
        assertEquals(Long.MIN_VALUE, pose.path("stamp").asLong());
        assertEquals(65_535, pose.at("/readings/2").asInt());
        assertTrue(pose.path("label").asText().startsWith("Zürich"));
        assertEquals(2, content("pose").path("sequence").asInt());
    }

    @Test
    void noControlCharacterFromTheRegionReachesTheTerminal() {
        for (final boolean json : new boolean[] {false, true}) {
            final String shown = show(Target.of(file.toString()), json);
            shown.codePoints()
                    .filter(c -> c != '\n')
                    .forEach(
                            c ->
                                    assertFalse(
                                            Character.isISOControl(c)
                                                    || Character.getType(c) == Character.FORMAT,
                                            () -> Integer.toHexString(c) + " in " + shown));
        }
        assertTrue(show(Target.of(file.toString()), false).contains("\uFFFD[31mred"));
    }

    @Test
    void theRegionsOfAProcessAndOfThisUserAreFoundByWhatTheyAre() throws IOException {
        line(show(Target.of(Long.toString(host.pid())), false), "^unseen");
        final String list = show(Target.everything(), false);
        line(list, "unseen", Long.toString(host.pid()), "java InspectHost", "driver:ready");
        final JsonNode regions = new ObjectMapper().readTree(show(Target.everything(), true));
        int found = 0;
        for (final JsonNode region : regions) {
            found += region.at("/creator/pid").asLong() == host.pid() ? 1 : 0;
        }
        assertEquals(1, found);
    }

    @Test
    void aRegionInAMemfdIsFoundWhereverTheFileDescriptorIs() throws Exception {
        final Path source = folder.resolve("host.c");
        Files.writeString(
                source,
                """
                #define _GNU_SOURCE
                #include <fcntl.h>
                #include <stdio.h>
                #include <sys/mman.h>
                #include <sys/sendfile.h>
                #include <sys/stat.h>
                #include <unistd.h>
                int main(int argc, char **argv) {
                    int from = open(argv[argc - 1], O_RDONLY);
                    struct stat s;
                    int fd = memfd_create("nothing-to-see", MFD_CLOEXEC);
                    if (from < 0 || fstat(from, &s) || fd < 0) return 1;
                    for (off_t at = 0; at < s.st_size;)
                        if (sendfile(fd, from, &at, (size_t)(s.st_size - at)) <= 0) return 2;
                    close(from);
                    puts("ready");
                    fflush(stdout);
                    return getchar() == 0;
                }
                """);
        final Path program = folder.resolve("host");
        assertEquals(
                0,
                new ProcessBuilder("gcc", source.toString(), "-o", program.toString())
                        .inheritIO()
                        .start()
                        .waitFor());
        try (HostProcess memfd = new HostProcess(List.of(program.toString(), file.toString()))) {
            final String text = show(Target.of(Long.toString(memfd.pid())), false);
            line(text, "/memfd:nothing-to-see");
            line(text, "laps +123,456");
        }
    }

    @Test
    void aProcessWithoutRegionsAndWhatIsNoRegionAreSentences() throws IOException {
        final Path text = Files.writeString(folder.resolve("text"), "no region");
        for (final String target :
                List.of(
                        Long.toString(ProcessHandle.current().parent().orElseThrow().pid()),
                        text.toString(),
                        folder.resolve("none").toString(),
                        "4194304000")) {
            final ToolException e =
                    assertThrows(ToolException.class, () -> Target.of(target).read());
            assertTrue(e.getMessage().endsWith("."), e::getMessage);
        }
    }

    @Test
    void noLineIsWiderThanTheTerminal() {
        final Target.Frame frame = Target.of(file.toString()).read();
        for (final int columns : new int[] {40, 80, 120, 200}) {
            for (final Page.Line line :
                    Rendering.lines(Target.of(file.toString()), frame, columns)) {
                assertTrue(PlainText.width(line.text()) <= columns, line::text);
            }
            for (final Page.Line line : ListPage.of(frame.regions(), columns)) {
                assertTrue(PlainText.width(line.text()) <= columns, line::text);
            }
        }
    }

    @Test
    void withoutUnicodeBarsAreAscii() {
        assertEquals("##|--- a ~ ?", Rendering.ascii("██▏░░░ a … 漢"));
    }
}
