/* SPDX-License-Identifier: Apache-2.0 */
/* control: relaxed PB_CELL */
/* Cells of four types: plain data are handed over and back by release and acquire, and under a lock of compare-and-set and
   exchange; both sides add and raise. */

static pb_section cells_ints, cells_longs, cells_floats, cells_doubles;
static long cells_added[2];

#define CELLS_AT(type, name, index) ((type *)pb_section_element(&cells_##name, index))

/* Cell 0 says that the data are there, cell 1 that they were taken. */
#define CELLS_HAND_OVER(type, scalar, name, data)                                                                        \
    static int cells_give_##name(long n)                                                                                 \
    {                                                                                                                    \
        plain[data] = n;                                                                                                 \
        pb_##scalar##_set_release(CELLS_AT(type, name, 0), (type)(n % 1000000));                                         \
        while (pb_##scalar##_get_acquire(CELLS_AT(type, name, 1)) != (type)(n % 1000000)) {                              \
            if (!goes_on())                                                                                              \
                return 0;                                                                                                \
            rest();                                                                                                      \
        }                                                                                                                \
        return 1;                                                                                                        \
    }                                                                                                                    \
    static int cells_take_##name(long n)                                                                                 \
    {                                                                                                                    \
        while (pb_##scalar##_get_acquire(CELLS_AT(type, name, 0)) != (type)(n % 1000000)) {                              \
            if (!goes_on())                                                                                              \
                return 0;                                                                                                \
            rest();                                                                                                      \
        }                                                                                                                \
        EXPECT(plain[data] == n, "data come before the cell");                                                           \
        pb_##scalar##_set_release(CELLS_AT(type, name, 1), (type)(n % 1000000));                                         \
        return 1;                                                                                                        \
    }                                                                                                                    \
    static void cells_change_##name(uint32_t side, long n)                                                               \
    {                                                                                                                    \
        pb_##scalar##_get_and_add(CELLS_AT(type, name, 2), (type)1);                                                     \
        pb_##scalar##_get_and_max(CELLS_AT(type, name, 3), (type)(n % 1000000));                                         \
        pb_##scalar##_set_opaque(CELLS_AT(type, name, 4 + side), pb_##scalar##_get_opaque(CELLS_AT(type, name, 4)));     \
        pb_##scalar##_set_volatile(CELLS_AT(type, name, 6), pb_##scalar##_get_volatile(CELLS_AT(type, name, 6)));        \
        /* Cell 7 is a lock. */                                                                                          \
        while (!pb_##scalar##_compare_and_set(CELLS_AT(type, name, 7), (type)0, (type)1))                                \
            rest();                                                                                                      \
        plain[4 + data]++;                                                                                               \
        EXPECT(pb_##scalar##_get_and_set(CELLS_AT(type, name, 7), (type)0) > (type)0, "who has the lock gives it back"); \
    }
CELLS_HAND_OVER(int32_t, int32, ints, 0)
CELLS_HAND_OVER(int64_t, int64, longs, 1)
CELLS_HAND_OVER(float, float, floats, 2)
CELLS_HAND_OVER(double, double, doubles, 3)

static void *cells_giver(void *unused)
{
    long n = 1;
    (void)unused;
    while (cells_give_ints(n) && cells_give_longs(n) && cells_give_floats(n) && cells_give_doubles(n)) {
        cells_change_ints(0u, n);
        cells_change_longs(0u, n);
        cells_change_floats(0u, n);
        cells_change_doubles(0u, n);
        cells_added[0] = n++;
    }
    return NULL;
}

static void *cells_taker(void *unused)
{
    long n = 1;
    (void)unused;
    while (cells_take_ints(n) && cells_take_longs(n) && cells_take_floats(n) && cells_take_doubles(n)) {
        cells_change_ints(1u, n);
        cells_change_longs(1u, n);
        cells_change_floats(1u, n);
        cells_change_doubles(1u, n);
        cells_added[1] = n++;
    }
    return NULL;
}

static void *cells_others(void *unused)
{
    long n;
    (void)unused;
    for (n = 1; goes_on(); n++) {
        pb_int64_get_and_add(CELLS_AT(int64_t, longs, 5), 1);
        pb_float_get_and_max(CELLS_AT(float, floats, 3), (float)(n % 1000000));
        rest();
    }
    return NULL;
}

static void scenario_cells(void)
{
    const actor actors[] = {cells_giver, cells_taker, cells_others};
    long rounds;
    int i;
    cells_ints = OPEN(INTS);
    cells_longs = OPEN(LONGS);
    cells_floats = OPEN(FLOATS);
    cells_doubles = OPEN(DOUBLES);
    TOGETHER(actors);
    rounds = cells_added[0] + cells_added[1];
    EXPECT(pb_int32_get_plain(CELLS_AT(int32_t, ints, 2)) == (int32_t)rounds, "no sum of integers is lost");
    EXPECT(pb_int64_get_plain(CELLS_AT(int64_t, longs, 2)) == rounds, "no sum of longs is lost");
    EXPECT((long)pb_double_get_plain(CELLS_AT(double, doubles, 2)) == rounds, "no sum of doubles is lost");
    for (i = 0; i < 4; i++)
        EXPECT(plain[4 + i] == rounds, "a lock excludes");
    done(rounds);
}
