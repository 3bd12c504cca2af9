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
 * here with the reason. All accesses of one kind and order by one actor to one place are weakened together.
 */
class WeakeningTest {
    /** Weakens each order; all but the expected must be found out. */
    private static void onlySurvivors(final Scenario scenario, final String... expected) {
        final List<Weakening> all = Model.weakenings(Bounds.STANDARD, scenario);
        final TreeSet<String> survivors = new TreeSet<>();
        for (final Weakening weakening : all) {
            if (Model.explore(Bounds.STANDARD, scenario, weakening).failure() == null) {
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
                // awake(): nothing is read behind it; a ring that still sees the flag wakes once
                // too often.
                "sleeper store asleep release->opaque");
    }

    @Test
    void dirtyBitsNeedAReleasingSetAndAnAcquiringDrain() {
        onlySurvivors(
                PrimitiveScenarios.dirtyBits(3, 2),
                // Both loads only decide whether to try; the read-modify-write behind them orders.
                "drainer load bits volatile->acquire",
                "drainer load bits volatile->opaque",
                "setter load bits volatile->acquire",
                "setter load bits volatile->opaque",
                // Java has no weaker one in AtomicBuffer; C may use them.
                "drainer update bits volatile->acquire_release",
                "drainer update bits volatile->acquire",
                "setter update bits volatile->acquire_release",
                "setter update bits volatile->release",
                // The bits order the values; a reader without bits needs these.
                "drainer load values acquire->opaque",
                "setter store values release->opaque");
    }

    @Test
    void aSnapshotNeedsAllItsOrders() {
        onlySurvivors(PrimitiveScenarios.snapshot(2, 2));
    }

    @Test
    void cellsNeedAllTheirOrders() {
        onlySurvivors(
                PrimitiveScenarios.cells(),
                // The last that the reader looks at: the scenario has nothing behind it.
                "reader load float 0 acquire->opaque",
                "writer store float 0 release->opaque");
    }

    @Test
    void aTripleBufferNeedsAReleaseOnEachSideAndAnAcquireInOneOfTwoPlaces() {
        onlySurvivors(
                SectionScenarios.tripleBuffer(4, 3),
                // The load of the state and the compare-and-set behind it both acquire: one would
                // do.
                "reader load state volatile->acquire",
                "reader load state volatile->opaque",
                "reader update state volatile->acquire_release",
                "reader update state volatile->release",
                "writer load state volatile->acquire",
                "writer load state volatile->opaque",
                "writer update state volatile->acquire_release",
                "writer update state volatile->release");
    }

    @Test
    void parameterChangesNeedWhatTheirTripleBufferNeeds() {
        onlySurvivors(
                SectionScenarios.parameterChanges(4, 3),
                "reader load state volatile->acquire",
                "reader load state volatile->opaque",
                "reader update state volatile->acquire_release",
                "reader update state volatile->release",
                "writer load state volatile->acquire",
                "writer load state volatile->opaque",
                "writer update state volatile->acquire_release",
                "writer update state volatile->release");
    }

    @Test
    void aBlobNeedsAllItsOrdersButThoseOfASlotsNumber() {
        onlySurvivors(
                SectionScenarios.blob(),
                // The 0 is published by the release of each store behind it, the number by that of
                // "published".
                "writer store slot_sequence release->opaque",
                // The last load of a read: the acquires before it keep it where it is.
                "reader load slot_sequence acquire->opaque");
    }

    @Test
    void anEventQueueNeedsTheOrdersOfItsPositions() {
        onlySurvivors(
                SectionScenarios.eventQueue(4, 3, 0),
                // The consumer makes a queue too, and so loads its own head.
                "consumer load head acquire->opaque",
                // A count, behind which nothing is read.
                "producer store dropped release->opaque");
    }

    @Test
    void aRoleCellNeedsTheOrderOfItsState() {
        onlySurvivors(
                SectionScenarios.roleCell(),
                // The state behind them publishes them; who looks without it gets single words.
                "process store cell release->opaque",
                "process store rest release->opaque");
    }
}
