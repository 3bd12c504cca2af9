/* SPDX-License-Identifier: Apache-2.0 */
/* ---- Counters: Counters in Java. One writer, any readers; wait-free. An index beyond the last is ignored. ---- */

/* Adds to a counter: a relaxed load of the writer's own last value, a store with release. By the writer alone. The store
   pairs with pb_counter_get_acquire and Counters.getAcquire. */
static inline void pb_counter_add(const pb_section *counters, uint32_t index, int64_t amount)
{
    int64_t *cell;
    if (index >= counters->count)
        return;
    cell = (int64_t *)pb_section_element(counters, index);
    /* Unsigned: a counter that has counted all there is wraps, as in Java. */
    pb_int64_set_release(cell, (int64_t)((uint64_t)__atomic_load_n(cell, __ATOMIC_RELAXED) + (uint64_t)amount));
}

/* Raises a counter to a value if it is below: a relaxed load, a store with release. By the writer alone. The store pairs with
   pb_counter_get_acquire and Counters.getAcquire. */
static inline void pb_counter_max(const pb_section *counters, uint32_t index, int64_t value)
{
    int64_t *cell;
    if (index >= counters->count)
        return;
    cell = (int64_t *)pb_section_element(counters, index);
    if (__atomic_load_n(cell, __ATOMIC_RELAXED) < value)
        pb_int64_set_release(cell, value);
}

/* Loads a counter with acquire; 0 beyond the last. Any thread. Pairs with the stores of pb_counter_add, pb_counter_max and
   those of Counters. */
static inline int64_t pb_counter_get_acquire(const pb_section *counters, uint32_t index)
{
    return index < counters->count ? pb_int64_get_acquire((const int64_t *)pb_section_element(counters, index)) : 0;
}

/* ---- Histogram: Histogram in Java. One writer, any readers; wait-free. ---- */

/* The bucket of a value in a histogram: Histogram.bucketOf in Java. No memory is touched. Any thread. */
static inline uint32_t pb_histogram_bucket(int64_t value)
{
    int shift;
    if (value < PB_HISTOGRAM_SUB_BUCKETS)
        return value < 0 ? 0u : (uint32_t)value;
    shift = 63 - __builtin_ctz(PB_HISTOGRAM_SUB_BUCKETS) - __builtin_clzll((unsigned long long)value);
    return (uint32_t)(shift + 1) * PB_HISTOGRAM_SUB_BUCKETS
        + (uint32_t)((uint64_t)value >> shift) - PB_HISTOGRAM_SUB_BUCKETS;
}

/* Counts a value: Histogram.record in Java. Negative ones count as 0, ones too large in the last bucket. By the writer alone;
   stores with release, which pairs with pb_counter_get_acquire of the bucket. */
static inline void pb_histogram_record(const pb_section *histogram, int64_t value)
{
    uint32_t bucket = pb_histogram_bucket(value);
    pb_counter_add(histogram, bucket < histogram->count ? bucket : histogram->count - 1, 1);
}

/* ---- Dirty bits: DirtyBits in Java. Any setters, one drainer; wait-free. ---- */

/* Sets a bit after its value was stored, also where it is set already: a fetch-or with release. Any thread of the setters. Pairs
   with the exchange of pb_dirty_drain and DirtyBits.drain: who takes the bit sees the value. A bit beyond the last is ignored. */
static inline void pb_dirty_set(const pb_section *bits, uint32_t bit)
{
    if (bit / 64u < bits->count)
        __atomic_fetch_or((uint64_t *)pb_section_element(bits, bit / 64u), UINT64_C(1) << (bit % 64u), __ATOMIC_RELEASE);
}

/* Takes the bits of a word, numbered from 0, and clears them in one exchange, with acquire; where there are none, it only looks,
   relaxed. 0 beyond the last word. By the drainer alone. Pairs with pb_dirty_set and DirtyBits.set. */
static inline uint64_t pb_dirty_drain(const pb_section *bits, uint32_t word)
{
    uint64_t *cell;
    if (word >= bits->count)
        return 0;
    cell = (uint64_t *)pb_section_element(bits, word);
    return __atomic_load_n(cell, __ATOMIC_RELAXED) == 0 ? 0 : __atomic_exchange_n(cell, 0, __ATOMIC_ACQUIRE);
}

/* Takes the bits of all words and hands the number of each that was set on, by rising number: DirtyBits.drainEach in Java. By the
   drainer alone; ordered as pb_dirty_drain. */
