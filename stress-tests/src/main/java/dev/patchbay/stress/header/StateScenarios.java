// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.header;

import static dev.patchbay.stress.header.Operations.bit;
import static dev.patchbay.stress.header.Operations.unknown;
import static dev.patchbay.stress.header.WordScenarios.expect;

import dev.patchbay.atomics.MeterReader;
import dev.patchbay.atomics.MeterWriter;
import dev.patchbay.atomics.RoleCell;
import dev.patchbay.atomics.VoiceStates;
import dev.patchbay.layout.FieldType;
import dev.patchbay.layout.Loads;
import dev.patchbay.layout.MeterDescriptor;
import dev.patchbay.layout.Role;
import dev.patchbay.layout.StandardStructs;
import dev.patchbay.stress.model.ModelBuffer;
import dev.patchbay.stress.model.Scenario;
import java.util.List;

/** What a process says of itself, with each actor in either language: meters, voices' states and role cells. */
final class StateScenarios {
    private static final String REASON = "out of luck";
    private static final int PID = StandardStructs.ROLE.offset("pid");

    /** What lies behind the last voice, where nobody may look. */
    private static final int MARK = 1 << 30 | 76;

    private StateScenarios() {}

    /**
     * One side closes so many windows of one frame, of which each has a clip and a sample that is no number; the other begins to read at any
     * time and polls so often. In the end the writer comes round, once to the end and once as far as the middle.
     *
     * @param start the number of the last window that was closed before
     */
    static Scenario meters(final Cast cast, final int closed, final int polls, final long start) {
        final Place place = Place.of(r -> r.meters("it", "", Role.RT, 1));
        final int newest = place.head(MeterDescriptor.HEAD, "newest");
        final int meter = place.section().elementOffset(0);
        return setup -> {
            final ModelBuffer memory = setup.memory(place.image());
            cast.bind(memory, place.section());
            setup.name(newest, "newest");
            setup.name(place.head(MeterDescriptor.HEAD, "clock"), "clock");
            setup.name(meter, "meter");
            memory.putLong(newest, start);
            setup.actor(
                    "writer",
                    () -> {
                        final Operations writer = cast.actor(0, () -> meterIn(memory, place));
                        writer.call("write", 1);
                        for (int n = 1; n <= closed; n++) {
                            writer.call("add", n + 1);
                        }
                    });
            final Operations[] reader = new Operations[1];
            setup.actor(
                    "reader",
                    () -> {
                        reader[0] = cast.actor(1, () -> meterIn(memory, place));
                        reader[0].call("read");
                        counted(reader[0], start);
                        for (int n = 0; n < polls; n++) {
                            poll(reader[0], start);
                        }
                    });
            setup.check(
                    () -> {
                        poll(reader[0], start);
                        expect(reader[0].call("seen") == start + closed, "the newest is seen");
                        expect(reader[0].call("clips") == closed, "no clip is lost");
                        expect(reader[0].call("not_finite") == closed, "no sample is lost");
                        poll(reader[0], start);
                        levels(cast, memory, place, reader[0]);
                        comesRound(cast, memory, place, reader[0]);
                    });
        };
    }

    private static void counted(final Operations reader, final long start) {
        final long seen = reader.call("seen") - start;
        expect(reader.call("clips") >= seen, "who sees a window sees its clips");
        expect(reader.call("not_finite") >= seen, "who sees a window sees its counts");
    }

    /** Gathers windows, each of which has a peak of 1 more than the one before, the first of 2. */
    private static void poll(final Operations reader, final long start) {
        final long before = reader.call("seen") - start;
        final long taken = reader.call("poll");
        final long seen = reader.call("seen") - start;
        expect(reader.call("missed") == 0, "who looks often enough misses nothing");
        expect(taken == seen - before, "a window is gathered or missed");
        long sum = 0;
        for (long place = before + 1; place <= seen; place++) {
            sum += (place + 1) * (place + 1);
        }
        expect(reader.call("peak") == (taken == 0 ? 0 : seen + 1), "the peak is the highest");
        expect(reader.call("mean_square") == (taken == 0 ? 0 : sum / taken), "the mean is of all");
        counted(reader, start);
    }

