// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.patchbay.stress.model.BroadcastScenarios.Begin;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Every order of every primitive weakened, one at a time, in the scenarios of {@link PrimitivesTest}: what survives is listed
 * here with the reason.
 */
class WeakeningTest {
    /** The load of the state and the compare-and-set behind it both acquire: either would do, but not neither. */
    private static final String[] OF_TRIPLE_BUFFER = {
        "reader TripleBuffer.refresh#1 update state volatile->acquire_release",
        "reader TripleBuffer.refresh#1 update state volatile->release",
        "reader TripleBuffer.state#1 load state volatile->acquire",
        "reader TripleBuffer.state#1 load state volatile->opaque",
        "writer TripleBuffer.publish#1 update state volatile->acquire_release",
        "writer TripleBuffer.publish#1 update state volatile->release",
        "writer TripleBuffer.state#1 load state volatile->acquire",
        "writer TripleBuffer.state#1 load state volatile->opaque"
    };

    /** Weakens each order; all but the expected must be found out. */
    private static void onlySurvivors(final Scenario scenario, final String... expected) {
        onlySurvivors(List.of(scenario), expected);
    }

    /** Weakens each order in each scenario, of whose actors the numbers do not count; in some, all but the expected must be found out. */
    private static void onlySurvivors(final List<Scenario> scenarios, final String... expected) {
        final TreeSet<String> all = new TreeSet<>();
        final TreeSet<String> found = new TreeSet<>();
        for (final Scenario scenario : scenarios) {
            for (final Weakening weakening : Model.weakenings(PrimitivesTest.BOUNDS, scenario)) {
                final String name = weakening.toString().replaceFirst("^producer \\d", "producer");
                all.add(name);
                if (!found.contains(name)
                        && Model.explore(PrimitivesTest.BOUNDS, scenario, weakening).failure()
                                != null) {
                    found.add(name);
                }
            }
        }
        assertTrue(!found.isEmpty(), "none was found out");
        all.removeAll(found);
        assertEquals(new TreeSet<>(Arrays.asList(expected)), all);
    }

    @Test
    void aDoorbellNeedsAllItsOrdersButThatOfAwake() {
        onlySurvivors(
                PrimitiveScenarios.doorbell(3),
                // Nothing is read behind it; a ring that still sees the flag wakes once too often.
                "sleeper Doorbell.awake#1 store asleep release->opaque");
    }

    @Test
    void dirtyBitsNeedAReleasingSetAndAnAcquiringDrain() {
        onlySurvivors(
                PrimitiveScenarios.dirtyBits(3, 2),
                // Both loads only decide whether to try; the read-modify-write behind them orders.
                "drainer DirtyBits.drain#1 load bits volatile->acquire",
                "drainer DirtyBits.drain#1 load bits volatile->opaque",
                "setter DirtyBits.set#1 load bits volatile->acquire",
                "setter DirtyBits.set#1 load bits volatile->opaque",
                // AtomicBuffer has no weaker one; C has.
                "drainer DirtyBits.drain#1 update bits volatile->acquire_release",
                "drainer DirtyBits.drain#1 update bits volatile->acquire",
                "setter DirtyBits.set#2 update bits volatile->acquire_release",
                "setter DirtyBits.set#2 update bits volatile->release",
                // The bits order the values; who reads cells without bits needs these.
                "drainer IntCells.getAcquire#1 load values acquire->opaque",
                "setter IntCells.setRelease#1 store values release->opaque");
    }

    @Test
    void aSnapshotNeedsAllItsOrdersButTheOuterTwo() {
        onlySurvivors(
                PrimitiveScenarios.snapshot(2, 2),
                // The release of each word behind it publishes the odd number; a broadcast, which
                // shares the code, needs it.
                "writer SequencedWords.store#1 store sequence release->opaque",
                // The acquires of the words keep the last load where it is.
                "reader SequencedWords.load#2 load sequence acquire->opaque");
    }

    @Test
    void aBroadcastNeedsTheOrdersOfItsWordsAndOfItsTail() {
        onlySurvivors(
                BroadcastScenarios.broadcast(3, 3, Begin.OLDEST, 0),
                // The acquires of the words keep it where it is.
                "reader SequencedWords.load#2 load sequence acquire->opaque");
    }

