// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.stress.model;

/**
 * The fences that stand before an access in its thread, and what they order. RC11's, without the sequentially consistent one: an atomic
 * store behind a release fence publishes what came before the fence; behind an acquire fence all is known that atomic loads before it
 * would have acquired. (Lahav et al., PLDI 2017: sw = [rel] ; ([F] ; po)? ; rs ; rf ; (po ; [F])? ; [acq].)
 *
 * @param acquire whether there is an acquire fence between the access and the one before it
 * @param release for each thread its last event that happens before the thread's last release fence; null for none
 */
record Fences(boolean acquire, int[] release) {
    /** Without any. */
    static final Fences NONE = new Fences(false, null);

    /** Those of the store of a read-modify-write, whose load comes behind the acquire fence already. */
    Fences ofStore() {
        return new Fences(false, release);
    }
}