    /** A level is the peak as long as it is not set again, and in the window in which it was. */
    private static void levels(
            final Cast cast, final ModelBuffer memory, final Place place, final Operations reader) {
        final Operations writer = cast.actor(0, () -> meterIn(memory, place));
        writer.call("write", 200);
        // Meter, level, frames, windows, peak.
        final long[][] steps = {
            {0, 7, 1, 0, 0},
            {0, 5, 1, 1, 7},
            {0, 4, 1, 0, 0},
            {1, 9, 1, 1, 4},
            {1, 9, 1, 0, 0},
            {0, 2, 1, 1, 4},
            {1, 9, 2, 1, 2},
            {0, 9, 0, 0, 0},
            {0, 5, 2, 1, 9},
            {1, 9, 2, 1, 5},
            {0, 0, 2, 1, 0}
        };
        for (final long[] step : steps) {
            expect(writer.call("level", step[0], step[1]) == 0, "there is one meter");
            writer.call("advance", step[2]);
            expect(reader.call("poll") == step[3], "a window has two frames");
            expect(reader.call("peak") == step[4], "a level holds");
        }
        for (final long level : new long[] {6, 4, 0}) {
            writer.call("level", 0, level);
            writer.call("advance", 2);
        }
        expect(reader.call("poll") == 3, "a window has two frames");
        expect(reader.call("peak") == 6, "the peak is the highest");
    }

    /** Two windows are overwritten whole, and the words of another one each. */
    private static void comesRound(
            final Cast cast, final ModelBuffer memory, final Place place, final Operations reader) {
        final int kept = MeterDescriptor.WINDOWS;
        final long seen = reader.call("seen");
        final Operations writer = cast.actor(0, () -> meterIn(memory, place));
        writer.call("write", 1);
        for (int n = 1; n <= kept + 2; n++) {
            writer.call("add", 3);
        }
        final long peak = window(place, seen + 3, "peak");
        final long mean = window(place, seen + 4, "mean_square");
        memory.putLong((int) peak, MeterDescriptor.word(seen + 3 + kept, 9));
        memory.putLong((int) mean, MeterDescriptor.word(seen + 4 + kept, 9));
        expect(reader.call("poll") == kept - 2, "what has been overwritten is not gathered");
        expect(reader.call("missed") == 4, "what has been overwritten is missed");
        expect(reader.call("seen") == seen + kept + 2, "the newest is seen");
        expect(reader.call("peak") == 3, "nothing is of a window that is not closed");
        expect(reader.call("mean_square") == 9, "nothing is of a window that is not closed");
    }

    private static long window(final Place place, final long number, final String field) {
        return place.section().elementOffset(0)
                + MeterDescriptor.METER.offset("windows")
                + number % MeterDescriptor.WINDOWS * MeterDescriptor.WINDOW.size()
                + MeterDescriptor.WINDOW.offset(field);
    }

    private static Operations meterIn(final ModelBuffer memory, final Place place) {
        final MeterWriter[] writer = {null};
        final MeterReader[] reader = {null};
        return (operation, a) -> {
            switch (operation) {
                case "write" -> writer[0] = MeterWriter.over(memory, place.section(), a[0]);
                case "add" -> {
                    writer[0].setLevel(0, Float.NaN);
                    writer[0].addBlock(new float[][] {{a[0]}}, 0, 1);
                }
                case "level" -> {
                    if (a[0] < writer[0].count()) {
                        writer[0].setLevel((int) a[0], a[1]);
                    }
                }
                case "advance" -> writer[0].advance((int) a[0]);
                case "read" -> reader[0] = MeterReader.over(Loads.over(memory), place.section());
                case "poll" -> {
                    return reader[0].poll();
                }
                case "seen" -> {
                    return reader[0].seen();
                }
                case "missed" -> {
                    return reader[0].missed();
                }
                case "peak" -> {
                    return (long) reader[0].peak(0);
                }
                case "mean_square" -> {
                    return (long) reader[0].meanSquare(0);
                }
                case "clips" -> {
                    return reader[0].totalClips(0);
                }
                case "not_finite" -> {
                    return reader[0].totalNotFinite(0);
                }
                default -> throw unknown(operation);
            }
            return 0;
        };
    }

