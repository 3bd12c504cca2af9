// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.stress.header.CActor;
import dev.patchbay.stress.header.CCode;
import dev.patchbay.stress.header.CCompiler;
import dev.patchbay.stress.header.ModelHeader;
import dev.patchbay.stress.model.Litmus.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The litmus tests of {@link LitmusTest} in C, compiled as the header is, with the same outcomes: what joins C to the model is right. */
class CLitmusTest {
    private static final Bounds PATIENT = Bounds.STANDARD.withPatience(8);
    @TempDir private static Path folder;
    private static final List<CCode> ALL = new ArrayList<>();

    @BeforeAll
    static void compile() throws IOException {
        assertFalse(
                CCompiler.installed().isEmpty(),
                "The build of Patchbay needs clang or gcc on the PATH. On Debian: apt install gcc");
        try (var in = CCode.class.getResourceAsStream("litmus.c")) {
            final String source = new String(in.readAllBytes(), UTF_8);
            for (final String compiler : CCompiler.installed()) {
                ALL.add(CCode.of(CCompiler.in(compiler, folder), source, ModelHeader.text()));
            }
        }
    }

    @AfterAll
    static void close() {
        ALL.forEach(CCode::close);
    }

    /** Actors by their names, each with the number of digits that it returns. */
    private static Scenario of(final CCode code, final String... actors) {
        return setup -> {
            final ModelBuffer memory = setup.memory(128);
            setup.name(0, "x").name(8, "y").name(16, "z");
            code.bind(memory);
            final String[] results = new String[actors.length];
            for (int i = 0; i < actors.length; i++) {
                final int actor = i;
                final String[] parts = actors[i].split("/");
                setup.actor(
                        "T" + (i + 1),
                        () -> {
                            final long found = code.actor(actor).call(parts[0]);
                            results[actor] =
                                    parts.length > 1
                                            ? String.format("%0" + parts[1] + "d", found)
                                            : "";
                        });
            }
            setup.outcome(() -> String.join("", results));
        };
    }

    private static void outcomes(final String expected, final String... actors) {
        for (final CCode code : ALL) {
            final Report report = Model.check(Bounds.STANDARD, of(code, actors));
            assertEquals(Set.of(expected.split(" ")), report.outcomes().keySet());
        }
    }

    private static void fails(final String reason, final String... actors) {
        for (final CCode code : ALL) {
            final Report report = Model.explore(Bounds.STANDARD, of(code, actors));
            assertTrue(
                    report.failure() != null && report.failure().reason().startsWith(reason),
                    report.toString());
        }
    }

    @Test
    void messagePassingTakesBothReleaseAndAcquire() {
        outcomes("00 01 10 11", "mp_relaxed", "mp_read_relaxed/2");
        outcomes("00 01 10 11", "mp_relaxed", "mp_read_acquire/2");
        outcomes("00 01 10 11", "mp_release", "mp_read_relaxed/2");
        outcomes("00 01 11", "mp_release", "mp_read_acquire/2");
        outcomes("00 01 11", "mp_release", "mp_read_consume/2");
    }

    @Test
    void aPlainMessageIsARaceUnlessItIsReadBehindAnAcquiredFlag() {
        outcomes("0 7", "plain_writer", "plain_reader/1");
        fails("race", "plain_writer", "plain_racer/1");
    }

    @Test
    void aRaceNamesTheLinesOfTheCode() {
        for (final CCode code : ALL) {
            final Scenario scenario = of(code, "plain_writer", "plain_racer/1");
            final String trace = Model.explore(Bounds.STANDARD, scenario).failure().getMessage();
            assertTrue(
                    trace.lines()
                                    .filter(line -> line.contains("(code.c:"))
                                    .filter(line -> line.contains("plain_"))
                                    .count()
                            >= 3,
                    trace);
        }
    }

