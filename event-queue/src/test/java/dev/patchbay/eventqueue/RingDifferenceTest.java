// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.eventqueue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.layout.RegionDeclaration;
import dev.patchbay.layout.RingDescriptor;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.SectionKind;
import dev.patchbay.layout.header.CText;
import dev.patchbay.layout.header.HeaderGenerator;
import dev.patchbay.layout.testing.CProgram;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Patchbay's rings, in Java and in C, against Agrona's own classes: the same random operations, and after each of them the same
 * answer and the same bytes, all of them.
 */
class RingDifferenceTest {
    private static final int TRAILER = RingDescriptor.TRAILER.size();
    private static final int STEPS = 1500;
    private static final List<String> SANITIZED =
            List.of("-fsanitize=address,undefined", "-fno-sanitize-recover=all", "-g", "-O1");

    /** Near where a position in 32 bits, signed or not, or in 64 bits would wrap. */
    private static final long[] STARTS = {0, 1L << 31, 1L << 32, Long.MIN_VALUE, -1 << 13};

    @TempDir private static Path programs;
    private static final List<Path> C = new ArrayList<>();

    private SectionKind kind;
    private int capacity;
    private Random random;
    private RingSide agrona;
    private RingSide patchbay;
    private final int[] agronaClaims = new int[4];
    private final int[] patchbayClaims = new int[4];
    private final boolean[] open = new boolean[4];
    private final StringBuilder script = new StringBuilder();
    private final StringBuilder expected = new StringBuilder();
    private int refused;

    @BeforeAll
    static void compile() throws Exception {
        final RegionDeclaration any =
                RegionDeclaration.named("standard")
                        .ring("ring", "", Role.UI, Role.RT, 64)
                        .sharedRing("shared", "", java.util.Set.of(Role.UI), Role.RT, 64)
                        .build();
        Files.writeString(programs.resolve("standard.h"), HeaderGenerator.generate(any));
        final Path source =
                Files.writeString(
                        programs.resolve("ring_script.c"),
                        CText.read(
                                "ring_script.c",
                                RingDifferenceTest.class.getResourceAsStream("ring_script.c")));
        C.add(compile(source, "gcc", List.of("-std=c11", "-O2")));
        C.add(compile(source, "g++", List.of("-xc++", "-std=c++17")));
    }

    /** Each with AddressSanitizer and UndefinedBehaviorSanitizer: the differences of bytes and no step beyond them. */
    private static Path compile(
            final Path source, final String compiler, final List<String> options) throws Exception {
        final List<String> all = new ArrayList<>(options);
        all.addAll(SANITIZED);
        return CProgram.compile(source, compiler, all.toArray(String[]::new));
    }

    @ParameterizedTest
    @EnumSource(names = {"RING", "SHARED_RING"})
    void javaAndCLeaveTheBytesThatAgronaLeavesAfterEveryStep(final SectionKind ring)
            throws Exception {
        kind = ring;
        final long seed = Long.getLong("patchbay.seed", System.nanoTime());
        System.out.println("RingDifferenceTest: " + ring + " seed " + seed);
        random = new Random(seed);
        for (final long start : STARTS) {
            // Small rings wrap at every other step; in the smallest only empty messages fit.
            for (final int size : new int[] {16, 32, 64, 128, 1024}) {
                compare(start - 8L * random.nextInt(3 * size / 8), size);
            }
        }
    }

    private void compare(final long start, final int size) throws Exception {
        capacity = size;
        refused = 0;
        script.setLength(0);
        expected.setLength(0);
        Arrays.fill(open, false);
        final UnsafeBuffer initial = memory(start);
        final Path file = programs.resolve("memory");
        final byte[] image = new byte[initial.capacity()];
        initial.getBytes(0, image);
        Files.write(file, image);
        agrona = RingSide.agrona(kind, initial);
        patchbay = RingSide.patchbay(kind, initial);
        for (int step = 0; step < STEPS; step++) {
            step(kind + " of " + size + " from " + start + ", step " + step);
        }
        for (int slot = 0; slot < open.length; slot++) {
            if (open[slot]) {
                end('k', slot, "at the end");
            }
        }
        script.append("d\n");
        expect('d', refused, 0);
        assertTrue(refused > 0, "the ring was never full");
        for (final Path program : C) {
            final String name = kind.name().toLowerCase(Locale.ROOT);
            final List<String> command =
                    List.of(program.toString(), name, Integer.toString(size), file.toString());
            assertLines(
                    expected.toString().split("\n"),
                    CProgram.run(command, script.toString()).split("\n"),
                    kind + " of " + size + " from " + start + " by " + program.getFileName());
        }
    }

    private void assertLines(final String[] wanted, final String[] found, final String what) {
        final String[] steps = script.toString().split("\n");
        for (int i = 0; i < wanted.length && i < found.length; i++) {
            assertEquals(wanted[i], found[i], what + ", step " + i + ": " + steps[i]);
        }
        assertEquals(wanted.length, found.length, what);
    }