    /** A process says who it is and then why it has failed; a reader looks once. */
    static Scenario roleCell(final Cast cast) {
        final Place place = Place.of(r -> r.roles("it", "", List.of(Role.BRIDGE, Role.RT)));
        final int cell = place.section().elementOffset(Role.RT.code());
        return setup -> {
            final ModelBuffer memory = setup.memory(place.image());
            cast.bind(memory, place.section());
            setup.name(cell, "cell").name(cell + StandardStructs.ROLE.offset("state"), "state");
            setup.name(cell + StandardStructs.ROLE.offset("start_time"), "rest");
            setup.actor(
                    "process",
                    () -> {
                        final Operations own = cast.actor(0, () -> roleIn(memory, place));
                        own.call("identify", cell);
                        own.call("state", cell, 1);
                        own.call("message", cell);
                        own.call("state", cell, 2);
                    });
            final Operations[] reader = new Operations[1];
            setup.actor(
                    "reader",
                    () -> {
                        reader[0] = cast.actor(1, () -> roleIn(memory, place));
                        final long state = reader[0].call("state_of", cell);
                        expect(
                                state == 0 || reader[0].call("pid", cell) == 42,
                                "who sees the state sees the process");
                        if (state == 2) {
                            expect(
                                    reader[0].is("has_reason", cell),
                                    "who sees the state sees its reason");
                        }
                    });
            setup.check(
                    () -> {
                        expect(reader[0].call("state_of", cell) == 2, "the last state stays");
                        expect(!reader[0].is("has_collector", cell), "nobody has named it");
                    });
        };
    }

    private static Operations roleIn(final ModelBuffer memory, final Place place) {
        final RoleCell cell = new RoleCell(memory, place.section(), Role.RT);
        final Loads loads = Loads.over(memory);
        return (operation, a) ->
                switch (operation) {
                    case "identify" -> {
                        memory.putInt((int) a[0] + PID, 42);
                        yield 0;
                    }
                    case "pid" -> memory.getInt((int) a[0] + PID);
                    case "message" -> {
                        cell.message(REASON);
                        yield 0;
                    }
                    case "state" -> {
                        cell.state((int) a[1]);
                        yield 0;
                    }
                    case "state_of" -> RoleCell.stateOf(loads, place.section(), Role.RT);
                    case "has_reason" ->
                            bit(RoleCell.messageOf(loads, place.section(), Role.RT).equals(REASON));
                    case "has_collector" ->
                            bit(!RoleCell.collectorOf(loads, place.section(), Role.RT).isEmpty());
                    default -> throw unknown(operation);
                };
    }

    /** A voice's state changes with its level, so many notes long; who sees a state sees a level that is as new. */
    static Scenario voiceStates(final Cast cast, final int notes) {
        final Place place =
                Place.of(
                        r ->
                                r.voiceStates("it", "", Role.RT, 2)
                                        .array("level", "", Role.RT, FieldType.INT32, 1));
        final int level = place.elements("level");
        return setup -> {
            final ModelBuffer memory = setup.memory(place.image());
            cast.bind(memory, place.section());
            setup.name(place.section().elementOffset(0), "states").name(level, "level");
            final int behind = place.section().elementOffset(2);
            memory.putInt(behind, MARK);
            setup.actor(
                    "synth",
                    () -> {
                        final Operations synth = cast.actor(0, () -> voicesIn(memory, place));
                        for (int n = 1; n <= notes; n++) {
                            synth.call("play", level, n);
                        }
                    });
            final Operations[] display = new Operations[1];
            setup.actor(
                    "display",
                    () -> {
                        display[0] = cast.actor(1, () -> voicesIn(memory, place));
                        final long n = display[0].call("look");
                        expect(
                                display[0].call("level", level) >= n,
                                "a state comes after its level");
                    });
            setup.check(
                    () -> {
                        expect(display[0].call("look") == notes, "the last note is seen");
                        final Operations synth = cast.actor(0, () -> voicesIn(memory, place));
                        expect(synth.call("free") == 0, "a free voice is 0");
                        expect(display[0].call("look") == 0, "a free voice has no note");
                        expect(memory.getInt(behind) == MARK, "what is behind is not touched");
                    });
        };
    }

    private static int note(final int n) {
        return VoiceStates.pack(n, true, n, 60 + n, 100 + n, n);
    }

    private static Operations voicesIn(final ModelBuffer memory, final Place place) {
        final VoiceStates states = VoiceStates.over(memory, place.section());
        return (operation, a) ->
                switch (operation) {
                    case "play" -> {
                        memory.putIntOpaque((int) a[0], (int) a[1]);
                        states.setRelease(1, note((int) a[1]));
                        yield 0;
                    }
                    case "free" -> {
                        states.setRelease(1, 0);
                        yield states.getAcquire(1);
                    }
                    case "look" -> {
                        final int state = states.getAcquire(1);
                        final int n = VoiceStates.generationOf(state);
                        expect(state == (n == 0 ? 0 : note(n)), "a state is of one note");
                        yield n;
                    }
                    case "level" -> memory.getIntOpaque((int) a[0]);
                    default -> throw unknown(operation);
                };
    }
}
