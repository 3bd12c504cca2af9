/* SPDX-License-Identifier: Apache-2.0 */
/* The C side of CellAgreementTest: REGION script reads operations and prints what they give, REGION
   voices packs and unpacks states; REGION count N changes the cells
   together with Java. */
#include "cells.h"
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static pb_region region;

#define CELL(type, name, index) ((type *)pb_section_element(&name, index))

/* One operation on a cell that has the bits of "cell" before: prints what it returns and what the cell has afterwards. */
#define OPERATE(type, name)                                                                                              \
    static void operate_##name(type *at, const char *operation, uint64_t cell, uint64_t first, uint64_t second)         \
    {                                                                                                                    \
        type value = 0, a, b;                                                                                            \
        uint64_t result = 0, after = 0;                                                                                  \
        memcpy(at, &cell, sizeof value);                                                                                 \
        memcpy(&a, &first, sizeof a);                                                                                    \
        memcpy(&b, &second, sizeof b);                                                                                   \
        if (strcmp(operation, "plain") == 0) {                                                                           \
            value = pb_##name##_get_plain(at);                                                                           \
            pb_##name##_set_plain(at, a);                                                                                \
        } else if (strcmp(operation, "opaque") == 0) {                                                                   \
            value = pb_##name##_get_opaque(at);                                                                          \
            pb_##name##_set_opaque(at, a);                                                                               \
        } else if (strcmp(operation, "ordered") == 0) {                                                                  \
            value = pb_##name##_get_acquire(at);                                                                         \
            pb_##name##_set_release(at, a);                                                                              \
        } else if (strcmp(operation, "volatile") == 0) {                                                                 \
            value = pb_##name##_get_volatile(at);                                                                        \
            pb_##name##_set_volatile(at, a);                                                                             \
        } else if (strcmp(operation, "exchange") == 0) {                                                                 \
            value = pb_##name##_get_and_set(at, a);                                                                      \
        } else if (strcmp(operation, "compare") == 0) {                                                                  \
            result = pb_##name##_compare_and_set(at, a, b) ? 1u : 0u;                                                    \
        } else if (strcmp(operation, "add") == 0) {                                                                      \
            value = pb_##name##_get_and_add(at, a);                                                                      \
        } else if (strcmp(operation, "max") == 0) {                                                                      \
            value = pb_##name##_get_and_max(at, a);                                                                      \
        } else {                                                                                                         \
            printf("no operation %s\n", operation);                                                                      \
            exit(2);                                                                                                     \
        }                                                                                                                \
        if (strcmp(operation, "compare") != 0)                                                                           \
            memcpy(&result, &value, sizeof value);                                                                       \
        memcpy(&after, at, sizeof value);                                                                                \
        printf("%" PRIx64 " %" PRIx64 "\n", result, after);                                                              \
    }
OPERATE(int32_t, int32)
OPERATE(int64_t, int64)
OPERATE(float, float)
OPERATE(double, double)

/* In each type: adds one, adds one by compare-and-set, raises to even numbers, and hands a number on by exchange. */
#define COUNT(type, name, section)                                                                                       \
    static void count_##name(int32_t n)                                                                                  \
    {                                                                                                                    \
        type *cells = (type *)pb_section_element(&section, 0);                                                           \
        type seen;                                                                                                       \
        pb_##name##_get_and_add(cells, (type)1);                                                                         \
        do {                                                                                                             \
            seen = pb_##name##_get_opaque(cells + 1);                                                                    \
        } while (!pb_##name##_compare_and_set(cells + 1, seen, seen + (type)1));                                         \
        pb_##name##_get_and_max(cells + 2, (type)(2 * n));                                                               \
        /* What was exchanged out is added where nobody else adds, so that the sum of all shows a loss. */               \
        pb_##name##_set_plain(cells + 4, pb_##name##_get_plain(cells + 4) + pb_##name##_get_and_set(cells + 3, (type)1)); \
    }

static pb_section ints, longs, floats, doubles;
COUNT(int32_t, int32, ints)
COUNT(int64_t, int64, longs)
COUNT(float, float, floats)
COUNT(double, double, doubles)

int main(int argc, char **argv)
{
    char type[16], operation[16];
    uint64_t cell, first, second;
    if (argc < 3 || !pb_region_attach(&region, open(argv[1], O_RDWR)) || !pb_cells_ints_find(&region, &ints)
        || !pb_cells_longs_find(&region, &longs) || !pb_cells_floats_find(&region, &floats)
        || !pb_cells_doubles_find(&region, &doubles)) {
        puts(region.error != NULL ? region.error : "REGION script | REGION voices | REGION count N");
        return 1;
    }
    if (strcmp(argv[2], "count") == 0) {
        int32_t n, count = argc > 3 ? (int32_t)atoi(argv[3]) : 0;
        /* Both begin together: the other side waits for this cell, and this one for the next. */
        pb_int32_set_release(CELL(int32_t, ints, 6), 1);
        while (pb_int32_get_acquire(CELL(int32_t, ints, 7)) == 0)
            ;
        for (n = 1; n <= count; n++) {
            count_int32(n);
            count_int64(n);
            count_float(n);
            count_double(n);
        }
    } else if (strcmp(argv[2], "voices") == 0) {
        int n[6];
        while (scanf("%d %d %d %d %d %d", n, n + 1, n + 2, n + 3, n + 4, n + 5) == 6) {
            int32_t state = pb_voice_states_pack(n[0], n[1], n[2], n[3], n[4], n[5]);
            pb_voice_states_set_release(&ints, 2, state);
            printf("%d %d %d %d %d %d %d\n", state, pb_voice_states_stage_of(state), pb_voice_states_is_held(state),
                pb_voice_states_channel_of(state), pb_voice_states_key_of(state), pb_voice_states_velocity_of(state),
                pb_voice_states_generation_of(pb_voice_states_get_acquire(&ints, 2)));
        }
    } else {
        while (scanf("%15s %15s %" SCNx64 " %" SCNx64 " %" SCNx64, type, operation, &cell, &first, &second) == 5) {
            if (strcmp(type, "int32") == 0)
                operate_int32(CELL(int32_t, ints, 0), operation, cell, first, second);
            else if (strcmp(type, "int64") == 0)
                operate_int64(CELL(int64_t, longs, 0), operation, cell, first, second);
            else if (strcmp(type, "float") == 0)
                operate_float(CELL(float, floats, 0), operation, cell, first, second);
            else
                operate_double(CELL(double, doubles, 0), operation, cell, first, second);
        }
    }
    pb_region_detach(&region);
    return 0;
}
