// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

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
        onlySurvivors(List.of(scenario), expected);
    }

    /** The same where one scenario may find out what another cannot: their actors have the same names. */
    private static void onlySurvivors(final List<Scenario> scenarios, final String... expected) {
        final TreeSet<String> all = new TreeSet<>();
        final TreeSet<String> found = new TreeSet<>();
        for (final Scenario scenario : scenarios) {
            for (final Weakening weakening : Model.weakenings(PrimitivesTest.BOUNDS, scenario)) {
                final String name = weakening.toString();
                if (!found.contains(name)
                        && Model.explore(PrimitivesTest.BOUNDS, scenario, weakening).failure()
                                != null) {
                    found.add(name);
                }
                all.add(name);
            }
        }
        assertFalse(found.isEmpty(), "none was found out");
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
    void aSharedEventQueueNeedsAllItsOrdersButThoseThatAreStrongerThanABufferHas() {
        onlySurvivors(
                List.of(
                        QueueScenarios.contention(1, 2, true, -1),
                        QueueScenarios.contention(2, 2, false, 0),
                        QueueScenarios.death(2, 1, 2),
                        QueueScenarios.death(1, 1, 2)),
                // AtomicBuffer has no weaker ones; C has: the lane's raise is relaxed and its
                // lowering
                // releases, the claim's compare-and-set releases, the count is relaxed.
                "other Lane.open#1 update lanes volatile->acquire_release",
                "other Lane.open#1 update lanes volatile->acquire",
                "other Lane.open#1 update lanes volatile->release",
                "other Lane.open#1 update lanes volatile->opaque",
                "other Lane.leave#1 update lanes volatile->acquire_release",
                "other Lane.leave#1 update lanes volatile->release",
                "other Lane.drop#1 update lanes volatile->acquire_release",
                "other Lane.drop#1 update lanes volatile->acquire",
                "other Lane.drop#1 update lanes volatile->release",
                "other Lane.drop#1 update lanes volatile->opaque",
                "other SharedEventQueue.claim#1 update tail volatile->acquire_release",
                "other SharedEventQueue.claim#1 update tail volatile->release",
                "producer Lane.open#1 update lanes volatile->acquire_release",
                "producer Lane.open#1 update lanes volatile->acquire",
                "producer Lane.open#1 update lanes volatile->release",
                "producer Lane.open#1 update lanes volatile->opaque",
                "producer Lane.drop#1 update lanes volatile->acquire_release",
                "producer Lane.drop#1 update lanes volatile->acquire",
                "producer Lane.drop#1 update lanes volatile->release",
                "producer Lane.drop#1 update lanes volatile->opaque",
                // This one dies, and a dead role's lane is not looked at.
                "producer Lane.leave#1 update lanes volatile->acquire_release",
                "producer Lane.leave#1 update lanes volatile->acquire",
                "producer Lane.leave#1 update lanes volatile->release",
                "producer Lane.leave#1 update lanes volatile->opaque",
                "producer SharedEventQueue.claim#1 update tail volatile->acquire_release",
                "producer SharedEventQueue.claim#1 update tail volatile->release",
                // The slot's next owner follows by its compare-and-set, which acquires here; not in
                // C.
                "producer SharedEventQueue.abort#1 store commits release->opaque");
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