static inline void pb_dirty_drain_each(const pb_section *bits, void (*target)(void *context, uint32_t bit), void *context)
{
    uint32_t word;
    for (word = 0; word < bits->count; word++) {
        uint64_t left;
        for (left = pb_dirty_drain(bits, word); left != 0; left &= left - 1u)
            target(context, word * 64u + (uint32_t)__builtin_ctzll((unsigned long long)left));
    }
}

/* ---- Triple buffer: TripleBuffer in Java. One writer, one reader, both wait-free. ---- */

#define PB_TRIPLE_COPY 3u
#define PB_TRIPLE_OFFER_SHIFT 2
#define PB_TRIPLE_READER_SHIFT 4
#define PB_TRIPLE_FRESH (1u << 6)
#define PB_TRIPLE_TRIES 8

/* Who holds which copy: a relaxed load. The other side changes its part of the word meanwhile, never the caller's, and the
   compare-and-set that gave the caller its copy has acquired it; an old value makes the next one fail. Writer and reader. */
static inline uint32_t pb_triple_state(const pb_section *triple)
{
    return __atomic_load_n(&((const pb_triple_buffer_head *)(const void *)triple->base)->state, __ATOMIC_RELAXED);
}

/* Replaces the state in one compare-and-set: 1, or 0 where it was not as expected. Acquires the copy taken, releases the one
   given. Writer and reader. Pairs with itself on the other side, and with TripleBuffer.publish and TripleBuffer.refresh. */
static inline int pb_triple_replace(const pb_section *triple, uint32_t expected, uint32_t next)
{
    pb_triple_buffer_head *head = (pb_triple_buffer_head *)(void *)triple->base;
    return __atomic_compare_exchange_n(&head->state, &expected, next, 0, __ATOMIC_ACQ_REL, __ATOMIC_RELAXED) != 0;
}

/* The copy of this number, from the low bits. No memory is touched. */
static inline void *pb_triple_copy(const pb_section *triple, uint32_t number)
{
    /* Whatever a broken process writes into the state, the copy lies within the section. */
    return triple->elements + (size_t)((number & PB_TRIPLE_COPY) % triple->copies) * triple->copy_stride;
}

/* The copy that the writer may fill with plain stores: TripleBuffer.writerOffset in Java. It holds what it held some
   publications ago. By the writer alone. */
static inline void *pb_triple_writer(const pb_section *triple)
{
    return pb_triple_copy(triple, pb_triple_state(triple));
}

/* Offers the writer's copy and takes another, by compare-and-set with acquire and release. By the writer alone. Pairs with
   pb_triple_refresh and TripleBuffer.refresh, which interfere at most once, so the second try is the last. */
static inline void pb_triple_publish(const pb_section *triple)
{
    uint32_t seen, next;
    do {
        seen = pb_triple_state(triple);
        next = PB_TRIPLE_FRESH | (seen & (PB_TRIPLE_COPY << PB_TRIPLE_READER_SHIFT))
            | ((seen & PB_TRIPLE_COPY) << PB_TRIPLE_OFFER_SHIFT) | ((seen >> PB_TRIPLE_OFFER_SHIFT) & PB_TRIPLE_COPY);
    } while (!pb_triple_replace(triple, seen, next));
}

/* Takes the copy on offer: 1 if there was one that the reader had not had. By the reader alone; compare-and-set with acquire and
   release. Pairs with pb_triple_publish and TripleBuffer.publish. 0 also where the writer published during each of several
   tries; a new copy stays on offer then. */
static inline int pb_triple_refresh(const pb_section *triple)
{
    int tries;
    for (tries = 0; tries < PB_TRIPLE_TRIES; tries++) {
        uint32_t seen = pb_triple_state(triple);
        uint32_t mine = (seen >> PB_TRIPLE_READER_SHIFT) & PB_TRIPLE_COPY;
        uint32_t taken = (seen >> PB_TRIPLE_OFFER_SHIFT) & PB_TRIPLE_COPY;
        if ((seen & PB_TRIPLE_FRESH) == 0)
            return 0;
        if (pb_triple_replace(triple, seen,
                (taken << PB_TRIPLE_READER_SHIFT) | (mine << PB_TRIPLE_OFFER_SHIFT) | (seen & PB_TRIPLE_COPY)))
            return 1;
    }
    return 0;
}

