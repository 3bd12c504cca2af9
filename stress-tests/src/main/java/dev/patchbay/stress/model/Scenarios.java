// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.model;

import dev.patchbay.atomics.Blob;
import dev.patchbay.atomics.BroadcastReader;
import dev.patchbay.atomics.BroadcastWriter;
import dev.patchbay.atomics.Counters;
import dev.patchbay.atomics.DirtyBits;
import dev.patchbay.atomics.Doorbell;
import dev.patchbay.atomics.DoubleCells;
import dev.patchbay.atomics.FloatCells;
import dev.patchbay.atomics.FloatField;
import dev.patchbay.atomics.Histogram;
import dev.patchbay.atomics.IntCells;
import dev.patchbay.atomics.IntegerField;
import dev.patchbay.atomics.LongCells;
import dev.patchbay.atomics.MeterReader;
import dev.patchbay.atomics.MeterWriter;
import dev.patchbay.atomics.ParameterChangesReader;
import dev.patchbay.atomics.ParameterChangesWriter;
import dev.patchbay.atomics.RoleCell;
import dev.patchbay.atomics.Snapshot;
import dev.patchbay.atomics.SnapshotReader;
import dev.patchbay.atomics.StructCopy;
import dev.patchbay.atomics.TextField;
import dev.patchbay.atomics.TripleBuffer;
import dev.patchbay.atomics.VoiceStates;
import dev.patchbay.eventqueue.Event;
import dev.patchbay.eventqueue.EventQueue;
import dev.patchbay.eventqueue.RecordWriter;
import dev.patchbay.eventqueue.RingReader;
import dev.patchbay.eventqueue.RingWriter;
import dev.patchbay.eventqueue.SharedEventQueue;
import dev.patchbay.eventqueue.SharedRingRecovery;
import dev.patchbay.eventqueue.SharedRingWriter;
import dev.patchbay.eventqueue.SlotQueue;
import dev.patchbay.eventqueue.SysexReader;
import dev.patchbay.eventqueue.SysexWriter;
import dev.patchbay.stress.model.BroadcastScenarios.Begin;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Every scenario of the primitives, once: the tests, the part of the run that checks them in the model and the one that breaks the
 * primitives take them from here. Whoever adds a primitive adds its scenarios to a class whose name ends with {@code Scenarios}
 * (those are loaded anew for each mutant), and a line here.
 */
public final class Scenarios {
    /** For a loop of a thousand tries. */
    private static final Bounds LONG = new Bounds(5_000, 1_000, 2_000);

    private Scenarios() {}

    /** All, in the order of the report. */
    public static List<NamedScenario> all() {
        return Stream.of(
                        listed(),
                        named(
                                RingOperationScenarios.single(),
                                RecordWriter.class,
                                RingReader.class,
                                RingWriter.class),
                        named(
                                RingRecoveryScenarios.single(),
                                RecordWriter.class,
                                RingReader.class,
                                RingWriter.class),
                        named(
                                RingOperationScenarios.shared(),
                                RingReader.class,
                                SharedRingWriter.class,
                                SharedRingRecovery.class),
                        named(
                                RingRecoveryScenarios.shared(),
                                RingReader.class,
                                SharedRingWriter.class,
                                SharedRingRecovery.class),
                        named(
                                RingScenarios.all(),
                                RecordWriter.class,
                                RingReader.class,
                                RingWriter.class),
                        named(
                                SharedRingScenarios.all(),
                                RingReader.class,
                                SharedRingWriter.class,
                                SharedRingRecovery.class))
                .flatMap(List::stream)
                .toList();
    }

    private static List<NamedScenario> named(
            final Map<String, Scenario> scenarios, final Class<?>... primitives) {
        return scenarios.entrySet().stream()
                .map(e -> NamedScenario.of(e.getKey(), e::getValue, primitives))
                .toList();
    }