    @Test
    void storeBufferingIsForbiddenOnlyWhereAllAreSequentiallyConsistent() {
        outcomes("00 01 10 11", "sb_one/1", "sb_two/1");
        outcomes("01 10 11", "sb_one_seq_cst/1", "sb_two_seq_cst/1");
        outcomes("00 01 10 11", "sb_one_seq_cst/1", "sb_two_acquire/1");
    }

    @Test
    void loadBufferingIsExcludedByThisModel() {
        outcomes("00 01 10", "lb_one/1", "lb_two/1");
    }

    @Test
    void independentReadsMayDisagreeUnlessSequentiallyConsistent() {
        for (final CCode code : ALL) {
            final Set<String> acquire =
                    Model.outcomes(
                                    of(
                                            code,
                                            "x_release",
                                            "y_release",
                                            "xy_acquire/2",
                                            "yx_acquire/2"))
                            .keySet();
            assertEquals(16, acquire.size());
            final Set<String> sequential =
                    Model.outcomes(
                                    of(
                                            code,
                                            "x_seq_cst",
                                            "y_seq_cst",
                                            "xy_seq_cst/2",
                                            "yx_seq_cst/2"))
                            .keySet();
            assertEquals(15, sequential.size());
            assertFalse(sequential.contains("1010"));
        }
    }

    private static Set<String> finals(final CCode code, final String one, final String two) {
        return Model.outcomes(
                        setup -> {
                            final ModelBuffer memory = setup.memory(32);
                            code.bind(memory);
                            setup.actor("T1", () -> code.actor(0).call(one));
                            setup.actor("T2", () -> code.actor(1).call(two));
                            setup.outcome(() -> "" + memory.getInt(0) + memory.getInt(8));
                        })
                .keySet();
    }

    @Test
    void crossingWritersMayBothBeOverwrittenByTheOthersFirstStore() {
        for (final CCode code : ALL) {
            assertEquals(
                    Set.of("11", "12", "21", "22"), finals(code, "w_one_release", "w_two_release"));
            assertEquals(Set.of("12", "21", "22"), finals(code, "w_one_seq_cst", "w_two_seq_cst"));
        }
    }

    @Test
    void whatWasReadBeforeAReleaseIsKnownAfterItsAcquire() {
        outcomes("000 001 010 011 100 101 111", "x_release", "hand_on_release/1", "yx_acquire/2");
        outcomes(
                "000 001 010 011 100 101 110 111",
                "x_release",
                "hand_on_relaxed/1",
                "yx_acquire/2");
    }

    @Test
    void aReadModifyWritePassesTheReleaseOnAndAStoreDoesNot() {
        outcomes("0 2", "mp_release", "adds", "read_two/1");
        outcomes("0 1 2", "mp_release", "stores_two", "read_two/1");
    }

    @Test
    void aCompareAndSetThatFailsIsALoadOfItsSecondOrder() {
        outcomes("00 01 10 11", "mp_release", "fails_relaxed/2");
        outcomes("00 01 11", "mp_release", "fails_acquire/2");
    }

    @Test
    void readModifyWritesOfEachKindAndSizeAreAtomic() {
        for (final CCode code : ALL) {
            final Scenario scenario =
                    setup -> {
                        final ModelBuffer memory = setup.memory(32);
                        code.bind(memory);
                        memory.putLong(8, -1);
                        final long[] set = new long[2];
                        for (int i = 0; i < 2; i++) {
                            final int n = i;
                            setup.actor("T" + n, () -> set[n] = code.actor(n).call("updates", n));
                        }
                        setup.outcome(
                                () ->
                                        (memory.getByte(0) & 0xFF)
                                                + " "
                                                + memory.getShort(2)
                                                + " "
                                                + memory.getInt(4)
                                                + " "
                                                + Long.toHexString(memory.getLong(8))
                                                + " "
                                                + memory.getLong(16)
                                                + " "
                                                + memory.getLong(24)
                                                + " "
                                                + Arrays.toString(set));
                    };
            assertEquals(
                    new TreeSet<>(
                            Set.of(
                                    "144 -6 3 cfffffffffffffff 0 1 [1, 0]",
                                    "144 -6 3 cfffffffffffffff 0 2 [1, 1]")),
                    new TreeSet<>(Model.outcomes(scenario).keySet()));
        }
    }

