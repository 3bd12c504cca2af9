/* SPDX-License-Identifier: Apache-2.0 */
/* The tests of LitmusTest in C. An operation is an actor; it returns what it read as decimal digits. */
#include "model.h"

#define X ((int32_t *)model_at(0))
#define Y ((int32_t *)model_at(8))
#define Z ((int32_t *)model_at(16))
#define GET(at, order) __atomic_load_n(at, __ATOMIC_##order)
#define PUT(at, value, order) __atomic_store_n(at, value, __ATOMIC_##order)

#define ACTOR(name) OPERATION(name)

/* MP */
#define MP_WRITER(name, order)                                                                                           \
    ACTOR(name)                                                                                                          \
    {                                                                                                                    \
        UNUSED;                                                                                                          \
        PUT(X, 1, RELAXED);                                                                                              \
        PUT(Y, 1, order);                                                                                                \
        return 0;                                                                                                        \
    }
#define MP_READER(name, order)                                                                                           \
    ACTOR(name)                                                                                                          \
    {                                                                                                                    \
        int32_t flag, message;                                                                                           \
        UNUSED;                                                                                                          \
        flag = GET(Y, order);                                                                                            \
        message = GET(X, RELAXED);                                                                                       \
        return flag * 10 + message;                                                                                      \
    }
MP_WRITER(mp_relaxed, RELAXED)
MP_WRITER(mp_release, RELEASE)
MP_READER(mp_read_relaxed, RELAXED)
MP_READER(mp_read_acquire, ACQUIRE)
MP_READER(mp_read_consume, CONSUME)

ACTOR(plain_writer)
{
    UNUSED;
    *X = 7;
    PUT(Y, 1, RELEASE);
    return 0;
}
ACTOR(plain_reader)
{
    UNUSED;
    return GET(Y, ACQUIRE) == 1 ? *X : 0;
}
ACTOR(plain_racer)
{
    UNUSED;
    return GET(Y, RELAXED) == 1 ? *X : 0;
}

/* SB, LB */
#define PUT_GET(name, one, put, other, get)                                                                              \
    ACTOR(name)                                                                                                          \
    {                                                                                                                    \
        UNUSED;                                                                                                          \
        PUT(one, 1, put);                                                                                                \
        return GET(other, get);                                                                                          \
    }
PUT_GET(sb_one, X, RELEASE, Y, ACQUIRE)
PUT_GET(sb_two, Y, RELEASE, X, ACQUIRE)
PUT_GET(sb_one_seq_cst, X, SEQ_CST, Y, SEQ_CST)
PUT_GET(sb_two_seq_cst, Y, SEQ_CST, X, SEQ_CST)
PUT_GET(sb_two_acquire, Y, SEQ_CST, X, ACQUIRE)
#define GET_PUT(name, one, other)                                                                                        \
    ACTOR(name)                                                                                                          \
    {                                                                                                                    \
        int32_t found;                                                                                                   \
        UNUSED;                                                                                                          \
        found = GET(one, RELAXED);                                                                                       \
        PUT(other, 1, RELAXED);                                                                                          \
        return found;                                                                                                    \
    }
GET_PUT(lb_one, X, Y)
GET_PUT(lb_two, Y, X)

/* IRIW, 2+2W, WRC */
#define STORE(name, at, order)                                                                                           \
    ACTOR(name)                                                                                                          \
    {                                                                                                                    \
        UNUSED;                                                                                                          \
        PUT(at, 1, order);                                                                                               \
        return 0;                                                                                                        \
    }
#define LOADS(name, one, other, order)                                                                                   \
    ACTOR(name)                                                                                                          \
    {                                                                                                                    \
        int32_t first, second;                                                                                           \
        UNUSED;                                                                                                          \
        first = GET(one, order);                                                                                         \
        second = GET(other, order);                                                                                      \
        return first * 10 + second;                                                                                      \
    }
STORE(x_release, X, RELEASE)
STORE(y_release, Y, RELEASE)
STORE(x_seq_cst, X, SEQ_CST)
STORE(y_seq_cst, Y, SEQ_CST)
LOADS(xy_acquire, X, Y, ACQUIRE)
LOADS(yx_acquire, Y, X, ACQUIRE)
LOADS(xy_seq_cst, X, Y, SEQ_CST)
LOADS(yx_seq_cst, Y, X, SEQ_CST)
#define TWO(name, one, other, order)                                                                                     \
    ACTOR(name)                                                                                                          \
    {                                                                                                                    \
        UNUSED;                                                                                                          \
        PUT(one, 1, order);                                                                                              \
        PUT(other, 2, order);                                                                                            \
        return 0;                                                                                                        \
    }
TWO(w_one_release, X, Y, RELEASE)
TWO(w_two_release, Y, X, RELEASE)
TWO(w_one_seq_cst, X, Y, SEQ_CST)
TWO(w_two_seq_cst, Y, X, SEQ_CST)
#define HAND_ON(name, order)                                                                                             \
    ACTOR(name)                                                                                                          \
    {                                                                                                                    \
        int32_t found;                                                                                                   \
        UNUSED;                                                                                                          \
        found = GET(X, ACQUIRE);                                                                                         \
        PUT(Y, 1, order);                                                                                                \
        return found;                                                                                                    \
    }
HAND_ON(hand_on_release, RELEASE)
HAND_ON(hand_on_relaxed, RELAXED)

/* Release sequences: one more than 1 where a read-modify-write has passed the release on. */
ACTOR(adds)
{
    UNUSED;
    __atomic_fetch_add(Y, 1, __ATOMIC_RELAXED);
    return 0;
}
ACTOR(stores_two)
{
    UNUSED;
    PUT(Y, 2, RELAXED);
    return 0;
}
ACTOR(read_two)
{
    UNUSED;
    return GET(Y, ACQUIRE) == 2 ? 1 + GET(X, RELAXED) : 0;
}

