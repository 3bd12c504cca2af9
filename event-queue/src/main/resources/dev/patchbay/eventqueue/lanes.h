/* SPDX-License-Identifier: Apache-2.0 */
/* ---- Lanes of rings and queues with many producers: Lane and AbandonedClaims in Java. ----
   Each role counts the claims that it may hold; by that a dead producer's claim is told from a live one's. */

/* Keeps the compiler, and nothing else, from moving what follows before what precedes. That is all the order that a death can
   show: what the killed process stored is seen up to the instruction that was its last. */
static inline void pb_ring_death_order(void)
{
    __atomic_signal_fence(__ATOMIC_SEQ_CST);
}

/* Starts a lane anew, when the predecessor is proved dead. Release: pairs with pb_ring_is_abandoned and AbandonedClaims.
   Lane.takeOver. */
static inline void pb_ring_lane_take_over(pb_ring_lane *lane)
{
    __atomic_store_n(&lane->open, 0, __ATOMIC_RELEASE);
}

/* Before a claim. Relaxed: the release of the tail publishes it. Lane.open. */
static inline void pb_ring_lane_open(pb_ring_lane *lane)
{
    __atomic_fetch_add(&lane->open, 1, __ATOMIC_RELAXED);
    pb_ring_death_order();
}

/* After a commit, or a claim that failed. Release: who sees the lane lowered sees what was committed. Lane.leave. */
static inline void pb_ring_lane_leave(pb_ring_lane *lane)
{
    __atomic_fetch_sub(&lane->open, 1, __ATOMIC_RELEASE);
}

/* Counts what was refused. Relaxed. Lane.drop. */
static inline void pb_ring_lane_drop(pb_ring_lane *lane, uint64_t count)
{
    __atomic_fetch_add(&lane->dropped, count, __ATOMIC_RELAXED);
}

/* A consumer's knowledge of the claim that it waits for. AbandonedClaims in Java. */
typedef struct pb_ring_proof {
    uint64_t position;
    uint64_t tail; /* up to where the proof reaches */
    uint32_t without_claim;
} pb_ring_proof;

/* Begins a proof at the consumer's position. */
static inline void pb_ring_proof_init(pb_ring_proof *proof, uint64_t head)
{
    proof->position = head;
    proof->tail = head;
    proof->without_claim = 0;
}

/* Whether every claim from the consumer's position at, where it is stuck, to proof->tail is committed or a dead producer's;
   0 where nothing is claimed there. Whose a claim is, its bytes do not tell, so the proof goes by exclusion: the tail is
   noted; then every role is either dead, by the bits (1 << code) in dead_roles, or is seen with no claim open. Time plays
   no part. By the consumer: AbandonedClaims.isProved. */
static inline int pb_ring_is_abandoned(pb_ring_proof *proof, const pb_ring_lane *lanes, const uint64_t *tail, uint64_t at,
    uint32_t dead_roles)
{
    const uint32_t roles = (uint32_t)(sizeof((pb_shared_ring_head *)0)->lanes / sizeof(pb_ring_lane));
    uint32_t role;
    if (at != proof->position || proof->tail == at) {
        proof->position = at;
        /* Acquire: pairs with the release of a claim, pb_shared_ring_move_tail or RingMemory.casTail. Whoever claimed what lies before
           this tail has its lane seen raised, or lowered after the commit. */
        proof->tail = __atomic_load_n(tail, __ATOMIC_ACQUIRE);
        proof->without_claim = 0;
    }
    if (proof->tail == at)
        return 0;
    proof->without_claim |= dead_roles;
    /* Acquire: pairs with pb_ring_lane_leave and Lane.leave, so a role without a claim has all it claimed committed. */
    for (role = 0; role < roles; role++)
        if ((proof->without_claim & (1u << role)) == 0 && __atomic_load_n(&lanes[role].open, __ATOMIC_ACQUIRE) == 0)
            proof->without_claim |= 1u << role;
    return (proof->without_claim & ((1u << roles) - 1u)) == (1u << roles) - 1u;
}

