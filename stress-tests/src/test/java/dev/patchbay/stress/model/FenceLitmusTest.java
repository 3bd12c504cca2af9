// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.model;

import static dev.patchbay.stress.model.Outcomes.X;
import static dev.patchbay.stress.model.Outcomes.Y;
import static dev.patchbay.stress.model.Outcomes.outcomes;

import dev.patchbay.stress.model.Outcomes.Actor;
import org.junit.jupiter.api.Test;

/**
 * Litmus tests whose orders come from fences, each with all outcomes that RC11 allows and no other: Lahav et al., "Repairing
 * sequential consistency in C/C++11" (PLDI 2017), section 3, and C++20's [atomics.fences].
 */
class FenceLitmusTest {
    private static final Actor FENCED_WRITER =
            (m, r) -> {
                m.putIntOpaque(X, 1);
                ModelFences.releaseFence();
                m.putIntOpaque(Y, 1);
            };

    private static final Actor FENCED_READER =
            (m, r) -> {
                r[0] = m.getIntOpaque(Y);
                ModelFences.acquireFence();
                r[1] = m.getIntOpaque(X);
            };

    @Test
    void messagePassingByTwoFencesNeverShowsTheFlagWithoutTheMessage() {
        outcomes("00 01 11", 2, FENCED_WRITER, FENCED_READER);
    }

    @Test
    void aFencePairsWithAnAccess() {
        outcomes(
                "00 01 11",
                2,
                FENCED_WRITER,
                (m, r) -> {
                    r[0] = m.getIntAcquire(Y);
                    r[1] = m.getIntOpaque(X);
                });
        outcomes(
                "00 01 11",
                2,
                (m, r) -> {
                    m.putIntOpaque(X, 1);
                    m.putIntRelease(Y, 1);
                },
                FENCED_READER);
    }

    @Test
    void oneFenceOfTwoIsNotEnough() {
        outcomes(
                "00 01 10 11",
                2,
                FENCED_WRITER,
                (m, r) -> {
                    r[0] = m.getIntOpaque(Y);
                    r[1] = m.getIntOpaque(X);
                });
        outcomes(
                "00 01 10 11",
                2,
                (m, r) -> {
                    m.putIntOpaque(X, 1);
                    m.putIntOpaque(Y, 1);
                },
                FENCED_READER);
    }

    @Test
    void aFenceOrdersOnlyWhatIsOnItsOtherSide() {
        // The store comes behind the release fence, the load before the acquire fence.
        outcomes(
                "00 01 10 11",
                2,
                (m, r) -> {
                    ModelFences.releaseFence();
                    m.putIntOpaque(X, 1);
                    m.putIntOpaque(Y, 1);
                },
                FENCED_READER);
        outcomes(
                "00 01 10 11",
                2,
                FENCED_WRITER,
                (m, r) -> {
                    ModelFences.acquireFence();
                    r[0] = m.getIntOpaque(Y);
                    r[1] = m.getIntOpaque(X);
                });
    }

    @Test
    void aReleaseFenceBehindAnAcquireFenceHandsOnWhatThatLearnt() {
        // WRC with fences in the middle.
        outcomes(
                "000 001 010 011 100 101 111",
                3,
                (m, r) -> m.putIntRelease(X, 1),
                (m, r) -> {
                    r[0] = m.getIntOpaque(X);
                    ModelFences.acquireFence();
                    ModelFences.releaseFence();
                    m.putIntOpaque(Y, 1);
                },
                (m, r) -> {
                    r[1] = m.getIntAcquire(Y);
                    r[2] = m.getIntOpaque(X);
                });
    }

    @Test
    void storeBufferingNeedsMoreThanReleaseAndAcquireFences() {
        outcomes(
                "00 01 10 11",
                2,
                (m, r) -> {
                    m.putIntOpaque(X, 1);
                    ModelFences.releaseFence();
                    ModelFences.acquireFence();
                    r[0] = m.getIntOpaque(Y);
                },
                (m, r) -> {
                    m.putIntOpaque(Y, 1);
                    ModelFences.releaseFence();
                    ModelFences.acquireFence();
                    r[1] = m.getIntOpaque(X);
                });
    }
}
