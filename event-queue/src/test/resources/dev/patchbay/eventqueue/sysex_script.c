/* SPDX-License-Identifier: Apache-2.0 */
/* Carries out a script of operations on a queue and a ring for its messages, in memory of its own, and tells, after each, what it
   answered and a hash of every byte. usage: sysex_script SLOTS CAPACITY MEMORY_FILE < SCRIPT */
#include "standard.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static uint64_t hash(const void *bytes, size_t length)
{
    const uint8_t *p = (const uint8_t *)bytes;
    uint64_t h = UINT64_C(0xcbf29ce484222325);
    size_t i;
    for (i = 0; i < length; i++)
        h = (h ^ p[i]) * UINT64_C(0x100000001b3);
    return h;
}

static uint8_t byte_of(int n, uint32_t i)
{
    return (uint8_t)((uint32_t)n + i * 7u);
}

/* Says what an event is, as SysexSide.look does. */
static void look(pb_sysex_reader *reader, const pb_event *event)
{
    uint32_t length, i;
    const uint8_t *message = pb_sysex_take(reader, event, &length);
    int n = event->sample_offset, whole = 1;
    if (event->type != PB_EVENT_SYSEX) {
        printf("event %d", n);
    } else if (message == NULL) {
        printf("none %d", n);
    } else {
        for (i = 0; i < length; i++)
            whole = whole && message[i] == byte_of(n, i);
        printf("%s %d of %u", whole ? "message" : "torn", n, length);
    }
}

int main(int argc, char **argv)
{
    uint32_t slots = argc > 1 ? (uint32_t)atoi(argv[1]) : 1, capacity = argc > 2 ? (uint32_t)atoi(argv[2]) : 0;
    size_t ring_at = sizeof(pb_event_queue_head) + slots * sizeof(pb_event);
    size_t length = ring_at + sizeof(pb_ring_head) + capacity + sizeof(pb_ring_trailer);
    /* Not one byte more, so that AddressSanitizer sees every step beyond. */
    uint8_t *memory = (uint8_t *)aligned_alloc(128, (length + 127) / 128 * 128);
    FILE *file = argc > 3 ? fopen(argv[3], "rb") : NULL;
    pb_event_queue producer, consumer;
    pb_sysex_reader reader;
    pb_ring ring;
    char op;
    int n, bytes;
    if (memory == NULL || file == NULL || fread(memory, 1, length, file) != length)
        return 2;
    fclose(file);
    if (pb_event_queue_init(&producer, (pb_event_queue_head *)(void *)memory,
            (pb_event *)(void *)(memory + sizeof(pb_event_queue_head)), slots) != NULL
        || pb_ring_init(&ring, memory + ring_at + sizeof(pb_ring_head), capacity,
            &((pb_ring_head *)(void *)(memory + ring_at))->dropped) != NULL)
        return 3;
    consumer = producer;
    pb_sysex_reader_init(&reader, &ring);
    while (scanf(" %c", &op) == 1) {
        uint64_t head = pb_event_queue_head_position(&consumer);
        if (op == 's' && scanf("%d %d", &n, &bytes) == 2) {
            uint32_t i, size = bytes < 0 ? 0 : (uint32_t)bytes;
            uint8_t *message = (uint8_t *)malloc(size + 1u);
            for (i = 0; i < size; i++)
                message[i] = byte_of(n, i);
            printf("%d", pb_sysex_offer(&producer, &ring, n, message, size));
            free(message);
        } else if (op == 'n' && scanf("%d", &n) == 1) {
            pb_event event;
            pb_event_note_on(&event, n, 1, 60, -1, 1, 0);
            printf("%d", pb_event_queue_offer(&producer, &event));
        } else if (op == 'o' && scanf("%d", &n) == 1) {
            printf("%d", pb_ring_write(&ring, PB_EVENT_SYSEX, &n, 1));
        } else if (op == 't' || op == 'd') {
            if (head == pb_event_queue_tail(&consumer)) {
                printf("-");
            } else {
                look(&reader, pb_event_queue_peek(&consumer, head));
                pb_event_queue_advance(&consumer, head + 1u);
                if (op == 't')
                    pb_sysex_release(&reader);
                else
                    pb_sysex_reader_init(&reader, &ring);
            }
        }
        printf(" %" PRIx64 "\n", hash(memory, length));
    }
    free(memory);
    return 0;
}
