/* SPDX-License-Identifier: Apache-2.0 */
/* Carries out a script of ring operations on memory of its own and tells, after each, what it answered and a hash of every byte of
   data and trailer. usage: ring_script ring|shared_ring CAPACITY MEMORY_FILE < SCRIPT */
#include "standard.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#define SLOTS 4

static uint64_t hash(uint64_t h, const void *bytes, size_t length)
{
    const uint8_t *p = (const uint8_t *)bytes;
    size_t i;
    for (i = 0; i < length; i++)
        h = (h ^ p[i]) * UINT64_C(0x100000001b3);
    return h;
}

/* What the handler answers, in turn, and a hash of what it saw. */
typedef struct heard {
    const char *actions;
    size_t calls;
    uint64_t hash;
} heard;

static pb_ring_action hear(void *context, int32_t type, const uint8_t *payload, uint32_t length)
{
    heard *h = (heard *)context;
    const char *all = "nkba";
    h->hash = hash(h->hash, &type, sizeof type);
    h->hash = hash(h->hash, &length, sizeof length);
    h->hash = hash(h->hash, payload, length);
    return (pb_ring_action)(strchr(all, h->actions[h->calls++ % strlen(h->actions)]) - all);
}

static void fill(void *payload, uint32_t length, int from)
{
    uint32_t i;
    for (i = 0; i < length; i++)
        ((uint8_t *)payload)[i] = (uint8_t)(from + (int)i * 7);
}

int main(int argc, char **argv)
{
    int is_shared = argc > 1 && strcmp(argv[1], "shared_ring") == 0;
    size_t capacity = argc > 2 ? (size_t)atol(argv[2]) : 0, length = capacity + sizeof(pb_ring_trailer);
    /* Not one byte more than declared, so that AddressSanitizer sees every step beyond. */
    uint8_t *memory = (uint8_t *)malloc(length);
    pb_shared_ring_head *head = (pb_shared_ring_head *)calloc(1, sizeof *head);
    FILE *file = argc > 3 ? fopen(argv[3], "rb") : NULL;
    uint64_t dropped = 0;
    void *claims[SLOTS] = {NULL, NULL, NULL, NULL};
    pb_shared_ring shared;
    pb_ring ring;
    char op;
    int type, bytes, from;
    char actions[32];
    if (file == NULL || fread(memory, 1, length, file) != length)
        return 2;
    fclose(file);
    if (pb_ring_init(&ring, memory, capacity, &dropped) != NULL
        || pb_shared_ring_init(&shared, head, memory, capacity, 3) != NULL)
        return 3;
    while (scanf(" %c", &op) == 1) {
        long long result = -9;
        uint64_t seen = 0;
        if (op == 'w' && scanf("%d %d %d", &type, &bytes, &from) == 3) {
            uint8_t *payload = (uint8_t *)malloc((size_t)bytes);
            fill(payload, (uint32_t)bytes, from);
            result = is_shared ? pb_shared_ring_write(&shared, type, payload, (uint32_t)bytes)
                               : pb_ring_write(&ring, type, payload, (uint32_t)bytes);
            free(payload);
        } else if (op == 'c' && scanf("%d %d %d", &type, &bytes, &from) == 3) {
            void *payload = NULL;
            result = is_shared ? pb_shared_ring_try_claim(&shared, type, (uint32_t)bytes, &payload)
                               : pb_ring_try_claim(&ring, type, (uint32_t)bytes, &payload);
            if (result == PB_RING_SENT) {
                fill(payload, (uint32_t)bytes, from);
                claims[from % SLOTS] = payload;
            }
        } else if (op == 'k' && scanf("%d", &from) == 1) {
            result = is_shared ? pb_shared_ring_commit(&shared, claims[from % SLOTS])
                               : pb_ring_commit(&ring, claims[from % SLOTS]);
        } else if (op == 'a' && scanf("%d", &from) == 1) {
            result = is_shared ? pb_shared_ring_abort(&shared, claims[from % SLOTS])
                               : pb_ring_abort(&ring, claims[from % SLOTS]);
        } else if (op == 'r' && scanf("%d %31s", &bytes, actions) == 2) {
            heard h = {NULL, 0, UINT64_C(0xcbf29ce484222325)};
            h.actions = actions;
            result = is_shared ? pb_shared_ring_read(&shared, hear, &h, (uint32_t)bytes)
                               : pb_ring_read(&ring, hear, &h, (uint32_t)bytes);
            seen = h.hash;
        } else if (op == 's') {
            result = is_shared ? pb_shared_ring_size(&shared) : pb_ring_size(&ring);
        } else if (op == 'd') {
            result = (long long)(is_shared ? pb_shared_ring_dropped(&shared) : pb_ring_dropped(&ring));
        }
        printf("%c %lld %" PRIx64 " %" PRIx64 "\n", op, result, seen, hash(UINT64_C(0xcbf29ce484222325), memory, length));
    }
    if (head->lanes[3].open != 0)
        printf("%" PRId64 " claims are open\n", head->lanes[3].open);
    free(memory);
    free(head);
    return 0;
}
