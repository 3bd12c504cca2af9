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
    void anEventQueueNeedsAllItsOrders() {
        onlySurvivors(SectionScenarios.eventQueue(3, 3, 0));
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