    @Test
    void whoWaitsForWhatNeverComesIsFoundAndWhoWaitsForWhatComesGoesOn() {
        fails("deadlock", "waits/1", "mp_read_relaxed/2");
        for (final CCode code : ALL) {
            final Report report = Model.check(PATIENT, of(code, "waits/1", "x_release"));
            assertEquals(Set.of("1"), report.outcomes().keySet());
        }
    }

    @Test
    void plainBytesOfAnySizeAreTheModels() {
        outcomes("00 03", "bulk", "bulk_reader/2");
        fails("race", "bulk", "late_byte");
        fails("race", "late_byte", "byte_reader/1");
    }

    /** The same program in Java, in C, and with every other actor in C: the same executions with the same results. */
    @Test
    void randomProgramsHaveTheSameExecutionsInBothLanguages() {
        final long seed = Long.getLong("patchbay.seed", System.nanoTime());
        final int programs = Integer.getInteger("patchbay.programs", 100);
        final Random random = new Random(seed);
        for (int i = 0; i < programs; i++) {
            final Program program = Program.random(random);
            final Report java = Model.check(PATIENT, scenario(program, null, 0));
            for (final CCode code : ALL) {
                for (final int inC : new int[] {-1, 0b0101}) {
                    final Report c = Model.check(PATIENT, scenario(program, code, inC));
                    final String what =
                            "seed " + seed + ", program " + i + ", " + program.threads();
                    assertEquals(java.outcomes(), new TreeMap<>(c.outcomes()), what);
                    assertEquals(java.executions(), c.executions(), what);
                    assertNull(c.failure());
                }
            }
        }
    }

    private static Scenario scenario(final Program program, final CCode code, final int inC) {
        return setup -> {
            final ModelBuffer memory = setup.memory(8 * program.locations());
            if (code != null) {
                code.bind(memory);
            }
            final StringBuilder results = new StringBuilder();
            int value = 1;
            for (int t = 0; t < program.threads().size(); t++) {
                final int first = value;
                final int actor = t;
                final List<Litmus.Op> ops = program.threads().get(t);
                value += ops.size();
                setup.actor(
                        "t" + t,
                        () -> {
                            final CActor c = (inC >> actor & 1) == 0 ? null : code.actor(actor);
                            for (int i = 0; i < ops.size(); i++) {
                                results.append(perform(memory, c, ops.get(i), first + i));
                                results.append(' ');
                            }
                        });
            }
            setup.outcome(
                    () -> {
                        for (int at = 0; at < memory.capacity(); at += 8) {
                            results.append(memory.getLong(at)).append(' ');
                        }
                        return results;
                    });
        };
    }

    private static long perform(
            final ModelBuffer memory, final CActor c, final Litmus.Op op, final int value) {
        final int at = 8 * op.location();
        if (c != null) {
            final int order =
                    switch (op.order()) {
                        case PLAIN, OPAQUE -> 0;
                        case ACQUIRE -> 2;
                        case RELEASE -> 3;
                        case ACQUIRE_RELEASE -> 4;
                        case VOLATILE -> 5;
                    };
            return c.call("access", op.kind().ordinal(), at, order, value, op.expected());
        }
        return switch (op.kind()) {
            case LOAD -> memory.get(at, 8, op.order());
            case STORE -> {
                memory.put(at, 8, op.order(), value);
                yield 0;
            }
            case UPDATE -> memory.getAndSet(at, 8, op.order(), value);
            case COMPARE -> memory.compareAndExchange(at, 8, op.order(), op.expected(), value);
        };
    }
}
