/* SPDX-License-Identifier: Apache-2.0 */
#include "model.h"

#include <math.h>

/* A cell is in each 8 bytes; data from 128 on. */
#define CELL(type) ((type *)model_at(8 * a[0]))

/* change: each operation that is volatile, to 1. unlike: whether the cell is not a[1], asked by a compare-and-set. */
#define ON_CELLS(type, name)                                                                                             \
    OPERATION(change_##name)                                                                                             \
    {                                                                                                                    \
        (void)self;                                                                                                      \
        switch (a[1]) {                                                                                                  \
        case 0:                                                                                                          \
            pb_##name##_set_volatile(CELL(type), 1);                                                                     \
            return 0;                                                                                                    \
        case 1:                                                                                                          \
            return (int64_t)pb_##name##_get_and_set(CELL(type), 1);                                                      \
        case 2:                                                                                                          \
            return pb_##name##_compare_and_set(CELL(type), 0, 1);                                                        \
        case 3:                                                                                                          \
            return (int64_t)pb_##name##_get_and_add(CELL(type), 1);                                                      \
        default:                                                                                                         \
            return (int64_t)pb_##name##_get_and_max(CELL(type), 1);                                                      \
        }                                                                                                                \
    }                                                                                                                    \
    OPERATION(look_##name)                                                                                               \
    {                                                                                                                    \
        (void)self;                                                                                                      \
        return (int64_t)pb_##name##_get_volatile(CELL(type));                                                            \
    }                                                                                                                    \
    OPERATION(unlike_##name)                                                                                             \
    {                                                                                                                    \
        (void)self;                                                                                                      \
        return !pb_##name##_compare_and_set(CELL(type), (type)a[1], (type)a[1]);                                         \
    }                                                                                                                    \
    OPERATION(add_##name)                                                                                                \
    {                                                                                                                    \
        (void)self;                                                                                                      \
        return (int64_t)pb_##name##_get_and_add(CELL(type), (type)a[1]);                                                 \
    }                                                                                                                    \
    OPERATION(max_##name)                                                                                                \
    {                                                                                                                    \
        (void)self;                                                                                                      \
        return (int64_t)pb_##name##_get_and_max(CELL(type), (type)a[1]);                                                 \
    }                                                                                                                    \
    OPERATION(release_##name)                                                                                            \
    {                                                                                                                    \
        (void)self;                                                                                                      \
        pb_##name##_set_release(CELL(type), (type)a[1]);                                                                 \
        return 0;                                                                                                        \
    }                                                                                                                    \
    OPERATION(acquire_##name)                                                                                            \
    {                                                                                                                    \
        (void)self;                                                                                                      \
        return (int64_t)pb_##name##_get_acquire(CELL(type));                                                             \
    }                                                                                                                    \
    OPERATION(opaque_##name)                                                                                             \
    {                                                                                                                    \
        (void)self;                                                                                                      \
        pb_##name##_set_opaque(CELL(type), (type)a[1]);                                                                  \
        return (int64_t)pb_##name##_get_opaque(CELL(type));                                                              \
    }
ON_CELLS(int32_t, int32)
ON_CELLS(int64_t, int64)
ON_CELLS(float, float)
ON_CELLS(double, double)

/* What a sum and a maximum do with what is no number: whether all is as cells.h says. */
#define NUMBERS(type, name, bits, nan)                                                                                   \
    OPERATION(numbers_##name)                                                                                            \
    {                                                                                                                    \
        const bits expected = nan;                                                                                       \
        type sum, *cell = CELL(type);                                                                                    \
        int same;                                                                                                        \
        (void)self;                                                                                                      \
        pb_##name##_set_opaque(cell, (type)INFINITY);                                                                    \
        pb_##name##_get_and_add(cell, (type)-INFINITY);                                                                  \
        sum = pb_##name##_get_opaque(cell);                                                                              \
        same = pb_##name##_bits(sum) == expected;                                                                        \
        pb_##name##_get_and_max(cell, 3);                                                                                \
        pb_##name##_get_and_max(cell, (type)NAN);                                                                        \
        return same && pb_##name##_get_opaque(cell) == 3;                                                                \
    }
NUMBERS(float, float, int32_t, INT32_C(0x7FC00000))
NUMBERS(double, double, int64_t, INT64_C(0x7FF8000000000000))
