/* SPDX-License-Identifier: Apache-2.0 */
/* Carries out a script of queue operations on memory of its own and tells, after each, what it answered and a hash of every byte.
   usage: event_queue_script single|shared CAPACITY MEMORY_FILE < SCRIPT */
#include "queues.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#define SLOTS 4
#define BATCH 16

/* Two producers, of which a queue with one uses the first, and a consumer. */
static pb_event_queue single[3];
static pb_shared_event_queue shared[3];
static int is_shared;

static uint64_t hash(uint64_t h, const void *bytes, size_t length)
{
    const uint8_t *p = (const uint8_t *)bytes;
    size_t i;
    for (i = 0; i < length; i++)
        h = (h ^ p[i]) * UINT64_C(0x100000001b3);
    return h;
}

static void hear(void *context, const pb_event *event)
{
    uint64_t *h = (uint64_t *)context;
    *h = hash(*h, event, sizeof *event);
}

/* All 32 bytes by the number, which is also the sample offset. */
static void fill(pb_event *event, int32_t n)
{
    uint64_t words[sizeof *event / 8];
    size_t i;
    for (i = 0; i < sizeof words / sizeof *words; i++)
        words[i] = (uint64_t)(uint32_t)n | (uint64_t)(uint32_t)(n + (int32_t)i) << 32;
    memcpy(event, words, sizeof *event);
}

static long long run(char op, int side, int a, int b, uint64_t *seen, pb_event **claims)
{
    pb_event events[BATCH];
    const pb_event *first;
    int i;
    for (i = 0; i < BATCH; i++)
        fill(&events[i], a + i);
    switch (op) {
    case 'o':
        return is_shared ? pb_shared_event_queue_offer(&shared[side], events) : pb_event_queue_offer(&single[side], events);
    case 'b':
        return is_shared ? pb_shared_event_queue_offer_batch(&shared[side], events, (uint32_t)b)
                         : pb_event_queue_offer_batch(&single[side], events, (uint32_t)b);
    case 'c':
        claims[b] = is_shared ? pb_shared_event_queue_try_claim(&shared[side]) : pb_event_queue_try_claim(&single[side]);
        if (claims[b] == NULL)
            return 0;
        fill(claims[b], a);
        return 1;
    case 'k':
        return is_shared ? pb_shared_event_queue_commit(&shared[side], claims[b])
                         : pb_event_queue_commit(&single[side], claims[b]);
    case 'a':
        return is_shared ? pb_shared_event_queue_abort(&shared[side], claims[b])
                         : pb_event_queue_abort(&single[side], claims[b]);
    case 'p':
        return is_shared ? pb_shared_event_queue_poll(&shared[2], hear, seen, (uint32_t)a)
                         : pb_event_queue_poll(&single[2], hear, seen, (uint32_t)a);
    case 'q':
        return is_shared ? pb_shared_event_queue_poll_before(&shared[2], a, hear, seen, (uint32_t)b)
                         : pb_event_queue_poll_before(&single[2], a, hear, seen, (uint32_t)b);
    case 'f':
        first = is_shared ? pb_shared_event_queue_peek_first(&shared[2]) : pb_event_queue_peek_first(&single[2]);
        if (first != NULL)
            hear(seen, first);
        return first != NULL;
    case 'r':
        if (is_shared)
            pb_shared_event_queue_remove_first(&shared[2]);
        else
            pb_event_queue_remove_first(&single[2]);
        return 0;
    case 's':
        return is_shared ? pb_shared_event_queue_size(&shared[2]) : pb_event_queue_size(&single[2]);
    case 'd':
        return (long long)(is_shared ? pb_shared_event_queue_dropped(&shared[2]) : pb_event_queue_dropped(&single[2]));
    case 'u':
        return is_shared ? pb_shared_event_queue_unblock(&shared[2], (uint32_t)a) : 0;
    case 't':
        if (is_shared)
            pb_shared_event_queue_take_over(&shared[side]);
        return 0;
    default:
        return -9;
    }
}

int main(int argc, char **argv)
{
    size_t capacity = argc > 2 ? (size_t)atol(argv[2]) : 0, head, length;
    const int roles[3] = {PB_QUEUES_ROLE_CONTROL, PB_QUEUES_ROLE_UI, PB_QUEUES_ROLE_RT};
    pb_event *claims[SLOTS] = {NULL, NULL, NULL, NULL};
    FILE *file = argc > 3 ? fopen(argv[3], "rb") : NULL;
    uint8_t *memory;
    int side, a, b;
    char op;
    is_shared = argc > 1 && strcmp(argv[1], "shared") == 0;
    head = is_shared ? sizeof(pb_shared_event_queue_head) : sizeof(pb_event_queue_head);
    length = head + capacity * (sizeof(pb_event) + (is_shared ? sizeof(uint64_t) : 0u));
    /* Not one byte more than declared, so that AddressSanitizer sees every step beyond. */
    memory = (uint8_t *)malloc(length);
    if (file == NULL || fread(memory, 1, length, file) != length)
        return 2;
    fclose(file);
    for (side = 0; side < 3; side++) {
        pb_event *slots = (pb_event *)(void *)(memory + head);
        const char *wrong = is_shared
            ? pb_shared_event_queue_init(
                &shared[side], (pb_shared_event_queue_head *)(void *)memory, slots, capacity, roles[side])
            : pb_event_queue_init(&single[side], (pb_event_queue_head *)(void *)memory, slots, capacity);
        if (wrong != NULL)
            return 3;
    }
    while (scanf(" %c %d %d %d", &op, &side, &a, &b) == 4) {
        uint64_t seen = UINT64_C(0xcbf29ce484222325);
        long long result = run(op, side, a, b, &seen, claims);
        printf("%c %lld %" PRIx64 " %" PRIx64 "\n", op, result, seen, hash(UINT64_C(0xcbf29ce484222325), memory, length));
    }
    free(memory);
    return 0;
}
