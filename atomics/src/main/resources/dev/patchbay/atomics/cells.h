/* SPDX-License-Identifier: Apache-2.0 */
/* ---- Atomic cells: IntCells, LongCells, FloatCells and DoubleCells in Java. Any thread, any process. ----
   For each scalar type, such as int32:
       void pb_int32_set_release(int32_t *cell, int32_t value)
       int32_t pb_int32_get_acquire(const int32_t *cell)
   A store with release pairs with a load with acquire, in either language: who loads the new value also sees all that was
   stored before it. Wait-free.
   For int32, int64, float and double also these, with the orders and the results of the Java methods of the same names:
       get_plain, set_plain        while no other thread stores, or loads or stores
       get_opaque, set_opaque      relaxed: the cell alone; pairs with any atomic access of it
       get_volatile, set_volatile  sequentially consistent: acquire and release, and one order of all such accesses
       type pb_X_get_and_set(type *cell, type value)                what the cell had before; wait-free
       int pb_X_compare_and_set(type *cell, type expected, type value)  1, or 0 where the cell has other bits; wait-free
       type pb_X_get_and_add(type *cell, type amount)               what it had before; integers wrap, and wait-free
       type pb_X_get_and_max(type *cell, type value)                what it had before; raises the cell if it is below
   The last four are sequentially consistent where they store and pair with each other, with the gets and with the sets.
   get_and_max and the sums of float and double are lock-free: at most one try more than others store meanwhile. A sum that is
   no number is stored as the NaN with the bits 0x7FC00000 or 0x7FF8000000000000. For get_and_max -0 is below +0, a NaN that is
   offered changes nothing, and a NaN in the cell gives way to any number. */
#define PB_CELL(type, name)                                                                                              \
    static inline void pb_##name##_set_release(type *cell, type value)                                                   \
    {                                                                                                                    \
        __atomic_store(cell, &value, __ATOMIC_RELEASE);                                                                  \
    }                                                                                                                    \
    static inline type pb_##name##_get_acquire(const type *cell)                                                         \
    {                                                                                                                    \
        type value;                                                                                                      \
        __atomic_load(cell, &value, __ATOMIC_ACQUIRE);                                                                   \
        return value;                                                                                                    \
    }
PB_CELL(int8_t, int8)
PB_CELL(uint8_t, uint8)
PB_CELL(int16_t, int16)
PB_CELL(uint16_t, uint16)
PB_CELL(int32_t, int32)
PB_CELL(uint32_t, uint32)
PB_CELL(int64_t, int64)
PB_CELL(uint64_t, uint64)
PB_CELL(float, float)
PB_CELL(double, double)
PB_CELL(char, char)
#undef PB_CELL

/* Whether one value is above another. No memory is touched. */
static inline int pb_int32_is_above(int32_t one, int32_t other)
{
    return one > other;
}

static inline int pb_int64_is_above(int64_t one, int64_t other)
{
    return one > other;
}

/* The sum as it is stored: there is one NaN. And whether one number is above another, or above no number; by the bits, which are
   ordered as the numbers are once those of the negative ones are turned, so no mode of the processor has a say. */
