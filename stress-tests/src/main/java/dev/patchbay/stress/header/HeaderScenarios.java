// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.header;

import static dev.patchbay.stress.header.HeaderScenario.BOTH;
import static dev.patchbay.stress.header.HeaderScenario.FIRST;

import java.util.List;

/** Every scenario with actors in C. A new one is a C file beside model.h, a method that makes it, and a line here. */
final class HeaderScenarios {
    private HeaderScenarios() {}

    static List<HeaderScenario> all() {
        return List.of(
                new HeaderScenario(
                        "doorbell",
                        "3 rings, 1 sleep",
                        "doorbell.c",
                        BOTH,
                        cast -> WordScenarios.doorbell(cast, 3)),
                new HeaderScenario(
                        "dirty bits",
                        "3 changes, 2 drains",
                        "dirty_bits.c",
                        BOTH,
                        cast -> WordScenarios.dirtyBits(cast, 3, 2)),
                new HeaderScenario(
                        "cells", "2 rounds, 1 look", "cells.c", BOTH, WordScenarios::cells),
                operations("int32", true),
                operations("int32", false),
                operations("int64", true),
                operations("int64", false),
                operations("float", true),
                operations("float", false),
                operations("double", true),
                operations("double", false),
                new HeaderScenario(
                        "voice states",
                        "2 notes, 1 look",
                        "voice_states.c",
                        BOTH,
                        cast -> StateScenarios.voiceStates(cast, 2)),
                new HeaderScenario(
                        "role cell",
                        "2 states, 1 look",
                        "role_cell.c",
                        BOTH,
                        StateScenarios::roleCell),
                new HeaderScenario(
                        "meters",
                        "2 windows, 2 polls",
                        "meters.c",
                        BOTH,
                        cast -> StateScenarios.meters(cast, 2, 2, 0)),
                new HeaderScenario(
                        "meters",
                        "at 2^32, 2 windows, 1 poll",
                        "meters.c",
                        BOTH,
                        cast -> StateScenarios.meters(cast, 2, 1, (1L << 32) - 2)),
                new HeaderScenario(
                        "snapshot",
                        "2 writes, 2 reads of 2 tries",
                        "snapshot.c",
                        BOTH,
                        cast -> SectionScenarios.snapshot(cast, 2, 2, 2)),
                new HeaderScenario(
                        "triple buffer",
                        "4 publications, 3 refreshes",
                        "triple_buffer.c",
                        BOTH,
                        cast -> SectionScenarios.tripleBuffer(cast, 4, 3)),
                new HeaderScenario(
                        "triple buffer",
                        "4 transactions of parameters, 3 polls",
                        "parameter_changes.c",
                        FIRST,
                        cast -> SectionScenarios.parameterChanges(cast, 4, 3, 0)),
                new HeaderScenario(
                        "triple buffer",
                        "2 transactions of parameters at 2^31, 2 polls",
                        "parameter_changes.c",
                        FIRST,
                        cast -> SectionScenarios.parameterChanges(cast, 2, 2, Integer.MAX_VALUE)),
                new HeaderScenario(
                        "triple buffer",
                        "2 transactions of parameters behind 2^31, 2 polls",
                        "parameter_changes.c",
                        FIRST,
                        cast ->
                                SectionScenarios.parameterChanges(
                                        cast, 2, 2, Integer.MIN_VALUE + 1)),
                new HeaderScenario(
                        "triple buffer",
                        "2 transactions of parameters at 2^32, 2 polls",
                        "parameter_changes.c",
                        FIRST,
                        cast -> SectionScenarios.parameterChanges(cast, 2, 2, -2)),
                new HeaderScenario(
                        "blob", "2 writes, 1 read", "blob.c", BOTH, SectionScenarios::blob),
                new HeaderScenario(
                        "event queue",
                        "2 + 3 offers, 3 polls",
                        "event_queue.c",
                        BOTH,
                        cast -> SectionScenarios.eventQueue(cast, 3, 3, 0)),
                new HeaderScenario(
                        "event queue",
                        "at 2^31, 2 + 2 offers, 2 polls",
                        "event_queue.c",
                        BOTH,
                        cast -> SectionScenarios.eventQueue(cast, 2, 2, (1L << 31) - 1)),
                new HeaderScenario(
                        "event queue",
                        "at 2^32, 2 + 2 offers, 2 polls",
                        "event_queue.c",
                        BOTH,
                        cast -> SectionScenarios.eventQueue(cast, 2, 2, (1L << 32) - 1)),
                new HeaderScenario(
                        "shared event queue",
                        "1 aborted and 1 event of each of 2, 2 polls",
                        "shared_event_queue.c",
                        BOTH,
                        cast -> SharedQueueScenarios.contention(cast, 1, 2, true, 0)),
                new HeaderScenario(
                        "shared event queue",
                        "full, at 2^32, 2 events of each of 2, 1 poll",
                        "shared_event_queue.c",
                        BOTH,
                        cast -> SharedQueueScenarios.contention(cast, 2, 1, false, (1L << 32) - 1)),
                new HeaderScenario(
                        "shared event queue",
                        "a dead claim, 2 events of another, 2 rounds",
                        "shared_event_queue.c",
                        BOTH,
                        cast -> SharedQueueScenarios.death(cast, 2, 2)),
                new HeaderScenario(
                        "shared event queue",
                        "a role's successor, 2 rounds",
                        "shared_event_queue.c",
                        BOTH,
                        cast -> SharedQueueScenarios.successor(cast, 2)),
                new HeaderScenario(
                        "broadcast",
                        "2 + 3 messages, 2 reads from the oldest on",
                        "broadcast.c",
                        BOTH,
                        cast -> BroadcastScenarios.broadcast(cast, 3, 2, 0)),
                new HeaderScenario(
                        "broadcast",
                        "2 + 2 messages, 2 reads from the newest on",
                        "broadcast.c",
                        BOTH,
                        cast -> BroadcastScenarios.broadcast(cast, 2, 2, 1)),
                new HeaderScenario(
                        "broadcast",
                        "2 + 2 messages, 2 reads from the end on",
                        "broadcast.c",
                        BOTH,
                        cast -> BroadcastScenarios.broadcast(cast, 2, 2, 2)),
                new HeaderScenario(
                        "ring",
                        "3 messages, 3 reads",
                        "ring.c",
                        BOTH,
                        cast -> RingScenarios.ring(cast, 3, 3, 2, 0)),
                new HeaderScenario(
                        "ring",
                        "full, at 2^32, 4 messages, 2 reads",
                        "ring.c",
                        BOTH,
                        cast -> RingScenarios.ring(cast, 4, 2, 9, (1L << 32) - 24)),
                new HeaderScenario(
                        "ring",
                        "room in all, but not in one piece",
                        "ring.c",
                        BOTH,
                        RingScenarios::frontTooShort),
                new HeaderScenario(
                        "ring",
                        "a successor, 2 reads",
                        "ring.c",
                        BOTH,
                        cast -> RingScenarios.successor(cast, 2)),
                new HeaderScenario(
                        "ring",
                        "2 messages, 1 read, 1 look at the size",
                        "ring.c",
                        BOTH,
                        RingScenarios::sizeOfOneMoment),
                new HeaderScenario(
                        "shared ring",
                        "1 message of each of 2, 2 reads",
                        "shared_ring.c",
                        BOTH,
                        cast -> SharedRingScenarios.sharedRing(cast, 1, 2, 0)),
                new HeaderScenario(
                        "shared ring",
                        "full, at 2^32, 2 messages of each of 2, 1 read",
                        "shared_ring.c",
                        BOTH,
                        cast -> SharedRingScenarios.sharedRing(cast, 2, 1, (1L << 32) - 24)),
                new HeaderScenario(
                        "shared ring",
                        "full from the start, 1 read, 1 message of each of 2",
                        "shared_ring.c",
                        BOTH,
                        SharedRingScenarios::sharedRingFull),
                new HeaderScenario(
                        "shared ring",
                        "2 messages, 1 read, 1 look at the size",
                        "shared_ring.c",
                        BOTH,
                        SharedRingScenarios::sizeOfOneMoment),
                new HeaderScenario(
                        "shared ring",
                        "a dead claim, 2 rounds",
                        "shared_ring.c",
                        BOTH,
                        cast -> SharedRingScenarios.recovery(cast, 2, true)),
                new HeaderScenario(
                        "shared ring",
                        "a role's successor, 2 rounds",
                        "shared_ring.c",
                        BOTH,
                        cast -> SharedRingScenarios.sharedSuccessor(cast, 2)),
                new HeaderScenario(
                        "shared ring",
                        "a dead claim without a length, 2 rounds",
                        "shared_ring.c",
                        BOTH,
                        cast -> SharedRingScenarios.recovery(cast, 2, false)),
                new HeaderScenario(
                        "sysex",
                        "full queue, 2 + 3 messages, 2 polls",
                        "sysex.c",
                        BOTH,
                        cast -> SysexScenarios.fullQueue(cast, 3, 2)),
                new HeaderScenario(
                        "sysex",
                        "full ring, 3 + 2 messages, 2 polls",
                        "sysex.c",
                        BOTH,
                        cast -> SysexScenarios.fullRing(cast, 2, 2, 0)),
                new HeaderScenario(
                        "sysex",
                        "full ring, at 2^32, 3 + 2 messages, 1 poll",
                        "sysex.c",
                        BOTH,
                        cast -> SysexScenarios.fullRing(cast, 2, 1, (1L << 32) - 24)),
                new HeaderScenario(
                        "sysex",
                        "2 messages among 2 notes, 2 polls",
                        "sysex.c",
                        BOTH,
                        cast -> SysexScenarios.amongNotes(cast, 2)),
                new HeaderScenario(
                        "sysex",
                        "producer dies, 1 + 1 + 1 messages, 1 poll",
                        "sysex.c",
                        BOTH,
                        cast -> SysexScenarios.producerDies(cast, 1)),
                new HeaderScenario(
                        "sysex",
                        "consumer dies, 2 + 1 messages",
                        "sysex.c",
                        BOTH,
                        cast -> SysexScenarios.consumerDies(cast, 1)),
                new HeaderScenario(
                        "sysex",
                        "messages and events that no producer sends",
                        "sysex.c",
                        HeaderScenario.ALL,
                        SysexScenarios::broken));
    }

    /** Cells of a type: store mine and load yours, or sums and maxima. */
    private static HeaderScenario operations(final String type, final boolean volatiles) {
        return new HeaderScenario(
                "cells",
                type + (volatiles ? ", 6 stores, 6 looks" : ", sums and maxima"),
                "cell_operations.c",
                BOTH,
                cast ->
                        volatiles
                                ? CellScenarios.storeThenLoad(cast, type)
                                : CellScenarios.sumsAndMaxima(cast, type));
    }
}