/* The copy that the reader has taken, for plain loads: TripleBuffer.readerOffset in Java. Until the next refresh. By the reader
   alone. */
static inline const void *pb_triple_reader(const pb_section *triple)
{
    return pb_triple_copy(triple, pb_triple_state(triple) >> PB_TRIPLE_READER_SHIFT);
}

/* The copy that was published last, for a writer that takes over: the one on offer, or the reader's where it has taken that one.
   The reader changes neither. By the writer alone. */
static inline const void *pb_triple_published(const pb_section *triple)
{
    uint32_t seen = pb_triple_state(triple);
    return pb_triple_copy(triple, seen >> ((seen & PB_TRIPLE_FRESH) != 0 ? PB_TRIPLE_OFFER_SHIFT : PB_TRIPLE_READER_SHIFT));
}

/* The number of the transaction that follows: 1 to UINT32_MAX, and then 1 again, since 0 stands for none. No memory is touched. */
static inline uint32_t pb_parameter_changes_after(uint32_t transaction)
{
    return transaction == UINT32_MAX ? 1u : transaction + 1u;
}

/* Whether one transaction is newer than the other: by their difference, so it holds for numbers less than 2^31 apart. 0 is newer
   than none, and any other is newer than 0. No memory is touched. */
static inline int pb_parameter_changes_is_newer(uint32_t transaction, uint32_t than)
{
    return transaction != 0 && (than == 0 || (transaction != than && transaction - than < 0x80000000u));
}

/* The start of a writer that takes over from one that ended: copies what was published last into changes, which has one entry
   for each of the section's count, and answers the newest transaction in it; 0 where there is none. Plain loads. By the writer
   alone. As the constructor of ParameterChangesWriter in Java. */
static inline uint32_t pb_parameter_changes_take_over(const pb_section *triple, pb_parameter_change *changes)
{
    uint32_t i, newest = 0;
    memcpy(changes, pb_triple_published(triple), (size_t)triple->count * sizeof *changes);
    for (i = 0; i < triple->count; i++)
        newest = pb_parameter_changes_is_newer(changes[i].transaction, newest) ? changes[i].transaction : newest;
    return newest;
}

/* Publishes all of a writer's changes: ParameterChangesWriter in Java. changes has one entry for each of the section's count,
   each with the number of the transaction that set it, 0 for none; the reader applies those newer than the last it took. Number
   a transaction by pb_parameter_changes_after; a number that is 2^30 behind the newest has to be moved along with it, since
   numbers are told apart by their difference. By the writer alone;
   ordered by pb_triple_publish. Pairs with ParameterChangesReader.poll. */
static inline void pb_parameter_changes_publish(const pb_section *triple, const pb_parameter_change *changes)
{
    memcpy(pb_triple_writer(triple), changes, (size_t)triple->count * sizeof *changes);
    pb_triple_publish(triple);
}

/* ---- A struct of 64-bit words behind a sequence number that is odd while the words are stored: a snapshot, and each slot of a
   broadcast. SequencedWords in Java. Words by release and acquire, so that no plain access races. ---- */

/* Stores the words while the number is odd, and then the even number that follows. By the writer alone. */
static inline void pb_sequenced_store(uint64_t *sequence, uint64_t *payload, uint32_t words, uint64_t odd, const void *source)
{
    uint32_t i;
    /* Release: pairs with the acquire of pb_sequenced_number and SequencedWords.number; who sees the odd number also sees what
       the writer stored before it, such as the tail of a broadcast. */
    __atomic_store_n(sequence, odd, __ATOMIC_RELEASE);
    for (i = 0; i < words; i++) {
        uint64_t word;
        memcpy(&word, (const uint8_t *)source + (size_t)i * 8u, sizeof word);
        /* Release: pairs with the acquire of the word in pb_sequenced_load and SequencedWords.load; a reader that sees this word
           also sees the odd number. */
        __atomic_store_n(&payload[i], word, __ATOMIC_RELEASE);
    }
    /* Release: pairs with the acquire of pb_sequenced_number and SequencedWords.number. */
    __atomic_store_n(sequence, odd + 1u, __ATOMIC_RELEASE);
}

/* The number. Acquire: pairs with the last release of pb_sequenced_store, so that the words are at least those stored with it. */
static inline uint64_t pb_sequenced_number(const uint64_t *sequence)
{
    return __atomic_load_n(sequence, __ATOMIC_ACQUIRE);
}