#define PB_CELL_NUMBERS(type, name, bits, infinity, nan, most)                                                           \
    static inline bits pb_##name##_bits(type value)                                                                      \
    {                                                                                                                    \
        bits b;                                                                                                          \
        memcpy(&b, &value, sizeof b);                                                                                    \
        return b;                                                                                                        \
    }                                                                                                                    \
    static inline type pb_##name##_sum(type one, type other)                                                             \
    {                                                                                                                    \
        type sum = one + other;                                                                                          \
        const bits canonical = nan;                                                                                      \
        if ((pb_##name##_bits(sum) & most) > infinity)                                                                   \
            memcpy(&sum, &canonical, sizeof sum);                                                                        \
        return sum;                                                                                                      \
    }                                                                                                                    \
    static inline int pb_##name##_is_above(type one, type other)                                                         \
    {                                                                                                                    \
        bits a = pb_##name##_bits(one), b = pb_##name##_bits(other);                                                     \
        if ((a & most) > infinity || (b & most) > infinity)                                                              \
            return (a & most) <= infinity;                                                                               \
        return (a < 0 ? a ^ most : a) > (b < 0 ? b ^ most : b);                                                          \
    }
PB_CELL_NUMBERS(float, float, int32_t, INT32_C(0x7F800000), INT32_C(0x7FC00000), INT32_MAX)
PB_CELL_NUMBERS(double, double, int64_t, INT64_C(0x7FF0000000000000), INT64_C(0x7FF8000000000000), INT64_MAX)
#undef PB_CELL_NUMBERS

/* The value travels as it is, so no bit of it is lost; a compare-and-set compares bits. The load of get_and_max acquires, since
   its value may be the answer: it pairs with whatever stored it. */
#define PB_CELL_OPERATIONS(type, name)                                                                                   \
    static inline type pb_##name##_get_plain(const type *cell)                                                           \
    {                                                                                                                    \
        return *cell;                                                                                                    \
    }                                                                                                                    \
    static inline void pb_##name##_set_plain(type *cell, type value)                                                     \
    {                                                                                                                    \
        *cell = value;                                                                                                   \
    }                                                                                                                    \
    static inline type pb_##name##_get_opaque(const type *cell)                                                          \
    {                                                                                                                    \
        type value;                                                                                                      \
        __atomic_load(cell, &value, __ATOMIC_RELAXED);                                                                   \
        return value;                                                                                                    \
    }                                                                                                                    \
    static inline void pb_##name##_set_opaque(type *cell, type value)                                                    \
    {                                                                                                                    \
        __atomic_store(cell, &value, __ATOMIC_RELAXED);                                                                  \
    }                                                                                                                    \
    static inline type pb_##name##_get_volatile(const type *cell)                                                        \
    {                                                                                                                    \
        type value;                                                                                                      \
        __atomic_load(cell, &value, __ATOMIC_SEQ_CST);                                                                   \
        return value;                                                                                                    \
    }                                                                                                                    \
    static inline void pb_##name##_set_volatile(type *cell, type value)                                                  \
    {                                                                                                                    \
        __atomic_store(cell, &value, __ATOMIC_SEQ_CST);                                                                  \
    }                                                                                                                    \
    static inline type pb_##name##_get_and_set(type *cell, type value)                                                   \
    {                                                                                                                    \
        type before;                                                                                                     \
        __atomic_exchange(cell, &value, &before, __ATOMIC_SEQ_CST);                                                      \
        return before;                                                                                                   \
    }                                                                                                                    \
    static inline int pb_##name##_compare_and_set(type *cell, type expected, type value)                                 \
    {                                                                                                                    \
        return __atomic_compare_exchange(cell, &expected, &value, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST) != 0;           \
    }                                                                                                                    \
    static inline type pb_##name##_get_and_max(type *cell, type value)                                                   \
    {                                                                                                                    \
        type seen;                                                                                                       \
        do {                                                                                                             \
            seen = pb_##name##_get_acquire(cell);                                                                        \
        } while (pb_##name##_is_above(value, seen) && !pb_##name##_compare_and_set(cell, seen, value));                  \
        return seen;                                                                                                     \
    }
PB_CELL_OPERATIONS(int32_t, int32)
PB_CELL_OPERATIONS(int64_t, int64)
PB_CELL_OPERATIONS(float, float)
PB_CELL_OPERATIONS(double, double)
#undef PB_CELL_OPERATIONS

#define PB_CELL_ADD(type, name)                                                                                          \
    static inline type pb_##name##_get_and_add(type *cell, type amount)                                                  \
    {                                                                                                                    \
        return __atomic_fetch_add(cell, amount, __ATOMIC_SEQ_CST);                                                       \
    }
PB_CELL_ADD(int32_t, int32)
PB_CELL_ADD(int64_t, int64)
#undef PB_CELL_ADD

/* The compare-and-set orders; it fails where the value loaded is old. */
#define PB_CELL_ADD_FLOATING(type, name)                                                                                 \
    static inline type pb_##name##_get_and_add(type *cell, type amount)                                                  \
    {                                                                                                                    \
        type seen;                                                                                                       \
        do {                                                                                                             \
            seen = pb_##name##_get_opaque(cell);                                                                         \
        } while (!pb_##name##_compare_and_set(cell, seen, pb_##name##_sum(seen, amount)));                               \
        return seen;                                                                                                     \
    }
PB_CELL_ADD_FLOATING(float, float)
PB_CELL_ADD_FLOATING(double, double)
#undef PB_CELL_ADD_FLOATING

