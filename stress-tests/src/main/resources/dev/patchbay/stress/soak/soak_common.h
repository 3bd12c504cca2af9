/* SPDX-License-Identifier: Apache-2.0 */
/* What all of a process of the soak needs: the region, the journals, and the contents that follow from a number. */
#define _POSIX_C_SOURCE 200809L
#include "soak.h"
#include "soak_numbers.h"
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define TRIES 100
#define MOST_AT_ONCE 20

static const char *const lane_names[SOAK_LANES] = {SOAK_LANE_NAMES};

static pb_region region;
static pb_section orders, journal;

/* Whether the process works wrongly, so that it must be found out. */
static int is_broken;

static void fail(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vprintf(format, arguments);
    va_end(arguments);
    printf("\n");
    fflush(stdout);
    _exit(1);
}

static void torn(int lane, int64_t number)
{
    fail("%s: message %lld does not hold what was sent", lane_names[lane], (long long)number);
}

static void rest(void)
{
    struct timespec time = {0, 20000};
    nanosleep(&time, NULL);
}

static int64_t get(const pb_section *section, int word)
{
    return pb_int64_get_acquire((const int64_t *)pb_section_element(section, (uint32_t)word));
}

static void set(const pb_section *section, int word, int64_t value)
{
    pb_int64_set_release((int64_t *)pb_section_element(section, (uint32_t)word), value);
}

/* SoakRegion.word, recordLength, stateLength, batchOf and cellOf in Java. */
static uint64_t word_of(int producer, int64_t number, int where)
{
    uint64_t word = (uint64_t)number * 0x9E3779B97F4A7C15u + (uint64_t)producer * 0xBF58476D1CE4E5B9u
        + (uint64_t)where * 0x94D049BB133111EBu;
    word = (word ^ (word >> 30)) * 0xBF58476D1CE4E5B9u;
    return word ^ (word >> 27);
}

static uint32_t record_length(int64_t number) { return 16u + (uint32_t)(number * 7 % 113); }

static uint32_t state_length(int64_t number) { return 8u + (uint32_t)(number * 13 % (SOAK_STATE_BYTES - 7)); }

static int batch_of(int64_t number) { return number % 7 == 0 ? 2 + (int)(number % (SOAK_MOST_IN_A_BATCH - 1)) : 1; }

static int cell_of(int64_t number) { return (int)(number * 5 % SOAK_CELLS); }

/* SoakRegion.level and setBy in Java. */
static float level_of(int64_t number, int index)
{
    return (float)((number * 8 + index) % (1 << 20) + 1) / (float)(1 << 21);
}

static int64_t set_by(int64_t transaction, int parameter) { return transaction - transaction % (parameter + 1); }

static void find(const char *name, int found)
{
    if (!found)
        fail("the region has not the section %s of the soak", name);
}

static void fill_record(uint8_t *record, int role, int64_t number, int64_t origin, uint32_t length)
{
    uint32_t i;
    memcpy(record, &number, 8);
    memcpy(record + 8, &origin, 8);
    for (i = 16; i < length; i++)
        record[i] = (uint8_t)word_of(role, number, (int)i);
}

static void fill_block(pb_soak_block *block, int role, int64_t number, int which)
{
    int w;
    block->words[0] = (uint64_t)number;
    for (w = 1; w < SOAK_BLOCK_WORDS; w++)
        block->words[w] = word_of(role, number, which * SOAK_BLOCK_WORDS + w);
}
