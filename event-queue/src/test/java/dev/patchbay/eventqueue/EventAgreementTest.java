// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.eventqueue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.layout.EventDescriptor;
import dev.patchbay.layout.EventForm;
import dev.patchbay.layout.EventMeaning;
import dev.patchbay.layout.EventSlot;
import dev.patchbay.layout.StandardRegion;
import dev.patchbay.layout.header.HeaderGenerator;
import dev.patchbay.layout.testing.CProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Java and C fill a slot with the same bytes and read the same from any bytes, type by type and field by field. */
class EventAgreementTest {
    private static final Path GOLDEN =
            Path.of(System.getProperty("basedir", "."), "src/test/resources/golden/events.txt");
    private static final long GOLDEN_SEED = 4;
    private static final int RANDOM = 3_000;

    @TempDir private Path folder;

    private final AtomicBuffer buffer = new UnsafeBuffer(new byte[EventDescriptor.SIZE]);
    private final EventEncoder encoder = new EventEncoder(buffer).moveTo(0);
    private final Event event = new Event(buffer).moveTo(0);

    /** A program that fills slots as its input says, or reads those in its input, and writes what it found. */
    private static String program() {
        final StringBuilder text = new StringBuilder();
        text.append(
                """
                #include <inttypes.h>
                #include <stdio.h>
                #include <stdlib.h>
                #include "standard.h"
                #if defined(__cplusplus)
                #pragma GCC diagnostic ignored "-Wold-style-cast"
                #endif

                static uint64_t bits(double value)
                {
                    uint64_t result;
                    memcpy(&result, &value, sizeof result);
                    return result;
                }

                static uint64_t word(void)
                {
                    uint64_t result = 0;
                    if (scanf("%" SCNx64, &result) != 1)
                        exit(1);
                    return result;
                }

                static int32_t whole(void)
                {
                    uint32_t found = (uint32_t)word();
                    int32_t result;
                    memcpy(&result, &found, sizeof result);
                    return result;
                }

                static double real(void)
                {
                    uint64_t found = word();
                    double result;
                    memcpy(&result, &found, sizeof result);
                    return result;
                }

                static void show(const pb_event *event)
                {
                    unsigned char bytes[sizeof *event];
                    size_t i;
                    memcpy(bytes, event, sizeof bytes);
                    for (i = 0; i < sizeof bytes; i++)
                        printf("%02x", bytes[i]);
                    printf(" %s", pb_event_is_valid(event) ? "valid" : "broken");
                """);
        for (final EventMeaning m : EventCases.accessors()) {
            final String call = "pb_event_" + m.name() + "(event)";
            final String found =
                    switch (m.slot()) {
                        case VALUE, DETAIL -> "bits(" + call + ")";
                        case VALUE_BITS -> call;
                        default -> "(uint64_t)" + call;
                    };
            text.append("    printf(\" ").append(m.name()).append("=%\" PRIx64, ");
            text.append(found).append(");\n");
        }
        text.append(
                """
    printf(" plain_expression=%" PRIx64 "\\n", bits(pb_event_plain_expression(event)));
}

int main(void)
{
    char name[64];
    while (scanf("%63s", name) == 1) {
        pb_event event;
        memset(&event, 0xA5, sizeof event);
        if (strcmp(name, "bytes") == 0) {
            unsigned char bytes[sizeof event];
            size_t i;
            for (i = 0; i < sizeof bytes; i++)
                bytes[i] = (unsigned char)word();
            memcpy(&event, bytes, sizeof event);
        }
""");
        for (final EventForm form : EventForm.all()) {
            text.append("        if (strcmp(name, \"").append(form.name()).append("\") == 0) {\n");
            text.append("            int32_t sample_offset = whole();\n");
            for (final EventMeaning m : form.meanings()) {
                text.append("            ")
                        .append(
                                switch (m.slot()) {
                                    case VALUE, DETAIL -> "double " + m.name() + " = real();\n";
                                    case VALUE_BITS -> "uint64_t " + m.name() + " = word();\n";
                                    default -> "int32_t " + m.name() + " = whole();\n";
                                });
            }
            text.append("            pb_event_").append(form.name()).append("(&event, ");
            text.append(
                    form.meanings().stream()
                            .map(m -> ", " + m.name())
                            .collect(Collectors.joining("", "sample_offset", ");\n        }\n")));
        }
        return text.append("        show(&event);\n    }\n    return 0;\n}\n").toString();
    }

    private static String hex(final Object argument) {
        return Long.toHexString(
                argument instanceof Double real
                        ? Double.doubleToRawLongBits(real)
                        : argument instanceof Integer whole
                                ? Integer.toUnsignedLong(whole)
                                : (Long) argument);
    }