/* Loads the words: 1, or 0 where they are not those that were stored with this number. The reader must know the number's store:
   from pb_sequenced_number, or from what was stored with release behind it. */
static inline int pb_sequenced_load(const uint64_t *sequence, const uint64_t *payload, uint32_t words, uint64_t expected,
    void *target)
{
    uint32_t i;
    for (i = 0; i < words; i++) {
        /* Acquire: pairs with the release of the word, and keeps the load below after this one. */
        uint64_t word = __atomic_load_n(&payload[i], __ATOMIC_ACQUIRE);
        memcpy((uint8_t *)target + (size_t)i * 8u, &word, sizeof word);
    }
    return __atomic_load_n(sequence, __ATOMIC_RELAXED) == expected;
}

/* ---- Snapshot: Snapshot in Java. One writer, wait-free, and any readers. ---- */

/* Publishes a struct of stride bytes, a multiple of 8: Snapshot.write in Java. By the writer alone; stores with release, which
   pair with the acquires of pb_snapshot_read and Snapshot.read. */
static inline void pb_snapshot_write(const pb_section *snapshot, const void *source)
{
    pb_snapshot_head *head = (pb_snapshot_head *)(void *)snapshot->base;
    /* A writer that died in the middle left an odd number; its successor starts from there. */
    uint64_t odd = __atomic_load_n(&head->sequence, __ATOMIC_RELAXED) | 1u;
    pb_sequenced_store(&head->sequence, (uint64_t *)(void *)snapshot->elements, snapshot->stride / 8u, odd, source);
}

/* Copies the struct of stride bytes: Snapshot.read in Java. 1, or 0 where the writer interfered at each try; target holds a
   mixture then. Any thread; a read-only mapping suffices. Loads with acquire, which pair with the releases of
   pb_snapshot_write and Snapshot.write. */
static inline int pb_snapshot_read(const pb_section *snapshot, void *target, int tries)
{
    const pb_snapshot_head *head = (const pb_snapshot_head *)(const void *)snapshot->base;
    const uint64_t *payload = (const uint64_t *)(const void *)snapshot->elements;
    for (; tries > 0; tries--) {
        uint64_t before = pb_sequenced_number(&head->sequence);
        if ((before & 1u) == 0 && pb_sequenced_load(&head->sequence, payload, snapshot->stride / 8u, before, target))
            return 1;
    }
    return 0;
}

/* ---- Blob: Blob in Java. One writer, any readers. The last complete bytes are readable while the next are written. Not for
   audio threads: the copy is as long as the bytes. ---- */

/* Publishes bytes of an epoch: Blob.write in Java. 1, or 0 where they do not fit; the last ones stay published then. By the
   writer alone; stores with release, which pair with the acquires of pb_blob_read and Blob.read. */
static inline int pb_blob_write(const pb_section *blob, const void *bytes, uint64_t length, uint64_t epoch)
{
    pb_blob_head *head = (pb_blob_head *)(void *)blob->base;
    uint64_t next = __atomic_load_n(&head->published, __ATOMIC_RELAXED) + 1u;
    uint32_t slot = (uint32_t)(next & 1u);
    uint64_t *words = (uint64_t *)(void *)(blob->elements + (size_t)slot * blob->copy_stride);
    uint64_t i;
    if (length > blob->count)
        return 0;
    /* Release: a reader that finds the 0 knows of the publication before it and tries that one. */
    __atomic_store_n(&head->slot_sequence[slot], 0, __ATOMIC_RELEASE);
    /* Release on each: a reader that sees any of them also sees the slot's 0. */
    __atomic_store_n(&head->slot_epoch[slot], epoch, __ATOMIC_RELEASE);
    __atomic_store_n(&head->slot_length[slot], length, __ATOMIC_RELEASE);
    for (i = 0; i < length; i += 8u) {
        uint64_t word = 0;
        memcpy(&word, (const uint8_t *)bytes + i, (size_t)(length - i < 8u ? length - i : 8u));
        __atomic_store_n(&words[i / 8u], word, __ATOMIC_RELEASE);
    }
    /* Release: a reader that finds it in the place of an older one knows of the publication between. */
    __atomic_store_n(&head->slot_sequence[slot], next, __ATOMIC_RELEASE);
    /* Release: pairs with the acquire of pb_blob_read. */
    __atomic_store_n(&head->published, next, __ATOMIC_RELEASE);
    return 1;
}