    /** Where the producers need no cleared memory, it is full of what would be taken for records. */
    private UnsafeBuffer memory(final long start) {
        final UnsafeBuffer memory = new UnsafeBuffer(ByteBuffer.allocateDirect(capacity + TRAILER));
        if (kind == SectionKind.RING) {
            for (int i = 0; i < capacity; i++) {
                memory.putByte(i, (byte) random.nextInt());
            }
            memory.putLong((int) start & capacity - 1, 0);
        }
        for (final String position : List.of("tail", "head", "head_cache")) {
            memory.putLong(capacity + RingDescriptor.TRAILER.offset(position), start);
        }
        return memory;
    }

    private void step(final String where) {
        final int slot = random.nextInt(open.length);
        final int choice = random.nextInt(10);
        if (choice < 3) {
            write(where);
        } else if (choice < 6 && open[slot]) {
            end(random.nextInt(3) == 0 ? 'a' : 'k', slot, where);
        } else if (choice < 6) {
            claim(slot, where);
        } else if (choice < 9) {
            read(where);
        } else {
            script.append("s\n");
            assertEquals(agrona.size(), patchbay.size(), where);
            expect('s', agrona.size(), 0);
        }
        final int length = agrona.bytes().capacity();
        for (int i = 0; i < length; i++) {
            if (agrona.bytes().getByte(i) != patchbay.bytes().getByte(i)) {
                assertEquals(
                        agrona.bytes().getByte(i),
                        patchbay.bytes().getByte(i),
                        where + " byte " + i);
            }
        }
    }

    private int length() {
        final int most = capacity == 16 ? 0 : Math.max(8, capacity / 8);
        // The longest and the shortest often.
        return switch (random.nextInt(6)) {
            case 0 -> most;
            case 1 -> 0;
            default -> random.nextInt(most + 1);
        };
    }

    private static UnsafeBuffer payload(final int length, final int from) {
        final byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (from + i * 7);
        }
        return new UnsafeBuffer(bytes);
    }

    private void write(final String where) {
        final int type = 1 + random.nextInt(Integer.MAX_VALUE);
        final int length = length();
        final int from = random.nextInt(256);
        script.append(String.format("w %d %d %d%n", type, length, from));
        final boolean sent = agrona.write(type, payload(length, from), length);
        assertEquals(sent, patchbay.write(type, payload(length, from), length), where);
        refused += sent ? 0 : 1;
        expect('w', sent ? 1 : 0, 0);
    }

    private void claim(final int slot, final String where) {
        final int type = 1 + random.nextInt(Integer.MAX_VALUE);
        final int length = length();
        final int from = random.nextInt(64) * open.length + slot;
        script.append(String.format("c %d %d %d%n", type, length, from));
        agronaClaims[slot] = agrona.tryClaim(type, length);
        patchbayClaims[slot] = patchbay.tryClaim(type, length);
        open[slot] = agronaClaims[slot] >= 0;
        assertEquals(open[slot], patchbayClaims[slot] != RecordWriter.FULL, where);
        if (open[slot]) {
            agrona.store(agronaClaims[slot], payload(length, from), length);
            patchbay.store(patchbayClaims[slot], payload(length, from), length);
        } else {
            refused++;
        }
        expect('c', open[slot] ? 1 : 0, 0);
    }

    private void end(final char how, final int slot, final String where) {
        script.append(how).append(' ').append(slot).append('\n');
        if (how == 'k') {
            agrona.commit(agronaClaims[slot]);
            patchbay.commit(patchbayClaims[slot]);
        } else {
            agrona.abort(agronaClaims[slot]);
            patchbay.abort(patchbayClaims[slot]);
        }
        open[slot] = false;
        expect(how, 1, 0);
    }

    private void read(final String where) {
        final int limit = 1 + random.nextInt(6);
        final StringBuilder actions = new StringBuilder("n");
        for (int i = random.nextInt(4); i > 0; i--) {
            actions.append("nkba".charAt(random.nextInt(4)));
        }
        script.append(String.format("r %d %s%n", limit, actions));
        final RingSide.Heard one = new RingSide.Heard(actions.toString());
        final RingSide.Heard other = new RingSide.Heard(actions.toString());
        final int messages = one.read(agrona, limit);
        assertEquals(messages, other.read(patchbay, limit), where);
        assertEquals(one.hash(), other.hash(), where);
        expect('r', messages, one.hash());
    }

    private void expect(final char op, final long answer, final long seen) {
        final long bytes =
                RingSide.Hash.of(RingSide.Hash.START, agrona.bytes(), 0, agrona.bytes().capacity());
        expected.append(String.format("%c %d %x %x%n", op, answer, seen, bytes));
    }
}