    @Test
    void cellsNeedAllTheirOrders() {
        onlySurvivors(
                PrimitiveScenarios.cells(),
                // The last that the reader looks at: the scenario has nothing behind it.
                "reader FloatCells.getAcquire#1 load float 0 acquire->opaque",
                "writer FloatCells.setRelease#1 store float 0 release->opaque");
    }

    @Test
    void aTripleBufferNeedsAReleaseOnEachSideAndAnAcquireInOneOfTwoPlaces() {
        onlySurvivors(SectionScenarios.tripleBuffer(4, 3), OF_TRIPLE_BUFFER);
    }

    @Test
    void parameterChangesNeedWhatTheirTripleBufferNeeds() {
        onlySurvivors(SectionScenarios.parameterChanges(4, 3), OF_TRIPLE_BUFFER);
    }

    @Test
    void aBlobNeedsAllItsOrdersButThoseOfASlotsNumber() {
        onlySurvivors(
                SectionScenarios.blob(),
                // The 0 is published by the release of each store behind it, the number by that of
                // "published".
                "writer Blob.write#1 store slot_sequence release->opaque",
                "writer Blob.write#5 store slot_sequence release->opaque",
                // The last load of a read: the acquires before it keep it where it is.
                "reader Blob.read#4 load slot_sequence acquire->opaque");
    }

    @Test
    void anEventQueueNeedsTheOrdersOfItsPositions() {
        onlySurvivors(
                SectionScenarios.eventQueue(3, 3, 0),
                // The consumer makes a queue too, and so loads its own head.
                "consumer EventQueue.<init>#1 load head acquire->opaque",
                // A count, behind which nothing is read.
                "producer EventQueue.offer#2 store dropped release->opaque");
    }

    private static List<Scenario> named(final Map<String, Scenario> all, final String pattern) {
        final List<Scenario> some =
                all.entrySet().stream()
                        .filter(e -> e.getKey().matches(pattern))
                        .map(Map.Entry::getValue)
                        .toList();
        assertTrue(!some.isEmpty(), pattern);
        return some;
    }

    @Test
    void aRingNeedsAllItsOrders() {
        onlySurvivors(named(RingScenarios.all(), ".*"));
    }

    @Test
    void aSharedRingNeedsAllItsOrdersButWhereAtomicBufferHasNoWeakerOne() {
        onlySurvivors(
                named(
                        SharedRingScenarios.all(),
                        ".* 32 bytes,.*messages.*|.*padding, 1 \\+.*|.*producer after [03] .*"
                                + "|.*successor .* after 6 .*|.*consumer's death after 1 .*"),
                // The recovery is made by the consumer itself, on the thread that reads the record.
                "consumer RingMemory.commit#1 store records release->opaque",
                // Between the word and the clearing behind it only a death can look, and the
                // model's
                // dead have done all up to their last store. Java has no order that keeps the
                // compiler alone from moving later stores up; C has, and uses it.
                "consumer RingReader.publish#1 store cleared volatile->opaque",
                "consumer RingReader.publish#1 store cleared volatile->release",
                // AtomicBuffer has no weaker read-modify-writes; C has: the tail's compare-and-set
                // and the lowering of a lane release, its raising and the count are relaxed.
                "producer RingMemory.casTail#1 update tail volatile->acquire_release",
                "producer RingMemory.casTail#1 update tail volatile->release",
                "producer SharedRingWriter.drop#1 update dropped volatile->acquire",
                "producer SharedRingWriter.drop#1 update dropped volatile->acquire_release",
                "producer SharedRingWriter.drop#1 update dropped volatile->opaque",
                "producer SharedRingWriter.drop#1 update dropped volatile->release",
                "producer SharedRingWriter.leave#1 update open volatile->acquire_release",
                "producer SharedRingWriter.leave#1 update open volatile->release",
                "producer SharedRingWriter.open#1 update open volatile->acquire",
                "producer SharedRingWriter.open#1 update open volatile->acquire_release",
                "producer SharedRingWriter.open#1 update open volatile->opaque",
                "producer SharedRingWriter.open#1 update open volatile->release");
    }

    @Test
    void aRoleCellNeedsTheOrderOfItsState() {
        onlySurvivors(
                SectionScenarios.roleCell(),
                // The state behind them publishes them; who looks without it gets single words.
                "process RoleCell.identify#1 store state release->opaque",
                "process RoleCell.identify#2 store cell release->opaque",
                "process RoleCell.identify#3 store rest release->opaque",
                "process RoleCell.identify#4 store rest release->opaque");
    }
}