/* A compare-and-set that fails is a load of its second order. */
#define FAILS(name, failure)                                                                                             \
    ACTOR(name)                                                                                                          \
    {                                                                                                                    \
        int32_t found = 5, message;                                                                                      \
        UNUSED;                                                                                                          \
        __atomic_compare_exchange_n(Y, &found, 6, 0, __ATOMIC_SEQ_CST, __ATOMIC_##failure);                              \
        message = GET(X, RELAXED);                                                                                       \
        return found * 10 + message;                                                                                     \
    }
FAILS(fails_relaxed, RELAXED)
FAILS(fails_acquire, ACQUIRE)

/* Atomicity of each operation, and of each size. */
ACTOR(updates)
{
    int64_t expected = a[0];
    UNUSED;
    __atomic_fetch_add((uint8_t *)model_at(0), 200, __ATOMIC_RELAXED);
    __atomic_fetch_sub((uint16_t *)model_at(2), 3, __ATOMIC_RELAXED);
    __atomic_fetch_or((uint32_t *)model_at(4), 1u << a[0], __ATOMIC_RELAXED);
    __atomic_fetch_and((uint64_t *)model_at(8), ~(UINT64_C(1) << (60 + a[0])), __ATOMIC_RELAXED);
    __atomic_fetch_xor((uint64_t *)model_at(16), UINT64_MAX, __ATOMIC_RELAXED);
    return __atomic_compare_exchange_n((int64_t *)model_at(24), &expected, a[0] + 1, 0, __ATOMIC_RELAXED, __ATOMIC_RELAXED);
}

/* Waits for what never comes, or for what does. */
ACTOR(waits)
{
    UNUSED;
    while (GET(X, ACQUIRE) == 0)
        ;
    return GET(X, RELAXED);
}

/* Plain bytes, in bulk and singly, in the order of the code. */
typedef struct eight_words {
    uint64_t words[8];
} eight_words;

ACTOR(bulk)
{
    eight_words own, again;
    uint8_t *memory = (uint8_t *)model_at(0);
    size_t i;
    UNUSED;
    for (i = 0; i < 8; i++)
        own.words[i] = (i + 1) * UINT64_C(0x0101010101010101);
    *(eight_words *)model_at(64) = own; /* an assignment */
    memset(memory + 65, 9, 9); /* across words */
    memmove(memory + 66, memory + 64, 20); /* onto itself */
    memcpy(&again, memory + 64, sizeof again);
    *(volatile uint16_t *)model_at(126) = 0x0b0a;
    model_expect(memory[64] == 1 && memory[65] == 9 && memory[66] == 1 && memory[67] == 9, "bytes are stored");
    model_expect(memory[126] == 0x0a && memory[127] == 0x0b, "a store is seen by the loads behind it");
    model_expect(memcmp(memory + 64, &again, 62) == 0 && memcmp(memory + 64, &again, 64) > 0, "comparisons see it");
    memory[127]++;
    PUT(X, 1, RELEASE);
    return 0;
}
ACTOR(bulk_reader)
{
    eight_words own;
    uint8_t bytes[64];
    UNUSED;
    if (GET(X, ACQUIRE) == 0)
        return 0;
    own = *(const eight_words *)model_at(64);
    memcpy(bytes, &own, sizeof bytes);
    model_expect(bytes[0] == 1 && bytes[1] == 9 && bytes[62] == 0x0a && bytes[63] == 0x0c, "who acquires sees the bytes");
    return bytes[22];
}
ACTOR(late_byte)
{
    UNUSED;
    PUT(X, 1, RELEASE);
    *(uint8_t *)model_at(70) = 0; /* the store is this actor's last access */
    return 0;
}
ACTOR(byte_reader)
{
    UNUSED;
    return GET(X, ACQUIRE) == 0 ? 0 : *(const uint8_t *)model_at(70);
}

/* Any one access of the random programs. */
#define EACH(order)                                                                                                      \
    case __ATOMIC_##order:                                                                                               \
        if (a[0] == 2)                                                                                                   \
            return __atomic_exchange_n(at, a[3], __ATOMIC_##order);                                                      \
        __atomic_compare_exchange_n(at, &found, a[3], 0, __ATOMIC_##order, FAILURE_##order);                             \
        return found;
#define FAILURE_RELAXED __ATOMIC_RELAXED
#define FAILURE_ACQUIRE __ATOMIC_ACQUIRE
#define FAILURE_RELEASE __ATOMIC_RELAXED
#define FAILURE_ACQ_REL __ATOMIC_ACQUIRE
#define FAILURE_SEQ_CST __ATOMIC_SEQ_CST
OPERATION(access)
{
    int64_t *at = (int64_t *)model_at(a[1]), found = a[4];
    (void)self;
    if (a[0] == 0)
        return a[2] == __ATOMIC_RELAXED ? GET(at, RELAXED) : a[2] == __ATOMIC_ACQUIRE ? GET(at, ACQUIRE) : GET(at, SEQ_CST);
    if (a[0] == 1) {
        if (a[2] == __ATOMIC_RELAXED)
            PUT(at, a[3], RELAXED);
        else if (a[2] == __ATOMIC_RELEASE)
            PUT(at, a[3], RELEASE);
        else
            PUT(at, a[3], SEQ_CST);
        return 0;
    }
    switch (a[2]) {
        EACH(RELAXED)
        EACH(ACQUIRE)
        EACH(RELEASE)
        EACH(ACQ_REL)
    default:
        EACH(SEQ_CST)
    }
}