    private static List<NamedScenario> listed() {
        return List.of(
                NamedScenario.of(
                        "doorbell, 3 rings, 2 looks",
                        () -> PrimitiveScenarios.doorbell(3, 2),
                        Doorbell.class),
                NamedScenario.of(
                        "dirty bits, 3 changes, 2 drains",
                        () -> DirtyBitsScenarios.dirtyBits(3, 2),
                        DirtyBits.class,
                        IntCells.class),
                NamedScenario.of(
                        "dirty bits, 2 setters of 2 changes",
                        () -> DirtyBitsScenarios.twoSetters(2),
                        DirtyBits.class),
                NamedScenario.of(
                        "dirty bits, both ways, 2 changes each",
                        () -> DirtyBitsScenarios.bothWays(2),
                        DirtyBits.class),
                NamedScenario.of(
                        "snapshot, 2 writes, 2 reads",
                        () -> PrimitiveScenarios.snapshot(2, 2),
                        Snapshot.class,
                        SnapshotReader.class),
                NamedScenario.of(
                        "snapshot, writer dies, 1 read",
                        () -> SuccessorScenarios.snapshot(1, 0),
                        Snapshot.class,
                        SnapshotReader.class),
                NamedScenario.of(
                        "snapshot, at 2^31, writer dies, 1 read",
                        () -> SuccessorScenarios.snapshot(1, (1L << 31) - 2)),
                NamedScenario.of(
                        "snapshot, at 2^32, writer dies, 1 read",
                        () -> SuccessorScenarios.snapshot(1, (1L << 32) - 2)),
                NamedScenario.of(
                        "snapshot, at 2^63, writer dies, 1 read",
                        () -> SuccessorScenarios.snapshot(1, Long.MAX_VALUE - 1)),
                NamedScenario.of(
                        "snapshot, at 2^64, writer dies, 1 read",
                        () -> SuccessorScenarios.snapshot(1, -2)),
                NamedScenario.of(
                        "struct, all kinds of fields, 2 writes, 1 read",
                        StructScenarios::fields,
                        StructCopy.class,
                        IntegerField.class,
                        FloatField.class,
                        TextField.class,
                        Snapshot.class,
                        SnapshotReader.class),
                NamedScenario.of(
                        "counters, 2 rounds, 1 look", CounterScenarios::counters, Counters.class),
                NamedScenario.of(
                        "histogram, 8 values, 1 look",
                        CounterScenarios::histogram,
                        Histogram.class,
                        Counters.class),
                NamedScenario.of(
                        "snapshot, 2 of one sequence number, 1 write, 1 read each",
                        () -> PrimitiveScenarios.snapshotsOfOneSequence(1),
                        Snapshot.class,
                        SnapshotReader.class),
                NamedScenario.of(
                        "voice states, 3 notes, 1 look",
                        () -> CellScenarios.voiceStates(3),
                        VoiceStates.class),
                NamedScenario.of(
                        "cells, floats and counters, 2 rounds, 1 look",
                        PrimitiveScenarios::cells,
                        FloatCells.class,
                        Counters.class),
                NamedScenario.of(
                        "cells, floats, 5 operations each",
                        () -> CellScenarios.storeThenLoad(false),
                        FloatCells.class,
                        IntCells.class),
                NamedScenario.of(
                        "cells, doubles, 5 operations each",
                        () -> CellScenarios.storeThenLoad(true),
                        DoubleCells.class,
                        LongCells.class),
                NamedScenario.of(
                        "cells, floats, sums and maxima",
                        () -> CellScenarios.sumsAndMaxima(false),
                        FloatCells.class,
                        IntCells.class),
                NamedScenario.of(
                        "cells, doubles, sums and maxima",
                        () -> CellScenarios.sumsAndMaxima(true),
                        DoubleCells.class,
                        LongCells.class),
                NamedScenario.of(
                        "cells, int32, added and raised",
                        () -> OperationScenarios.integers(false),
                        IntCells.class),
                NamedScenario.of(
                        "cells, int64, added and raised",
                        () -> OperationScenarios.integers(true),
                        LongCells.class),
                NamedScenario.of(
                        "cells, int32, raised behind data",
                        () -> OperationScenarios.raised(false),
                        IntCells.class),
                NamedScenario.of(
                        "cells, int64, raised behind data",
                        () -> OperationScenarios.raised(true),
                        LongCells.class),
                NamedScenario.of(
                        "cells, floats, raised to zeros, infinities and NaN",
                        () -> OperationScenarios.maxima(false),
                        FloatCells.class),
                NamedScenario.of(
                        "cells, doubles, raised to zeros, infinities and NaN",
                        () -> OperationScenarios.maxima(true),
                        DoubleCells.class),
                NamedScenario.of(
                        "dirty bits, of 2 words, drained one by one",
                        OperationScenarios::drainEach,
                        DirtyBits.class),
                NamedScenario.of(
                        "broadcast, where readers begin",
                        OperationScenarios::broadcastPlaces,
                        BroadcastReader.class),
                NamedScenario.of(
                        "meters, windows of 8 frames",
                        OperationScenarios::meterWindows,
                        MeterReader.class,
                        MeterWriter.class),
                NamedScenario.of(
                        "event queue, of 2 slots, 3 claims, 2 looks",
                        QueueOperationScenarios::claims,
                        EventQueue.class,
                        SlotQueue.class),
                NamedScenario.of(
                        "event queue, of 4 slots, 2 batches, 3 polls",
                        QueueOperationScenarios::batches,
                        EventQueue.class,
                        SlotQueue.class),
                NamedScenario.of(
                        "triple buffer, 4 publications, 3 refreshes",
                        () -> SectionScenarios.tripleBuffer(4, 3),
                        TripleBuffer.class),
                NamedScenario.of(
                        "triple buffer, 9 publications, 1 refresh",
                        () -> SectionScenarios.tripleBufferGivesUp(9),
                        TripleBuffer.class),
                NamedScenario.of(
                        "triple buffer, writer dies, 2 + 2 publications, 2 refreshes",
                        () -> SuccessorScenarios.tripleBufferWriter(2, 2, 2),
                        TripleBuffer.class),
                NamedScenario.of(
                        "triple buffer, reader dies, 2 publications, 2 + 1 refreshes",
                        () -> SuccessorScenarios.tripleBufferReader(2, 2, 1),
                        TripleBuffer.class),
                NamedScenario.of("blob, 2 writes, 1 read", () -> BlobScenarios.blob(1), Blob.class),
                NamedScenario.of("blob, first 2 writes, 1 read", BlobScenarios::first, Blob.class),
                NamedScenario.of(
                                "blob, of a negative length",
                                () -> BlobScenarios.broken(-1),
                                Blob.class)
                        .within(LONG),
                NamedScenario.of(
                                "blob, longer than its room",
                                () -> BlobScenarios.broken(17),
                                Blob.class)
                        .within(LONG),
                NamedScenario.of(
                        "blob, writer dies, 1 read", () -> SuccessorScenarios.blob(1), Blob.class),
                NamedScenario.of(
                        "blob, at 2^31, 2 writes, 1 read",
                        () -> BlobScenarios.blob((1L << 31) - 1)),
                NamedScenario.of(
                        "blob, at 2^32, 2 writes, 1 read",
                        () -> BlobScenarios.blob((1L << 32) - 1)),
                NamedScenario.of(
                        "blob, at 2^63, 2 writes, 1 read",
                        () -> BlobScenarios.blob(Long.MAX_VALUE)),
                NamedScenario.of(
                        "event queue, of 2 slots, 2 + 3 offers, 3 polls",
                        () -> SectionScenarios.eventQueue(3, 3, 0),
                        EventQueue.class,
                        SlotQueue.class),
                NamedScenario.of(
                        "event queue, at 2^31, 2 + 2 offers, 2 polls",
                        () -> SectionScenarios.eventQueue(2, 2, (1L << 31) - 1),
                        EventQueue.class,
                        SlotQueue.class),
                NamedScenario.of(
                        "event queue, at 2^32, 2 + 2 offers, 2 polls",
                        () -> SectionScenarios.eventQueue(2, 2, (1L << 32) - 1),
                        EventQueue.class,
                        SlotQueue.class),
                NamedScenario.of(
                        "shared event queue, 2 offers each, 2 polls",
                        () -> QueueScenarios.contention(2, 2, false, 0),
                        SharedEventQueue.class,
                        Event.class),
                NamedScenario.of(
                        "shared event queue, 1 claim in vain, 1 offer each, 2 polls",
                        () -> QueueScenarios.contention(1, 2, true, -1),
                        SharedEventQueue.class,
                        SlotQueue.class),
                NamedScenario.of(
                        "shared event queue, at 2^63, 1 offer each, 2 polls",
                        () -> QueueScenarios.contention(1, 2, false, Long.MAX_VALUE),
                        SharedEventQueue.class),
                NamedScenario.of(
                        "shared event queue, 1 death, 2 offers, 2 polls",
                        () -> QueueScenarios.death(2, 2, 2),
                        SharedEventQueue.class),
                NamedScenario.of(
                        "shared event queue, 1 claim given up, 2 offers, 1 poll",
                        QueueScenarios::givenUp,
                        SharedEventQueue.class,
                        SlotQueue.class),
                NamedScenario.of(
                        "sysex, messages and events that no producer sends",
                        SysexScenarios::broken,
                        SysexReader.class,
                        SysexWriter.class,
                        Event.class),
                NamedScenario.of(
                        "sysex, messages found again, and what was not taken",
                        SysexScenarios::foundAgain,
                        SysexReader.class),
                NamedScenario.of(
                        "sysex, full queue, 2 + 3 messages, 2 polls",
                        () -> SysexScenarios.fullQueue(3, 2),
                        SysexReader.class,
                        SysexWriter.class),
                NamedScenario.of(
                        "sysex, full ring, 3 + 2 messages, 2 polls",
                        () -> SysexScenarios.fullRing(2, 2),
                        SysexReader.class,
                        SysexWriter.class),
                NamedScenario.of(
                        "sysex, producer dies, 1 poll",
                        () -> SysexScenarios.producerDies(1),
                        SysexWriter.class),
                NamedScenario.of(
                        "sysex, consumer dies, 2 + 1 messages",
                        () -> SysexScenarios.consumerDies(1),
                        SysexReader.class),
                NamedScenario.of(
                        "broadcast, of 2 slots, 2 + 3 messages, 3 reads from the oldest",
                        () -> BroadcastScenarios.broadcast(3, 3, Begin.OLDEST, 0),
                        BroadcastReader.class,
                        BroadcastWriter.class),
                NamedScenario.of(
                        "broadcast, of 2 slots, 2 + 3 messages, 2 reads from the newest",
                        () -> BroadcastScenarios.broadcast(3, 2, Begin.NEWEST, 0),
                        BroadcastReader.class,
                        BroadcastWriter.class),
                NamedScenario.of(
                        "broadcast, of 2 slots, 2 + 3 messages, 2 reads from the end",
                        () -> BroadcastScenarios.broadcast(3, 2, Begin.END, 0),
                        BroadcastReader.class,
                        BroadcastWriter.class),
                NamedScenario.of(
                        "broadcast, at 2^62, 2 + 2 messages, 2 reads",
                        () -> BroadcastScenarios.broadcast(2, 2, Begin.OLDEST, (1L << 62) - 3),
                        BroadcastReader.class,
                        BroadcastWriter.class),
                NamedScenario.of(
                        "broadcast, at 2^63, 2 + 2 messages, 2 reads",
                        () -> BroadcastScenarios.broadcast(2, 2, Begin.OLDEST, Long.MAX_VALUE - 2),
                        BroadcastReader.class,
                        BroadcastWriter.class),
                NamedScenario.of(
                        "broadcast, after a death amid the words, 2 messages, 3 reads",
                        () -> BroadcastScenarios.broadcastAfterDeath(2, 3),
                        BroadcastReader.class,
                        BroadcastWriter.class),
                NamedScenario.of(
                        "broadcast, after a death before the tail, 2 messages, 3 reads",
                        () -> BroadcastScenarios.broadcastAfterDeath(4, 3),
                        BroadcastReader.class,
                        BroadcastWriter.class),
                NamedScenario.of(
                        "meters, 3 windows, 2 polls",
                        () -> MeterScenarios.meters(3, 2, 4, 0),
                        MeterReader.class,
                        MeterWriter.class),
                NamedScenario.of(
                        "meters, at 2^31, that keep 2, 4 windows, 1 poll",
                        () -> MeterScenarios.meters(4, 1, 2, (1L << 31) - 2),
                        MeterReader.class,
                        MeterWriter.class),
                NamedScenario.of(
                        "meters, at 2^32, that keep 2, 4 windows, 1 poll",
                        () -> MeterScenarios.meters(4, 1, 2, (1L << 32) - 2),
                        MeterReader.class,
                        MeterWriter.class),
                NamedScenario.of(
                        "meters, whose memory has become another's, 3 windows, 1 poll",
                        () -> MeterScenarios.movedMeters(3, 1, 4, 5),
                        MeterReader.class,
                        MeterWriter.class),
                NamedScenario.of(
                        "parameter changes, 4 transactions, 3 polls",
                        () -> ParameterChangesScenarios.transactions(4, 3, 0),
                        ParameterChangesReader.class,
                        ParameterChangesWriter.class),
                NamedScenario.of(
                        "parameter changes, at 2^31, 2 transactions, 2 polls",
                        () -> ParameterChangesScenarios.transactions(2, 2, Integer.MAX_VALUE),
                        ParameterChangesReader.class,
                        ParameterChangesWriter.class),
                NamedScenario.of(
                        "parameter changes, behind 2^31, 2 transactions, 2 polls",
                        () -> ParameterChangesScenarios.transactions(2, 2, Integer.MIN_VALUE + 1),
                        ParameterChangesReader.class,
                        ParameterChangesWriter.class),
                NamedScenario.of(
                        "parameter changes, at 2^32, 2 transactions, 2 polls",
                        () -> ParameterChangesScenarios.transactions(2, 2, -2),
                        ParameterChangesReader.class,
                        ParameterChangesWriter.class),
                NamedScenario.of(
                        "parameter changes, writer dies, 2 transactions, 2 polls",
                        () -> ParameterChangesScenarios.writerDies(2, 2),
                        TripleBuffer.class,
                        ParameterChangesReader.class,
                        ParameterChangesWriter.class),
                NamedScenario.of(
                        "parameter changes, reader dies, 3 transactions, 1 poll",
                        () -> ParameterChangesScenarios.readerDies(3, 1),
                        ParameterChangesReader.class,
                        ParameterChangesWriter.class),
                NamedScenario.of(
                        "parameter changes, by 2 writers, 2 transactions each, 2 blocks",
                        () -> MergeScenarios.of(2, 2),
                        ParameterChangesReader.class,
                        ParameterChangesWriter.class),
                NamedScenario.of(
                        "role cell, 1 life, 1 look", RoleScenarios::oneLife, RoleCell.class),
                NamedScenario.of(
                        "role cell, successor, 4 looks", RoleScenarios::successor, RoleCell.class),
                NamedScenario.of(
                                "role cell, texts without an end",
                                RoleScenarios::texts,
                                RoleCell.class)
                        .within(LONG));
    }
}
