/* SPDX-License-Identifier: Apache-2.0 */
/* What has arrived: the twin of Receipt in Java. */

typedef struct receipt {
    int64_t checked_before, given_back_before, last;
} receipt;

static receipt receipts[SOAK_LANES];
static void add(int lane, int what, int64_t amount)
{
    set(&journal, lane * SOAK_RECEIVEDS + what, get(&journal, lane * SOAK_RECEIVEDS + what) + amount);
}

static void follows(int lane, int64_t number, int64_t previous, int first, int64_t floor)
{
    if (number != previous + 1 && !(first && number > previous && floor <= previous))
        fail("%s: message %lld%s, came after %lld; the floor is %lld", lane_names[lane], (long long)number,
            first ? ", the first of a process" : "", (long long)previous, (long long)floor);
    add(lane, SOAK_UNSENT, number - previous - 1);
}

static void arrived(int lane, int64_t number, int64_t origin)
{
    receipt *r = &receipts[lane];
    if (r->last == 0) {
        if (number <= r->given_back_before)
            fail("%s: message %lld came again, though all up to %lld had been given back", lane_names[lane],
                (long long)number, (long long)r->given_back_before);
        if (number > r->checked_before)
            follows(lane, number, r->checked_before, (int)(origin & 1), origin >> 1);
    } else {
        follows(lane, number, r->last, (int)(origin & 1), origin >> 1);
    }
    r->last = number;
    if (number <= r->checked_before)
        add(lane, SOAK_REPEATED, 1);
    set(&journal, lane * SOAK_RECEIVEDS + SOAK_CHECKED, number > r->checked_before ? number : r->checked_before);
}

static void given_back(int lane)
{
    const receipt *r = &receipts[lane];
    if (r->last != 0)
        set(&journal, lane * SOAK_RECEIVEDS + SOAK_GIVEN_BACK,
            r->last > r->given_back_before ? r->last : r->given_back_before);
}

static void seen(int lane, int64_t number)
{
    int64_t before = get(&journal, lane * SOAK_RECEIVEDS + SOAK_CHECKED);
    if (number < before)
        fail("%s: went back from %lld to %lld", lane_names[lane], (long long)before, (long long)number);
    set(&journal, lane * SOAK_RECEIVEDS + SOAK_CHECKED, number);
}

static void whole(int lane, const pb_soak_block *block, int64_t number, int which)
{
    int w;
    for (w = 1; w < SOAK_BLOCK_WORDS; w++)
        if (block->words[0] != (uint64_t)number
            || block->words[w] != word_of(PB_SOAK_ROLE_WRITER, number, which * SOAK_BLOCK_WORDS + w))
            torn(lane, number);
}

/* A record of a ring or a system exclusive message. */
static void hear_record(int lane, int role, const uint8_t *payload, uint32_t length)
{
    int64_t number = 0, origin = 0;
    uint32_t i;
    if (length >= 16) {
        memcpy(&number, payload, 8);
        memcpy(&origin, payload + 8, 8);
    }
    if (number <= 0 || length != record_length(number))
        torn(lane, number);
    for (i = 16; i < length; i++)
        if (payload[i] != (uint8_t)word_of(role, number, (int)i))
            torn(lane, number);
    arrived(lane, number, origin);
}