    private String bytes() {
        return HexFormat.of().formatHex(buffer.byteArray());
    }

    private List<String> ask(final Compiler compiler, final List<String> questions)
            throws Exception {
        Files.writeString(
                folder.resolve("standard.h"), HeaderGenerator.generate(StandardRegion.prebuilt()));
        final Path source = Files.writeString(folder.resolve("events.c"), program());
        final List<String> line = new ArrayList<>(compiler.emulator());
        line.add(compiler.compile(source).toString());
        return CProgram.run(line, String.join("\n", questions) + "\n").lines().toList();
    }

    /** A question, and after it the answer that is expected. */
    private List<String[]> encoded(final int count, final Random random) {
        final List<String[]> cases = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            final EventForm form = EventForm.all().get(i % EventForm.all().size());
            final Object[] arguments = EventCases.arguments(form, random);
            EventCases.encode(encoder, form, arguments);
            final String question =
                    form.name()
                            + Arrays.stream(arguments)
                                    .map(a -> " " + hex(a))
                                    .collect(Collectors.joining());
            cases.add(new String[] {question, bytes() + " " + EventCases.readAll(event)});
        }
        return cases;
    }

    private static void agree(
            final List<String[]> cases, final List<String> answers, final String what) {
        assertEquals(cases.size(), answers.size());
        for (int i = 0; i < answers.size(); i++) {
            assertEquals(cases.get(i)[1], answers.get(i), cases.get(i)[0] + ", " + what);
        }
    }

    private static List<String> questions(final List<String[]> cases) {
        return cases.stream().map(c -> c[0]).toList();
    }

    @ParameterizedTest
    @MethodSource("dev.patchbay.eventqueue.Compiler#basic")
    void bothFillASlotWithTheSameBytes(final Compiler compiler) throws Exception {
        final long seed = System.nanoTime();
        final List<String[]> cases = encoded(RANDOM, new Random(seed));
        agree(cases, ask(compiler, questions(cases)), "seed " + seed);
    }

    @ParameterizedTest
    @MethodSource("dev.patchbay.eventqueue.Compiler#basic")
    void bothReadTheSameFromWhateverABrokenProcessWrote(final Compiler compiler) throws Exception {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        final List<String[]> cases = new ArrayList<>();
        for (int i = 0; i < RANDOM; i++) {
            random.nextBytes(buffer.byteArray());
            if (i % 2 == 0) {
                // Known types, or most of what is read would be found invalid by the type alone.
                buffer.putShort(EventDescriptor.TYPE, (short) random.nextInt(16));
                buffer.putShort(EventDescriptor.CHANNEL, (short) random.nextInt(18));
                buffer.putInt(EventDescriptor.INDEX, random.nextInt(140) - 4);
                buffer.putDouble(EventDescriptor.VALUE, random.nextDouble() * 1.5 - 0.2);
                buffer.putDouble(EventDescriptor.DETAIL, random.nextDouble() * 30_000 - 15_000);
            }
            final StringBuilder question = new StringBuilder("bytes");
            for (final byte b : buffer.byteArray()) {
                question.append(' ').append(Integer.toHexString(b & 0xFF));
            }
            cases.add(
                    new String[] {question.toString(), bytes() + " " + EventCases.readAll(event)});
        }
        final List<String> answers = ask(compiler, questions(cases));
        agree(cases, answers, "seed " + seed);
        final long valid = answers.stream().filter(a -> a.contains(" valid ")).count();
        assertTrue(valid > 30 && valid < RANDOM - 30, valid + " were valid, seed " + seed);
    }

    /** Old recordings and other languages rely on these bytes. */
    @Test
    void theBytesOfEachTypeAreTheGoldenOnes() throws IOException {
        final String found =
                encoded(4 * EventForm.all().size(), new Random(GOLDEN_SEED)).stream()
                        .map(c -> c[0] + " : " + c[1] + "\n")
                        .collect(Collectors.joining());
        if (Boolean.getBoolean("patchbay.regenerate")) {
            Files.writeString(GOLDEN, found);
        }
        assertEquals(
                Files.exists(GOLDEN) ? Files.readString(GOLDEN) : "",
                found,
                "The bytes of events have changed. If that is meant, run the build with"
                        + " -Dpatchbay.regenerate=true and commit the file.");
    }

    @Test
    void eachTypeUsesEachFieldOnce() {
        for (final EventForm form : EventForm.all()) {
            assertEquals(
                    form.meanings().size(),
                    form.meanings().stream()
                            .map(m -> m.slot() == EventSlot.VALUE_BITS ? "value" : m.slot().field())
                            .distinct()
                            .count(),
                    form.name());
            assertEquals(form, EventForm.ofType(form.code()));
        }
    }
}