/* Copies the last complete bytes into room for blob->count of them, and says which publication and which epoch they are of:
   Blob.read in Java. Their number, or -1 where there are none, or the writer published twice during each of a thousand copies.
   Any thread; loads with acquire, which pair with the releases of pb_blob_write and Blob.write. */
static inline int64_t pb_blob_read(const pb_section *blob, void *target, uint64_t *sequence, uint64_t *epoch)
{
    const pb_blob_head *head = (const pb_blob_head *)(const void *)blob->base;
    int tries;
    for (tries = 0; tries < 1000; tries++) {
        uint64_t published = __atomic_load_n(&head->published, __ATOMIC_ACQUIRE);
        uint32_t slot = (uint32_t)(published & 1u);
        const uint64_t *words = (const uint64_t *)(const void *)(blob->elements + (size_t)slot * blob->copy_stride);
        uint64_t length, found, i;
        if (published == 0)
            return -1;
        found = __atomic_load_n(&head->slot_epoch[slot], __ATOMIC_ACQUIRE);
        length = __atomic_load_n(&head->slot_length[slot], __ATOMIC_ACQUIRE);
        if (length > blob->count)
            continue;
        for (i = 0; i < length; i += 8u) {
            /* Acquire: keeps the load of the slot's number below after this one. */
            uint64_t word = __atomic_load_n(&words[i / 8u], __ATOMIC_ACQUIRE);
            memcpy((uint8_t *)target + i, &word, (size_t)(length - i < 8u ? length - i : 8u));
        }
        /* Acquire: who finds another number than the one published knows of a newer publication, so the next try does not load
           the same old one again. */
        if (__atomic_load_n(&head->slot_sequence[slot], __ATOMIC_ACQUIRE) == published) {
            *sequence = published;
            *epoch = found;
            return (int64_t)length;
        }
    }
    return -1;
}

/* ---- Doorbell: Doorbell in Java. The system calls need _GNU_SOURCE, which C++ compilers set by themselves. ---- */

/* Rings: Doorbell.ring in Java. 1 where the other side may sleep and must be woken. By the word's writer alone. A store and a
   load, both sequentially consistent: they pair with those of pb_doorbell_may_wait and Doorbell.mayWait. */
static inline int pb_doorbell_ring(uint32_t *word, uint32_t value, const uint32_t *asleep)
{
    __atomic_store_n(word, value, __ATOMIC_SEQ_CST);
    return __atomic_load_n(asleep, __ATOMIC_SEQ_CST) != 0;
}

/* Announces sleep and looks once more: Doorbell.mayWait in Java. 1 where the word still has the value seen. By the sleeper alone;
   pb_doorbell_awake comes after in any case. A store and a load, both sequentially consistent: they pair with those of
   pb_doorbell_ring and Doorbell.ring. */
static inline int pb_doorbell_may_wait(const uint32_t *word, uint32_t seen, uint32_t *asleep)
{
    __atomic_store_n(asleep, 1, __ATOMIC_SEQ_CST);
    return __atomic_load_n(word, __ATOMIC_SEQ_CST) == seen;
}

/* Takes the announcement back: Doorbell.awake in Java. By the sleeper alone. Relaxed: pairs with nothing, since nobody reads
   anything because of it; that the ringer may still see the old flag costs a system call, no more. */
static inline void pb_doorbell_awake(uint32_t *asleep)
{
    __atomic_store_n(asleep, 0, __ATOMIC_RELAXED);
}

#if defined(_GNU_SOURCE)
#include <linux/futex.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

/* Wakes whoever sleeps on the word, in any process: a system call. Any thread. Pairs with pb_futex_wait_until. */
static inline void pb_futex_wake(uint32_t *word)
{
    syscall(SYS_futex, word, FUTEX_WAKE, INT32_MAX, NULL, NULL, 0);
}

/* Sleeps while the word has this value, until it is woken or CLOCK_MONOTONIC reaches the deadline: a system call. May wake for
   nothing, so the caller looks at the word again. Not on audio threads. Pairs with pb_futex_wake. */
static inline void pb_futex_wait_until(const uint32_t *word, uint32_t value, const struct timespec *deadline)
{
    syscall(SYS_futex, word, FUTEX_WAIT_BITSET, value, deadline, NULL, FUTEX_BITSET_MATCH_ANY);
}
#endif

