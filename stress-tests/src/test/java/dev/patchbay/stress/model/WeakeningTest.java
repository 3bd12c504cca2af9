// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
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
        final List<Weakening> all = Model.weakenings(PrimitivesTest.BOUNDS, scenario);
        final TreeSet<String> survivors = new TreeSet<>();
        for (final Weakening weakening : all) {
            if (Model.explore(PrimitivesTest.BOUNDS, scenario, weakening).failure() == null) {
                survivors.add(weakening.toString());
            }
        }
        assertEquals(new TreeSet<>(Arrays.asList(expected)), survivors);
        assertTrue(survivors.size() < all.size(), "none was found out");
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
                DirtyBitsScenarios.dirtyBits(3, 2),
                // AtomicBuffer has no weaker one; C has.
                "drainer DirtyBits.drain#1 update bits volatile->acquire_release",
                "drainer DirtyBits.drain#1 update bits volatile->acquire",
                "setter DirtyBits.set#1 update bits volatile->acquire_release",
                "setter DirtyBits.set#1 update bits volatile->release",
                // The bits order the values; who reads cells without bits needs these.
                "drainer IntCells.getAcquire#1 load values acquire->opaque",
                "setter IntCells.setRelease#1 store values release->opaque");
    }

    @Test
    void dirtyBitsOfTwoSettersNeedTheSame() {
        onlySurvivors(
                DirtyBitsScenarios.twoSetters(1),
                // As above.
                "drainer DirtyBits.drain#1 update bits volatile->acquire_release",
                "drainer DirtyBits.drain#1 update bits volatile->acquire",
                "setter DirtyBits.set#1 update bits volatile->acquire_release",
                "setter DirtyBits.set#1 update bits volatile->release",
                "other setter DirtyBits.set#1 update bits volatile->acquire_release",
                "other setter DirtyBits.set#1 update bits volatile->release");
    }

    @Test
    void aSnapshotNeedsAllItsOrdersButTheOuterTwo() {
        onlySurvivors(
                PrimitiveScenarios.snapshot(2, 2),
                // The odd number is published by the release of each word behind it.
                "writer Snapshot.write#1 store sequence release->opaque",
                // The acquires of the words keep the last load where it is.
                "reader SnapshotReader.read#3 load sequence acquire->opaque");
    }

    @Test
    void cellsNeedAllTheirOrders() {
        onlySurvivors(
                PrimitiveScenarios.cells(),
                // The last that the reader looks at: the scenario has nothing behind it.
                "reader IntCells.getAcquire#1 load float 0 acquire->opaque",
                "writer IntCells.setRelease#1 store float 0 release->opaque");
    }

    @Test
    void cellsNeedTheOneOrderOfTheirVolatileOperations() {
        for (final String cells : List.of("IntCells", "LongCells")) {
            onlySurvivors(
                    CellScenarios.storeThenLoad(cells.equals("LongCells")),
                    // The load of getAndMax, behind which it stores: the compare-and-set orders.
                    "left " + cells + ".getAcquire#1 load cells acquire->opaque",
                    "right " + cells + ".getAcquire#1 load cells acquire->opaque");
        }
    }

    @Test
    void sumsAndMaximaNeedAnAcquireWhereNothingIsStored() {
        for (final String cells : List.of("IntCells", "LongCells")) {
            onlySurvivors(
                    CellScenarios.sumsAndMaxima(cells.equals("LongCells")),
                    // The left side reads nothing of the other's and the right one publishes
                    // nothing:
                    // the scenario before this one needs the whole of both.
                    "left " + cells + ".getAcquire#1 load cells acquire->opaque",
                    "left " + cells + ".compareAndSet#1 update cells volatile->acquire_release",
                    "left " + cells + ".compareAndSet#1 update cells volatile->release",
                    "right " + cells + ".compareAndSet#1 update cells volatile->acquire",
                    "right " + cells + ".compareAndSet#1 update cells volatile->acquire_release");
        }
    }

    @Test
    void voiceStatesNeedBothTheirOrders() {
        onlySurvivors(CellScenarios.voiceStates(3));
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

    @Test
    void aRoleCellNeedsTheOrderOfItsState() {
        onlySurvivors(
                SectionScenarios.roleCell(),
                // The state behind them publishes them; who looks without it gets single words.
                "process RoleCell.identify#1 store state release->opaque",
                "process RoleCell.identify#2 store cell release->opaque",
                "process RoleCell.identify#3 store rest release->opaque",
                "process RoleCell.identify#4 store rest release->opaque",
                // The same for the texts, here; who reads them while they change needs these, as
                // the scenario of snapshots shows.
                "process Snapshot.write#1 store rest release->opaque",
                "process Snapshot.write#2 store rest release->opaque",
                "process Snapshot.write#3 store rest release->opaque",
                "reader SnapshotReader.read#1 load rest acquire->opaque",
                "reader SnapshotReader.read#2 load rest acquire->opaque",
                "reader SnapshotReader.read#3 load rest acquire->opaque");
    }
}
